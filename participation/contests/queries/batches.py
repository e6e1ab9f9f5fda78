"""What a teacher sees of the works that she brings for her class, and nothing else of its children.

A row that is handed in says so and no more: neither its verdict, nor whether the child took it
back, nor anything that she handed in herself (R7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from sqlalchemy import select

from participation.accounts.models import SchoolClass
from participation.accounts.queries.classes import class_with
from participation.accounts.queries.pupils import Pupil, pupils_in
from participation.accounts.queries.rights import facts_of_class
from participation.contests.brought import RowFields, gaps, told
from participation.contests.call import ShownCall
from participation.contests.models import Batch, BatchSheet, Call
from participation.contests.naming import batch_subject, entry_subject
from participation.contests.policies.batches import (
    Bringing,
    may_be_brought,
    may_be_brought_but_for_consent,
    may_bring_works,
)
from participation.contests.policies.entries import Beginning
from participation.contests.queries.calls import call
from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, Sentence
from participation.kernel.subjects import Subject
from participation.media.press import distance
from participation.media.queries import FileView, files_of, files_of_many

PAGE: Final = 20
"""Rows of a page."""
READ: Final = "read-photo"
"""The kind of the job that looks for the code in a photo."""
ALIKE: Final = 6
"""So many bits of 64 two photos of one drawing differ in, at most: offered, never judged."""
MOST_CALLS: Final = 50


@dataclass(frozen=True, eq=False)
class Bring:
    """A teacher's works for a class and a call; no batch before the first slips."""

    call: ShownCall
    place: SchoolClass
    right: Bringing
    batch: Batch | None

    @property
    def subject(self) -> Subject:
        """Under which the photos lie that are nobody's yet; `Missing` before the first slips."""
        if self.batch is None:
            raise Missing
        return batch_subject(self.batch.id)


@dataclass(frozen=True, eq=False)
class Row:
    """A row of the list: whose it is, the photo while it is not handed in, what was typed."""

    sheet: BatchSheet
    pupil: Pupil
    fields: RowFields
    file: FileView | None
    gaps: Sequence[Sentence]
    said: Sequence[Sentence]

    @property
    def key(self) -> str:
        return self.sheet.id.hex()

    @property
    def is_begun(self) -> bool:
        return self.file is not None or self.fields.is_begun


@dataclass(frozen=True, eq=False)
class Loose:
    """A photo that is nobody's yet. `reads`: its code is still looked for; `of`: the child whose
    code it bears and who has another photo; `like`: those whose photo looks the same."""

    file: FileView
    reads: bool
    of: str
    like: Sequence[str]


def bringing(who: Any, class_id: int, call_id: int) -> Bring:
    """What this teacher brings; `Missing` for a class that is not hers and a call not in public."""
    facts, place = facts_of_class(class_id), class_with(class_id)
    if place is None or who.person_id not in facts.teachers:
        raise Missing
    found = call(call_id)
    right = Bringing(found, facts.teachers, place.school.kind)
    return Bring(found, place, right, batch_of(who.person_id, class_id, call_id))


def batch_of(teacher_id: int, class_id: int, call_id: int) -> Batch | None:
    """The batch of this teacher, as it stands in the database."""
    return session().scalar(
        select(Batch)
        .where(Batch.call_id == call_id, Batch.class_id == class_id, Batch.teacher_id == teacher_id)
        .execution_options(populate_existing=True)
    )


def calls_for(who: Any, class_id: int) -> tuple[SchoolClass, list[ShownCall]]:
    """The class, and the open calls to which this teacher may bring works of it; `Missing` for a
    class that is not hers."""
    facts, place = facts_of_class(class_id), class_with(class_id)
    if place is None or who.person_id not in facts.teachers:
        raise Missing
    moment = now()
    ids = session().scalars(
        select(Call.id)
        .where(Call.state == "published", Call.rehearsal.is_(False), Call.closes_at > moment)
        .order_by(Call.closes_at, Call.id)
        .limit(MOST_CALLS)
    )
    bringings = [(one, Bringing(one, facts.teachers, place.school.kind)) for one in map(call, ids)]
    return place, [one for one, it in bringings if may_bring_works(who, it, moment)]


def allowed(pupil: Pupil, found: ShownCall) -> bool:
    """May works of this child be brought today? The same as whether she may begin one."""
    return may_be_brought(pupil.who, Beginning(found), now())


@dataclass(frozen=True, slots=True)
class Left:
    """The numbers of those who get no slip: consent lacks, or the call asks for others."""

    consent: Sequence[str]
    others: Sequence[str]


def left_out(bring: Bring) -> Left:
    """Who of the class gets no slip, by number."""
    consent: list[str] = []
    others: list[str] = []
    for pupil in pupils_in(bring.place.id):
        if allowed(pupil, bring.call):
            continue
        asked = may_be_brought_but_for_consent(pupil.who, Beginning(bring.call), now())
        (consent if asked else others).append(pupil.number or pupil.name)
    return Left(consent, others)


