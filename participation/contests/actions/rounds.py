"""Rounds of a jury: planned with their rule, opened, steered in mid-course, and closed."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, select

from participation.accounts.identity import Identity, Nobody
from participation.contests.actions.asking_rounds import deal_now, reckon
from participation.contests.happenings.juries import (
    QuorumChanged,
    RoundChanged,
    RoundDropped,
    RoundOpened,
    RoundPlanned,
)
from participation.contests.jury.assignment import LEAST_QUORUM
from participation.contests.jury.ways import FEWEST_CRITERIA, MOST_CRITERIA
from participation.contests.models import PANELS, WAYS, Call, Round
from participation.contests.models.jury import STAGES
from participation.contests.naming import call_subject
from participation.contests.policies.juries import (
    may_change_round,
    may_open_round,
    may_plan_round,
    may_steer_round,
)
from participation.contests.queries.panels import accepted_jurors
from participation.contests.queries.rounds import (
    bench_of,
    commitment_of,
    progress_of,
    round_before,
    work_count,
)
from participation.contests.rules import MOST_RANKED, Rule, broken_rules
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.tables import Words

MOST_QUORUM: Final = 15


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a secretary declares of a round before it opens."""

    way: str
    quorum: int
    instructions: Words
    due_on: date | None
    rule: Rule


def plan_round(
    who: Identity | Nobody, call: Call, panel: str, stage: str, plan: RoundPlan
) -> Round:
    """Plan a round of a panel: one for each stage. Its seed is drawn now and told at the end."""
    may_plan_round.require(who, call, now())
    if panel not in PANELS or stage not in STAGES:
        raise Missing
    taken = select(Round.id).where(
        Round.call_id == call.id, Round.panel == panel, Round.stage == stage
    )
    if session().scalar(taken) is not None:
        raise RuleBroken(_("这一轮已经有了。"), field="stage")
    _check(call, plan)
    row = Round(call_id=call.id, panel=panel, stage=stage, seed=secrets.token_bytes(16))
    _write(row, plan)
    session().add(row)
    session().flush()
    announce(RoundPlanned(subject=call_subject(call.id), by=who.person_id, round_id=row.id))
    return row


def change_round(
    who: Identity | Nobody, call: Call, row: Round, plan: RoundPlan, *, version: int
) -> None:
    """Change a round that has not opened."""
    may_change_round.require(who, bench_of(call, row), now())
    if version != row.version:
        raise RuleBroken(_("这一轮刚刚改过，请再看一遍。"))
    _check(call, plan)
    _write(row, plan)
    row.version += 1
    session().flush()
    announce(
        RoundChanged(
            subject=call_subject(call.id),
            by=who.person_id,
            round_id=row.id,
            version=row.version,
        )
    )


def drop_round(who: Identity | Nobody, call: Call, row: Round) -> None:
    """Take away a round that has not opened."""
    may_change_round.require(who, bench_of(call, row), now())
    session().execute(delete(Round).where(Round.id == row.id))
    announce(
        RoundDropped(
            subject=call_subject(call.id), by=who.person_id, panel=row.panel, stage=row.stage
        )
    )


def _write(row: Round, plan: RoundPlan) -> None:
    row.way, row.quorum, row.due_on = plan.way, plan.quorum, plan.due_on
    row.instructions, row.rule = plan.instructions, plan.rule.as_data()


def _check(call: Call, plan: RoundPlan) -> None:
    broken = broken_rules(plan.rule, call.bands, plan.way)
    if plan.way not in WAYS:
        broken.append(RuleBroken(_("选一种评法"), field="way"))
    if not LEAST_QUORUM <= plan.quorum <= MOST_QUORUM:
        broken.append(RuleBroken(_("每件作品 3 到 15 份评分"), field="quorum"))
    if plan.way == "rubric" and not FEWEST_CRITERIA <= len(call.criteria) <= MOST_CRITERIA:
        broken.append(RuleBroken(_("打分要有 3 到 5 条标准，这次征集不是"), field="way"))
    if plan.due_on is not None and plan.due_on < today():
        broken.append(RuleBroken(_("这一天已经过了"), field="due_on"))
    if broken:
        raise RulesBroken(broken)


def open_round(who: Identity | Nobody, call: Call, row: Round) -> None:
    """Open a round: from now on its rule stands, and the worker deals its works.

    Raises `RuleBroken` while the round before is open, and where there is no work or no juror.
    """
    may_open_round.require(who, bench_of(call, row), now())
    before = round_before(row)
    if before is not None and before.state != "closed":
        raise RuleBroken(_("前一轮还没有结束。"))
    works, jurors = work_count(row), len(accepted_jurors(call.id, row.panel))
    if not works:
        raise RuleBroken(_("没有通过审核的作品，没有可评的。"))
    if jurors < LEAST_QUORUM:
        raise RuleBroken(_("至少要有三位评委答应了，才能开始。"))
    if row.way == "ranking" and works * row.quorum > MOST_RANKED * jurors:
        raise RuleBroken(_("排序时每位评委最多排 30 件。请先用别的评法选出一些。"))
    row.state, row.opened_at, row.busy = "open", now(), "dealing"
    row.done, row.whole = 0, works * row.quorum
    session().flush()
    deal_now(row.id)
    announce(
        RoundOpened(
            subject=call_subject(call.id),
            by=who.person_id,
            round_id=row.id,
            commitment=commitment_of(row),
        )
    )


def change_quorum(who: Identity | Nobody, call: Call, row: Round, quorum: int) -> None:
    """Change the quorum of an open round: finished judgements stay, the rest is dealt anew."""
    may_steer_round.require(who, bench_of(call, row), now())
    if not LEAST_QUORUM <= quorum <= MOST_QUORUM:
        raise RuleBroken(_("每件作品 3 到 15 份评分"), field="quorum")
    row.quorum, row.sensitivity = quorum, None
    session().flush()
    deal_now(row.id)
    announce(
        QuorumChanged(
            subject=call_subject(call.id), by=who.person_id, round_id=row.id, quorum=quorum
        )
    )


def deal_anew(who: Identity | Nobody, call: Call, row: Round) -> None:
    """Deal an open round anew by hand: after late works, or where works were short of jurors."""
    may_steer_round.require(who, bench_of(call, row), now())
    deal_now(row.id)


def weigh_round(who: Identity | Nobody, call: Call, row: Round) -> None:
    """Have reckoned what the missing judgements could still change, without closing."""
    may_steer_round.require(who, bench_of(call, row), now())
    row.busy = "weighing"
    session().flush()
    reckon(row.id, close=False, by=who.person_id)


def close_round(who: Identity | Nobody, call: Call, row: Round, *, partial: bool = False) -> None:
    """Close a round: nothing can be judged any more, and the worker reckons what it came to.

    With works short of three judgements nothing closes (R68); with works short of the quorum only
    when `partial` is said, and then what the missing ones could change is recorded. One late
    juror never blocks. The row must be locked: a judgement on its way waits, or comes too late.
    """
    may_steer_round.require(who, bench_of(call, row), now())
    progress = progress_of(row)
    if progress.short:
        raise RuleBroken(_("还有 %(count)s 件作品不到三份评分，不能结束。", count=progress.short))
    if progress.partial and not partial:
        raise RuleBroken(_("还有评分没来。要提前结束，请在下面选“提前结束”。"))
    row.busy = "closing"
    session().flush()
    reckon(row.id, close=True, by=who.person_id)
