"""The figures of each month: the running one anew every day, an earlier one once and for good.

The worker alone imports this file (`wiring` names it by `lately`), for agreement is measured with
a statistics library that no process needs to serve pages.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update

from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now
from participation.kernel.database import session
from participation.kernel.jobs import Deed
from participation.kernel.subjects import Subject
from participation.moderation.consistency import agreement, shares
from participation.moderation.consistency.agreement import LEAST_COMMON, By, Kappa
from participation.moderation.consistency.periods import (
    begins,
    fixed_from,
    month_of,
    months_between,
    shifted,
)
from participation.moderation.happenings import MonthFrozen
from participation.moderation.models import Month
from participation.moderation.queries import counting
from participation.moderation.queries.months import STAFF, fixed_months

VERSION: Final = 1
MOST_AT_ONCE: Final = 24
"""After a long rest of the worker the oldest months come first, the rest tomorrow."""
A_YEAR: Final = 12


def month_job(_arguments: dict[str, Any]) -> Deed:
    """The daily timer: count the running month, and each earlier one that is not counted for good.

    A count on the 2nd of the month after, or later, is the last one. Counting reads without a
    lock; the deed returned writes, and never over a count that is final.
    """
    moment = now()
    counted = [(name, json.dumps(figures_of(name))) for name in _to_count(moment)]

    def write() -> None:
        for name, figures in counted:
            _keep(name, figures, moment)

    return write


def _to_count(moment: datetime) -> Sequence[str]:
    running = month_of(city_day(moment))
    fixed = frozenset(fixed_months())
    months = months_between(counting.first_month() or running, running)
    return [name for name in months if name not in fixed][:MOST_AT_ONCE]


def _keep(name: str, figures: str, moment: datetime) -> None:
    mine = (Month.month == name, Month.edition == STAFF)
    row = session().scalar(select(Month).where(*mine))
    if row is None:
        session().add(Month(month=name, edition=STAFF, figures=figures, made_at=moment))
        session().flush()
        written = True
    else:
        open_still = update(Month).where(*mine, Month.made_at < fixed_from(name))
        change = open_still.values(figures=figures, made_at=moment)
        written = session().execute(change).rowcount == 1  # type: ignore[attr-defined]
    if written and moment >= fixed_from(name):
        announce(MonthFrozen(subject=Subject("moderation.month", name)))


def figures_of(name: str) -> dict[str, Any]:
    """The exact figures of one month (`YYYY-MM`), ready for JSON; nobody is named in them.

        {"version": 1,
         "texts": {"read", "verdicts", "explained", "reasons", "classes", "times", "withdrawn"},
         "schools": {"text", "appeal", "report"},
         "queues": [{"queue", "read", "in_time", "late", "unknown"}],
         "appeals": {"decided", "granted", "upheld", "escalated", "by_reason"},
         "reports": {"decided", "taken_down", "by_reason"},
         "gold": {"judged", "agreed", "year": {…}}}

    Agreement is that of the twelve months which end with this one: in a single month two moderators
    seldom meet on enough known texts.
    """
    start, end = begins(name), begins(shifted(name, 1))
    read = counting.read_cases(start, end)
    schools = counting.schools_behind(start, end)
    known = counting.references()
    month = agreement.judgements(counting.gold_verdicts(start, end))
    judged, agreed = _with_reference(month, known)
    year_from = begins(shifted(name, 1 - A_YEAR))
    year = agreement.judgements(counting.gold_verdicts(year_from, end))
    return {
        "version": VERSION,
        "texts": shares.texts(read, counting.withdrawn_texts(start, end)),
        "schools": {kind: schools.get(kind, 0) for kind in ("text", "appeal", "report")},
        "queues": shares.queues(read),
        "appeals": shares.appeals(counting.decided_appeals(start, end)),
        "reports": shares.reports(counting.decided_reports(start, end)),
        "gold": {"judged": judged, "agreed": agreed, "year": _year(year, known)},
    }


def _with_reference(by: dict[int, dict[int, str]], known: By) -> tuple[int, int]:
    both = [agreement.agreed(mine, known) for mine in by.values()]
    return sum(judged for judged, _agreed in both), sum(agreed for _judged, agreed in both)


def _year(by: dict[int, dict[int, str]], known: By) -> dict[str, Any]:
    """Agreement of a year; of a moderator or a pair only where there is enough to say it of."""
    judged, agreed = _with_reference(by, known)
    order = agreement.in_table_order(by, known)
    names = {judge: agreement.letters(place) for place, judge in enumerate(order)}
    pairs = agreement.pairwise(by)
    mean, why = agreement.mean(pairs.values())
    enough = {pair: each for pair, each in pairs.items() if each.common >= LEAST_COMMON}
    return {
        "judged": judged,
        "agreed": agreed,
        "judges": len(by),
        "kappa": _rounded(mean),
        "why": why,
        "least": LEAST_COMMON,
        "measured": sum(each.value is not None for each in pairs.values()),
        "pairs": sorted(
            (_pair(names[a], names[b], each) for (a, b), each in enough.items()),
            key=lambda row: (row["first"], row["second"]),
        ),
        "each": [row for judge in order if (row := _one(names[judge], by[judge], known))],
        "crossed": _crossed(by, known),
    }


def _pair(first: str, second: str, each: Kappa) -> dict[str, Any]:
    first, second = sorted((first, second))
    return {
        "first": first,
        "second": second,
        "common": each.common,
        "kappa": _rounded(each.value),
        "why": each.why,
    }


def _one(name: str, mine: By, known: By) -> dict[str, Any] | None:
    judged, agreed = agreement.agreed(mine, known)
    return None if judged < LEAST_COMMON else {"name": name, "judged": judged, "agreed": agreed}


def _crossed(by: dict[int, dict[int, str]], known: By) -> list[dict[str, Any]]:
    """By right verdict and given one; a small table tells where the rules are read differently."""
    counted = agreement.crossed(by, known)
    return [
        {"right": right, "given": {given: counted[right, given] for given in shares.VERDICTS}}
        for right in shares.VERDICTS
        if any(counted[right, given] for given in shares.VERDICTS)
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
