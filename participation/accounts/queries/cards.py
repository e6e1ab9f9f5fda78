"""Questions about login cards: who has one, and whose card a code or number is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from participation.accounts import cards
from participation.accounts.models import LoginCard, Person, SignIn
from participation.accounts.roles import CHILD
from participation.kernel.clock import now
from participation.kernel.codes import is_sound
from participation.kernel.database import session
from participation.kernel.pseudonyms import fingerprint

TOLD_FOR = timedelta(days=14)
"""So long a child is told of a new card even where somebody has read it already: it may have been
somebody else who came in with it first."""
MOST_VISITS = 10


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card that took the place of an earlier one: since when, and when somebody came in since
    then, newest first.
    """

    since: datetime
    visits: Sequence[datetime]


def pupils_for_cards(class_id: int, *, without_card: bool = False) -> Sequence[Person]:
    """The children of a class who have not left, by pupil number; or those without a card."""
    found = select(Person).where(
        Person.role == CHILD, Person.class_id == class_id, Person.left_at.is_(None)
    )
    if without_card:
        found = found.where(Person.id.not_in(select(LoginCard.person_id)))
    return session().scalars(found.order_by(Person.pupil_number, Person.id)).all()


def card_of_code(code: str) -> LoginCard | None:
    """The card whose QR carries this code; None for any other text."""
    if not is_sound(code):
        return None
    return session().scalar(select(LoginCard).where(LoginCard.secret == cards.secret_key(code)))


def card_of_number(number: str) -> LoginCard | None:
    """The card with this number as a child typed it; None where there is none."""
    wanted = cards.typed_number(number)
    return session().scalar(select(LoginCard).where(LoginCard.number == wanted))


def card_of(person_id: int) -> LoginCard | None:
    """The card of a child; None where there is none."""
    return session().scalar(select(LoginCard).where(LoginCard.person_id == person_id))


def card_mark(person_id: int) -> str:
    """What names a child's present card on a page without telling its number."""
    card = card_of(person_id)
    return fingerprint("card mark", card.number).hex() if card else "none"


def is_told_of_card(person_id: int) -> bool:
    """Is a child to be told that her card was made anew? Until she has read it, and for
    14 days in any case."""
    card = card_of(person_id)
    if card is None or not card.anew:
        return False
    return card.seen_at is None or now() - card.issued_at < TOLD_FOR


def new_card_of(person_id: int, *, but: str) -> NewCard | None:
    """What a child reads about a card made anew; `but` is the sign-in that is hers just now."""
    card = card_of(person_id)
    if card is None or not card.anew:
        return None
    visits = select(SignIn.began_at).where(
        SignIn.person_id == person_id,
        SignIn.began_at >= card.issued_at,
        SignIn.id != bytes.fromhex(but),
    )
    newest = visits.order_by(SignIn.began_at.desc(), SignIn.id).limit(MOST_VISITS)
    return NewCard(card.issued_at, session().scalars(newest).all())


def open_sign_ins(person_id: int) -> Sequence[SignIn]:
    """The sign-ins of a person that are not over, newest first."""
    found = select(SignIn).where(
        SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.ends_at > now()
    )
    return session().scalars(found.order_by(SignIn.began_at.desc(), SignIn.id).limit(50)).all()
