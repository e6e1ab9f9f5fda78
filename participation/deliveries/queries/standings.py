"""What became of a subject: sent, received, answered or late. For pages of children and public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from participation.deliveries.due import days_late, is_late
from participation.deliveries.models import Dossier, PointAnswer, Reply
from participation.kernel.clock import city_day, today
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a dossier stands. `state` is sent, received or answered; days are the city's.

    `overdue` is true from the day after the last day until the reply comes, `late_days` says for
    ever how many days after it the first reply came. `provisional`: the days off of that year are
    not announced yet.
    """

    state: str
    unit: Words
    sent_on: date
    received_on: date | None
    due_on: date
    answered_on: date | None
    late_days: int
    overdue: bool
    provisional: bool
    reminded_on: date | None


def _standing(dossier: Dossier) -> Standing:
    state = "answered" if dossier.replied_at else "received" if dossier.receipt_at else "sent"
    answered_on = city_day(dossier.replied_at) if dossier.replied_at else None
    return Standing(
        state=state,
        unit=dossier.unit.name,
        sent_on=city_day(dossier.sealed_at),
        received_on=city_day(dossier.receipt_at) if dossier.receipt_at else None,
        due_on=dossier.due_on,
        answered_on=answered_on,
        late_days=days_late(dossier.due_on, answered_on) if answered_on else 0,
        overdue=state != "answered" and is_late(dossier.due_on, today()),
        provisional=dossier.provisional,
        reminded_on=dossier.reminded_on,
    )


def dossier_of(subject: Subject) -> Dossier | None:
    """The dossier of a subject, with its unit and points; None while none was sent."""
    return session().scalar(
        select(Dossier)
        .where(Dossier.subject_kind == subject.kind, Dossier.subject_id == subject.id)
        .options(joinedload(Dossier.unit), selectinload(Dossier.points))
    )


def reply_of(subject: Subject) -> Reply | None:
    """The latest reply that was given, with its answers in the order of the points."""
    return session().scalar(
        select(Reply)
        .join(Dossier, Dossier.id == Reply.dossier_id)
        .where(
            Dossier.subject_kind == subject.kind,
            Dossier.subject_id == subject.id,
            Reply.given_at.is_not(None),
        )
        .order_by(Reply.version.desc())
        .limit(1)
        .options(selectinload(Reply.answers).joinedload(PointAnswer.point))
    )


def standing_of(subject: Subject) -> Standing | None:
    """Where the dossier of a subject stands; None while none was sent."""
    return standings_of([subject]).get(subject)


def standings_of(subjects: Iterable[Subject]) -> dict[Subject, Standing]:
    """The standings of many subjects in one statement; a subject without a dossier is left out."""
    wanted = [(subject.kind, subject.id) for subject in subjects]
    if not wanted:
        return {}
    found = session().scalars(
        select(Dossier)
        .where(tuple_(Dossier.subject_kind, Dossier.subject_id).in_(wanted))
        .order_by(Dossier.id)
        .options(joinedload(Dossier.unit))
    )
    return {Subject(each.subject_kind, each.subject_id): _standing(each) for each in found}


def addressed(dossier_id: int) -> Dossier:
    """A dossier with its unit and its official, for the letters about it."""
    return (
        session()
        .scalars(
            select(Dossier)
            .where(Dossier.id == dossier_id)
            .options(joinedload(Dossier.unit), joinedload(Dossier.official))
        )
        .one()
    )
