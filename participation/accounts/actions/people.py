"""Keeping people: staff are invited, changed and let go; pupils change class, or leave."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, delete, select, update
from sqlalchemy.exc import IntegrityError

from participation.accounts.actions.confirming import end_confirmations
from participation.accounts.actions.links import make_password_link
from participation.accounts.actions.sign_ins import end_all
from participation.accounts.ages import GROWN_UP
from participation.accounts.happenings import (
    PersonChanged,
    PersonJoined,
    PersonLeft,
    StaffInvited,
    about_person,
)
from participation.accounts.models import (
    LoginCard,
    Person,
    School,
    SchoolClass,
    Teaching,
    Unit,
)
from participation.accounts.policies import may_keep_people, may_keep_schools
from participation.accounts.roles import (
    ADMINISTRATOR,
    CHILD,
    MODERATOR,
    OFFICIAL,
    SAFEGUARDING,
    STAFF,
    TEACHER,
)
from participation.accounts.standing import note_change
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.words import folded

MOST_AT_ONCE = 500
"""Accounts closed in one transaction; the rest wait for the next night."""
EMAIL_TAKEN = _l("这个邮箱已经有人用了")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """What is on record about a staff person; a `school_id` or `unit_id` of 0 means none."""

    legal_name: str
    email: str
    role: str
    school_id: int = 0
    unit_id: int = 0
    vetted_on: date | None = None
    trained_on: date | None = None
    locale: str = "zh-Hans"

    def values(self) -> dict[str, Any]:
        """The columns: a teacher has a school, an official a unit, nobody both."""
        return {
            **asdict(self),
            "email": folded(self.email).strip(),
            "school_id": self.school_id if self.role == TEACHER else None,
            "unit_id": self.unit_id if self.role == OFFICIAL else None,
        }


def invite_staff(who: Any, facts: StaffFacts) -> Person:
    """Add a staff person and send the link by which they set a password.

    Refuses (`RulesBroken`, by field) a role without what it needs, or an address that is taken.
    """
    may_keep_people.require(who, None, now())
    _check_staff(facts)
    person = Person(**facts.values(), joined_at=now())
    with _own_address():
        session().add(person)
    link = make_password_link(person)
    subject = about_person(person.id)
    announce(PersonJoined(subject=subject, by=who.person_id, role=person.role))
    announce(StaffInvited(subject=subject, by=who.person_id, link=link))
    return person


def invite_again(who: Any, person_id: int) -> Person:
    """Send a fresh link to a staff person who has set no password yet."""
    may_keep_people.require(who, None, now())
    person = _staff(person_id)
    if person.password:
        raise RuleBroken(_l("这个人已经设好密码了，忘了可以自己重设"))
    link = make_password_link(person)
    announce(StaffInvited(subject=about_person(person.id), by=who.person_id, link=link))
    return person


def change_staff(who: Any, person_id: int, facts: StaffFacts) -> Person:
    """Change what is on record about a staff person; it counts from their next request.

    Refuses, besides what `invite_staff` does, to take the last administrator's role away.
    """
    may_keep_people.require(who, None, now())
    person = _staff(person_id)
    _check_staff(facts)
    wanted = facts.values()
    what = tuple(column for column, value in wanted.items() if getattr(person, column) != value)
    if "role" in what:
        _keep_an_administrator(person, field="role")
    if {"role", "school_id"} & set(what):
        session().execute(delete(Teaching).where(Teaching.teacher_id == person.id))
    with _own_address():
        for column in what:
            setattr(person, column, wanted[column])
    if {"role", "email"} & set(what):
        end_confirmations([person.id])
    _tell_change(who, person, what)
    return person


def end_staff(who: Any, person_id: int) -> Person:
    """Let a staff person go: signed out at once everywhere, no sign-in any more."""
    may_keep_people.require(who, None, now())
    person = _staff(person_id)
    if person.id == who.person_id:
        raise RuleBroken(_l("不能让自己离开，请另一位管理员来做"))
    _keep_an_administrator(person)
    session().execute(delete(Teaching).where(Teaching.teacher_id == person.id))
    leave_all([person.id], by=who.person_id)
    return person


def change_pupil(
    who: Any, person_id: int, *, legal_name: str, gender: str, born: date, class_id: int
) -> Person:
    """Correct a pupil's record or move the pupil to another class of the same school.

    `born` counts by its month. Refuses (`RuleBroken`, field `class_id`) a class of another school.
    """
    may_keep_schools.require(who, None, now())
    pupil = _pupil(person_id)
    place = session().get(SchoolClass, class_id)
    if place is None or place.school_id != pupil.school_id:
        raise RuleBroken(_l("请选这所学校的一个班"), field="class_id")
    wanted = {
        "legal_name": legal_name,
        "gender": gender,
        "born": born.replace(day=1),
        "class_id": class_id,
    }
    what = tuple(column for column, value in wanted.items() if getattr(pupil, column) != value)
    for column in what:
        setattr(pupil, column, wanted[column])
    _tell_change(who, pupil, what)
    return pupil


def end_pupil(who: Any, person_id: int) -> Person:
    """A pupil has left the school: signed out at once, the card ends."""
    may_keep_schools.require(who, None, now())
    pupil = _pupil(person_id)
    leave_all([pupil.id], by=who.person_id)
    return pupil


def leave_all(person_ids: Sequence[int], *, by: int | None) -> None:
    """These people have left; part of a deed that has asked whether it may.

    A child's names go at once, as the notice promises; the pupil number stays, so that a child
    who comes back with a later roster is found again.
    """
    if not person_ids:
        return
    going = update(Person).where(Person.id.in_(person_ids), Person.left_at.is_(None))
    names = {
        column: case((Person.role == CHILD, ""), else_=getattr(Person, column))
        for column in ("legal_name", "nickname")
    }
    session().execute(going.values(left_at=now(), **names))
    session().execute(delete(LoginCard).where(LoginCard.person_id.in_(person_ids)))
    end_confirmations(person_ids)
    end_all(person_ids)
    for person_id in person_ids:
        announce(PersonLeft(subject=about_person(person_id), by=by))


def close_grown_up() -> None:
    """Close the accounts of those who turned 18; the timed deed of every night (R36)."""
    day = today()
    grown_up = (
        select(Person.id)
        .where(
            Person.role == CHILD,
            Person.left_at.is_(None),
            Person.born <= date(day.year - GROWN_UP, day.month, 1),
        )
        .order_by(Person.id)
        .limit(MOST_AT_ONCE)
    )
    leave_all(session().scalars(grown_up).all(), by=None)


def _tell_change(who: Any, person: Person, what: tuple[str, ...]) -> None:
    if not what:
        return
    session().flush()
    note_change(person.id)
    announce(PersonChanged(subject=about_person(person.id), by=who.person_id, what=what))


def _staff(person_id: int) -> Person:
    person = session().get(Person, person_id)
    if person is None or person.role == CHILD or person.left_at is not None:
        raise Missing
    return person


def _pupil(person_id: int) -> Person:
    person = session().get(Person, person_id)
    if person is None or person.role != CHILD or person.left_at is not None:
        raise Missing
    return person


@contextmanager
def _own_address() -> Iterator[None]:
    """What is written inside may clash with another person's address: refused on the field."""
    try:
        with session().begin_nested():
            yield
    except IntegrityError as problem:
        raise RuleBroken(EMAIL_TAKEN, field="email") from problem


