"""Which work of a call the city adopts, and what may be named so."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.contests.call import ShownCall
from participation.contests.dossier.facts import ListedWork
from participation.contests.models import Entry, Outcome
from participation.contests.policies.recognition import Adoption
from participation.contests.queries.outcome import chosen_works
from participation.deliveries.queries import standing_of
from participation.kernel.clock import now
from participation.kernel.database import session


def adoption_of(call: ShownCall) -> Adoption:
    """What the right to name an adopted work depends on."""
    standing = standing_of(call.subject)
    return Adoption(
        state=call.state,
        rehearsal=call.rehearsal,
        answered=standing is not None and standing.state == "answered",
        named=_adopted_code(call.id) != "",
    )


def _adopted_code(call_id: int) -> str:
    code = session().scalar(
        select(Entry.code)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.call_id == call_id, Outcome.level == "adopted")
        .order_by(Entry.id)
        .limit(1)
    )
    return code or ""


@dataclass(frozen=True, slots=True)
class Adoptable:
    """The selected works that hang, and the adopted one."""

    works: tuple[ListedWork, ...]
    adopted: ListedWork | None


def adoptable(call: ShownCall) -> Adoptable:
    """Which works may be named, by their code; and which one is."""
    listed, _left_out = chosen_works(call, now())
    adopted = next((work for work in listed if work.level == "adopted"), None)
    may = tuple(work for work in listed if work.level == "selected" and work.hangs)
    return Adoptable(may, adopted)


def adopted_of(call: ShownCall) -> ListedWork | None:
    """The adopted work as everybody may see it; None where there is none, or it hangs no more."""
    if call.state != "ended":
        return None
    adopted = adoptable(call).adopted
    return adopted if adopted is not None and adopted.hangs else None
