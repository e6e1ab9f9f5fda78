"""Questions about one case: who holds it, who decided it, and what came before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.moderation.comparing import Change, changes
from participation.moderation.models import Case, Report, Verdict

PAGE: Final = 20
MOST_KIN: Final = 200
MOST_REPORTS: Final = 20
REREAD_FOR: Final = timedelta(days=7)
"""So long a moderator may open what she decided: for a second thought, or when she is asked why.

Nobody else may, and nobody later: then the words are the child's alone.
"""


def is_held(case: Case) -> bool:
    """Is somebody's lease of this case running?"""
    return case.held_until is not None and case.held_until >= now()


def held_id(person_id: int, subject: Subject) -> int:
    """The id of the case about this subject that a moderator holds now; 0 where she holds none."""
    held = select(Case.id).where(
        Case.subject_kind == subject.kind,
        Case.subject_id == subject.id,
        Case.state == "waiting",
        Case.held_by == person_id,
        Case.held_until >= now(),
    )
    return session().scalar(held.order_by(Case.id).limit(1)) or 0


def case_for(person_id: int, case_id: int) -> Case | None:
    """The case that this moderator holds, or decided herself of late; None for any other.

    Numbers are easily counted, so whoever has nothing to do with a case finds none.
    """
    held = select(Case).where(
        Case.id == case_id, Case.state == "waiting", Case.held_by == person_id
    )
    return session().scalar(held) or own_decided_case(person_id, case_id)


def own_decided_case(person_id: int, case_id: int) -> Case | None:
    """A case that this moderator decided in the last `REREAD_FOR`; None where there is none."""
    return session().scalar(
        select(Case)
        .join(Verdict, Verdict.case_id == Case.id)
        .where(Case.id == case_id, Verdict.by == person_id, Verdict.at >= reread_since())
        .limit(1)
    )


def is_newest(case: Case) -> bool:
    """Is this the newest case of its subject, with its words still there?"""
    newer = select(Case.id).where(
        Case.subject_kind == case.subject_kind,
        Case.subject_id == case.subject_id,
        Case.id > case.id,
    )
    return case.text != "" and session().scalar(newer.limit(1)) is None


def reread_since() -> datetime:
    """What was decided from this moment on may be opened by whoever decided it."""
    return now() - REREAD_FOR


def held_cases(person_id: int) -> list[Case]:
    """The cases that this moderator holds now, by id."""
    return list(
        session().scalars(
            select(Case)
            .where(Case.held_by == person_id, Case.state == "waiting", Case.held_until >= now())
            .order_by(Case.id)
        )
    )


def held_case(person_id: int) -> Case | None:
    """The first case that this moderator holds now; None where there is none."""
    held = held_cases(person_id)
    return held[0] if held else None


def decided_by(person_id: int, *, before: int = 0) -> list[Verdict]:
    """One page of a moderator's own verdicts with their cases, newest first, and one more line."""
    case = joinedload(Verdict.case).defer(Case.text)
    own = select(Verdict).where(Verdict.by == person_id).options(case)
    if before:
        own = own.where(Verdict.id < before)
    return list(session().scalars(own.order_by(Verdict.id.desc()).limit(PAGE + 1)))


def last_verdict(case_id: int) -> Verdict | None:
    """The verdict by which a case stands where it stands."""
    of_case = select(Verdict).where(Verdict.case_id == case_id)
    return session().scalar(of_case.order_by(Verdict.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Before:
    """What came before a case in its thread: the verdict without its author, and what changed."""

    verdict: str
    reasons: tuple[str, ...]
    sentence: str
    changes: Sequence[Change]


def before(case: Case) -> Before | None:
    """What a reader of this case is told of the one before; None for a first turn."""
    earlier = session().get(Case, case.earlier_id) if case.earlier_id else None
    verdict = last_verdict(earlier.id) if earlier else None
    if earlier is None or verdict is None:
        return None
    compared = case.kind == "text" and earlier.text != ""
    return Before(
        verdict.verdict,
        tuple(filter(None, verdict.reasons.split(","))),
        verdict.sentence,
        changes(earlier.text, case.text) if compared else (),
    )


def kin_texts(case: Case) -> list[str]:
    """Other texts of the same class in the same matter that came shortly before."""
    if case.kin is None:
        return []
    others = select(Case.text).where(
        Case.kin == case.kin,
        Case.id < case.id,
        Case.id > case.id - 20 * MOST_KIN,
        Case.text != "",
        Case.subject_id != case.subject_id,
    )
    return list(session().scalars(others.order_by(Case.id.desc()).limit(MOST_KIN)))


def reports_on(case: Case) -> list[Report]:
    """What readers said, newest first; no more than twenty."""
    of_case = select(Report).where(Report.case_id == case.id)
    return list(session().scalars(of_case.order_by(Report.id.desc()).limit(MOST_REPORTS)))


def texts_to_forget(ended_before: datetime, most: int) -> list[int]:
    """The ids of cases that ended before this moment and still hold their words or their mark."""
    kept = or_(Case.text != "", Case.cleared.is_not(None))
    old = select(Case.id).where(Case.ended_at < ended_before, kept)
    return list(session().scalars(old.order_by(Case.id).limit(most)))