def _keep_an_administrator(person: Person, *, field: str = "") -> None:
    """The house always keeps one administrator who can sign in."""
    others = select(Person.id).where(
        Person.role == ADMINISTRATOR, Person.left_at.is_(None), Person.id != person.id
    )
    if person.role == ADMINISTRATOR and session().scalar(others.limit(1)) is None:
        raise RuleBroken(_l("这是最后一位管理员，先请好下一位"), field=field)


def _check_staff(facts: StaffFacts) -> None:
    broken = [RuleBroken(sentence, field=field) for field, sentence in _wrong_with(facts)]
    if broken:
        raise RulesBroken(broken)


def _wrong_with(facts: StaffFacts) -> list[tuple[str, Any]]:
    """What a role needs: a teacher a school, an official a unit, R56 vetting and training."""
    vetted = facts.role in (MODERATOR, SAFEGUARDING)
    questions = (
        ("role", facts.role not in STAFF, _l("请选一个角色")),
        (
            "school_id",
            facts.role == TEACHER and session().get(School, facts.school_id) is None,
            _l("老师要有一所学校"),
        ),
        (
            "unit_id",
            facts.role == OFFICIAL and session().get(Unit, facts.unit_id) is None,
            _l("答复的人要有一个单位"),
        ),
        ("vetted_on", vetted and not facts.vetted_on, _l("读孩子的话以前，要先查过从业记录")),
        ("trained_on", vetted and not facts.trained_on, _l("读孩子的话以前，要先受过培训")),
        ("vetted_on", _is_to_come(facts.vetted_on), _l("这一天还没有到")),
        ("trained_on", _is_to_come(facts.trained_on), _l("这一天还没有到")),
    )
    return [(field, sentence) for field, is_wrong, sentence in questions if is_wrong]


def _is_to_come(day: date | None) -> bool:
    return day is not None and day > today()
