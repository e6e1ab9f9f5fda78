"""Pictures that look like one another: offered to a person, never judged here."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.media.bands import FURTHEST, band_codes
from participation.media.models import Band, File
from participation.media.press import near, unsigned

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that looks like another; `distance` is 0 (the same to the eye) to 7 bits of 64."""

    file_id: str
    subject: Subject
    distance: int


def near_copies(
    fingerprint: int, kind: str, subject_kind: str, *, within: int = FURTHEST, but: str = ""
) -> list[Copy]:
    """The ready files of a kind that look like this fingerprint, nearest first, 20 at most.

    `subject_kind` says among what is looked, `within` at which distance (7 at most: beyond, pairs
    would be missed), `but` is the file that is asked about. Files are found by the eighths of the
    fingerprint, so that ten thousand of them cost as little as a hundred.
    """
    if not 0 <= within <= FURTHEST:
        raise ValueError(f"within takes 0 to {FURTHEST}")
    meet = select(Band.file_id).where(Band.code.in_(band_codes(fingerprint)))
    chosen = select(File.id, File.subject_kind, File.subject_id, File.fingerprint).where(
        File.id.in_(meet),
        File.kind == kind,
        File.subject_kind == subject_kind,
        File.state == "ready",
        File.id != but,
    )
    rows = session().execute(chosen).all()
    found = near(((row, unsigned(row.fingerprint)) for row in rows), fingerprint, within)
    copies = [Copy(row.id, Subject(row.subject_kind, row.subject_id), far) for row, far in found]
    return sorted(copies, key=lambda copy: (copy.distance, copy.file_id))[:MOST]
