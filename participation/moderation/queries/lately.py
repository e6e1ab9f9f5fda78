"""What one moderator decided just now, and whether she may still take it back."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Sentence
from participation.kernel.tables import Words
from participation.moderation.models import Case, Verdict
from participation.moderation.standing import UNDONE
from participation.moderation.undoing import UNDO_FOR, Given, against

MOST_LATELY: Final = 10
BEGINNING: Final = 10
"""Characters of a text that are enough to know it again."""


@dataclass(frozen=True, slots=True)
class Lately:
    """One verdict of the last minutes; `refusal` says why it can't be taken back, or None; `begins`
    are the first characters of the text, by which she tells it from the others."""

    verdict: Verdict
    about: Words
    band: str
    begins: str
    refusal: Sentence | None

    @property
    def case_id(self) -> int:
        """The case it was given on."""
        return self.verdict.case_id


def decided_lately(person_id: int) -> list[Lately]:
    """Her verdicts of the last ten minutes that stand, newest first; at most ten.

    A known text is not among them: its answer was told at once.
    """
    moment, later = now(), aliased(Verdict)
    superseded = select(later.id).where(later.case_id == Verdict.case_id, later.id > Verdict.id)
    newer = _newer_kind(Case.subject_kind, Case.subject_id, Case.id).correlate(Case)
    mine = (
        select(Verdict, Case.about, Case.about_en, Case.band, Case.kind)
        .add_columns(func.substr(Case.text, 1, BEGINNING).label("begins"))
        .add_columns((Case.text != "").label("kept"), newer.scalar_subquery().label("newer"))
        .join(Case, Case.id == Verdict.case_id)
        .where(
            Verdict.by == person_id,
            Verdict.at >= moment - UNDO_FOR,
            Verdict.verdict != UNDONE,
            Case.kind != "gold",
            ~superseded.exists(),
        )
        .order_by(Verdict.id.desc())
        .limit(MOST_LATELY)
    )
    return [_lately(row) for row in session().execute(mine)]


def _lately(row: Any) -> Lately:
    given = Given(
        kind=row.kind,
        verdict=row.Verdict.verdict,
        at=row.Verdict.at,
        kept=bool(row.kept),
        newer=row.newer or "",
    )
    about = Words(zh=row.about, en=row.about_en)
    return Lately(row.Verdict, about, row.band, row.begins, against(given, now()))


def given_on(case: Case, row: Verdict) -> Given:
    """A verdict on a case and what went on since."""
    newer: str | None = session().scalar(_newer_kind(case.subject_kind, case.subject_id, case.id))
    return Given(
        kind=case.kind,
        verdict=row.verdict,
        at=row.at,
        kept=case.text != "",
        newer=newer or "",
    )


def _newer_kind(subject_kind: Any, subject_id: Any, case_id: Any) -> Select[str]:
    """The kind of the newest case of a subject that came after this one."""
    newer = aliased(Case)
    found = select(newer.kind).where(
        newer.subject_kind == subject_kind, newer.subject_id == subject_id, newer.id > case_id
    )
    return found.order_by(newer.id.desc()).limit(1)
