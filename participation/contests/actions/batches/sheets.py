"""The slips of a class: a sheet for every child who may take part, printed again as you like."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from participation.accounts.queries.pupils import Pupil, pupils_in
from participation.contests.actions.licences import print_slip
from participation.contests.brought import RowFields
from participation.contests.happenings.batches import LicenceSlipsPrinted, SlipsPrinted
from participation.contests.models import Batch, BatchSheet
from participation.contests.naming import batch_subject
from participation.contests.policies.batches import may_bring_works
from participation.contests.queries.batches import Bring, allowed, batch_of, sheets_of
from participation.contests.queries.own import own_work
from participation.contests.slips import slip_key, slip_text
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.codes import new_code
from participation.kernel.database import session
from participation.kernel.errors import Refusal, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import random_key

NOBODY: Final = _l("班里还没有能交作品的孩子：要先有家长同意。")
NOTHING_IN: Final = _l("还没有交上去的作品，所以还没有纸条要印。")


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A child's slip: her name for the part that is torn off, and what the code says."""

    name: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class GuardianSlip:
    """What goes home: the child's name for handing it out, the title as typed, a one-time code."""

    name: str
    title: str
    code: str


def print_slips(who: Any, bring: Bring) -> list[PrintedSlip]:
    """The slips of all children who may take part today; the same codes at every printing.

    Refuses (`NotAllowed`) by `may_bring_works`, `RuleBroken` where there is no such child.
    """
    may_bring_works.require(who, bring.right, now())
    limits.allow(f"slips:{who.person_id}", most=30, seconds=3600)
    pupils = [one for one in pupils_in(bring.place.id) if allowed(one, bring.call)]
    if not pupils:
        raise RuleBroken(NOBODY)
    batch = bring.batch or _begin(who, bring)
    known = {one.person_id: one for one in sheets_of(batch.id)}
    sheets = [known.get(one.who.person_id) or _sheet(batch, one) for one in pupils]
    session().flush()
    announce(SlipsPrinted(subject=batch_subject(batch.id), by=who.person_id))
    return [
        PrintedSlip(pupil.name, pupil.number, slip_text(sheet.id))
        for pupil, sheet in zip(pupils, sheets, strict=True)
    ]


def _begin(who: Any, bring: Bring) -> Batch:
    batch = Batch(
        call_id=bring.call.id, class_id=bring.place.id, teacher_id=who.person_id, made_on=today()
    )
    try:
        with session().begin_nested():
            session().add(batch)
    except IntegrityError:
        found = batch_of(who.person_id, bring.place.id, bring.call.id)
        if found is None:
            raise
        return found
    return batch


def _sheet(batch: Batch, pupil: Pupil) -> BatchSheet:
    sheet_id = random_key()
    sheet = BatchSheet(
        id=sheet_id,
        batch_id=batch.id,
        person_id=pupil.who.person_id,
        code=slip_key(slip_text(sheet_id)),
        fields=RowFields().kept(),
    )
    session().add(sheet)
    return sheet


def print_licences(who: Any, bring: Bring, *, days: int) -> list[GuardianSlip]:
    """The slips for the guardians of all works that are handed in, each good for `days`.

    A slip comes for every row that was handed in, whatever became of it: where the child took the
    work back, or the guardian has decided, its code opens nothing. So no slip that lacks tells the
    teacher anything (R7).
    """
    may_bring_works.require(who, bring.right, now())
    limits.allow(f"slips:{who.person_id}", most=30, seconds=3600)
    sheets = (
        [one for one in sheets_of(bring.batch.id) if one.fields.get("handed")]
        if bring.batch
        else []
    )
    pupils = {one.who.person_id: one for one in pupils_in(bring.place.id)}
    slips = [
        GuardianSlip(
            pupils[one.person_id].name,
            str(one.fields.get("title", "")),
            _code(pupils[one.person_id], one, days),
        )
        for one in sheets
        if one.person_id in pupils
    ]
    if not slips or bring.batch is None:
        raise RuleBroken(NOTHING_IN)
    announce(LicenceSlipsPrinted(subject=batch_subject(bring.batch.id), by=who.person_id))
    return slips


def _code(pupil: Pupil, sheet: BatchSheet, days: int) -> str:
    try:
        own = own_work(pupil.who, sheet.entry_id.hex() if sheet.entry_id else "")
        if own.licence.guardian != "waiting":
            return new_code()
        return print_slip(pupil.who, own, days=days)
    except Refusal:
        return new_code()
