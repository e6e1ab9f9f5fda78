"""Where a work stands: one function changes it, and nothing else touches it."""

from typing import Any, Final

from sqlalchemy import update

from participation.contests.models import Entry
from participation.contests.naming import entry_subject, version_name
from participation.kernel import versions
from participation.kernel.database import session
from participation.media.actions import take_down
from participation.media.queries import files_of

BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "pressing": ("draft", "returned"),
    "waiting": ("draft", "pressing", "returned", "approved", "refused"),
    "approved": ("waiting", "returned", "refused", "disqualified"),
    "returned": ("waiting", "pressing", "approved", "refused"),
    "refused": ("draft", "pressing", "waiting", "returned", "approved"),
    "withdrawn": ("draft", "pressing", "waiting", "approved", "returned", "refused"),
    "disqualified": ("approved",),
}
"""From where a work may come to each standing."""


def set_standing(
    entry: Entry, standing: str, *, before: tuple[str, ...] = (), **values: Any
) -> bool:
    """Let a work stand so, with these other columns; False where it moved on since it was read.

    `before` narrows from where (see `BEFORE`). Every change grows the work's version; whatever
    touches the gallery grows that of the call's pages too, and what leaves it loses every address
    that was given out. Approved works that stay so (words blacked out) come here as well.
    """
    was = entry.standing
    allowed = before or BEFORE[standing]
    changed = session().execute(
        update(Entry)
        .where(Entry.id == entry.id, Entry.version == entry.version, Entry.standing.in_(allowed))
        .values(standing=standing, version=entry.version + 1, **values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        return False
    session().refresh(entry)
    if "approved" in (was, standing):
        show_anew(entry.call_id)
    if was == "approved" != standing:
        take_down_files(entry.id)
    return True


def show_anew(call_id: int) -> None:
    """What the public sees of a call changed: every worker makes its pages anew."""
    versions.grow(version_name(call_id))


def take_down_files(entry_id: bytes) -> None:
    """Kill every address of the work's files that was given out; the files stay."""
    for file in files_of(entry_subject(entry_id)):
        take_down(file.id)
