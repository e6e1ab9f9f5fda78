"""The panels of a call: who sits on them, who may be asked, and the seats of one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Person, School, SchoolClass, Teaching
from participation.accounts.queries.people import like_of
from participation.accounts.roles import CHILD
from participation.contests.models import Author, Call, Juror
from participation.contests.naming import author_key
from participation.contests.policies.juries import PANEL_ROLES, Chair
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.tables import Words

MOST_FOUND: Final = 30
MOST_JURORS: Final = 200
"""A panel is no crowd; its page is not paged."""


@dataclass(frozen=True, slots=True)
class JurorLine:
    """One member of a panel as the secretary sees her; her alias is not among it."""

    juror: Juror
    person: Person
    stand_in: bool

    @property
    def name(self) -> str:
        return name_of(self.person)

    @property
    def place(self) -> str:
        return place_of(self.person)


def name_of(person: Person) -> str:
    """How the desk calls a person: an adult by name, a child by nickname where she has one."""
    if person.role != CHILD:
        return person.legal_name
    return person.nickname or person.legal_name


def place_of(person: Person) -> str:
    """School and class, where a person has them."""
    parts = [str(person.school.name)] if person.school else []
    if person.school_class:
        parts.append(f"{person.school_class.grade}.{person.school_class.number}")
    return " ".join(parts)


def _whole() -> tuple[object, ...]:
    return (joinedload(Person.school), joinedload(Person.school_class))


def panel_of(call_id: int, panel: str) -> list[JurorLine]:
    """The members of a panel and who was asked, by name of their school and their id."""
    found = session().execute(
        select(Juror, Person)
        .join(Person, Person.id == Juror.person_id)
        .where(Juror.call_id == call_id, Juror.panel == panel)
        .options(*_whole())  # type: ignore[arg-type]
        .order_by(Juror.state, Juror.id)
        .limit(MOST_JURORS)
    )
    rows = [(juror, person) for juror, person in found]
    stood = {juror.stands_for for juror, _person in rows}
    return [JurorLine(juror, person, juror.id in stood) for juror, person in rows]


def juror_of(call_id: int, juror_id: int, *, lock: bool = False) -> Juror:
    """One juror of a call; `Missing` where there is none."""
    wanted = select(Juror).where(Juror.id == juror_id, Juror.call_id == call_id)
    row = session().scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise Missing
    return row


def accepted_jurors(call_id: int, panel: str) -> Sequence[Juror]:
    """Who judges on a panel today, by id."""
    wanted = select(Juror).where(
        Juror.call_id == call_id, Juror.panel == panel, Juror.state == "accepted"
    )
    return session().scalars(wanted.order_by(Juror.id)).all()


def adults_like(words: str) -> list[Person]:
    """Jurors by profession and teachers whose name or address holds these words."""
    like = like_of(words)
    wanted = (
        select(Person)
        .where(Person.role.in_(PANEL_ROLES["adult"]), Person.left_at.is_(None))
        .where(Person.legal_name.ilike(like, escape="\\") | Person.email.ilike(like, escape="\\"))
        .options(*_whole())  # type: ignore[arg-type]
        .order_by(Person.id)
        .limit(MOST_FOUND)
    )
    return list(session().scalars(wanted)) if words else []


def children_like(school_id: int, nickname: str, *, grade: int = 0) -> list[Person]:
    """Children of a school by a part of their nickname, or of one grade."""
    wanted = (
        select(Person)
        .where(Person.role == CHILD, Person.school_id == school_id, Person.left_at.is_(None))
        .options(*_whole())  # type: ignore[arg-type]
        .order_by(Person.class_id, Person.id)
        .limit(MOST_FOUND)
    )
    if nickname:
        wanted = wanted.where(Person.nickname.ilike(like_of(nickname), escape="\\"))
    if grade:
        wanted = wanted.join(SchoolClass, SchoolClass.id == Person.class_id).where(
            SchoolClass.grade == grade
        )
    return list(session().scalars(wanted)) if school_id and (nickname or grade) else []


def is_entrant(person_id: int, call_id: int) -> bool:
    """Has this child a work in the call, a draft too?"""
    key = author_key(person_id, call_id)
    return bool(
        session().scalar(
            select(exists().where(Author.call_id == call_id, Author.participant == key))
        )
    )


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat of one person, with the call that it belongs to."""

    juror: Juror
    title: Words
    sign: str
    call_state: str
    closes_at: object
    rehearsal: bool

    @property
    def chair(self) -> Chair:
        return Chair(self.juror.person_id, self.juror.state, self.call_state)


def own_seats(person_id: int, *, most: int = 50) -> list[OwnSeat]:
    """The panels that a person was asked to or sits on, the newest first; one statement."""
    found = session().execute(
        select(Juror, Call.title, Call.sign, Call.state, Call.closes_at, Call.rehearsal)
        .join(Call, Call.id == Juror.call_id)
        .where(Juror.person_id == person_id, Juror.state.in_(("invited", "accepted")))
        .order_by(Juror.id.desc())
        .limit(most)
    )
    return [OwnSeat(*row) for row in found]


def own_seat(person_id: int, juror_id: int, *, lock: bool = False) -> tuple[Juror, Chair]:
    """A seat of this person; `Missing` for another's and for none, without a difference."""
    wanted = (
        select(Juror, Call.state)
        .join(Call, Call.id == Juror.call_id)
        .where(Juror.id == juror_id, Juror.person_id == person_id)
    )
    row = session().execute(wanted.with_for_update(of=Juror) if lock else wanted).one_or_none()
    if row is None:
        raise Missing
    return row[0], Chair(row[0].person_id, row[0].state, row[1])


# Whose works a juror must not judge is found by these


def circles_of(person_ids: Iterable[int]) -> list[tuple[int, int | None, int | None]]:
    """Of each person (id, school, class), her own and those of each class she teaches."""
    ids = list(person_ids)
    own = session().execute(
        select(Person.id, Person.school_id, Person.class_id)
        .where(Person.id.in_(ids))
        .order_by(Person.id)
    )
    taught = session().execute(
        select(Teaching.teacher_id, SchoolClass.school_id, SchoolClass.id)
        .join(SchoolClass, SchoolClass.id == Teaching.class_id)
        .where(Teaching.teacher_id.in_(ids))
        .order_by(Teaching.teacher_id, SchoolClass.id)
    )
    return [(row[0], row[1], row[2]) for row in (*own, *taught)]


def children_of_schools(school_ids: Iterable[int]) -> list[tuple[int, int, int | None]]:
    """(id, school, class) of every child of these schools, those who left as well."""
    found = session().execute(
        select(Person.id, Person.school_id, Person.class_id)
        .where(Person.role == CHILD, Person.school_id.in_(list(school_ids)))
        .order_by(Person.id)
    )
    return [(row[0], row[1] or 0, row[2]) for row in found]


def school_choices() -> list[tuple[int, str]]:
    """Every school with its district, for a choice in a form."""
    found = session().scalars(
        select(School).options(joinedload(School.district)).order_by(School.code)
    )
    return [(one.id, f"{one.district.name} · {one.name}") for one in found]
