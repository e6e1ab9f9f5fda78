"""Rows of a batch: typed from the slips, kept at once, handed in when they are whole."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from participation.contests.actions.entries import WorkFields, hand_in, save_work
from participation.contests.brought import RowFields
from participation.contests.composing import WorkWords
from participation.contests.happenings.batches import WorksBrought
from participation.contests.models import BatchSheet
from participation.contests.naming import batch_subject
from participation.contests.policies.batches import may_bring_works
from participation.contests.queries.batches import Bring, Row, rows_of, sheet_in
from participation.contests.queries.own import own_work
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.media.actions import keep_covers
from participation.screening.asking import AskFirst


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows went in, and how many that were begun did not."""

    handed: int
    left: int


def save_rows(who: Any, bring: Bring, typed: Mapping[str, RowFields]) -> list[BatchSheet]:
    """Keep what was typed in these rows, by their keys; what is in already is not touched."""
    may_bring_works.require(who, bring.right, now())
    limits.allow(f"rows:{who.person_id}", most=300, seconds=600)
    sheets = [sheet_in(bring, key) for key in sorted(typed)]
    for sheet in sheets:
        fields = RowFields.read(sheet.fields)
        if not fields.handed:
            sheet.fields = fields.typed(typed[sheet.id.hex()]).kept()
    session().flush()
    return sheets


def hand_in_rows(who: Any, bring: Bring, sheets: list[BatchSheet]) -> Brought:
    """Hand in those of these rows that are whole and whose child has consent; the others wait and
    say what they lack."""
    may_bring_works.require(who, bring.right, now())
    rows = [one for one in rows_of(bring, sheets) if one.is_begun and not one.fields.handed]
    handed = sum(_hand_in(one) for one in rows if not one.gaps)
    if handed and bring.batch is not None:
        announce(WorksBrought(subject=batch_subject(bring.batch.id), by=who.person_id))
    return Brought(handed, len(rows) - handed)


def _hand_in(row: Row) -> bool:
    """One row, under the child's own rights: what these refuse is hers to know, not her teacher's
    (that all her works of this call are in, for one)."""
    fields = row.fields
    try:
        with session().begin_nested():
            _send(row)
    except AskFirst as first:
        marks = tuple(sorted({ask.mark for ask in first.asks.values()} | set(fields.sure)))
        row.sheet.fields = replace(fields, asks=True, sure=marks).kept()
        return False
    except (NotAllowed, RuleBroken, RulesBroken):
        row.sheet.fields = replace(fields, barred=True).kept()
        return False
    kept = RowFields(title=fields.title, handed=True, spare=fields.spare)
    row.sheet.fields = kept.kept()
    session().flush()
    return True


def _send(row: Row) -> None:
    """The child's slip is what she says herself: her words, her boxes; further uses are none."""
    fields, child = row.fields, row.pupil.who
    own = own_work(child, row.sheet.entry_id.hex() if row.sheet.entry_id else "", bringing=True)
    words = WorkWords(title=fields.title, words=fields.words)
    form = own.author.name_form
    work = WorkFields(words=words, ai=fields.ai, shown=fields.shown, name_form=form)
    own = save_work(child, own, work, bringing=True)
    if row.file is not None:
        keep_covers(row.file.id)
    hand_in(child, own, sure=fields.sure)
