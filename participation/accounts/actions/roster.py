"""Taking a school's roster over: a dry run that keeps a draft, then all of the plan or nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from participation.accounts.actions.people import leave_all
from participation.accounts.happenings import RosterImported, about_school
from participation.accounts.importing import ADD, CHANGE, REFUSE, ImportPlan, PlanLine
from participation.accounts.models import ImportDraft, Person, School, SchoolClass
from participation.accounts.policies import may_import_roster
from participation.accounts.queries.classes import school_year
from participation.accounts.queries.imports import draft_of, freeze, plan_import
from participation.accounts.queries.schools import school_of
from participation.accounts.roles import CHILD
from participation.accounts.roster import Roster, RosterRow
from participation.accounts.standing import note_changes
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import random_key

GOOD_FOR = timedelta(hours=1)
SOME_REFUSED = _l("有几行收不了。改好文件再来，或者勾上“收不了的那几行先放着”")


def keep_draft(who: Any, school_id: int, roster: Roster, *, whole: bool) -> ImportDraft:
    """Keep the rows of a read roster for an hour, for its dry run.

    `whole`: the file lists the whole school. Earlier drafts of this person end. Refuses
    (`RuleBroken`, field `file`) a roster that can't be read as a whole.
    """
    may_import_roster.require(who, None, now())
    if school_of(school_id) is None:
        raise Missing
    if roster.problems:
        raise RuleBroken(str(roster.problems[0]), field="file")
    session().execute(delete(ImportDraft).where(ImportDraft.person_id == who.person_id))
    draft = ImportDraft(
        id=random_key(),
        school_id=school_id,
        person_id=who.person_id,
        whole=whole,
        year=school_year(today()),
        rows=freeze(roster),
        ends_at=now() + GOOD_FOR,
    )
    session().add(draft)
    session().flush()
    return draft


def clear_drafts() -> None:
    """Forget the drafts whose hour is over."""
    session().execute(delete(ImportDraft).where(ImportDraft.ends_at <= now()))


def import_roster(
    who: Any, draft_id: str, *, digest: str, leaving: Sequence[int] = (), despite: bool = False
) -> ImportPlan:
    """Do the plan that was shown: every row of it, in this one transaction.

    `digest` is that of the plan on the page, `leaving` holds the missing pupils who have left,
    `despite` says that refused rows are to be passed over. Refuses (`RuleBroken`) when the school
    has changed since (field `digest`), or when refused rows were not agreed to (`despite`).
    """
    draft = draft_of(who, draft_id)
    session().execute(select(School.id).where(School.id == draft.school_id).with_for_update())
    plan = plan_import(draft)
    _check_agreed(plan, digest, despite)
    _do(plan, draft.school_id)
    left = sorted(set(leaving) & {pupil.person_id for pupil in plan.missing})
    leave_all(left, by=who.person_id)
    session().delete(draft)
    session().flush()
    subject, counts = about_school(draft.school_id), plan.counts
    done = {"added": counts[ADD], "changed": counts[CHANGE], "left": len(left)}
    announce(RosterImported(subject=subject, by=who.person_id, **done))
    return plan


def _check_agreed(plan: ImportPlan, digest: str, despite: bool) -> None:
    if plan.digest != digest:
        raise RuleBroken(_l("学校的名单刚刚变了，请再看一遍"), field="digest")
    if plan.counts[REFUSE] and not despite:
        raise RuleBroken(SOME_REFUSED, field="despite")


def _do(plan: ImportPlan, school_id: int) -> None:
    classes = _classes(plan, school_id)
    added = [_new(line.wanted, school_id, classes) for line in plan.doing(ADD) if line.wanted]
    if added:
        session().execute(insert(Person), added)
    changed = [_changed(line, line.wanted, classes) for line in plan.doing(CHANGE) if line.wanted]
    if changed:
        session().execute(update(Person), changed)
        note_changes([row["id"] for row in changed])


def _classes(plan: ImportPlan, school_id: int) -> dict[tuple[int, int], int]:
    """The id of each class that the plan names, made where the school has none yet."""
    present = select(SchoolClass.grade, SchoolClass.number, SchoolClass.id).where(
        SchoolClass.school_id == school_id, SchoolClass.year == plan.year
    )
    found = {(grade, number): key for grade, number, key in session().execute(present)}
    new = [
        {"school_id": school_id, "year": plan.year, "grade": grade, "number": number}
        for grade, number in sorted(plan.classes() - found.keys())
    ]
    if new:
        session().execute(insert(SchoolClass), new)
        found = {(grade, number): key for grade, number, key in session().execute(present)}
    return found


def _new(row: RosterRow, school_id: int, classes: dict[tuple[int, int], int]) -> dict[str, Any]:
    return {
        "role": CHILD,
        "legal_name": row.legal_name,
        "gender": row.gender or "x",
        "born": row.born,
        "pupil_number": row.pupil_number,
        "school_id": school_id,
        "class_id": classes[row.grade, row.number],
        "joined_at": now(),
    }


def _changed(line: PlanLine, row: RosterRow, classes: dict[tuple[int, int], int]) -> dict[str, Any]:
    values = {
        "legal_name": row.legal_name,
        "born": row.born,
        "class_id": classes[row.grade, row.number],
        "left_at": None,
        "id": line.person_id,
    }
    return {**values, "gender": row.gender} if row.gender else values
