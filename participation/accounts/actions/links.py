"""Links by which a staff person sets a password: made for an invitation or when it is forgotten."""

from datetime import timedelta

from sqlalchemy import select, update

from participation.accounts.actions.lockouts import forgive
from participation.accounts.actions.sign_ins import end_all
from participation.accounts.happenings import PasswordForgotten, PasswordSet, about_person
from participation.accounts.models import PasswordLink, Person
from participation.accounts.passwords import (
    SHORTEST,
    hash_password,
    is_long_enough,
    tells_who,
)
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import is_sound, new_code, tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.words import folded

GOOD_FOR = timedelta(hours=48)
ASKED_MOST = 5
"""How often one address may ask for a link in an hour; from one place ten times as often."""

TOO_SHORT = _l("密码至少要 %(n)s 个字符，不要总用那几个", n=SHORTEST)
TELLS_WHO = _l("密码里不要有邮箱或者姓名")


def _key(code: str) -> bytes:
    return fingerprint("password link", tidy(code))


def make_password_link(person: Person) -> str:
    """The code of a fresh link of /staff/password/<code>, good for 48 hours and one use.

    Links made before end, so that the newest letter is the one that works.
    """
    _end_links(person.id)
    code = new_code(128)
    session().add(PasswordLink(person_id=person.id, code=_key(code), ends_at=now() + GOOD_FOR))
    session().flush()
    return code


def _end_links(person_id: int) -> None:
    unused = update(PasswordLink).where(
        PasswordLink.person_id == person_id, PasswordLink.used_at.is_(None)
    )
    session().execute(unused.values(used_at=now()))


def forget_password(email: str, *, address: str) -> None:
    """Send a link to this address where a staff person has it; nothing tells whether one does.

    Raises `TooMany` when asked too often.
    """
    name = folded(email)
    for where, most in ((name, ASKED_MOST), (address, 10 * ASKED_MOST)):
        limits.allow(f"forgot:{fingerprint('address', where).hex()}", most=most, seconds=3600)
    person = session().scalar(select(Person).where(Person.email == name, Person.left_at.is_(None)))
    if person is not None:
        link = make_password_link(person)
        announce(PasswordForgotten(subject=about_person(person.id), by=None, link=link))


def owner_of_link(code: str) -> Person:
    """Whose password this unused link sets; raises `Missing` for a used, old or unknown one."""
    if not is_sound(code):
        raise Missing
    found = session().scalar(
        select(Person)
        .join(PasswordLink, PasswordLink.person_id == Person.id)
        .where(
            PasswordLink.code == _key(code),
            PasswordLink.used_at.is_(None),
            PasswordLink.ends_at > now(),
            Person.left_at.is_(None),
        )
    )
    if found is None:
        raise Missing
    return found


def set_password(code: str, password: str) -> Person:
    """Set the password of the link's owner; the link is used up, every sign-in ends.

    Raises `Missing` for a link that is over, `RuleBroken` (field `password`) for a poor password.
    """
    person = owner_of_link(code)
    if not is_long_enough(password):
        raise RuleBroken(TOO_SHORT, field="password")
    if tells_who(password, person.email or "", person.legal_name):
        raise RuleBroken(TELLS_WHO, field="password")
    used = update(PasswordLink).where(
        PasswordLink.code == _key(code), PasswordLink.used_at.is_(None)
    )
    if session().execute(used.values(used_at=now())).rowcount != 1:  # type: ignore[attr-defined]
        raise Missing
    person.password = hash_password(password)
    _end_links(person.id)
    end_all([person.id])
    forgive("staff", person.email or "")
    announce(PasswordSet(subject=about_person(person.id), by=person.id))
    return person
