"""The outcome of a call goes to the unit that decides, and which work the city adopts is named."""

from typing import Any, Final

from sqlalchemy import select, update

from participation.contests.actions.standing import show_anew
from participation.contests.call import ShownCall
from participation.contests.dossier import contents, points_of, title_of
from participation.contests.happenings.recognition import AdoptedNamed, AdoptedTakenBack
from participation.contests.models import Entry, Outcome
from participation.contests.policies.recognition import may_name_adopted, may_take_back_adopted
from participation.contests.queries.adopted import adoption_of
from participation.contests.queries.calls import call_of
from participation.contests.queries.hanging import hangs
from participation.contests.queries.outcome import outcome_facts
from participation.deliveries.actions.sending import send_dossier
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

NO_SUCH_WORK: Final = _l("选一件入选的作品。它要还挂着：孩子和家长都同意用。")


def send_outcome(call_id: int) -> None:
    """Send the outcome of an ended call as a dossier to its unit; a second time nothing happens.

    Nothing goes out of a rehearsal, nor where no unit is named.
    """
    call = call_of(call_id)
    if call.rehearsal or call.unit_id is None or call.official_id is None:
        return
    send_dossier(
        call.subject,
        title=title_of(call),
        contents=contents(call, outcome_facts(call)),
        points=points_of(call),
        unit_id=call.unit_id,
        official_id=call.official_id,
        due_on=call.answer_due,
    )
    show_anew(call_id)


def name_adopted(who: Any, call: ShownCall, code: str) -> None:
    """Write down which selected work the city adopts, once its unit has answered.

    Raises `RuleBroken` (field `code`) for a work that is not selected or does not hang any more:
    nobody adopts what its child or a guardian took back.
    """
    may_name_adopted.require(who, adoption_of(call), now())
    entry = session().scalar(
        select(Entry)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.call_id == call.id, Entry.code == code, Outcome.level == "selected")
        .with_for_update(of=Entry)
    )
    if entry is None or not hangs(entry, now()):
        raise RuleBroken(NO_SUCH_WORK, field="code")
    _set_level(entry.id, "adopted")
    show_anew(call.id)
    announce(AdoptedNamed(subject=call.subject, by=who.person_id, code=code))


def take_back_adopted(who: Any, call: ShownCall) -> None:
    """It was a mistake: the work is a selected one again."""
    may_take_back_adopted.require(who, adoption_of(call), now())
    entry = session().scalar(
        select(Entry)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.call_id == call.id, Outcome.level == "adopted")
        .order_by(Entry.id)
        .limit(1)
    )
    if entry is not None:
        _set_level(entry.id, "selected")
        show_anew(call.id)
        announce(AdoptedTakenBack(subject=call.subject, by=who.person_id, code=entry.code))


def _set_level(entry_id: bytes, level: str) -> None:
    session().execute(update(Outcome).where(Outcome.entry_id == entry_id).values(level=level))
