"""J1, J2: a call of 10,000 entries and 40 jurors – the assignment, and the result of the round."""

import random
from collections.abc import Callable, Mapping
from time import process_time
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from bench.targets import Measured
from participation.contests.jury.assignment import Assignment, JurorLoad, assign
from participation.contests.jury.report import agreement_of_scores, report
from participation.contests.jury.robustness import Plan, leave_one_out, sensitivity
from participation.contests.jury.scoring import Basis, Tally
from participation.contests.jury.selection import Cut, Field
from participation.contests.jury.ways import Judgement, Open

WORKS: Final = range(10_000)
JURORS: Final = range(40)
QUORUM: Final = 4
TOP: Final = 100
BANDS: Final = {work: "abc"[work % 3] for work in WORKS}
FIELDS: Final = [Field(b, tuple(w for w in WORKS if BANDS[w] == b)) for b in "abc"]
PLAN: Final[Plan] = [(field, Cut(top=TOP, basis=Basis.ADJUSTED)) for field in FIELDS]
LATE: Final = 7

Conflicts = Mapping[int, frozenset[int]]


def measure(rounds: int) -> list[Measured]:
    """Both against a library's way to the same numbers, by turns in the same process."""
    chance = random.Random(1)
    barred = {j: frozenset(w for w in WORKS if chance.random() < 0.03) for j in JURORS}
    dealt, figures = _assignments(barred, rounds)
    found = _dealt(barred)
    judgements, late = _judged(found, chance)
    return [Measured("J1", dealt, figures), _results(judgements, late, rounds)]


def _seconds(of: Callable[[], Any]) -> float:
    """Of CPU, so that neighbours on the machine weigh less."""
    began = process_time()
    of()
    return process_time() - began


def _dealt(conflicts: Conflicts) -> Assignment:
    jurors = [JurorLoad(juror) for juror in JURORS]
    return assign(WORKS, jurors, QUORUM, conflicts, strata=BANDS, seed=b"bench")


def _flow(conflicts: Conflicts) -> int:
    """The baseline: scipy's maximum flow with even loads; no strata, no shuffled company."""
    first, last = len(WORKS) + 1, len(WORKS) + len(JURORS) + 1
    edges = [(0, work + 1, QUORUM) for work in WORKS]
    edges += [(first + j, last, len(WORKS) * QUORUM // len(JURORS)) for j in JURORS]
    edges += [(w + 1, first + j, 1) for w in WORKS for j in JURORS if w not in conflicts[j]]
    rows, columns, room = np.array(edges, np.int32).T
    graph = csr_array((room, (rows, columns)), shape=(last + 1, last + 1))
    return int(maximum_flow(graph, 0, last).flow_value)


def _assignments(conflicts: Conflicts, rounds: int) -> tuple[tuple[float, ...], dict[str, Any]]:
    ours, theirs = [], []
    for _turn in range(rounds):
        theirs.append(_seconds(lambda: _flow(conflicts)))
        ours.append(_seconds(lambda: _dealt(conflicts)))
    found = _dealt(conflicts)
    assert not found.shortages and _flow(conflicts) == len(WORKS) * QUORUM
    loads = found.loads.values()
    figures = {
        "ms": min(ours) * 1000,
        "of the flow": min(theirs) * 1000,
        "loads": f"{min(loads)}–{max(loads)}",
    }
    return tuple(a / b for a, b in zip(ours, theirs, strict=True)), figures


def _judged(found: Assignment, chance: random.Random) -> tuple[list[Judgement], list[Open]]:
    """Ratings of works of some quality by jurors of some severity; one has a quarter to go."""
    worth = {work: chance.gauss(3, 0.8) for work in WORKS}
    lenient = {juror: chance.gauss(0, 0.5) for juror in JURORS}
    made, late = [], []
    for juror, pack in found.packs.items():
        for place, work in enumerate(pack):
            value = round((worth[work] + lenient[juror] + chance.gauss(0, 0.6)) * 5) / 5
            if juror == LATE and place > len(pack) * 3 / 4:
                late.append(Open(work, juror, 1.0, 5.0))
            else:
                made.append(Judgement(work, juror, min(5.0, max(1.0, value))))
    return made, late


def _result(judgements: list[Judgement], late: list[Open]) -> float:
    """All of the end of a round: scores, who goes on, each juror left out, the late one, report."""
    tally = Tally(WORKS, judgements, JURORS)
    made = report(
        tally,
        QUORUM,
        agreement_of_scores(judgements),
        secret=b"bench",
        awaited=[one.juror for one in late],
        left_out=leave_one_out(tally, PLAN, b"bench"),
        sensitivity=sensitivity(tally, PLAN, late, b"bench"),
    )
    return made.juror_variance or 0.0


def _dense(judgements: list[Judgement], left_out: int | None) -> None:
    """The baseline, one of 41 fits: the same least squares by numpy, works eliminated by arrays."""
    kept = [one for one in judgements if one.juror != left_out]
    works = np.array([one.work for one in kept])
    jurors = np.array([one.juror for one in kept])
    values = np.array([one.value for one in kept])
    counts = np.maximum(np.bincount(works, minlength=len(WORKS)), 1)
    seats = np.zeros((len(WORKS), len(JURORS)))
    seats[works, jurors] = 1
    matrix = np.diag(seats.sum(0)) - seats.T @ (seats / counts[:, None])
    means = np.bincount(works, values, len(WORKS)) / counts
    right = np.bincount(jurors, values - means[works], len(JURORS))
    effects = np.linalg.solve(matrix + np.eye(len(JURORS)), right)
    scores = means - seats @ effects / counts
    for band in range(3):
        np.argsort(-scores[band::3])[:TOP]


def _results(judgements: list[Judgement], late: list[Open], rounds: int) -> Measured:
    ours, theirs = [], []
    for _turn in range(rounds):
        theirs.append(_seconds(lambda: [_dense(judgements, j) for j in (None, *JURORS)]))
        ours.append(_seconds(lambda: _result(judgements, late)))
    tally = Tally(WORKS, judgements, JURORS)
    figures = {
        "s": min(ours),
        "of numpy": min(theirs),
        "scores alone": _seconds(lambda: tally.scores(QUORUM)),
        "works a late juror could move": len(sensitivity(tally, PLAN, late, b"bench").unsure),
    }
    return Measured("J2", tuple(a / b for a, b in zip(ours, theirs, strict=True)), figures)
