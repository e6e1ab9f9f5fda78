"""The outcome of a call: put up for notice, and ended when its days and its objections are over."""

from typing import Any, Final

from participation.contests.happenings.notice import CallEnded, CallNoticed
from participation.contests.models import Call
from participation.contests.naming import call_subject, version_name
from participation.contests.policies.notice import may_end_call, may_put_up_notice
from participation.contests.queries.calls import shown, whole_call
from participation.contests.queries.notice import noticing_of
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

LEAST_DAYS: Final = 5
USUAL_DAYS: Final = 7
MOST_DAYS: Final = 20
"""Working days: seven is usual for a notice; more than twenty would not be short (R69)."""


def put_up_notice(who: Any, call_id: int, days: int = USUAL_DAYS) -> Call:
    """Put the outcome up from today for so many working days; closed → noticed.

    Refuses (`NotAllowed`) before the jury and the children's choice are done or without an outcome,
    and raises `RuleBroken` on `days` for fewer than 5 or more than 20. The list comes down with the
    day that the call promised, and never before the notice is over.
    """
    row = whole_call(call_id, lock=True)
    may_put_up_notice.require(who, noticing_of(shown(row, 0)), now())
    if not LEAST_DAYS <= days <= MOST_DAYS:
        told = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise RuleBroken(_l("公示 %(least)s 到 %(most)s 个工作日", **told), field="days")
    until = add_working_days(today(), days).date
    row.state, row.notice_from, row.notice_until = "noticed", today(), until
    row.shows_until = max(row.shows_until or until, until)
    row.version += 1
    _say(row)
    announce(CallNoticed(subject=call_subject(row.id), by=who.person_id, until=until))
    return row


def end_call(who: Any, call_id: int) -> Call:
    """The outcome stands; noticed → ended (closed → ended where nobody judged).

    Refuses (`NotAllowed`) while the notice runs or an objection waits for its answer. What follows,
    the dossier to who decides, listens to `CallEnded`.
    """
    row = whole_call(call_id, lock=True)
    may_end_call.require(who, noticing_of(shown(row, 0)), now())
    row.state = "ended"
    row.version += 1
    _say(row)
    announce(CallEnded(subject=call_subject(row.id), by=who.person_id))
    return row


def _say(row: Call) -> None:
    session().flush()
    versions.grow(version_name(row.id))
