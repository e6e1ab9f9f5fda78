"""What became of texts, for the room that shows it to their authors: decided when, and may it be
asked about once more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, tuple_

from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.moderation.models import Case, Verdict

APPEAL_FOR: Final = timedelta(days=30)
"""So long after it a child may ask another moderator to look at a verdict (R12)."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The last that was decided on a text: the verdict, on which kind of case, and when."""

    kind: str
    verdict: str
    at: datetime

    @property
    def is_open_to_appeal(self) -> bool:
        """May another moderator be asked: not a second time, and not after thirty days?"""
        judged = self.kind != "appeal" and self.verdict in ("returned", "refused")
        return judged and self.at >= now() - APPEAL_FOR


def decided_last(subjects: Iterable[Subject]) -> Mapping[Subject, Decided]:
    """The last decision on each of these texts; none where nobody has decided, or it waits anew."""
    names = [(one.kind, one.id) for one in subjects]
    if not names:
        return {}
    rows = session().execute(
        select(Case.subject_kind, Case.subject_id, Case.kind, Case.state)
        .add_columns(Verdict.verdict, Verdict.at)
        .outerjoin(Verdict, Verdict.case_id == Case.id)
        .where(tuple_(Case.subject_kind, Case.subject_id).in_(names), Case.state != "withdrawn")
        .order_by(Case.id, Verdict.id)
    )
    last = {Subject(kind, identity): rest for kind, identity, *rest in rows}
    return {
        subject: Decided(kind, verdict, at)
        for subject, (kind, state, verdict, at) in last.items()
        if state != "waiting" and verdict is not None
    }
