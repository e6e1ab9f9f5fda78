"""The report has counts and figures, and nobody's name or number."""

import json

from participation.contests.jury.report import (
    LETTERS,
    agreement_of_criteria,
    agreement_of_scores,
    agreement_of_votes,
    aliases,
    mark,
    report,
)
from participation.contests.jury.robustness import leave_one_out, sensitivity
from participation.contests.jury.scoring import Tally
from participation.contests.jury.selection import Cut, Field
from participation.contests.jury.ways import Judgement, Open, Rating

JURORS = (7001, 7002, 7003, 7004)
SECRET = b"not the seed of the lots"


def judged():
    values = {1: (5, 4, 5), 2: (2, 1, 3), 3: (4, 3, 4)}
    return [
        Judgement(work, juror, float(value))
        for work, given in values.items()
        for juror, value in zip(JURORS, given, strict=False)
    ]


def test_a_report():
    tally = Tally([1, 2, 3], judged(), JURORS)
    plan = [(Field("a", (1, 2, 3)), Cut(top=1))]
    missing = [Open(work, 7004, 1.0, 5.0) for work in (1, 2, 3)]
    found = report(
        tally,
        4,
        agreement_of_scores(judged()),
        secret=SECRET,
        awaited=[one.juror for one in missing],
        left_out=leave_one_out(tally, plan, b"x"),
        sensitivity=sensitivity(tally, plan, missing, b"x"),
    )
    number = aliases(JURORS, SECRET)
    assert [line.number for line in found.jurors] == [1, 2, 3, 4]
    late, severe = found.jurors[number[7004] - 1], found.jurors[number[7002] - 1]
    assert (late.judgements, late.open, late.mean, late.severity) == (0, 3, None, None)
    assert (severe.judgements, severe.open, severe.entering, severe.leaving) == (3, 0, 0, 0)
    assert severe.severity == max(line.severity or 0 for line in found.jurors)
    assert (found.works, found.judgements, found.fewest, found.deciding) == (3, 9, 3, 0)
    assert found.agreement == {"all": 0.6875}
    stored = json.dumps(found.as_data())
    assert not any(str(juror) in stored for juror in JURORS)
    assert json.loads(stored)["sensitivity"]["may_close"]


def test_a_report_of_little():
    found = report(Tally([], [], JURORS), 3, {}, secret=SECRET)
    assert (found.fewest, found.deciding, found.sensitivity) == (0, None, None)
    assert {line.entering for line in found.jurors} == {None}
    assert json.loads(json.dumps(found.as_data()))["sensitivity"] is None


def test_aliases_follow_the_secret_and_nothing_else():
    assert sorted(aliases(JURORS, SECRET).values()) == [1, 2, 3, 4]
    assert aliases(JURORS, SECRET) == aliases(JURORS[::-1], SECRET)
    assert len({tuple(sorted(aliases(JURORS, bytes([n])).items())) for n in range(20)}) > 5


def test_marks():
    assert [mark(n, 10) for n in (1, 2, 10)] == ["甲", "乙", "癸"]
    assert mark(11, 11) == "11" and mark(1, 11) == "1"
    assert mark(11, 11, LETTERS) == "K"


def test_agreement_by_the_way_of_the_round():
    votes = [Judgement(w, j, float(w % 2)) for w in range(4) for j in range(3)]
    assert agreement_of_votes(votes) == {"all": 1.0}
    ratings = [Rating(w, j, (w, (w * j) % 3 + 1, 3)) for w in range(1, 5) for j in range(3)]
    found = agreement_of_criteria([*ratings, Rating(9, 1, (1, None, 2))], ["idea", "form", "heart"])
    assert found["idea"] == 1 and found["form"] < 0.5 and found["heart"] is None