def sheets_of(batch_id: int, *, after: int = 0, most: int = 0) -> list[BatchSheet]:
    """The sheets of a batch by the child's id; all, or a page and one more."""
    found = select(BatchSheet).where(BatchSheet.batch_id == batch_id, BatchSheet.person_id > after)
    found = found.order_by(BatchSheet.person_id).execution_options(populate_existing=True)
    return list(session().scalars(found.limit(most + 1) if most else found))


def sheet_in(bring: Bring, key: str) -> BatchSheet:
    """A sheet of this batch, held; `Missing` for any other."""
    try:
        wanted = bytes.fromhex(key)
    except ValueError as problem:
        raise Missing from problem
    held = select(BatchSheet).where(BatchSheet.id == wanted).with_for_update()
    sheet = session().scalar(held.execution_options(populate_existing=True))
    if sheet is None or bring.batch is None or sheet.batch_id != bring.batch.id:
        raise Missing
    return sheet


def rows_of(bring: Bring, sheets: Sequence[BatchSheet]) -> list[Row]:
    """The rows of these sheets; a child who left the class has none."""
    whose = {one.person_id for one in sheets}
    pupils = {one.who.person_id: one for one in pupils_in(bring.place.id, only=whose)}
    files = _files_of(sheets)
    return [
        _row(bring.call, one, pupils[one.person_id], files.get(one.id))
        for one in sheets
        if one.person_id in pupils
    ]


def _row(found: ShownCall, sheet: BatchSheet, pupil: Pupil, file: FileView | None) -> Row:
    fields = RowFields.read(sheet.fields)
    photo = "" if file is None or file.state == "refused" else "waits" if file.waits else "ready"
    lacks = gaps(fields, photo=photo, allowed=allowed(pupil, found))
    return Row(sheet, pupil, fields, file, lacks, told(fields))


def _files_of(sheets: Sequence[BatchSheet]) -> Mapping[bytes, FileView]:
    """The photo of each sheet that is not handed in: what came of the others is not hers to see."""
    drafts = {
        entry_subject(one.entry_id): one.id
        for one in sheets
        if one.entry_id is not None and not one.fields.get("handed")
    }
    found = files_of_many(drafts)
    return {drafts[subject]: files[0] for subject, files in found.items() if files}


def loose_photos(bring: Bring) -> list[Loose]:
    """The photos that are nobody's yet, and whom they might belong to."""
    if bring.batch is None:
        return []
    sheets = sheets_of(bring.batch.id)
    names = {one.who.person_id: one.name for one in pupils_in(bring.place.id)}
    spare = {
        file_id: names.get(one.person_id, "")
        for one in sheets
        for file_id in one.fields.get("spare", ())
    }
    matched = _files_of(sheets)
    owners = [
        (matched[one.id], names.get(one.person_id, "")) for one in sheets if one.id in matched
    ]
    loose = files_of(bring.subject)
    return [
        Loose(
            file,
            jobs.place_of(READ, read_key(file.id)) > 0,
            spare.get(file.id, ""),
            [name for other, name in owners if name and _alike(file, other)],
        )
        for file in loose
    ]


def twins(bring: Bring) -> list[tuple[str, str]]:
    """Pairs of children whose photos look the same: one drawing may have been taken twice."""
    if bring.batch is None:
        return []
    sheets = sheets_of(bring.batch.id)
    names = {one.who.person_id: one.name for one in pupils_in(bring.place.id)}
    matched = _files_of(sheets)
    known = [
        (matched[s.id], names[s.person_id])
        for s in sheets
        if s.id in matched
        if s.person_id in names
    ]
    return [(a[1], b[1]) for a, b in combinations(known, 2) if _alike(a[0], b[0])]


def _alike(one: FileView, other: FileView) -> bool:
    if not one.fingerprint or not other.fingerprint:
        return False
    return distance(one.fingerprint, other.fingerprint) <= ALIKE


def read_key(file_id: str) -> str:
    """The key of the job that reads a photo: each is read once."""
    return file_id


def free_sheets(bring: Bring) -> list[tuple[str, str]]:
    """Sheets without a photo, for choosing by hand: key and the child's name."""
    if bring.batch is None:
        return []
    free = [
        one
        for one in sheets_of(bring.batch.id)
        if one.entry_id is None and not one.fields.get("handed")
    ]
    whose = {one.person_id for one in free}
    names = {one.who.person_id: one for one in pupils_in(bring.place.id, only=whose)}
    return [
        (one.id.hex(), names[one.person_id].name)
        for one in free
        if one.person_id in names and allowed(names[one.person_id], bring.call)
    ]


def count_handed(batch_id: int) -> int:
    """How many rows of a batch are handed in."""
    return sum(bool(one.fields.get("handed")) for one in sheets_of(batch_id))
