"""Files of a work: taken in one by one, taken off again, and what follows when they are ready."""

from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from participation.contests.actions.asking import ask_moderator
from participation.contests.actions.authors import ask_anew
from participation.contests.actions.standing import set_standing
from participation.contests.happenings.entries import WorkReturned
from participation.contests.models import Entry
from participation.contests.naming import entry_subject
from participation.contests.policies.entries import may_change_work
from participation.contests.queries.calls import call_of
from participation.contests.queries.files import (
    PICTURE_LIMIT,
    RECORDING,
    SOUND_KINDS,
    SOUND_LIMIT,
    WorkFiles,
    free_slot,
    kinds_of,
    sorted_files,
)
from participation.contests.queries.own import Own
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import FIRST, _l, speaking
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.subjects import Subject
from participation.media.actions import discard, keep_covers, take_in
from participation.media.press import Unusable
from participation.media.queries import files_of
from participation.media.wording import refusal

FULL: Final = _l("已经放满了。先拿掉一个，再传新的。")
NOT_ASKED: Final = _l("这次征集不收这种文件。")
FILE: Final = "file"
"""The reason of a work that came back because the worker could not use a file of it."""


def take_picture(who: Any, own: Own, upload: BinaryIO) -> None:
    """Take in one more picture. Raises `RuleBroken` on `file` for one that can't be used."""
    may_change_work.require(who, own.right, now())
    files = own_files(own)
    slot = free_slot(own.call, files)
    if not slot:
        raise RuleBroken(FULL if own.call.takes_pictures else NOT_ASKED, field="file")
    _take(who, own, slot, upload, kinds_of(own.call), PICTURE_LIMIT)


def take_recording(who: Any, own: Own, upload: BinaryIO) -> None:
    """Take in the recording, in place of the one before. Raises as `take_picture`."""
    may_change_work.require(who, own.right, now())
    if not own.call.recording:
        raise RuleBroken(NOT_ASKED, field="file")
    _take(who, own, RECORDING, upload, SOUND_KINDS, SOUND_LIMIT)


def _take(
    who: Any, own: Own, slot: str, upload: BinaryIO, kinds: frozenset[str], limit: int
) -> None:
    mark = fingerprint("upload", str(who.person_id)).hex()
    limits.allow(f"upload:{mark}", most=30, seconds=600)
    try:
        take_in(own.subject, slot, upload, allowed=kinds, limit=limit)
    except Unusable as unusable:
        raise refusal(unusable) from unusable
    ask_anew(own)


def take_off(who: Any, own: Own, file_id: str) -> None:
    """Take a file off again; `Missing` for one of another work."""
    may_change_work.require(who, own.right, now())
    if file_id not in {file.id for file in own_files(own).all}:
        raise Missing
    discard(file_id)
    ask_anew(own)


def own_files(own: Own) -> WorkFiles:
    """The files of a work for its authors."""
    return sorted_files(files_of(own.subject))


def files_ready(subject: Subject) -> None:
    """The worker made one file ready: when all are, a work that was handed in goes to the desk."""
    entry = _handed_in(subject)
    if entry is None or any(file.waits for file in files_of(subject)):
        return
    if set_standing(entry, "waiting", before=("pressing",)):
        ask_moderator(call_of(entry.call_id), entry)


def file_refused(subject: Subject) -> None:
    """The worker could not use a file: a work that was handed in comes back, and says why."""
    entry = _handed_in(subject)
    refused = next((file for file in files_of(subject) if file.state == "refused"), None)
    if entry is None or refused is None:
        return
    with speaking(FIRST):
        sentence = str(refused.sentence)
    if set_standing(entry, "returned", before=("pressing",), reason=FILE, sentence=sentence):
        announce(WorkReturned(subject=subject))


def _handed_in(subject: Subject) -> Entry | None:
    """The work behind this subject, if it waits for its files."""
    entry = session().get(
        Entry, bytes.fromhex(subject.id), populate_existing=True, with_for_update=True
    )
    return entry if entry is not None and entry.standing == "pressing" else None


def fix_covers(files: Iterable[Any], by: int | None) -> None:
    """What a moderator covered stays covered for ever, from the moment of approval."""
    for file in files:
        if file.undoable or file.waits:
            keep_covers(file.id, by=by)


def drop_refused(own: Own) -> None:
    """Let go what could not be used: it has told its reason."""
    for file in own_files(own).refused:
        discard(file.id)


def subject_of(entry: Entry) -> Subject:
    """The subject under which its files lie."""
    return entry_subject(entry.id)
