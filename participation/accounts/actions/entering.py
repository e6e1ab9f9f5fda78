"""Coming in: a child by card and pictures, a staff person by address and password."""

from collections.abc import Callable, Collection

from sqlalchemy import select

from participation.accounts import cards, locking
from participation.accounts.actions.lockouts import Lock, Sentences, reserve, window_of
from participation.accounts.actions.sign_ins import begin_sign_in
from participation.accounts.happenings import SignedIn, about_person
from participation.accounts.identity import Identity
from participation.accounts.models import LoginCard, Person
from participation.accounts.passwords import is_password
from participation.accounts.queries.cards import card_of_code, card_of_number
from participation.kernel.announcing import announce
from participation.kernel.codes import is_sound
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.words import folded
from participation.settings import Settings

CHILD_FAILURES = 120
"""Failures of one address in a quarter of an hour: three whole classes that all slip once."""
STAFF_FAILURES = 60

NO_MATCH = _l("卡号和图案对不上。看看卡片，再试一次；一直不行，请老师帮忙换一张卡。")
NUMBER_RESTS = Sentences(
    minutes=_l("试了好几次都没对上。过 %(n)s 分钟再来，或者扫卡上的二维码。等不及，就请老师帮忙。"),
    hours=_l("试了好几次都没对上。过 %(n)s 小时再来，或者扫卡上的二维码。等不及，就请老师帮忙。"),
    closed=_l(
        "这个卡号试了太多次，先锁上了。别担心，不是你的错：请老师点一下“重新打开”，"
        "或者换一张新卡。也可以扫卡上的二维码进来。"
    ),
)
QR_RESTS = Sentences(
    minutes=_l("试了好几次都没对上。过 %(n)s 分钟再来。等不及，就请老师帮忙。"),
    hours=_l("试了好几次都没对上。过 %(n)s 小时再来。等不及，就请老师帮忙。"),
    closed=_l("这张卡试了太多次，先锁上了。别担心：请老师点一下“重新打开”，或者换一张新卡。"),
)
NO_STAFF = _l("邮箱和密码对不上")
STAFF_RESTS = Sentences(
    minutes=_l("试了好几次都没对上。过 %(n)s 分钟再来，或者用“忘记密码”重新设一个。"),
    hours=_l("试了好几次都没对上。过 %(n)s 小时再来，或者用“忘记密码”重新设一个。"),
    closed=_l("试了太多次，先锁上了。请用“忘记密码”重新设一个。"),
)


def enter_with_number(
    number: str, pictures: Collection[str], *, address: str, settings: Settings
) -> Identity:
    """Sign a child in by the number of the card and its three pictures, in any order.

    `address` is where the request comes from, for the limit. Raises `RuleBroken` (field `number`)
    when they don't belong together, `TooMany` after repeated failures (`locking.CARD`). The
    sentence never tells which of the two was wrong, and an unknown number is locked like a known
    one.
    """
    typed = cards.typed_number(number)
    lock = Lock(locking.number_lock(typed), locking.CARD, NUMBER_RESTS)
    return _enter(lambda: card_of_number(number), pictures, "number", lock, address, settings)


def enter_with_code(
    code: str, pictures: Collection[str], *, address: str, settings: Settings
) -> Identity:
    """Sign a child in by the code of the card's QR and the three pictures; raises the same.

    The field is `pictures` here. This road has a lock of its own: who has read a number off a card
    can't lock out the child who holds it.
    """
    if not is_sound(code):
        raise RuleBroken(NO_MATCH, field="pictures")
    lock = Lock(locking.qr_lock(cards.secret_key(code)), locking.CARD, QR_RESTS)
    return _enter(lambda: card_of_code(code), pictures, "pictures", lock, address, settings)


def _enter(
    find: Callable[[], LoginCard | None],
    pictures: Collection[str],
    field: str,
    lock: Lock,
    address: str,
    settings: Settings,
) -> Identity:
    attempt = reserve(window_of("enter", address, CHILD_FAILURES), [lock])
    card = find()
    fits = card is not None and cards.pictures_key(card.number, pictures) == card.pictures
    identity = begin_sign_in(card.person_id, settings) if card and fits else None
    if identity is None:
        attempt.failed()
        raise RuleBroken(NO_MATCH, field=field)
    attempt.succeeded()
    return identity


def sign_in_staff(email: str, password: str, *, address: str, settings: Settings) -> Identity:
    """Sign a staff person in by e-mail address and password.

    Raises `RuleBroken` (field `email`) when they don't belong together – after the same time for
    an unknown address – and `TooMany` while the account is locked: at this place
    (`locking.STAFF_HERE`), or for places that its owner has not come from lately everywhere
    (`locking.STAFF_ANYWHERE`). So a stranger locks himself out, and hardly anybody else.
    """
    name = folded(email)
    here = Lock(locking.staff_lock_here(name, address), locking.STAFF_HERE, STAFF_RESTS)
    anywhere = Lock(locking.staff_lock(name), locking.STAFF_ANYWHERE, STAFF_RESTS)
    window = window_of("staff", address, STAFF_FAILURES)
    attempt = reserve(window, [here, anywhere], spares_known=True)
    person_id, kept = _password_of(name)
    fits = is_password(kept, password)
    identity = begin_sign_in(person_id, settings) if fits else None
    if identity is None:
        attempt.failed()
        raise RuleBroken(NO_STAFF, field="email")
    attempt.succeeded(keeps_place=True)
    announce(SignedIn(subject=about_person(identity.person_id), by=identity.person_id))
    return identity


def _password_of(email: str) -> tuple[int, str]:
    """Whose address it is, and the hash of the password; 0 and "" for nobody's.

    Read in a unit of its own: comparing takes 30 ms, in which nobody should wait to write.
    """
    with unit_of_work(writes=False):
        person = session().scalar(select(Person).where(Person.email == email))
        return (person.id, person.password) if person else (0, "")
