"""The rota: duties entered and taken out by the head."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select

from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.safeguarding import rota
from participation.safeguarding.actions.officers import NOT_FIT
from participation.safeguarding.actions.reminding import call_anew
from participation.safeguarding.happenings import DutyDropped, DutySet
from participation.safeguarding.models import Duty, Head
from participation.safeguarding.policies import may_set_duty
from participation.safeguarding.queries.duty import duties_in, stretches
from participation.safeguarding.queries.officers import fit_officers, heads
from participation.safeguarding.rota import Stretch

LONGEST_DAYS: Final = 14


def set_duty(
    who: Any,
    officer_id: int,
    begins: datetime | None,
    ends: datetime | None,
    *,
    stand_in_id: int | None = None,
) -> Duty:
    """Enter a duty into the rota. Moments are aware.

    Raises `RulesBroken`: on `officer` and `stand_in` for who has left or has no fresh vetting and
    training (R56), on `begins` and `ends` for a time that is missing, turned round, over or longer
    than two weeks, and on `begins` for one in which somebody is on duty already.
    """
    may_set_duty.require(who, heads(), now())
    # Two heads at once: the second waits here until the first is done, and then sees her duty.
    session().scalars(select(Head).order_by(Head.person_id).with_for_update()).all()
    broken = [*_unfit(officer_id, stand_in_id), *_wrong_time(begins, ends)]
    if broken or begins is None or ends is None:
        raise RulesBroken(broken)
    wanted = Stretch(begins, ends)
    if rota.overlaps(wanted, stretches(duties_in(wanted))):
        raise RuleBroken(_l("这段时间已经有人值班了，先去掉那一班"), field="begins")
    duty = Duty(
        officer_id=officer_id,
        stand_in_id=stand_in_id,
        from_at=begins,
        until_at=ends,
        set_by=who.person_id,
    )
    session().add(duty)
    session().flush()
    announce(DutySet(subject=_subject(duty), by=who.person_id, officer_id=officer_id))
    return duty


def _unfit(officer_id: int, stand_in_id: int | None) -> list[RuleBroken]:
    fit = {each.id for each in fit_officers()}
    broken = [] if officer_id in fit else [RuleBroken(NOT_FIT, field="officer")]
    if stand_in_id is not None and stand_in_id not in fit:
        broken.append(RuleBroken(NOT_FIT, field="stand_in"))
    if stand_in_id == officer_id:
        broken.append(RuleBroken(_l("替班的要是另一位老师"), field="stand_in"))
    return broken


def _wrong_time(begins: datetime | None, ends: datetime | None) -> list[RuleBroken]:
    if begins is None or ends is None:
        missing = [name for name, at in (("begins", begins), ("ends", ends)) if at is None]
        return [RuleBroken(_l("这里还空着"), field=name) for name in missing]
    if ends <= begins:
        return [RuleBroken(_l("结束要在开始以后"), field="ends")]
    if ends <= now():
        return [RuleBroken(_l("这段时间已经过去了"), field="ends")]
    if (ends - begins).days >= LONGEST_DAYS:
        return [RuleBroken(_l("一班最长两周"), field="ends")]
    return []


def drop_duty(who: Any, duty_id: int) -> None:
    """Take a duty out of the rota; whoever stood in it gets a letter, what has been is kept.

    Of a running one what waits calls again, now for every officer.
    """
    duty = droppable_duty(who, duty_id)
    announce(
        DutyDropped(
            subject=_subject(duty),
            by=who.person_id,
            to=(duty.officer_id, *([duty.stand_in_id] if duty.stand_in_id else [])),
            begins=duty.from_at,
            ends=duty.until_at,
        )
    )
    running = duty.from_at <= now()
    session().execute(delete(Duty).where(Duty.id == duty.id))
    if running:
        call_anew()


def droppable_duty(who: Any, duty_id: int) -> Duty:
    """A duty that this officer may take out; raises what the deed would, for the page that asks."""
    may_set_duty.require(who, heads(), now())
    duty = session().get(Duty, duty_id)
    if duty is None:
        raise Missing
    if duty.until_at <= now():
        raise RuleBroken(_l("已经值过的班不能去掉"))
    return duty


def _subject(duty: Duty) -> Subject:
    return Subject("duty", str(duty.id))
