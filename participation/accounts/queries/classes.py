"""Questions about classes: of a school, of a teacher, their pupils and their keepers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.accounts.locking import locks_of_card
from participation.accounts.models import Lockout, LoginCard, Person, School, SchoolClass, Teaching
from participation.accounts.policies import ClassFacts, PersonFacts
from participation.accounts.queries.people import PAGE
from participation.accounts.roles import CHILD, TEACHER
from participation.kernel.clock import now
from participation.kernel.database import session

YEAR_BEGINS = 8
"""The month in which rosters of the new school year begin to come in."""


def school_year(day: date) -> int:
    """The school year of a day, named by the year in which it began."""
    return day.year if day.month >= YEAR_BEGINS else day.year - 1


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a list: its pupils and the teachers who look after it, by name."""

    school_class: SchoolClass
    pupils: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil in the class list; `card_issued_at` is None without a card.

    `is_locked`: the card was tried too often and may not be tried just now.
    """

    person: Person
    card_issued_at: datetime | None
    is_locked: bool = False


def class_with(class_id: int) -> SchoolClass | None:
    """The class of this id with its school and district; None where there is none."""
    return session().scalar(
        select(SchoolClass)
        .where(SchoolClass.id == class_id)
        .options(joinedload(SchoolClass.school).joinedload(School.district))
    )


def class_facts(class_id: int) -> ClassFacts | None:
    """What rights ask about a class; None where there is none."""
    school_id = session().scalar(select(SchoolClass.school_id).where(SchoolClass.id == class_id))
    if school_id is None:
        return None
    return ClassFacts(
        class_id=class_id, school_id=school_id, teachers=frozenset(keepers_of(class_id))
    )


def person_facts(person_id: int) -> PersonFacts | None:
    """What rights ask about a person; None where there is none."""
    found = session().get(Person, person_id)
    if found is None:
        return None
    return PersonFacts(
        person_id=found.id,
        role=found.role,
        class_id=found.class_id or 0,
        teachers=frozenset(keepers_of(found.class_id)) if found.class_id else frozenset(),
        has_left=found.left_at is not None,
    )


def classes_of_school(school_id: int) -> list[ClassLine]:
    """The classes of a school, newest school year first, then by grade and number."""
    found = session().scalars(
        select(SchoolClass)
        .where(SchoolClass.school_id == school_id)
        .options(joinedload(SchoolClass.school))
        .order_by(SchoolClass.year.desc(), SchoolClass.grade, SchoolClass.number)
    )
    return _lines(found.all())


def classes_of_teacher(teacher_id: int) -> list[ClassLine]:
    """The classes that a teacher looks after, newest school year first."""
    found = session().scalars(
        select(SchoolClass)
        .join(Teaching, Teaching.class_id == SchoolClass.id)
        .where(Teaching.teacher_id == teacher_id)
        .options(joinedload(SchoolClass.school))
        .order_by(SchoolClass.year.desc(), SchoolClass.grade, SchoolClass.number)
    )
    return _lines(found.all())


def _lines(classes: Sequence[SchoolClass]) -> list[ClassLine]:
    ids = [one.id for one in classes]
    counted = session().execute(
        select(Person.class_id, func.count())
        .where(Person.class_id.in_(ids), Person.role == CHILD, Person.left_at.is_(None))
        .group_by(Person.class_id)
    )
    pupils = {class_id: count for class_id, count in counted if class_id}
    kept = session().execute(
        select(Teaching.class_id, Person.legal_name)
        .join(Person, Person.id == Teaching.teacher_id)
        .where(Teaching.class_id.in_(ids))
        .order_by(Person.id)
    )
    teachers: dict[int, list[str]] = {}
    for class_id, name in kept:
        teachers.setdefault(class_id, []).append(name)
    return [
        ClassLine(one, pupils.get(one.id, 0), tuple(teachers.get(one.id, ()))) for one in classes
    ]


def pupils_of(class_id: int, *, after: int = 0) -> list[PupilLine]:
    """One page of a class's pupils by id, and one more row where another page follows."""
    found = session().execute(
        select(Person, LoginCard)
        .outerjoin(LoginCard, LoginCard.person_id == Person.id)
        .where(Person.class_id == class_id, Person.role == CHILD, Person.left_at.is_(None))
        .where(Person.id > after)
        .order_by(Person.id)
        .limit(PAGE + 1)
    )
    rows = [(pupil, card) for pupil, card in found]
    locked = _locked([card for _pupil, card in rows if card])
    return [
        PupilLine(pupil, card.issued_at if card else None, pupil.id in locked)
        for pupil, card in rows
    ]


def _locked(cards: Sequence[LoginCard]) -> set[int]:
    """The children whose card is locked now, by its number or by its QR code."""
    whose = {
        name: card.person_id for card in cards for name in locks_of_card(card.number, card.secret)
    }
    locks = select(Lockout.name).where(Lockout.name.in_(whose), Lockout.locked_until > now())
    return {whose[name] for name in session().scalars(locks)}


def teachers_of_school(school_id: int) -> list[Person]:
    """The teachers of a school who have not left, by id."""
    return list(
        session().scalars(
            select(Person)
            .where(Person.school_id == school_id, Person.role == TEACHER)
            .where(Person.left_at.is_(None))
            .order_by(Person.id)
        )
    )


def keepers_of(class_id: int) -> set[int]:
    """The ids of the teachers who look after a class and have not left."""
    found = (
        select(Teaching.teacher_id)
        .join(Person, Person.id == Teaching.teacher_id)
        .where(Teaching.class_id == class_id, Person.left_at.is_(None))
    )
    return set(session().scalars(found))
