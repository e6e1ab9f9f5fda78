"""A photo becomes a child's: a draft under her pseudonym, the slip on it covered at once."""

from collections.abc import Sequence
from typing import Final

from participation.accounts.queries.pupils import Pupil
from participation.contests.actions.entries import add_work
from participation.contests.brought import NO_RIGHT, RowFields
from participation.contests.call import ShownCall
from participation.contests.happenings.batches import PhotoMatched
from participation.contests.models import BatchSheet
from participation.contests.naming import batch_subject, entry_subject
from participation.contests.queries.batches import allowed
from participation.contests.queries.files import PICTURE
from participation.contests.slips import slip_cover
from participation.kernel.announcing import announce
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.media.actions import cover, move
from participation.media.queries import file_view

TAKEN: Final = _l("她那一行已经有一张照片了。先把那一张拿下来。")
NOT_READY: Final = _l("这张照片还在处理，过一会儿再来。")
FIRST_SLOT: Final = f"{PICTURE}1"


def match(
    found: ShownCall,
    pupil: Pupil,
    sheet: BatchSheet,
    file_id: str,
    *,
    corners: Sequence[tuple[float, float]] = (),
    by: int | None = None,
) -> None:
    """Make a draft for the child and move the photo there; whoever calls holds the sheet.

    What she has begun herself is not looked at and stays as it is: this is another draft, which
    she sees when it is handed in. `corners` of the code tell where the slip lies, which is covered.
    Raises `RuleBroken` where her row has a photo, or works of hers can't be brought today.
    """
    fields, file = RowFields.read(sheet.fields), file_view(file_id)
    if sheet.entry_id is not None or fields.handed:
        raise RuleBroken(TAKEN)
    if not allowed(pupil, found):
        raise RuleBroken(NO_RIGHT)
    if file is None or not file.is_ready:
        raise RuleBroken(NOT_READY)
    entry_id = add_work(pupil.who, found, helper=True)
    move(file_id, entry_subject(entry_id), FIRST_SLOT, by=by)
    if corners:
        cover(file_id, [slip_cover(corners)], by=by)
    sheet.entry_id = entry_id
    session().flush()
    announce(PhotoMatched(subject=batch_subject(sheet.batch_id), by=by))
