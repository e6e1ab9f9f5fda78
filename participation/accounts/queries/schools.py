"""Questions about the city's order: districts, units and schools."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import District, School, Unit
from participation.accounts.queries.people import PAGE, like_of
from participation.kernel.database import session


def district_list(words: str = "") -> list[District]:
    """Every district in order of its code; `words` narrows to names and codes that hold them."""
    found = select(District).order_by(District.code)
    if words:
        found = found.where(_district_holds(words))
    return list(session().scalars(found))


def unit_list() -> list[Unit]:
    """Every unit of the city, by id."""
    return list(session().scalars(select(Unit).order_by(Unit.id)))


def school_of(school_id: int) -> School | None:
    """The school of this id with its district; None where there is none."""
    return session().scalar(
        select(School).where(School.id == school_id).options(joinedload(School.district))
    )


def named_adult_of(school_id: int) -> str:
    """The adult whom children of this school may turn to; empty where none is named."""
    return session().scalar(select(School.named_adult).where(School.id == school_id)) or ""


def school_list(*, words: str = "", after: int = 0) -> Sequence[School]:
    """One page of schools in order of id, and one more row where another page follows.

    `words` narrows to schools whose name, code or district holds them.
    """
    found = (
        select(School)
        .join(District, School.district_id == District.id)
        .where(School.id > after)
        .options(joinedload(School.district))
    )
    if words:
        like = like_of(words)
        found = found.where(
            or_(
                School.name["zh"].as_string().ilike(like, escape="\\"),
                School.name["en"].as_string().ilike(like, escape="\\"),
                School.code.ilike(like, escape="\\"),
                _district_holds(words),
            )
        )
    return session().scalars(found.order_by(School.id).limit(PAGE + 1)).all()


def _district_holds(words: str) -> ColumnElement[bool]:
    like = like_of(words)
    return or_(
        District.name["zh"].as_string().ilike(like, escape="\\"),
        District.name["en"].as_string().ilike(like, escape="\\"),
        District.code.ilike(like, escape="\\"),
    )


def schools_for_choice() -> list[tuple[int, str, str]]:
    """Id, code and name of every school in order of its code, for a choice in a form."""
    found = session().execute(select(School.id, School.code, School.name).order_by(School.code))
    return [(school_id, code, str(name)) for school_id, code, name in found]


def school_ids() -> list[int]:
    """The ids of all schools, in order."""
    return list(session().scalars(select(School.id).order_by(School.id)))


def schools_by_code(codes: Iterable[str]) -> dict[str, int]:
    """The ids of the schools that have these codes, by code."""
    found = session().execute(select(School.code, School.id).where(School.code.in_(list(codes))))
    return {row.code: row.id for row in found}


def schools_by_id(ids: Iterable[int]) -> dict[int, School]:
    """The schools that have these ids, by id."""
    found = session().scalars(select(School).where(School.id.in_(list(ids))))
    return {school.id: school for school in found}
