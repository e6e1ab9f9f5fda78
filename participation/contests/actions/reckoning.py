"""The worker reckons what a round comes to: to be read before closing it, or to close it.

Heavy work is done on what was read, without the write lock; scores are written in small
transactions, and the round closes with the last one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select

from participation.contests.actions.dealing import chunks, entry_of, write_rows
from participation.contests.happenings.juries import RoundClosed
from participation.contests.jury.report import (
    Report,
    agreement_of_criteria,
    agreement_of_scores,
    agreement_of_votes,
    aliases,
    report,
)
from participation.contests.jury.robustness import Plan, Sensitivity, leave_one_out, sensitivity
from participation.contests.jury.scoring import Basis, Standing, Tally
from participation.contests.jury.selection import Field, Selection, Ties
from participation.contests.jury.selection import select as select_works
from participation.contests.models import Entry, Juror, Round, Score
from participation.contests.naming import call_subject, version_name
from participation.contests.queries.judged import Given, given_in
from participation.contests.rules import Rule
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import random_key

MOST_NAMED: Final = 200
"""So many works are named, by their codes, of those that a late judgement could still move."""

Deed = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Sum:
    """What a round comes to."""

    given: Given
    tally: Tally
    plan: Plan
    late: Sensitivity
    standing: Standing


def reckon_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `reckon-round`."""
    row = session().get(Round, arguments["id"])
    if row is None or row.state != "open" or row.busy not in ("weighing", "closing"):
        return lambda: None
    come_to = reckoned(row)
    late = late_data(come_to)
    if not arguments["close"] or come_to.standing is Standing.SHORT:
        return lambda: _weighed(arguments["id"], late)
    chosen = _selections(row, come_to)
    told = _report(row, come_to, late)
    _write_scores(row, come_to, chosen)
    return lambda: _closed(arguments, come_to, told, late)


def reckoned(row: Round) -> Sum:
    """The tally of a round, and what its missing judgements could still change."""
    given = given_in(row)
    tally = Tally(given.bands, given.judgements, given.jurors)
    rule = Rule.read(row.rule)
    plan = [
        (Field(band, works), rule.cut(band, row.way))
        for band in rule.bands
        if (works := given.works(band))
    ]
    return Sum(
        given,
        tally,
        plan,
        sensitivity(tally, plan, given.missing, row.seed),
        tally.standing(given.bands, row.quorum),
    )


def late_data(come_to: Sum) -> dict[str, Any]:
    """What is recorded of missing judgements: counts, and the codes of works they could move."""
    late = come_to.late
    codes = _codes([one.work for one in late.unsure[:MOST_NAMED]])
    return {
        "open": late.open,
        "works_open": late.works_open,
        "jurors_late": late.jurors_late,
        "goes_on": late.goes_on,
        "short": len(late.reassign),
        "exact": late.exact,
        "may_close": late.may_close,
        "could_change": len(late.unsure),
        "unsure": [
            {"code": codes[one.work], "band": one.band, "goes_on_now": one.goes_on_now}
            for one in late.unsure[:MOST_NAMED]
            if one.work in codes
        ],
    }


def _codes(works: Sequence[int]) -> dict[int, str]:
    found = session().execute(
        select(Entry.id, Entry.code).where(Entry.id.in_([entry_of(work) for work in works]))
    )
    return {int.from_bytes(entry_id): code for entry_id, code in found}


def _selections(row: Round, come_to: Sum) -> list[tuple[Selection, bool]]:
    """Who goes on, band by band, and whether lots decided among ties."""
    return [
        (select_works(field, come_to.tally, cut, row.seed), cut.ties is Ties.LOT)
        for field, cut in come_to.plan
    ]


# The report


def _report(row: Round, come_to: Sum, late: dict[str, Any]) -> dict[str, Any]:
    """The report of a round as plain data: jurors by the alias that each has in the call."""
    secret = random_key()  # the order of the pure report's own aliases, which nobody sees
    given, tally = come_to.given, come_to.tally
    made = report(
        tally,
        row.quorum,
        _agreement(row, given),
        secret=secret,
        awaited=[one.juror for one in given.missing],
        left_out=leave_one_out(tally, come_to.plan, row.seed),
    )
    bases = {field.band: _basis(tally, field, cut.basis) for field, cut in come_to.plan}
    return {
        **made.as_data(),
        "jurors": _jurors(made, tally, secret),
        "sensitivity": late,
        "bases": bases,
        "standing": come_to.standing.value,
    }


def _basis(tally: Tally, field: Field, basis: Basis) -> str:
    return tally.points(field.works, basis)[0].value


def _agreement(row: Round, given: Given) -> dict[str, float | None]:
    if row.way == "yes_no":
        return agreement_of_votes(given.judgements)
    if row.way == "rubric":
        names = [str(one) for one in given.criteria]
        by_criterion = agreement_of_criteria(given.ratings, names)
        return agreement_of_scores(given.judgements) | by_criterion
    return agreement_of_scores(given.judgements)


def _jurors(made: Report, tally: Tally, secret: bytes) -> list[dict[str, Any]]:
    """The lines of jurors under the aliases of their panel, in the order of these."""
    numbers = {number: juror for juror, number in aliases(tally.jurors, secret).items()}
    known = session().execute(select(Juror.id, Juror.alias).where(Juror.id.in_(list(tally.jurors))))
    alias = dict(known.all())
    lines = [
        {**line, "number": alias[numbers[line["number"]]]} for line in made.as_data()["jurors"]
    ]
    return sorted(lines, key=lambda line: line["number"])


# Write


def _write_scores(row: Round, come_to: Sum, chosen: Iterable[tuple[Selection, bool]]) -> None:
    """The scores of all works, in small transactions; the round is not closed before the last."""
    going, by_lot = set[int](), set[int]()
    for one, lots in chosen:
        going |= one.chosen
        by_lot |= one.tied if lots else frozenset()
    scores = come_to.tally.scores(row.quorum).works
    rows = [
        {
            "round_id": row.id,
            "entry_id": entry_of(work),
            "judged": score.judgements,
            "raw": score.raw,
            "adjusted": score.adjusted,
            "goes_on": work in going,
            "by_lot": work in by_lot,
        }
        for work, score in sorted(scores.items())
    ]
    with unit_of_work() as opened:
        opened.execute(delete(Score).where(Score.round_id == row.id))
    for some in chunks(rows):
        with unit_of_work() as opened:
            write_rows(opened, Score, some)


def _weighed(round_id: int, late: dict[str, Any]) -> None:
    """Not closed: what the missing judgements could change is there to be read."""
    row = session().get(Round, round_id, with_for_update=True)
    if row is not None and row.state == "open":
        row.sensitivity, row.busy = late, ""


def _closed(
    arguments: dict[str, Any], come_to: Sum, told: dict[str, Any], late: dict[str, Any]
) -> None:
    """The round is closed: its report stands, and its seed may be told."""
    row = session().get(Round, arguments["id"], with_for_update=True)
    if row is None or row.state != "open":
        return
    row.state, row.busy, row.closed_at = "closed", "", now()
    row.closed_by, row.partial = arguments["by"], come_to.standing is not Standing.FULL
    row.report, row.sensitivity = told, late
    session().flush()
    versions.grow(version_name(row.call_id))
    announce(
        RoundClosed(
            subject=call_subject(row.call_id),
            by=arguments["by"],
            round_id=row.id,
            panel=row.panel,
            stage=row.stage,
            partial=row.partial,
        )
    )
