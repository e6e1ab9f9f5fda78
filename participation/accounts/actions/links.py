"""Links by which a staff person sets a password: made for an invitation or when it is forgotten."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from participation.accounts import locking
from participation.accounts.actions.lockouts import open_staff_locks
from participation.accounts.actions.sign_ins import end_all
from participation.accounts.happenings import PasswordForgotten, PasswordSet, about_person
from participation.accounts.models import PasswordLink, Person
from participation.accounts.passwords import (
    SHORTEST,
    hash_password,
    is_long_enough,
    tells_who,
)
from participation.accounts.roles import CHILD
from participation.kernel import jobs, limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import is_sound, new_code, tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.tables import random_key
from participation.kernel.words import folded

GOOD_FOR = timedelta(hours=48)
MOST_LIVE = 5
"""Links of one person that work at the same time. Whoever knows an address can ask for links to
it: none of them ends an older one, and beyond this number no further letter is sent."""
ASKED_MOST = 20
"""How often one place may ask for links in an hour, to whichever address."""
SEND_LINK = "send-password-link"
"""The job that looks an address up and writes the letter."""

TOO_SHORT = _l("密码至少要 %(n)s 个字符，不要总用那几个", n=SHORTEST)
TELLS_WHO = _l("密码里不要有邮箱或者姓名")


def _key(code: str) -> bytes:
    return fingerprint("password link", tidy(code))


def make_password_link(person: Person) -> str:
    """The code of a fresh link of /staff/password/<code>, good for 48 hours and one use.

    Links made before stay good, up to `MOST_LIVE`: the oldest beyond them ends.
    """
    living = _living_links(person.id)
    if len(living) >= MOST_LIVE:
        _end(living[: len(living) - MOST_LIVE + 1])
    code = new_code(128)
    session().add(PasswordLink(person_id=person.id, code=_key(code), ends_at=now() + GOOD_FOR))
    session().flush()
    return code


def _living_links(person_id: int) -> list[PasswordLink]:
    """The links of a person that can still be used, oldest first."""
    unused = select(PasswordLink).where(
        PasswordLink.person_id == person_id,
        PasswordLink.used_at.is_(None),
        PasswordLink.ends_at > now(),
    )
    return list(session().scalars(unused.order_by(PasswordLink.id)))


def _end(links: list[PasswordLink]) -> None:
    for link in links:
        link.used_at = now()


def forget_password(email: str, *, address: str) -> None:
    """Have a link sent to this address where a staff person has it.

    Known and unknown addresses cause the same work here, so neither the answer nor its time tells
    them apart: the worker looks the address up. Of what was typed only a keyed fingerprint is
    kept. Raises `TooMany` when this place (`address`) has asked too often.
    """
    place = fingerprint("address", locking.neighbourhood(address, narrow=True)).hex()
    limits.allow(f"forgot:{place}", most=ASKED_MOST, seconds=3600)
    jobs.enqueue(SEND_LINK, random_key().hex(), {"whose": _address_key(folded(email))})


def _address_key(email: str) -> str:
    return fingerprint("forgotten", email).hex()


def send_password_link(arguments: dict[str, Any]) -> jobs.Deed:
    """Find whose address was asked about; the deed sends the link, or nothing to nobody.

    A fingerprint can't be looked up, so every staff address is tried: a few hundred, by the worker.
    """
    staff = select(Person.id, Person.email).where(Person.role != CHILD, Person.left_at.is_(None))
    rows = session().execute(staff.order_by(Person.id))
    found = [key for key, email in rows if email and _address_key(email) == arguments["whose"]]
    return lambda: _send_links(found)


def _send_links(person_ids: list[int]) -> None:
    """Send a link to each who has not too many; the row is held, so that two workers
    don't both find room for the last one."""
    for person_id in person_ids:
        person = session().get(Person, person_id, with_for_update=True)
        if person is None or person.left_at is not None:
            continue
        if len(_living_links(person_id)) < MOST_LIVE:
            link = make_password_link(person)
            announce(PasswordForgotten(subject=about_person(person_id), by=None, link=link))


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
    """Set the password of the link's owner; all her links are used up, every sign-in ends.

    Raises `Missing` for a link that is over, `RuleBroken` (field `password`) for a poor password.
    """
    person = owner_of_link(code)
    if not is_long_enough(password):
        raise RuleBroken(TOO_SHORT, field="password")
    if tells_who(password, person.email or "", person.legal_name):
        raise RuleBroken(TELLS_WHO, field="password")
    # Two letters may be opened at once: whoever holds the row uses up the links of both.
    session().get_one(Person, person.id, with_for_update=True)
    used = update(PasswordLink).where(
        PasswordLink.code == _key(code), PasswordLink.used_at.is_(None)
    )
    if session().execute(used.values(used_at=now())).rowcount != 1:  # type: ignore[attr-defined]
        raise Missing
    person.password = hash_password(password)
    _end(_living_links(person.id))
    end_all([person.id])
    open_staff_locks(person.email or "")
    announce(PasswordSet(subject=about_person(person.id), by=person.id))
    return person
