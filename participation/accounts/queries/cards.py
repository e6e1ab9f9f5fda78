"""Questions about login cards: who has one, and whose card a code or number is."""

from collections.abc import Sequence

from sqlalchemy import select

from participation.accounts import cards
from participation.accounts.models import LoginCard, Person, SignIn
from participation.accounts.roles import CHILD
from participation.kernel.clock import now
from participation.kernel.codes import is_sound
from participation.kernel.database import session


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


def open_sign_ins(person_id: int) -> Sequence[SignIn]:
    """The sign-ins of a person that are not over, newest first."""
    found = select(SignIn).where(
        SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.ends_at > now()
    )
    return session().scalars(found.order_by(SignIn.began_at.desc(), SignIn.id).limit(50)).all()
