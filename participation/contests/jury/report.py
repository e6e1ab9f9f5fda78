"""The report of a jury as plain data: aliases, counts, severities, agreement, sensitivity.

No name and no id of a juror is in it, and of works only those whose standing a late juror could
still have changed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from participation.contests.jury.agreement import alpha_interval, alpha_nominal
from participation.contests.jury.lots import lot
from participation.contests.jury.robustness import LeftOut, Sensitivity
from participation.contests.jury.scoring import Scores, Tally
from participation.contests.jury.ways import Judgement, Rating

STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
METHOD: Final = "additive_shrunk"
"""work + juror by least squares with a shrunk juror; see `severity`."""


@dataclass(frozen=True, slots=True)
class JurorReport:
    """A juror behind her alias. `entering`, `leaving`: how many works would go on, and no more,
    without her; None when that was not asked."""

    number: int
    judgements: int
    open: int
    mean: float | None
    severity: float | None
    group: int | None
    entering: int | None
    leaving: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """How a round was judged. `fewest`: judgements of the work that has fewest. `groups`: more than
    1 when the jury falls apart and adjusted scores compare within groups only. `agreement`: α of
    each criterion, or of the whole; None where it can't be told. `deciding`: jurors without whom
    the result would be another."""

    quorum: int
    works: int
    judgements: int
    fewest: int
    groups: int
    method: str
    error_variance: float | None
    juror_variance: float | None
    agreement: Mapping[str, float | None]
    jurors: tuple[JurorReport, ...]
    deciding: int | None
    sensitivity: Sensitivity | None

    def as_data(self) -> dict[str, Any]:
        """For a JSON column."""
        late = None if self.sensitivity is None else self.sensitivity.as_data()
        return asdict(self) | {"sensitivity": late}


def report(
    tally: Tally,
    quorum: int,
    agreement: Mapping[str, float | None],
    *,
    secret: bytes,
    awaited: Iterable[int] = (),
    left_out: Sequence[LeftOut] | None = None,
    sensitivity: Sensitivity | None = None,
) -> Report:
    """The report of a round. `awaited`: the juror of each judgement that is still open.

    One jury, one report: children's and adults' juries are never mixed. `secret` orders the
    aliases; it must not be the seed that is published, or whoever knows ids could find out who is
    who.
    """
    scores, counts = tally.scores(quorum), [len(given) for given in tally.given.values()]
    return Report(
        quorum=quorum,
        works=len(counts),
        judgements=sum(counts),
        fewest=min(counts, default=0),
        groups=scores.groups,
        method=METHOD,
        error_variance=scores.error_variance,
        juror_variance=scores.juror_variance,
        agreement=dict(agreement),
        jurors=tuple(_lines(scores, secret, Counter(awaited), left_out)),
        deciding=None if left_out is None else sum(one.changes for one in left_out),
        sensitivity=sensitivity,
    )


def _lines(
    scores: Scores, secret: bytes, still_open: Counter[int], left_out: Sequence[LeftOut] | None
) -> Iterator[JurorReport]:
    turned = {one.juror: one for one in left_out or ()}
    for juror, number in aliases(scores.jurors, secret).items():
        line, other = scores.jurors[juror], turned.get(juror)
        yield JurorReport(
            number,
            line.judgements,
            still_open[juror],
            line.mean,
            line.severity,
            line.group,
            None if other is None else len(other.entering),
            None if other is None else len(other.leaving),
        )


def aliases(jurors: Iterable[int], secret: bytes) -> dict[int, int]:
    """A number from 1 for each juror, in an order that says nothing of name, id or time."""
    order = sorted(jurors, key=lambda juror: lot(secret, juror))
    return {juror: number for number, juror in enumerate(order, 1)}


def mark(number: int, of: int, signs: str = STEMS) -> str:
    """What stands after 评委 (or Juror, with LETTERS): a sign while they last, else the number."""
    return signs[number - 1] if of <= len(signs) else str(number)


def agreement_of_votes(votes: Iterable[Judgement]) -> dict[str, float | None]:
    """Nominal α of a yes-or-no round."""
    return {"all": alpha_nominal(_by_work((vote.work, vote.value) for vote in votes))}


def agreement_of_scores(judgements: Iterable[Judgement]) -> dict[str, float | None]:
    """Interval α of what jurors gave in all, for rubrics and rankings."""
    return {"all": alpha_interval(_by_work((one.work, one.value) for one in judgements))}


def agreement_of_criteria(
    ratings: Iterable[Rating], criteria: Sequence[str]
) -> dict[str, float | None]:
    """Interval α of each criterion by its name; ratings that are not complete are left out."""
    complete = [one for one in ratings if None not in one.steps]
    return {
        name: alpha_interval(_by_work((one.work, one.steps[place] or 0) for one in complete))
        for place, name in enumerate(criteria)
    }


def _by_work(values: Iterable[tuple[int, float]]) -> Iterable[list[float]]:
    units: dict[int, list[float]] = {}
    for work, value in values:
        units.setdefault(work, []).append(value)
    return units.values()
