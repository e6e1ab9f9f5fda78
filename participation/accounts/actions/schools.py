"""Keeping the order of the city: districts, schools, units, and who looks after a class."""

import csv
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from participation.accounts.happenings import (
    SchoolAdded,
    SchoolChanged,
    TeachersNamed,
    about_class,
    about_school,
)
from participation.accounts.models import District, School, Teaching, Unit
from participation.accounts.policies import may_keep_people, may_keep_schools
from participation.accounts.queries.classes import class_with, teachers_of_school
from participation.accounts.queries.schools import school_of
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import ALPHABET
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import Words

CODE_LETTERS = 4
TRIES = 20


def take_districts(lines: Iterable[str], prefix: str) -> tuple[int, int]:
    """Take districts from a CSV of GB/T 2260 (`code,name,…`) whose code begins with `prefix`.

    New ones are added, other names are mended, none is removed. Gives how many were added and
    how many renamed. Raises `ValueError` for a file without the columns code and name.
    """
    reader = csv.DictReader(lines)
    if not {"code", "name"} <= set(reader.fieldnames or ()):
        raise ValueError("the file needs the columns code and name")
    known = {place.code: place for place in session().scalars(select(District))}
    added = renamed = 0
    for row in reader:
        code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
        if not (code.isascii() and code.isdigit() and name and code.startswith(prefix)):
            continue
        place = known.get(code)
        if place is None:
            known[code] = District(code=code, name=Words(zh=name))
            session().add(known[code])
            added += 1
        elif place.name.get("zh") != name:
            place.name = Words(place.name, zh=name)
            renamed += 1
    session().flush()
    return added, renamed


def add_unit(who: Any, name: Words) -> Unit:
    """Add a unit of the city that answers children."""
    may_keep_people.require(who, None, now())
    unit = Unit(name=name)
    session().add(unit)
    session().flush()
    return unit


def add_school(
    who: Any, *, district_id: int, name: Words, kind: str, named_adult: str = ""
) -> School:
    """Add a school; its four-letter code is made here and never changes.

    Refuses (`RuleBroken`) an unknown district or a name that the district has already.
    """
    may_keep_schools.require(who, None, now())
    _check_place(district_id, name)
    for _try in range(TRIES):
        school = School(
            district_id=district_id,
            code="".join(secrets.choice(ALPHABET) for _letter in range(CODE_LETTERS)),
            name=name,
            kind=kind,
            named_adult=named_adult,
        )
        try:
            with session().begin_nested():
                session().add(school)
        except IntegrityError:
            continue
        announce(SchoolAdded(subject=about_school(school.id), by=who.person_id, code=school.code))
        return school
    raise RuntimeError("no free school code was found")


def change_school(
    who: Any, school_id: int, *, district_id: int, name: Words, kind: str, named_adult: str
) -> School:
    """Change what is on record about a school; its code stays, for it is printed on cards."""
    may_keep_schools.require(who, None, now())
    school = school_of(school_id)
    if school is None:
        raise Missing
    _check_place(district_id, name, but=school_id)
    wanted = {
        "district_id": district_id,
        "name": name,
        "kind": kind,
        "named_adult": named_adult,
    }
    what = tuple(column for column, value in wanted.items() if getattr(school, column) != value)
    for column in what:
        setattr(school, column, wanted[column])
    session().flush()
    if what:
        announce(SchoolChanged(subject=about_school(school_id), by=who.person_id, what=what))
    return school


def _check_place(district_id: int, name: Words, *, but: int = 0) -> None:
    if session().get(District, district_id) is None:
        raise RuleBroken(_l("请选一个区县"), field="district_id")
    others = session().scalars(
        select(School).where(School.district_id == district_id, School.id != but)
    )
    if any(other.name.get("zh") == name.get("zh") for other in others):
        raise RuleBroken(_l("这个区县已经有一所叫这个名字的学校"), field="name_zh")


def name_teachers(who: Any, class_id: int, teacher_ids: Sequence[int]) -> None:
    """Say anew which teachers look after a class; they come from its school.

    They alone see the class's consents. Refuses (`RuleBroken`) a person of another school.
    """
    may_keep_schools.require(who, None, now())
    place = class_with(class_id)
    if place is None:
        raise Missing
    wanted = tuple(sorted(set(teacher_ids)))
    if not set(wanted) <= {teacher.id for teacher in teachers_of_school(place.school_id)}:
        raise RuleBroken(_l("只能选这所学校的老师"), field="teachers")
    session().execute(delete(Teaching).where(Teaching.class_id == class_id))
    session().add_all(Teaching(teacher_id=one, class_id=class_id) for one in wanted)
    session().flush()
    announce(TeachersNamed(subject=about_class(class_id), by=who.person_id, teachers=wanted))
