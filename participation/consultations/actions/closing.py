"""Closing by the clock: what is due is closed, counted a last time, frozen and sent on.

Nobody presses a button. A timer looks once a minute, so that after a standstill of the house
everything that became due meanwhile is caught up, each consultation in a transaction of its own.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, func, select, update

from participation.consultations import folding
from participation.consultations.happenings import ConsultationClosed
from participation.consultations.models import AnswerDraft, Consultation, OpenWords
from participation.consultations.topic import subject_of, version_name
from participation.kernel import jobs, versions
from participation.kernel.announcing import announce
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import city_day, now, today
from participation.kernel.database import session

CLOSE: Final = "close-topic"
FREEZE: Final = "freeze-result"
FOLD: Final = "fold-tally"
COMPACT: Final = "compact-tally"
PATIENCE: Final = 5
"""Working days for which a freeze waits for words that no moderator has read yet."""
MOST: Final = 200

Deed = Callable[[], None]


def close_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of closing: asks for one job for each consultation whose time is over."""
    due = (
        session()
        .execute(
            select(Consultation.id, Consultation.closes_at)
            .where(Consultation.state == "published", Consultation.closes_at <= now())
            .order_by(Consultation.closes_at, Consultation.id)
            .limit(MOST)
        )
        .all()
    )

    def ask() -> None:
        for row in due:
            jobs.enqueue(CLOSE, f"{row.id}:{row.closes_at.isoformat()}", {"id": row.id})

    return ask


def close_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `close-topic`."""

    def close() -> None:
        close_topic(arguments["id"])

    return close


def close_topic(consultation_id: int) -> bool:
    """Close a consultation whose time is over, whoever is late; False where it is not due.

    Waits for the writers inside, so that nothing is added to a closed one. Drafts go: nobody can
    send them any more (R48). Announces `ConsultationClosed` and asks for the freeze.
    """
    folding.shut(consultation_id)
    moment = now()
    closed = session().execute(
        update(Consultation)
        .where(
            Consultation.id == consultation_id,
            Consultation.state == "published",
            Consultation.closes_at <= moment,
        )
        .values(state="closed", closed_at=moment)
    )
    if closed.rowcount != 1:  # type: ignore[attr-defined]
        return False
    versions.grow(version_name(consultation_id))
    session().execute(delete(AnswerDraft).where(AnswerDraft.consultation_id == consultation_id))
    announce(ConsultationClosed(subject=subject_of(consultation_id)))
    _ask_freeze(consultation_id)
    return True


def freeze_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of freezing: asks for each closed consultation that need not wait any longer."""
    closed = (
        session()
        .execute(
            select(Consultation.id, Consultation.closed_at)
            .where(Consultation.state == "closed")
            .order_by(Consultation.id)
            .limit(MOST)
        )
        .all()
    )
    ready = [row.id for row in closed if is_ready(row.id, city_day(row.closed_at))]

    def ask() -> None:
        for consultation_id in ready:
            _ask_freeze(consultation_id)

    return ask


def _ask_freeze(consultation_id: int) -> None:
    """One job a minute at most: should the first find a text that came back meanwhile."""
    jobs.enqueue(FREEZE, f"{consultation_id}:{now():%Y%m%d%H%M}", {"id": consultation_id})


def is_ready(consultation_id: int, closed_on: date) -> bool:
    """Have all words been read, or has the freeze waited its five working days?"""
    return not unread_count(consultation_id) or today() > last_day_of_patience(closed_on)


def last_day_of_patience(closed_on: date) -> date:
    """The last day on which a freeze waits for unread words."""
    return add_working_days(closed_on, PATIENCE).date


def unread_count(consultation_id: int) -> int:
    """How many words of a consultation wait for a moderator."""
    waiting = select(func.count()).where(
        OpenWords.consultation_id == consultation_id, OpenWords.standing == "waiting"
    )
    return session().scalar(waiting) or 0


def fold_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of counting: asks for each consultation that is open or not yet frozen."""
    return _ask_for_all(FOLD)


def compact_due(_arguments: dict[str, Any]) -> Deed:
    """The timer of compacting: the same, for closing full ranges into segments."""
    return _ask_for_all(COMPACT)


def _ask_for_all(kind: str) -> Deed:
    moment = now()
    live = (
        session()
        .scalars(
            select(Consultation.id)
            .where(Consultation.state.in_(("published", "closed")), Consultation.opens_at <= moment)
            .order_by(Consultation.id)
        )
        .all()
    )

    def ask() -> None:
        for consultation_id in live:
            jobs.enqueue(kind, f"{consultation_id}:{moment:%Y%m%d%H%M}", {"id": consultation_id})

    return ask
