"""How the tests of this room ask: as a person, with a card, at an address."""

from participation.accounts.actions.cards import issue_cards
from participation.accounts.actions.consents import print_consent_forms
from participation.accounts.actions.sign_ins import begin_sign_in
from participation.accounts.cards import IssuedCard
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.accounts.passwords import hash_password
from participation.accounts.queries.consents import consent_of
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.support.browser import Browser
from tests.support.cast import Cast

HERE = "203.0.113.7"
PASSWORD = "vier rote Drachen über dem See"


def identity(person: Person, settings: Settings) -> Identity:
    """This person, signed in."""
    found = begin_sign_in(person.id, settings)
    assert found is not None
    return found


def cards_of_class(cast: Cast, settings: Settings) -> dict[int, IssuedCard]:
    """Cards for the cast's class, by child, made by its teacher."""
    with unit_of_work():
        issued = issue_cards(identity(cast.teacher, settings), cast.school_class.id)
    return {card.person_id: card for card in issued}


def consent_codes(cast: Cast, settings: Settings, *, everyone: bool = False) -> dict[int, str]:
    """One-time codes for the guardians of the cast's class, by child."""
    with unit_of_work():
        slips = print_consent_forms(
            identity(cast.teacher, settings),
            cast.school_class.id,
            days=settings.consent_days,
            everyone=everyone,
        )
    return {slip.person_id: slip.code for slip in slips}


def with_password(person: Person) -> Person:
    """Give a staff person the password of the tests."""
    with unit_of_work():
        session().get_one(Person, person.id).password = hash_password(PASSWORD)
    return person


def standing(person: Person) -> str:
    """The decision that counts for a child now, "" for none."""
    with unit_of_work():
        return consent_of(person.id)


def takes_part(browser: Browser) -> bool:
    """Does the next request of this signed-in child carry consent?"""
    browser.client.get("/enter")
    with browser.client.session_transaction() as kept:
        who = Identity.parse(kept["_user_id"])
    assert who is not None
    return who.consent
