"""What becomes of works once their rounds have closed: shown, shortlisted, selected, and liked for.

Who went on in the final round is selected; who came as far as it, or went on in the last round
where there was no final one, is shortlisted; all others are shown. Nothing else of a round comes
here: no place, no score (R65, R68).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import delete, exists, select

from participation.accounts.identity import Identity, Nobody
from participation.contests.actions.asking_rounds import settle
from participation.contests.actions.dealing import chunks, write_rows
from participation.contests.happenings.juries import ShortlistMade
from participation.contests.jury.liking import liked
from participation.contests.models import PANELS, Call, Entry, Outcome, Round, Score
from participation.contests.models.jury import STAGES
from participation.contests.naming import call_subject, version_name
from participation.contests.policies.juries import may_settle_outcomes
from participation.contests.queries.judged import Given, given_in
from participation.contests.queries.rounds import rounds_of
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _

FINAL: Final = STAGES[-1]
SHOWN, SHORTLISTED, SELECTED = "shown", "shortlisted", "selected"

Deed = Callable[[], None]


def settle_outcomes(who: Identity | Nobody, call: Call) -> None:
    """Ask the worker to write down what became of every work.

    Raises `RuleBroken` while a round is open, and for a ranked call in which none has closed.
    """
    may_settle_outcomes.require(who, call, now())
    rounds = rounds_of(call.id)
    if any(row.state == "open" for row in rounds):
        raise RuleBroken(_("还有一轮没有结束。"))
    if call.ranked and not any(row.state == "closed" for row in rounds):
        raise RuleBroken(_("还没有评过，没有结果。"))
    settle(call.id, by=who.person_id)


def settle_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `settle-outcomes`: outcomes anew, in small transactions."""
    call = session().get(Call, arguments["id"])
    if call is None or call.state != "closed":
        return lambda: None
    closed = [row for row in rounds_of(call.id) if row.state == "closed"] if call.ranked else []
    levels = levels_of(call.id, closed)
    praised = praised_in(closed)
    rows = [
        {
            "entry_id": entry_id,
            "call_id": call.id,
            "level": level,
            "by_children": False,
            "liked_id": praised.get(int.from_bytes(entry_id)),
        }
        for entry_id, level in sorted(levels.items())
    ]
    _write(call.id, rows)
    counts = Counter(levels.values())
    return lambda: _told(call.id, counts, arguments["by"])


def levels_of(call_id: int, closed: Iterable[Round]) -> dict[bytes, str]:
    """The level of every approved work by the closed rounds; of two panels the higher one."""
    found = select(Entry.id).where(Entry.call_id == call_id, Entry.standing == "approved")
    levels = dict.fromkeys(session().scalars(found), SHOWN)
    by_panel: defaultdict[str, list[Round]] = defaultdict(list)
    for row in closed:
        by_panel[row.panel].append(row)
    for panel in PANELS:
        rounds = sorted(by_panel[panel], key=lambda row: STAGES.index(row.stage))
        before = [row for row in rounds if row.stage != FINAL]
        if before:
            _raise(levels, before[-1], SHORTLISTED)
        if rounds and rounds[-1].stage == FINAL:
            _raise(levels, rounds[-1], SELECTED)
    return levels


def _raise(levels: dict[bytes, str], row: Round, level: str) -> None:
    """Those that went on in a round get a level, unless they have a higher one."""
    found = select(Score.entry_id).where(Score.round_id == row.id, Score.goes_on.is_(True))
    for entry_id in session().scalars(found):
        if levels.get(entry_id) in (SHOWN, SHORTLISTED):
            levels[entry_id] = level


def praised_in(closed: Iterable[Round]) -> dict[int, int]:
    """The criterion that each work was liked for: what jurors named most often; where they named
    none or several equally, the one that stands out in their ratings (`jury.liking`)."""
    named: defaultdict[int, Counter[int]] = defaultdict(Counter)
    rated: dict[int, int] = {}
    for row in closed:
        given = given_in(row)
        for work, criterion in given.liked:
            named[work][criterion] += 1
        rated |= _rated(given)
    return rated | {
        work: best for work, counts in named.items() if (best := _first(counts)) is not None
    }


def _rated(given: Given) -> Mapping[int, int]:
    if not given.ratings:
        return {}
    return {work: given.criteria[place] for work, place in liked(given.ratings).items()}


def _first(counts: Counter[int]) -> int | None:
    """What was named most often; None where several were."""
    (best, most), *others = counts.most_common(2)
    return None if others and others[0][1] == most else best


def _write(call_id: int, rows: list[dict[str, Any]]) -> None:
    """Outcomes in place of earlier ones; a work that was withdrawn meanwhile gets none."""
    with unit_of_work() as opened:
        opened.execute(delete(Outcome).where(Outcome.call_id == call_id))
    for some in chunks(rows):
        with unit_of_work() as opened:
            write_rows(opened, Outcome, some)
    gone = exists().where(Entry.id == Outcome.entry_id, Entry.standing != "approved")
    with unit_of_work() as opened:
        opened.execute(delete(Outcome).where(Outcome.call_id == call_id, gone))


def _told(call_id: int, counts: Mapping[str, int], by: int) -> None:
    versions.grow(version_name(call_id))
    announce(
        ShortlistMade(
            subject=call_subject(call_id),
            by=by,
            shown=counts.get(SHOWN, 0),
            shortlisted=counts.get(SHORTLISTED, 0),
            selected=counts.get(SELECTED, 0),
        )
    )
