"""Questions about the officers: who is confirmed and fit, who leads, who waits for a yes."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.accounts.models import Person
from participation.accounts.queries import confirmations_of, staff_with
from participation.accounts.roles import SAFEGUARDING
from participation.accounts.standing import is_vetted
from participation.kernel.database import session
from participation.safeguarding.models import Head


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer whom a head is asked to confirm, as a policy sees her and as the page shows her.

    `state` is empty while nobody has decided, `refused` or `confirmed`.
    """

    person_id: int
    is_officer: bool
    state: str
    heads: frozenset[int]
    person: Person | None = None


def confirmed_officers() -> list[Person]:
    """Every officer of today whom another has confirmed, by id."""
    states = confirmations_of(SAFEGUARDING)
    return [each for each in staff_with(SAFEGUARDING) if states.get(each.id) == "confirmed"]


def fit_officers() -> list[Person]:
    """Every confirmed officer of today whose vetting and training are in date, by id (R56)."""
    return [each for each in confirmed_officers() if is_vetted(each)]


def heads() -> frozenset[int]:
    """The ids of the heads who are confirmed officers today."""
    states = confirmations_of(SAFEGUARDING)
    present = {person_id for person_id, state in states.items() if state == "confirmed"}
    return frozenset(session().scalars(select(Head.person_id))) & present


def candidates() -> list[Candidate]:
    """The officers of today who are not confirmed, by id; whoever was refused stays among them."""
    states, leading = confirmations_of(SAFEGUARDING), heads()
    return [
        Candidate(each.id, True, states.get(each.id, ""), leading, each)
        for each in staff_with(SAFEGUARDING)
        if states.get(each.id) != "confirmed"
    ]


def candidate(person_id: int) -> Candidate:
    """One person as somebody to be confirmed, whoever she is."""
    states = confirmations_of(SAFEGUARDING)
    return Candidate(person_id, person_id in states, states.get(person_id, ""), heads())
