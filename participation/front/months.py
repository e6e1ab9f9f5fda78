"""The months of moderation for everybody: the desk's exact figures, through the k-safe layer.

Only months whose figures are final are told, so that nobody can compare a running one from day to
day (R73). Two months may be compared; each is about other texts, so that tells of none. There is
no figure of one moderator, and none of fewer than three together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from participation.consultations.minimums import public_profile
from participation.figures.publish import Published, protect
from participation.figures.rounding import OPEN, total_face
from participation.figures.tables import SKIPPED, Group, Table, Tables
from participation.figures.thresholds import Profile
from participation.figures.words import HIDDEN, Cell
from participation.moderation.queries import months
from participation.moderation.queries.months import MonthFigures

LEAST_JUDGES: Final = 3
"""Of fewer moderators each could work out the others' share from her own."""

NOTHING: Final = Cell(HIDDEN)
APPEALS: Final = ("granted", "upheld", "escalated")
REPORTS: Final = ("taken_down", "kept")
TIMES: Final = ("in_time", "late")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMonth:
    """What everybody may know of a month. Lines are cells by code; `kappa` to one decimal place."""

    name: str
    begins: date
    read: Cell
    withdrawn: Cell
    verdicts: Mapping[str, Cell]
    times: Mapping[str, Cell]
    reasons: Mapping[str, Cell]
    classes: Mapping[str, Cell]
    appealed: Cell
    appeals: Mapping[str, Cell]
    reported: Cell
    reports: Mapping[str, Cell]
    judged: Cell
    gold: Mapping[str, Cell]
    kappa: float | None


def public_months(*, most: int = months.PAGE) -> list[PublicMonth]:
    """The newest final months, newest first."""
    profile = public_profile()
    return [_public(month, profile) for month in months.final_months(most=most)]


@lru_cache(maxsize=256)
def _public(month: MonthFigures, profile: Profile) -> PublicMonth:
    """Protected once in each process: a final month never changes."""
    texts, appeals, reports = (month.figures[key] for key in ("texts", "appeals", "reports"))
    kept = reports["decided"] - reports["taken_down"]
    read = protect(_texts(_everyone(month, "text", texts["read"]), texts), profile)
    asked = _everyone(month, "appeal", appeals["decided"])
    appealed = protect(_one(asked, "appeals", appeals, APPEALS), profile)
    said = _everyone(month, "report", reports["decided"])
    reported = protect(_one(said, "reports", {**reports, "kept": kept}, REPORTS), profile)
    return PublicMonth(
        name=month.name,
        begins=month.begins,
        read=read.reach.n,
        withdrawn=total_face(texts["withdrawn"], OPEN, profile),
        verdicts=_line(read, "verdicts"),
        times=_line(read, "times"),
        reasons=_line(read, "reasons"),
        classes=_line(read, "classes"),
        appealed=appealed.reach.n,
        appeals=_line(appealed, "appeals"),
        reported=reported.reach.n,
        reports=_line(reported, "reports"),
        **_gold(month.figures["gold"]["year"], profile),
    )


def _everyone(month: MonthFigures, kind: str, n: int) -> Group:
    return Group("all", n, schools=month.figures["schools"][kind])


def _texts(everyone: Group, texts: Mapping[str, Any]) -> Tables:
    """Four tables about the same texts: how they ended, when they were read, why they came back."""
    verdicts, times = texts["verdicts"], texts["times"]
    silent = everyone.n - texts["explained"]
    return Tables(
        everyone,
        {},
        (
            Table("verdicts", "single", tuple(verdicts), tuple(verdicts.values())),
            Table(
                "times",
                "single",
                (*TIMES, SKIPPED),
                (*(times[code] for code in TIMES), times["unknown"]),
            ),
            *(
                Table(
                    key,
                    "several",
                    (*texts[key], SKIPPED),
                    (*texts[key].values(), silent),
                    most=len(texts[key]),
                )
                for key in ("reasons", "classes")
                if texts[key]
            ),
        ),
    )


def _one(everyone: Group, key: str, counts: Mapping[str, int], codes: Sequence[str]) -> Tables:
    table = Table(key, "single", tuple(codes), tuple(counts[code] for code in codes))
    return Tables(everyone, {}, (table,))


def _line(figures: Published, key: str) -> dict[str, Cell]:
    """The cells of one table by their codes, without the column of whatever has no answer."""
    return {
        answer: cell
        for question in figures.questions
        if question.key == key
        for answer, cell in zip(question.answers, question.overall.cells, strict=True)
        if answer != SKIPPED
    }


def _gold(year: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    """Agreement on known texts in twelve months, of three moderators together at least."""
    if year["judges"] < LEAST_JUDGES:
        return {"judged": NOTHING, "gold": {}, "kappa": None}
    counts = {"same": year["agreed"], "other": year["judged"] - year["agreed"]}
    made_up = Group("all", year["judged"], schools=profile.schools)
    gold = protect(_one(made_up, "gold", counts, ("same", "other")), profile)
    told = year["kappa"] is not None and year["measured"] >= LEAST_JUDGES
    return {
        "judged": gold.reach.n,
        "gold": _line(gold, "gold"),
        "kappa": round(year["kappa"], 1) if told else None,
    }
