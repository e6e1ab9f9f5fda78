"""A juror's own deeds: judge, put off, give away, put in order; hers to change until the close."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, update

from participation.accounts.identity import Identity, Nobody
from participation.contests.actions.asking_rounds import deal_later
from participation.contests.call import ShownCall
from participation.contests.happenings.juries import WorkJudged, WorkRecused
from participation.contests.jury.ways import STEPS
from participation.contests.models import Assignment, Conflict, Judgement
from participation.contests.naming import call_subject
from participation.contests.policies.juries import may_judge_work
from participation.contests.queries.packs import Before, Pack, order_of
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.rows import insert_once


@dataclass(frozen=True, slots=True)
class Said:
    """What a juror says about a work, by the way of the round; what she left out is None."""

    yes: bool | None = None
    steps: Mapping[int, int | None] | None = None
    liked: int | None = None
    note: str = ""


def judge_work(who: Identity | Nobody, before: Before, said: Said, *, version: int) -> bool:
    """Keep a juror's judgement; True when it is finished, False while something is left out.

    Half of a judgement is kept too and still counts as open. `version` is the one that she saw, 0
    for none: a judgement that changed in another window is not written over (`RuleBroken`).
    """
    may_judge_work.require(who, before.seat, now())
    _check(before.call, said)
    kept = before.judgement
    if version != (kept.version if kept else 0):
        raise RuleBroken(_("你在别的窗口改过这件。请再看一遍，再存。"))
    whole = _is_whole(before, said)
    first = before.assignment.state != "judged"
    _set_state(before.assignment, "judged" if whole else "open")
    row = kept or Judgement(assignment_id=before.assignment.id)
    row.yes = said.yes if before.round.way == "yes_no" else None
    row.steps = _steps(said) if before.round.way == "rubric" else None
    row.liked_id, row.note, row.version = said.liked, said.note, version + 1
    session().add(row)
    session().flush()
    if whole and first:
        announce(WorkJudged(subject=call_subject(before.call.id)))
    return whole


def _steps(said: Said) -> dict[str, int]:
    return {str(one): step for one, step in (said.steps or {}).items() if step is not None}


def _check(call: ShownCall, said: Said) -> None:
    known = {one.id for one in call.criteria}
    broken = [
        RuleBroken(_("选 1 到 5"), field=f"step_{one}")
        for one, step in (said.steps or {}).items()
        if one not in known or (step is not None and not 1 <= step <= STEPS)
    ]
    if said.liked is not None and said.liked not in known:
        broken.append(RuleBroken(_("选一条"), field="liked"))
    if broken:
        raise RulesBroken(broken)


def _is_whole(before: Before, said: Said) -> bool:
    if before.round.way == "yes_no":
        return said.yes is not None
    return all((said.steps or {}).get(one.id) is not None for one in before.call.criteria)


def _set_state(assignment: Assignment, state: str) -> None:
    """Write the state where the seat is still hers: the worker may have given it away meanwhile."""
    written = session().execute(
        update(Assignment)
        .where(Assignment.id == assignment.id, Assignment.state.in_(("open", "deferred", "judged")))
        .values(state=state)
        .returning(Assignment.id)
        .execution_options(synchronize_session=False)
    )
    if written.one_or_none() is None:
        raise Missing
    assignment.state = state


def defer_work(who: Identity | Nobody, before: Before) -> None:
    """Put a work off to the end of the pack; one that is judged stays judged."""
    may_judge_work.require(who, before.seat, now())
    if before.assignment.state != "judged":
        _set_state(before.assignment, "deferred")


def recuse_work(who: Identity | Nobody, before: Before) -> None:
    """Give a work away because one knows who made it; no reason is asked, another judges it."""
    may_judge_work.require(who, before.seat, now())
    held = before.assignment
    insert_once(Conflict, {"juror_id": held.juror_id, "entry_id": held.entry_id, "why": "declared"})
    session().execute(delete(Judgement).where(Judgement.assignment_id == held.id))
    _set_state(held, "recused")
    deal_later(held.round_id)
    announce(WorkRecused(subject=call_subject(before.call.id)))


# An order of the whole pack


def move_work(who: Identity | Nobody, pack: Pack, assignment_id: int, *, up: bool) -> None:
    """Move a work one place up or down in her order."""
    order = _order_to_change(who, pack)
    if assignment_id not in order:
        raise Missing
    place = order.index(assignment_id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    _write_order(pack, order)


def finish_order(who: Identity | Nobody, pack: Pack, *, done: bool) -> None:
    """Say that the order of the whole pack stands, or that it does not yet."""
    order = _order_to_change(who, pack)
    _write_order(pack, order)
    fresh = done and any(one.state != "judged" for one in pack.assignments)
    for one in pack.assignments:
        _set_state(one, "judged" if done else "open")
    if fresh:
        announce(WorkJudged(subject=call_subject(pack.call.id)))


def _order_to_change(who: Identity | Nobody, pack: Pack) -> list[int]:
    if pack.round.way != "ranking" or not pack.assignments:
        raise Missing
    for one in pack.assignments:
        may_judge_work.require(who, pack.seat(one), now())
    return order_of(pack)


def _write_order(pack: Pack, order: list[int]) -> None:
    for rank, assignment_id in enumerate(order, 1):
        row: Any = pack.judgements.get(assignment_id)
        if row is None:
            row = Judgement(assignment_id=assignment_id)
            session().add(row)
        row.rank = rank
    session().flush()


def note_liked(who: Identity | Nobody, before: Before, liked: int | None, note: str) -> None:
    """In a ranking: what she liked most in a work, and a note; its place is told by the order."""
    may_judge_work.require(who, before.seat, now())
    _check(before.call, Said(liked=liked))
    row = before.judgement or Judgement(assignment_id=before.assignment.id)
    row.liked_id, row.note = liked, note
    session().add(row)
    session().flush()
