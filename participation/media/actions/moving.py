"""A file goes from one thing to another: photographed for many, it becomes one child's."""

from sqlalchemy.exc import IntegrityError

from participation.kernel.announcing import announce
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.subjects import Subject
from participation.media.actions.ending import find
from participation.media.actions.taking import TWICE
from participation.media.happenings import FileMoved


def move(file_id: str, subject: Subject, slot: str, *, by: int | None = None) -> None:
    """Let a file belong to another subject; every address that was given out is dead.

    Who may do this is the caller's to ask. A file that waits is still pressed under its new
    subject. Raises `Missing`, and `RuleBroken` where the slot is taken: nothing is ever put in the
    place of another file here.
    """
    file = find(file_id)
    file.subject_kind, file.subject_id, file.slot = subject.kind, subject.id, slot
    if file.state == "ready":
        file.version += 1
    try:
        with session().begin_nested():
            session().flush()
    except IntegrityError as problem:
        raise RuleBroken(TWICE, field="file") from problem
    announce(FileMoved(subject=subject, by=by, file_id=file_id, slot=slot))
