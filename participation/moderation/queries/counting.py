"""Questions of the worker: the records of a month from which its figures are made.

They read whole tables by the day of a verdict, which no page does; a case counts by the verdict
by which it stands, in the month in which that was given.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from participation.kernel.clock import city_day
from participation.kernel.database import session
from participation.moderation.consistency.periods import month_of
from participation.moderation.consistency.records import Appealed, Judged, Read, Reported
from participation.moderation.models import OWN, Case, Gold, Report, Verdict
from participation.moderation.standing import UNDONE

MOST_JUDGED: Final = 100_000
"""Of the verdicts on known texts of a year, the newest so many are looked at."""


def first_month() -> str:
    """The month of the first verdict on record; empty where there is none."""
    moment = session().scalar(select(Verdict.at).order_by(Verdict.id).limit(1))
    return month_of(city_day(moment)) if moment else ""


def read_cases(start: datetime, end: datetime) -> list[Read]:
    """What was read from one moment to another, without known texts."""
    columns = (Case.kind, Case.queue, Verdict.verdict, Verdict.reasons, Verdict.in_time)
    rows = select(*columns, func.count()).join(Case, Case.id == Verdict.case_id)
    rows = rows.where(*_standing(start, end), Case.kind != "gold").group_by(*columns)
    return [
        Read(
            kind=kind,
            queue=queue,
            verdict=verdict,
            reasons=_codes(reasons),
            in_time=in_time,
            count=count,
        )
        for kind, queue, verdict, reasons, in_time, count in session().execute(rows)
    ]


def decided_appeals(start: datetime, end: datetime) -> list[Appealed]:
    """The appeals decided in this time, by the reasons of the verdict appealed against."""
    earlier = aliased(Verdict)
    against = (earlier.case_id == Case.earlier_id) & _is_last(earlier)
    rows = (
        select(Verdict.verdict, earlier.reasons, func.count())
        .join(Case, Case.id == Verdict.case_id)
        .outerjoin(earlier, against)
        .where(*_standing(start, end), Case.kind == "appeal")
        .group_by(Verdict.verdict, earlier.reasons)
    )
    return [
        Appealed(verdict, _codes(reasons), count)
        for verdict, reasons, count in session().execute(rows)
    ]


def decided_reports(start: datetime, end: datetime) -> list[Reported]:
    """The reported texts decided in this time: all of them, and by what readers said."""
    here = (*_standing(start, end), Case.kind == "report")
    whole = (
        select(Verdict.verdict, func.count())
        .join(Case, Case.id == Verdict.case_id)
        .where(*here)
        .group_by(Verdict.verdict)
    )
    said = (
        select(Verdict.verdict, Report.reason, func.count(func.distinct(Case.id)))
        .join(Case, Case.id == Verdict.case_id)
        .join(Report, Report.case_id == Case.id)
        .where(*here, Report.reason != OWN)
        .group_by(Verdict.verdict, Report.reason)
    )
    return [
        *(Reported(verdict, "", count) for verdict, count in session().execute(whole)),
        *(Reported(verdict, reason, count) for verdict, reason, count in session().execute(said)),
    ]


def schools_behind(start: datetime, end: datetime) -> dict[str, int]:
    """From how many schools the texts, appeals and reported texts of this time came, by kind."""
    rows = (
        select(Case.kind, func.count(func.distinct(Case.school)))
        .join(Verdict, Verdict.case_id == Case.id)
        .where(*_standing(start, end), Case.kind != "gold")
        .group_by(Case.kind)
    )
    return {kind: count for kind, count in session().execute(rows)}  # noqa: C416 - rows


def withdrawn_texts(start: datetime, end: datetime) -> int:
    """How many new texts were taken back or changed before anybody read them."""
    gone = select(func.count()).where(
        Case.kind == "text",
        Case.state == "withdrawn",
        Case.ended_at >= start,
        Case.ended_at < end,
    )
    return session().scalar(gone) or 0


def gold_verdicts(start: datetime, end: datetime) -> list[Judged]:
    """What moderators said of known texts, oldest first, with what they took back."""
    rows = (
        select(Verdict.by, Case.subject_id, Verdict.verdict)
        .join(Case, Case.id == Verdict.case_id)
        .where(
            Case.kind == "gold",
            Verdict.at >= start,
            Verdict.at < end,
            Verdict.by.is_not(None),
        )
        .order_by(Verdict.id.desc())
        .limit(MOST_JUDGED)
    )
    found = session().execute(rows).all()
    return [Judged(by or 0, int(item), verdict) for by, item, verdict in reversed(found)]


def references() -> dict[int, str]:
    """The right verdict of every known text, those included that are shown no more."""
    rows = select(Gold.id, Gold.verdict).order_by(Gold.id)
    return {gold_id: verdict for gold_id, verdict in session().execute(rows)}  # noqa: C416 - rows


def _standing(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    """A verdict of this time by which its case stands.

    What left the desk before anybody read it there is not counted among what was read: how many
    such texts there were is for the safeguarding officers alone.
    """
    in_time = (Verdict.at >= start, Verdict.at < end)
    read_here = or_(Verdict.verdict != "escalated", Verdict.by.is_not(None))
    return (*in_time, read_here, Verdict.verdict != UNDONE, _is_last(Verdict))


def _is_last(verdict: Any) -> ColumnElement[bool]:
    later = aliased(Verdict)
    newer = select(later.id).where(later.case_id == verdict.case_id, later.id > verdict.id)
    return ~newer.exists()


def _codes(reasons: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (reasons or "").split(",")))
