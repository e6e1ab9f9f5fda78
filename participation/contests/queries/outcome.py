"""What became of a call, gathered for the unit that decides: chosen works, the jury, who came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from participation.accounts.queries import district_list
from participation.contests.call import ShownCall
from participation.contests.dossier.facts import Facts, JudgedRound, ListedWork
from participation.contests.models import Author, Entry, Outcome, Round
from participation.contests.queries.hanging import hanging
from participation.contests.recognition import CHOSEN
from participation.figures.publish import Published, protect
from participation.figures.tables import Group, Tables
from participation.figures.thresholds import OFFICIAL
from participation.kernel.addresses import absolute
from participation.kernel.clock import city_day, now
from participation.kernel.codes import qr_svg
from participation.kernel.database import session
from participation.kernel.i18n import _
from participation.kernel.tables import Words

MOST_LISTED: Final = 100
"""So many chosen works are listed one by one; the gallery shows all that hang."""


def outcome_facts(call: ShownCall) -> Facts:
    """Everything that a dossier tells of a call that has ended."""
    moment = now()
    districts = {one.id: one.name for one in district_list()}
    figures, works, schools = _who_came(call, districts)
    listed, left_out = chosen_works(call, moment)
    address = absolute(f"/calls/{call.id}")
    return Facts(
        figures=figures,
        works=works,
        schools=schools,
        opened_on=city_day(call.opens_at or moment),
        closed_on=city_day(call.closes_at or moment),
        due_on=call.answer_due,
        listed=listed,
        left_out=left_out,
        rounds=_rounds(call.id),
        choice_told=is_choice_told(call, moment),
        districts=districts,
        url=address,
        qr_svg=qr_svg(address, alt=_("这次征集的地址")),
    )


def is_choice_told(call: ShownCall, moment: datetime) -> bool:
    """Is the children's choice over? Before, nobody learns anything of it (R61)."""
    ends = call.choice_closes_at
    return call.choice != "none" and ends is not None and ends <= moment


def _who_came(call: ShownCall, districts: Mapping[int, Words]) -> tuple[Published, int, int]:
    """The figures for officials, the number of works, and of how many schools they are.

    Counted are children, each once, by the first of her works: so small groups stay hidden even
    where one child handed in several.
    """
    rows = session().execute(
        select(Author.participant, Author.band, Entry.district_id, Entry.school, Entry.id)
        .join(Entry, Entry.id == Author.entry_id)
        .where(
            Entry.call_id == call.id,
            Entry.standing == "approved",
            Author.consent == "agreed",
        )
        .order_by(Entry.id, Author.id)
    )
    found = rows.all()
    first = {row.participant: row for row in reversed(found)}
    bands = Counter(row.band for row in first.values())
    places = Counter(row.district_id for row in first.values())
    tables = Tables(
        Group("all", len(first)),
        {
            "band": _groups([*call.bands, *sorted(set(bands) - set(call.bands))], bands),
            "district": _groups(_districts_of(call, districts, places), places),
        },
        (),
    )
    works, schools = {row.id for row in found}, {row.school for row in found}
    return protect(tables, OFFICIAL), len(works), len(schools)


def _districts_of(
    call: ShownCall, districts: Mapping[int, Words], places: Mapping[int, int]
) -> list[int]:
    asked = list(call.district_ids or districts)
    return [*asked, *sorted(set(places) - set(asked))]


def _groups(keys: Sequence[Any], counts: Mapping[Any, int]) -> tuple[Group, ...]:
    return tuple(Group(str(key), counts.get(key, 0)) for key in keys)


def chosen_works(call: ShownCall, moment: datetime) -> tuple[list[ListedWork], int]:
    """The chosen works of a call by their code, and how many more there are."""
    found = session().execute(
        select(Entry, Outcome.level, Outcome.by_children, hanging(moment).label("hangs"))
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(
            Entry.call_id == call.id,
            Entry.standing == "approved",
            Outcome.level.in_(CHOSEN),
        )
        .order_by(Entry.code)
    )
    rows = found.all()
    listed = rows[:MOST_LISTED]
    names = _names(row.Entry.id for row in listed if row.hangs)
    told = is_choice_told(call, moment)
    works = [
        _listed(row.Entry, row.level, told and row.by_children, names.get(row.Entry.id))
        for row in listed
    ]
    return works, len(rows) - len(listed)


def _listed(
    entry: Entry, level: str, by_children: bool, names: tuple[str, ...] | None
) -> ListedWork:
    """`names` is None for a work that does not hang."""
    if names is None:
        return ListedWork(entry.code, entry.band, level, by_children, hangs=False)
    return ListedWork(
        entry.code,
        entry.band,
        level,
        by_children,
        hangs=True,
        title=entry.title,
        names=names,
        words=entry.words,
        url=absolute(f"/works/{entry.id.hex()}"),
    )


def _names(entry_ids: Any) -> dict[bytes, tuple[str, ...]]:
    """The names of the authors of each work as they chose them, who leads first."""
    found = session().execute(
        select(Author.entry_id, Author.shown_as)
        .where(Author.entry_id.in_(list(entry_ids)))
        .order_by(Author.entry_id, Author.lead.desc(), Author.id)
    )
    names: dict[bytes, tuple[str, ...]] = {}
    for entry_id, name in found:
        names[entry_id] = (*names.get(entry_id, ()), name)
    return names


def _rounds(call_id: int) -> list[JudgedRound]:
    rows = session().scalars(
        select(Round).where(Round.call_id == call_id, Round.state == "closed").order_by(Round.id)
    )
    return [_round(row) for row in rows if row.report]


def _round(row: Round) -> JudgedRound:
    report = row.report or {}
    jurors = [(one["number"], one["judgements"]) for one in report.get("jurors", ())]
    return JudgedRound(
        panel=row.panel,
        stage=row.stage,
        quorum=row.quorum,
        works=report.get("works", 0),
        fewest=report.get("fewest", 0),
        partial=row.partial,
        jurors=jurors,
    )
