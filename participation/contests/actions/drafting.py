"""The secretary's deeds: beginning, changing and publishing a call, a later close."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update

from participation.accounts.identity import Identity
from participation.accounts.queries import officials_of
from participation.contests.defaults import USUAL
from participation.contests.gaps import date_gaps, gaps
from participation.contests.happenings.calls import CallChanged, CallDrafted, CallPublished
from participation.contests.models import Call, CallDistrict, CallTheme, Criterion, Use
from participation.contests.naming import call_subject, version_name
from participation.contests.outline import CallOutline, PlannedCriterion, PlannedPart
from participation.contests.policies.calls import (
    may_change_call,
    may_draft_call,
    may_extend_call,
    may_publish_call,
)
from participation.contests.queries.calls import whole_call
from participation.contests.queries.drafts import PLAIN, outline_of
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import CITY_ZONE, city_day, now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import Words

TAKING_DAYS: Final = 45
JUDGING_WORKING_DAYS: Final = 15
NOTICE_WORKING_DAYS: Final = 7
SHOWN_DAYS: Final = 60
ANSWER_WORKING_DAYS: Final = 15
TEXTS: Final = ("brief", "brief_small", "brief_older", "rules", "prizes", "use_for", "use_where")
CHANGED_MEANWHILE: Final = _l("别人刚改过这份草稿。请打开新的再改，你写的还在这一页上。")
TAKEN_SIGN: Final = _l("这个字正用在另一个征集上，请换一个")
NOT_OF_UNIT: Final = _l("这个人不在这个单位，请再选")
NOT_LATER: Final = _l("新的结束时间要比原来的晚")
AFTER_NEXT: Final = _l("要早于投票、公示和回音的日子")


@dataclass(frozen=True, slots=True)
class UsualDates:
    """The usual dates of a call, from its first day to the list of who was chosen coming down."""

    opens_at: datetime
    closes_at: datetime
    notice_from: date
    notice_until: date
    shows_until: date
    answer_due: date


def usual_dates(opens_on: date) -> UsualDates:
    """45 days to make something, three weeks of work to judge, a week and a half of notice.

    The city's hours: from eight in the morning of the first day to eight in the evening.
    """
    closes_on = opens_on + timedelta(days=TAKING_DAYS)
    notice = add_working_days(closes_on, JUDGING_WORKING_DAYS).date
    until = add_working_days(notice, NOTICE_WORKING_DAYS).date
    return UsualDates(
        opens_at=datetime.combine(opens_on, time(8), tzinfo=CITY_ZONE),
        closes_at=datetime.combine(closes_on, time(20), tzinfo=CITY_ZONE),
        notice_from=notice,
        notice_until=until,
        shows_until=until + timedelta(days=SHOWN_DAYS),
        answer_due=add_working_days(until, ANSWER_WORKING_DAYS).date,
    )


def draft_call(who: Identity, kind: str, title: Words, sign: str = "") -> Call:
    """Begin a call with what is usual for its kind, from the next working day."""
    may_draft_call.require(who, None, now())
    usual, dates = USUAL[kind], usual_dates(add_working_days(today(), 1).date)
    nothing = {name: Words() for name in TEXTS}
    row = Call(
        kind=kind,
        title=title,
        sign=sign,
        pictures_most=usual.pictures_most,
        recording=usual.recording,
        authors_most=usual.authors_most,
        **nothing,
        **{name: getattr(dates, name) for name in UsualDates.__slots__},
        made_by=who.person_id,
        made_at=now(),
    )
    session().add(row)
    session().flush()
    _write_criteria(row.id, usual.criteria)
    announce(CallDrafted(subject=call_subject(row.id), by=who.person_id))
    return row


def with_usual(outline: CallOutline) -> CallOutline:
    """The outline with what is usual for its kind in place of what is looked at and handed in."""
    usual = USUAL[outline.kind]
    return replace(
        outline,
        criteria=usual.criteria,
        pictures_most=usual.pictures_most,
        recording=usual.recording,
        authors_most=usual.authors_most,
    )


def change_call(who: Identity, row: Call, outline: CallOutline, *, version: int) -> None:
    """Write a draft as it stands now.

    Raises `RuleBroken` when it is not the `version` read, `RulesBroken` when a part of it is to
    end before it begins.
    """
    may_change_call.require(who, row, now())
    if broken := date_gaps(outline):
        raise RulesBroken(broken)
    step = update(Call).where(Call.id == row.id, Call.version == version, Call.state == "draft")
    if not session().execute(step.values(version=version + 1)).rowcount:  # type: ignore[attr-defined]
        raise RuleBroken(CHANGED_MEANWHILE)
    write_outline(row, outline)
    row.version = version + 1
    session().flush()
    announce(CallChanged(subject=call_subject(row.id), by=who.person_id, version=version + 1))


def write_outline(row: Call, outline: CallOutline) -> None:
    """Put an outline into the row of a call and into the rows that belong to it."""
    for name in PLAIN:
        setattr(row, name, getattr(outline, name))
    session().flush()
    session().execute(delete(CallDistrict).where(CallDistrict.call_id == row.id))
    session().add_all(
        CallDistrict(call_id=row.id, district_id=district) for district in outline.district_ids
    )
    _write_criteria(row.id, outline.criteria)
    _write_parts(CallTheme, row.id, outline.themes)
    _write_parts(Use, row.id, outline.uses)
    session().flush()


def _write_criteria(call_id: int, planned: Sequence[PlannedCriterion]) -> None:
    session().execute(delete(Criterion).where(Criterion.call_id == call_id))
    session().add_all(
        Criterion(
            call_id=call_id, place=place, title=one.title, praise=one.praise, weight=one.weight
        )
        for place, one in enumerate(planned, start=1)
    )
    session().flush()


def _write_parts(table: Any, call_id: int, planned: Sequence[PlannedPart]) -> None:
    session().execute(delete(table).where(table.call_id == call_id))
    session().add_all(
        table(call_id=call_id, place=place, title=one.title)
        for place, one in enumerate(planned, start=1)
    )


def publish_call(who: Identity, call_id: int) -> Call:
    """Put a call to children; its content stays as it is from now on.

    Raises `RulesBroken` with one named sentence for each part that is missing.
    """
    row = whole_call(call_id, lock=True)
    may_publish_call.require(who, row, now())
    require_whole(row, outline_of(row))
    row.state, row.published_at = "published", now()
    session().flush()
    versions.grow(version_name(row.id))
    announce(
        CallPublished(
            subject=call_subject(row.id),
            by=who.person_id,
            unit_id=row.unit_id or 0,
            official_id=row.official_id or 0,
        )
    )
    return row


def require_whole(row: Call, outline: CallOutline) -> None:
    """Raise `RulesBroken` with whatever keeps the draft, written as `outline`, from being put."""
    broken = [*gaps(outline, now()), *_gaps_beside_others(row)]
    if broken:
        raise RulesBroken(broken)


def _gaps_beside_others(row: Call) -> list[RuleBroken]:
    """What only a look at other rows tells: an official of another unit, a sign in use."""
    broken = []
    if row.unit_id and row.official_id:
        here = {person.id for person in officials_of(row.unit_id)}
        if row.official_id not in here:
            broken.append(RuleBroken(NOT_OF_UNIT, field="official_id"))
    same = select(Call.id).where(
        Call.sign == row.sign,
        Call.id != row.id,
        Call.state == "published",
        Call.rehearsal.is_(False),
    )
    if row.sign and session().scalar(same.limit(1)) is not None:
        broken.append(RuleBroken(TAKEN_SIGN, field="sign"))
    return broken


def extend_call(who: Identity, row: Call, closes_at: datetime) -> None:
    """Put the close of a published call off; nothing else of it can be changed.

    Raises `RuleBroken` on the field `closes_at` for an earlier moment, or one after what follows.
    """
    may_extend_call.require(who, row, now())
    if row.closes_at is not None and closes_at <= row.closes_at:
        raise RuleBroken(NOT_LATER, field="closes_at")
    if _comes_after_next(row, closes_at):
        raise RuleBroken(AFTER_NEXT, field="closes_at")
    row.closes_at = closes_at
    row.version += 1
    session().flush()
    versions.grow(version_name(row.id))
    announce(CallChanged(subject=call_subject(row.id), by=who.person_id, version=row.version))


def _comes_after_next(row: Call, closes_at: datetime) -> bool:
    """Would the children's choice, the notice or the answer come before this close?"""
    if row.choice != "none" and row.choice_opens_at and closes_at > row.choice_opens_at:
        return True
    days = [row.answer_due, row.notice_from if row.ranked else None]
    return any(day is not None and city_day(closes_at) >= day for day in days)
