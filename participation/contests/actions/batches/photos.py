"""Photos of a class: taken in for all, then each goes to the child whose code it bears.

The worker looks for the code; where there is none, or several, the photo waits for the teacher's
hand. Nothing is ever put in the place of a photo that is there: a second one waits, and says so.
"""

import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any, BinaryIO, Final

from sqlalchemy import select

from participation.accounts.queries.pupils import pupils_in
from participation.contests.actions.batches.matching import match
from participation.contests.actions.entries import end_work
from participation.contests.brought import RowFields
from participation.contests.happenings.batches import PhotoUnmatched
from participation.contests.models import Batch, BatchSheet, Entry
from participation.contests.naming import BATCH, batch_subject, entry_subject
from participation.contests.policies.batches import may_bring_works
from participation.contests.queries.batches import READ, Bring, read_key, sheet_in
from participation.contests.queries.calls import call
from participation.contests.queries.files import PICTURE_KINDS, PICTURE_LIMIT
from participation.contests.slips import slip_key
from participation.kernel import jobs, limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.jobs import Deed
from participation.kernel.subjects import Subject
from participation.media.actions import discard, move, take_in
from participation.media.actions.reading import codes_in
from participation.media.happenings import FilePressed
from participation.media.press import Spotted, Unusable
from participation.media.queries import file_view, files_of
from participation.media.wording import refusal

MOST_LOOSE: Final = 80
"""So many photos may wait for their child at once."""
FIRST_VERSION: Final = 1
FULL: Final = _l("还没有对上的照片太多了。先把它们对上，或者拿掉一些，再传新的。")
NO_SLIPS: Final = _l("先印纸条，再传照片。")
HANDED: Final = _l("这一件已经交了，现在不能动。")


def take_photo(who: Any, bring: Bring, upload: BinaryIO) -> None:
    """Take one photo in; the worker reads its code. Raises `RuleBroken` on `file`."""
    may_bring_works.require(who, bring.right, now())
    if bring.batch is None:
        raise RuleBroken(NO_SLIPS, field="file")
    limits.allow(f"photos:{who.person_id}", most=200, seconds=3600)
    if len(files_of(bring.subject)) >= MOST_LOOSE:
        raise RuleBroken(FULL, field="file")
    try:
        take_in(bring.subject, _slot(), upload, allowed=PICTURE_KINDS, limit=PICTURE_LIMIT)
    except Unusable as unusable:
        raise refusal(unusable) from unusable


def _slot() -> str:
    return f"photo-{secrets.token_hex(8)}"


def ask_reading(pressed: FilePressed) -> None:
    """A photo is ready: its code is looked for, once. What comes back to the pile is not read."""
    if pressed.version == FIRST_VERSION:
        jobs.enqueue(READ, read_key(pressed.file_id), {"id": pressed.file_id})


def read_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `read-photo`: heavy first, in the child process of the press."""
    file_id = str(arguments["id"])
    return partial(put_to_child, file_id, codes_in(file_id))


def put_to_child(file_id: str, codes: Sequence[Spotted]) -> None:
    """Put a photo to the child whose code it bears, if it is one child's and the batch is open.

    The sheet is held while this is decided: of two photos with one code, the second waits.
    """
    file = file_view(file_id)
    batch = _batch_behind(file.subject) if file is not None and file.is_ready else None
    if batch is None:
        return
    known = {slip_key(one.text): one for one in codes}
    held = select(BatchSheet).where(BatchSheet.batch_id == batch.id, BatchSheet.code.in_(known))
    held = held.order_by(BatchSheet.id).with_for_update()
    sheets = session().scalars(held.execution_options(populate_existing=True)).all()
    if len(sheets) != 1:
        return
    sheet = sheets[0]
    pupils = pupils_in(batch.class_id, only={sheet.person_id})
    try:
        found = call(batch.call_id)
        taken = sheet.entry_id is not None or RowFields.read(sheet.fields).handed
        if taken or not pupils:
            raise RuleBroken(HANDED)
        match(found, pupils[0], sheet, file_id, corners=known[sheet.code].corners)
    except (Missing, RuleBroken):
        sheet.fields = RowFields.read(sheet.fields).with_spare(file_id).kept()


def _batch_behind(subject: Subject) -> Batch | None:
    return session().get(Batch, int(subject.id)) if subject.kind == BATCH else None


def match_photo(who: Any, bring: Bring, file_id: str, key: str) -> None:
    """Put a photo to a child by hand. Raises `RuleBroken` where she has one already."""
    may_bring_works.require(who, bring.right, now())
    _photo_of(bring, file_id)
    sheet = sheet_in(bring, key)
    pupils = pupils_in(bring.place.id, only={sheet.person_id})
    if not pupils:
        raise Missing
    match(bring.call, pupils[0], sheet, file_id, by=who.person_id)


def drop_photo(who: Any, bring: Bring, file_id: str) -> None:
    """Let a photo go that is nobody's yet."""
    may_bring_works.require(who, bring.right, now())
    _photo_of(bring, file_id)
    discard(file_id, by=who.person_id)


def _photo_of(bring: Bring, file_id: str) -> None:
    """`Missing` for a file that does not wait in this batch."""
    file = file_view(file_id)
    if file is None or file.subject != bring.subject:
        raise Missing


def unmatch_photo(who: Any, bring: Bring, key: str) -> None:
    """Take the photo off a row again: it waits as before, the draft is gone, the words stay."""
    may_bring_works.require(who, bring.right, now())
    sheet = sheet_in(bring, key)
    if RowFields.read(sheet.fields).handed:
        raise RuleBroken(HANDED)
    entry = session().get(Entry, sheet.entry_id, populate_existing=True) if sheet.entry_id else None
    if entry is None:
        return
    subject = batch_subject(sheet.batch_id)
    for file in files_of(entry_subject(entry.id)):
        move(file.id, subject, _slot(), by=who.person_id)
    sheet.entry_id = None
    session().flush()
    end_work(entry)
    announce(PhotoUnmatched(subject=subject, by=who.person_id))
