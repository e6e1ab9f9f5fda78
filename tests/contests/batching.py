"""What the tests of a class's batch do again and again: slips, photos, rows, as they are now."""

import io

from sqlalchemy import select

from participation.accounts.identity import Identity
from participation.accounts.models import Consent, Person
from participation.contests.actions.batches import photos, rows
from participation.contests.brought import RowFields
from participation.contests.call import ShownCall
from participation.contests.models import Batch, BatchSheet, Entry
from participation.contests.queries import batches as questions
from participation.contests.queries.batches import Bring, bringing
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from tests.contests.snapping import photo_of
from tests.media.stage import work as run_worker
from tests.support.cast import Cast

WHOLE = RowFields(title="会唱歌的斑马线", words="我想让车慢下来。", ai="none", own=True, shown=True)


def look(teacher: Identity, cast: Cast, call: ShownCall) -> Bring:
    """The batch as it is now, in the present unit."""
    return bringing(teacher, cast.school_class.id, call.id)


def sheet_of(person: Person) -> BatchSheet:
    with unit_of_work(writes=False):
        return session().scalars(select(BatchSheet).where(BatchSheet.person_id == person.id)).one()


def send(teacher: Identity, cast: Cast, call: ShownCall, *contents: bytes) -> None:
    with unit_of_work():
        for content in contents:
            photos.take_photo(teacher, look(teacher, cast, call), io.BytesIO(content))
    run_worker()


def entries_now() -> list[Entry]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(Entry).order_by(Entry.id)))


def entry_of(person: Person) -> Entry:
    entry_id = sheet_of(person).entry_id
    assert entry_id is not None
    with unit_of_work(writes=False):
        return session().get_one(Entry, entry_id)


def loose(teacher: Identity, cast: Cast, call: ShownCall) -> list[questions.Loose]:
    with unit_of_work(writes=False):
        return questions.loose_photos(look(teacher, cast, call))


def hand_in(
    teacher: Identity, cast: Cast, call: ShownCall, *people: Person, fields: RowFields = WHOLE
) -> rows.Brought:
    typed = {sheet_of(person).id.hex(): fields for person in people}
    with unit_of_work():
        bring = look(teacher, cast, call)
        return rows.hand_in_rows(teacher, bring, rows.save_rows(teacher, bring, typed))


def matched(teacher: Identity, cast: Cast, call: ShownCall, *people: Person) -> None:
    """A photo of each, found by its code and covered."""
    photographed = [
        photo_of(sheet_of(person).id, seed=place + 1) for place, person in enumerate(people)
    ]
    send(teacher, cast, call, *photographed)


def row_of(teacher: Identity, cast: Cast, call: ShownCall, person: Person) -> questions.Row:
    with unit_of_work(writes=False):
        bring = look(teacher, cast, call)
        assert bring.batch is not None
        found = questions.rows_of(bring, questions.sheets_of(bring.batch.id))
        return next(one for one in found if one.sheet.person_id == person.id)


def sheet_key(cast: Cast, call: ShownCall) -> str:
    """The key of the child's sheet in the batch of this call."""
    with unit_of_work(writes=False):
        found = session().scalars(
            select(BatchSheet)
            .join(Batch, Batch.id == BatchSheet.batch_id)
            .where(Batch.call_id == call.id, BatchSheet.person_id == cast.child.id)
        )
        return found.one().id.hex()


def no_consent(person: Person) -> None:
    """The guardian takes it back."""
    with unit_of_work():
        row = {"person_id": person.id, "decision": "withdrawn", "channel": "paper"}
        session().add(Consent(**row, notice_version=1, at=now()))
