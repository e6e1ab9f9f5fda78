"""The latest replies and how many there are: for the pages that gather every matter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import selectinload

from participation.deliveries.models import Dossier, PointAnswer, Reply
from participation.kernel.clock import today
from participation.kernel.database import session
from participation.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class ReplyCounts:
    """Dossiers sent, answered, and promised for a day before today without an answer."""

    sent: int
    answered: int
    late: int


def latest_answered(kind: str, most: int) -> Sequence[Subject]:
    """The subjects of a kind that were answered last, the newest first, at most `most`."""
    found = session().execute(
        select(Dossier.subject_kind, Dossier.subject_id)
        .where(Dossier.replied_at.is_not(None), Dossier.subject_kind == kind)
        .order_by(Dossier.replied_at.desc(), Dossier.id.desc())
        .limit(most)
    )
    return [Subject(kind, identity) for kind, identity in found]


def replies_of(subjects: Iterable[Subject]) -> dict[Subject, Reply]:
    """The latest given reply of each subject, with answers and points, in few statements."""
    wanted = [(subject.kind, subject.id) for subject in subjects]
    if not wanted:
        return {}
    found = session().execute(
        select(Dossier.subject_kind, Dossier.subject_id, Reply)
        .join(Dossier, Dossier.id == Reply.dossier_id)
        .where(
            tuple_(Dossier.subject_kind, Dossier.subject_id).in_(wanted),
            Reply.given_at.is_not(None),
        )
        .order_by(Reply.version)
        .options(selectinload(Reply.answers).joinedload(PointAnswer.point))
    )
    return {Subject(kind, identity): reply for kind, identity, reply in found}


def reply_counts() -> ReplyCounts:
    """How many dossiers were sent, how many are answered, how many answers are late now."""
    late = func.count().filter(Dossier.replied_at.is_(None), Dossier.due_on < today())
    row = session().execute(select(func.count(), func.count(Dossier.replied_at), late)).one()
    return ReplyCounts(*row)
