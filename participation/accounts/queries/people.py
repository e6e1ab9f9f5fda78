"""Questions about people: one person, staff by role, the officials of a unit, lists by key."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Confirmation, Person, SchoolClass
from participation.accounts.roles import CHILD, OFFICIAL
from participation.kernel.database import session

PAGE = 50
"""How many rows a list page shows."""


def person(person_id: int) -> Person | None:
    """The person of this id with school, class and unit; None where there is none."""
    return session().scalar(
        select(Person)
        .where(Person.id == person_id)
        .options(
            joinedload(Person.school),
            joinedload(Person.school_class).joinedload(SchoolClass.school),
            joinedload(Person.unit),
        )
    )


def _present() -> Select[Person]:
    return select(Person).where(Person.left_at.is_(None)).order_by(Person.id)


def officials_of(unit_id: int) -> list[Person]:
    """The officials who answer for a unit today, by id."""
    found = _present().where(Person.role == OFFICIAL, Person.unit_id == unit_id)
    return list(session().scalars(found))


def staff_with(role: str) -> list[Person]:
    """Everyone who holds a staff role today, by id."""
    return list(session().scalars(_present().where(Person.role == role)))


def confirmations_of(role: str) -> dict[int, str]:
    """Of everyone who holds a staff role today: `confirmed`, `refused`, or empty while it waits."""
    found = (
        select(Person.id, Confirmation.state)
        .outerjoin(Confirmation, Confirmation.person_id == Person.id)
        .where(Person.left_at.is_(None), Person.role == role)
        .order_by(Person.id)
    )
    return {row.id: row.state or "" for row in session().execute(found)}


def staff_names(ids: Iterable[int]) -> dict[int, str]:
    """The names of the staff among these ids, those who left as well; a child's is never told."""
    found = select(Person.id, Person.legal_name).where(
        Person.role != CHILD, Person.id.in_(set(ids))
    )
    return {person_id: name for person_id, name in session().execute(found)}  # noqa: C416 - rows


def child_ids(*, after: int = 0, size: int = 1000) -> list[int]:
    """One page of the ids of all children, those who left as well, in order."""
    found = select(Person.id).where(Person.role == CHILD, Person.id > after)
    return list(session().scalars(found.order_by(Person.id).limit(size)))


def names_of_child(person_id: int) -> tuple[str, str]:
    """Nickname and legal name of a child, for her own form alone; empty where there is none."""
    found = select(Person.nickname, Person.legal_name).where(
        Person.id == person_id, Person.role == CHILD
    )
    row = session().execute(found).one_or_none()
    return (row.nickname or "", row.legal_name) if row else ("", "")


def staff_list(
    *, role: str = "", words: str = "", after: int = 0, left: bool = False
) -> Sequence[Person]:
    """One page of the staff in order of id, and one more row where another page follows.

    `role` narrows to one role, `words` to names and addresses that hold them, `after` is the last
    id of the page before, `left` shows those who have left instead.
    """
    found = select(Person).where(Person.role != CHILD, Person.id > after)
    found = found.where(Person.left_at.is_not(None) if left else Person.left_at.is_(None))
    if role:
        found = found.where(Person.role == role)
    if words:
        like = like_of(words)
        found = found.where(
            Person.legal_name.ilike(like, escape="\\") | Person.email.ilike(like, escape="\\")
        )
    found = found.options(joinedload(Person.school), joinedload(Person.unit))
    return session().scalars(found.order_by(Person.id).limit(PAGE + 1)).all()


def like_of(words: str) -> str:
    """A LIKE pattern for rows that hold these words; the joker signs stand for themselves."""
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
