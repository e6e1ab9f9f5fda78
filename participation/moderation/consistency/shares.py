"""What became of the texts, appeals and reports of a month, as counts: pure, and exact.

Rates are left to whoever shows them, for a rate needs to know how small its base may be.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from participation.moderation.consistency.records import Appealed, Read, Reported
from participation.moderation.reasons import BY_CODE, CLASSES, REASONS, REPORTS, known
from participation.moderation.routing import QUEUES

VERDICTS: Final = ("approved", "returned", "refused", "escalated")
HELD_BACK: Final = ("returned", "refused")
TIMES: Final = ("in_time", "late", "unknown")


def texts(records: Iterable[Read], withdrawn: int) -> dict[str, Any]:
    """How many new texts were read, how that ended, for which reasons and of which class of law.

    Every turn of a text is one that was read. A text with two reasons counts for both, and once
    for a class that both belong to. `withdrawn` were taken back or changed before they were read.
    """
    verdicts, reasons, classes, times = Counter[str](), Counter[str](), Counter[str](), _times()
    explained = 0
    for record in records:
        if record.kind != "text":
            continue
        verdicts[record.verdict] += record.count
        times[_time(record)] += record.count
        named = known(record.reasons)
        if record.verdict in HELD_BACK and named:
            explained += record.count
            reasons.update(dict.fromkeys(named, record.count))
            classes.update(dict.fromkeys((BY_CODE[code].law for code in named), record.count))
    return {
        "read": verdicts.total(),
        "verdicts": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "explained": explained,
        "reasons": {one.code: reasons[one.code] for one in REASONS if reasons[one.code]},
        "classes": {code: classes[code] for code in CLASSES if classes[code]},
        "times": dict(times),
        "withdrawn": withdrawn,
    }


def _times() -> Counter[str]:
    return Counter(dict.fromkeys(TIMES, 0))


def _time(record: Read) -> str:
    return "unknown" if record.in_time is None else "in_time" if record.in_time else "late"


def queues(records: Iterable[Read]) -> list[dict[str, Any]]:
    """How many of each queue were read in time: new texts, appeals and reports, by rank."""
    counted: dict[str, Counter[str]] = {}
    for record in records:
        counted.setdefault(record.queue, _times())[_time(record)] += record.count
    return [
        {"queue": queue.code, "read": times.total(), **times}
        for queue in QUEUES
        if (times := counted.get(queue.code)) is not None
    ]


def appeals(records: Iterable[Appealed]) -> dict[str, Any]:
    """Of the appeals decided: how many were granted, upheld or went to a safeguarding officer,
    and the same by the reasons of the verdict appealed against (each reason counts)."""
    ends, by_reason = Counter[str](), {one.code: Counter[str]() for one in REASONS}
    for record in records:
        ends[record.verdict] += record.count
        for code in known(record.reasons):
            by_reason[code][record.verdict] += record.count
    return _appealed(ends) | {
        "by_reason": {code: _appealed(found) for code, found in by_reason.items() if found}
    }


def _appealed(ends: Counter[str]) -> dict[str, int]:
    return {
        "decided": ends.total(),
        "granted": ends["approved"],
        "upheld": ends["refused"],
        "escalated": ends["escalated"],
    }


def reports(records: Iterable[Reported]) -> dict[str, Any]:
    """Of the published texts that readers reported and that were read again: how many were taken
    down, and the same by what readers said (a text reported for two reasons counts for both)."""
    ends = {code: Counter[str]() for code in ("", *REPORTS)}
    for record in records:
        if record.reason in ends:
            ends[record.reason][record.verdict] += record.count
    whole = ends.pop("")
    return _reported(whole) | {
        "by_reason": {code: _reported(found) for code, found in ends.items() if found}
    }


def _reported(ends: Counter[str]) -> dict[str, int]:
    return {"decided": ends.total(), "taken_down": ends.total() - ends["approved"]}
