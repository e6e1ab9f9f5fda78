"""Coming in: a child by card and pictures, a staff person by address and password."""

from collections.abc import Collection

from sqlalchemy import select

from participation.accounts import cards
from participation.accounts.actions.lockouts import forgive, note_failed, refuse_locked
from participation.accounts.actions.sign_ins import begin_sign_in
from participation.accounts.happenings import SignedIn, about_person
from participation.accounts.identity import Identity
from participation.accounts.models import LoginCard, Person
from participation.accounts.passwords import is_password
from participation.accounts.queries.cards import card_of_code, card_of_number
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.words import folded
from participation.settings import Settings

CHILD_FAILURES = 120
"""Failures of one address in a quarter of an hour: three whole classes that all slip once."""
STAFF_FAILURES = 60
STRETCH = 900

NO_MATCH = _l("卡号和图案对不上。看看卡片，再试一次；一直不行，请老师帮忙换一张卡。")
CARD_RESTS = _l("试了好几次都没对上。过 15 分钟再来，或者请老师换一张卡。")
NO_STAFF = _l("邮箱和密码对不上")
STAFF_RESTS = _l("试了好几次都没对上。过 15 分钟再来，或者用“忘记密码”重新设一个。")


def enter_with_number(
    number: str, pictures: Collection[str], *, address: str, settings: Settings
) -> Identity:
    """Sign a child in by the number of the card and its three pictures, in any order.

    `address` is where the request comes from, for the limit. Raises `RuleBroken` (field `number`)
    when they don't belong together, `TooMany` after repeated failures. The sentence never tells
    which of the two was wrong, and an unknown number is locked like a known one.
    """
    return _enter(
        card_of_number(number), cards.typed_number(number), pictures, "number", address, settings
    )


def enter_with_code(
    code: str, pictures: Collection[str], *, address: str, settings: Settings
) -> Identity:
    """Sign a child in by the code of the card's QR and the three pictures; raises the same.

    The field is `pictures` here.
    """
    card = card_of_code(code)
    return _enter(card, card.number if card else "", pictures, "pictures", address, settings)


def _enter(
    card: LoginCard | None,
    number: str,
    pictures: Collection[str],
    field: str,
    address: str,
    settings: Settings,
) -> Identity:
    window = f"enter:{fingerprint('address', address).hex()}"
    limits.refuse_after(window, most=CHILD_FAILURES, seconds=STRETCH)
    refuse_locked("card", number, CARD_RESTS)
    fits = card is not None and cards.pictures_key(number, pictures) == card.pictures
    identity = begin_sign_in(card.person_id, settings) if card and fits else None
    if identity is None:
        limits.note_failure(window, seconds=STRETCH)
        note_failed("card", number)
        raise RuleBroken(NO_MATCH, field=field)
    forgive("card", number)
    return identity


def sign_in_staff(email: str, password: str, *, address: str, settings: Settings) -> Identity:
    """Sign a staff person in by e-mail address and password.

    Raises `RuleBroken` (field `email`) when they don't belong together – after the same time for
    an unknown address – and `TooMany` while the address is locked.
    """
    window = f"staff:{fingerprint('address', address).hex()}"
    limits.refuse_after(window, most=STAFF_FAILURES, seconds=STRETCH)
    name = folded(email)
    refuse_locked("staff", name, STAFF_RESTS)
    person = session().scalar(select(Person).where(Person.email == name))
    fits = is_password(person.password if person else "", password)
    identity = begin_sign_in(person.id, settings) if person and fits else None
    if identity is None:
        limits.note_failure(window, seconds=STRETCH)
        note_failed("staff", name)
        raise RuleBroken(NO_STAFF, field="email")
    forgive("staff", name)
    announce(SignedIn(subject=about_person(identity.person_id), by=identity.person_id))
    return identity
