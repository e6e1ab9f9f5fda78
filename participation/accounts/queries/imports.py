"""Questions for an import: what is on record of a school, and the draft that waits for its yes."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select

from participation.accounts.importing import ImportPlan, KnownPupil, make_plan
from participation.accounts.models import ImportDraft, Person, SchoolClass
from participation.accounts.policies import may_import_roster
from participation.accounts.queries.schools import school_of
from participation.accounts.roles import CHILD
from participation.accounts.roster import Problem, RefusedRow, Roster, RosterRow
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing


def known_pupils(school_id: int) -> list[KnownPupil]:
    """Every pupil on record of a school, those who left too, with their present class."""
    columns = (
        Person.id.label("person_id"),
        Person.pupil_number,
        Person.legal_name,
        Person.gender,
        Person.born,
        SchoolClass.year,
        SchoolClass.grade,
        SchoolClass.number,
        Person.left_at.is_not(None).label("has_left"),
    )
    found = (
        select(*columns)
        .join(SchoolClass, Person.class_id == SchoolClass.id)
        .where(Person.school_id == school_id, Person.role == CHILD)
        .order_by(Person.id)
    )
    return [KnownPupil(**row) for row in session().execute(found).mappings()]


def draft_of(who: Any, draft_id: str) -> ImportDraft:
    """The draft that this person began less than an hour ago; raises `Missing` for any other."""
    may_import_roster.require(who, None, now())
    try:
        key = bytes.fromhex(draft_id)
    except ValueError as problem:
        raise Missing from problem
    found = session().get(ImportDraft, key)
    if found is None or found.person_id != who.person_id or found.ends_at <= now():
        raise Missing
    return found


def plan_import(draft: ImportDraft) -> ImportPlan:
    """What the draft would do to its school as the school stands now."""
    school = school_of(draft.school_id)
    if school is None:
        raise Missing
    return make_plan(
        thaw(draft.rows),
        known_pupils(draft.school_id),
        school_code=school.code,
        year=draft.year,
        whole=draft.whole,
    )


def freeze(roster: Roster) -> str:
    """The rows of a roster as text; of the file nothing else is kept."""
    kept = {
        "rows": [{**asdict(row), "born": row.born.isoformat()} for row in roster.rows],
        "refused": [asdict(row) for row in roster.refused],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> Roster:
    """Read `freeze` back."""
    kept = json.loads(text)
    return Roster(
        rows=tuple(
            RosterRow(**{**row, "born": date.fromisoformat(row["born"])}) for row in kept["rows"]
        ),
        refused=tuple(
            RefusedRow(**{**row, "problems": tuple(Problem(**wrong) for wrong in row["problems"])})
            for row in kept["refused"]
        ),
    )
