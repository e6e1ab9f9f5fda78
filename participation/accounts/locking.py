"""How often a door may be tried: counts in, "may be tried again at …" out. Pure but for the row.

A card's pictures are one choice of 84, so nothing but the count guards them. It is kept for a
stretch (a burst), for a day (patience) and for a month (great patience), and each lock is longer
than the one before. Source: NIST SP 800-63B 3.2.2 (at most 100 tries in a row, growing waits).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from participation.accounts.models import Lockout
from participation.kernel.pseudonyms import fingerprint

STRETCH: Final = timedelta(minutes=15)
DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)
CLOSED: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""Locked until somebody opens it."""
SLIPS: Final = 2
"""So many slips just before a right try are forgiven for good; more would let a patient stranger
guess behind the back of a child who comes in every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a kind of lock behaves.

    `first` tries in a stretch lock for `steps[0]`, then every `then` more for the next step, the
    last one again and again; `a_day` tries lock for the rest of the day. With `a_month` the lock
    closes after so many tries in 30 days, until somebody opens it.
    """

    first: int
    then: int
    a_day: int
    steps: tuple[timedelta, ...]
    a_month: int = 0


LADDER: Final = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
CARD: Final = Rule(first=5, then=3, a_day=11, a_month=14, steps=LADDER)
"""A card: 5 tries, a quarter of an hour; 3 more, an hour; 3 more, four hours and the rest of the
day; 3 more, and a teacher must open it: 14 of 84 pictures in a month, however slow."""
STAFF_HERE: Final = Rule(first=5, then=5, a_day=25, steps=LADDER)
"""One staff account from one place. It never closes for good: a forgotten password opens it."""
STAFF_ANYWHERE: Final = Rule(first=50, then=50, a_day=200, steps=LADDER)
"""One staff account from all places together, but for those that its owner came from lately."""
KNOWN_FOR: Final = timedelta(days=30)
"""How long a place from which a staff person came in rightly is not locked by strangers."""


def number_lock(number: str) -> str:
    """The lock of a card by its number, which is printed on it for everyone to see."""
    return f"card:{fingerprint('lockout', number).hex()}"


def qr_lock(secret: bytes) -> str:
    """The lock of a card by its QR code: only who has held the card can come to it."""
    return f"qr:{fingerprint('lockout', secret.hex()).hex()}"


def locks_of_card(number: str, secret: bytes) -> tuple[str, str]:
    """Both locks of a card: by its number and by its QR code."""
    return number_lock(number), qr_lock(secret)


def staff_lock(email: str) -> str:
    """The lock of a staff account; the names of its locks by place begin with it."""
    return f"staff:{fingerprint('lockout', email).hex()}"


def staff_lock_here(email: str, address: str) -> str:
    """The lock of a staff account at one place; the place can't be told from it."""
    place = fingerprint("lockout place", f"{email}|{neighbourhood(address)}").hex()
    return f"{staff_lock(email)}:{place[:16]}"


def neighbourhood(address: str, *, narrow: bool = False) -> str:
    """The network around an address: what one household or office holds.

    An IPv6 line has more addresses than there are tries, so they count as one (/56). Of IPv4
    the /24, in which a telephone wanders; `narrow` takes the address itself.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv6Address):
        return f"6/{int(found) >> 72:x}"
    return f"4/{int(found) >> (0 if narrow else 8):x}"


def is_locked(lock: Lockout, moment: datetime) -> bool:
    """May it not be tried at this moment?"""
    return lock.locked_until is not None and lock.locked_until > moment


def is_known(lock: Lockout, moment: datetime) -> bool:
    """Did its owner come in rightly here lately?"""
    return lock.good_at is not None and moment - lock.good_at < KNOWN_FOR


def present_tries(lock: Lockout, moment: datetime) -> int:
    """The tries of the present stretch: a quarter of an hour without one ends it."""
    goes_on = lock.tried_at is not None and moment - lock.tried_at < STRETCH
    return lock.tries if goes_on else 0


def count_try(lock: Lockout, rule: Rule, moment: datetime) -> bool:
    """Count one more try of a lock that may be tried; True when it locks behind this one."""
    _turn_pages(lock, moment)
    lock.tries, lock.tried_at = present_tries(lock, moment) + 1, moment
    lock.day_tries += 1
    lock.month_tries += 1
    until = _until(lock, rule, moment)
    if until is None:
        return False
    lock.locked_until, lock.tries = until, 0
    lock.rung += 1
    return True


def _turn_pages(lock: Lockout, moment: datetime) -> None:
    """Begin the day and the month anew where they are over."""
    if lock.day_began is None or moment - lock.day_began >= DAY:
        lock.day_began, lock.day_tries = moment, 0
    if lock.month_began is None or moment - lock.month_began >= MONTH:
        lock.month_began, lock.month_tries, lock.rung = moment, 0, 0


def _until(lock: Lockout, rule: Rule, moment: datetime) -> datetime | None:
    if rule.a_month and lock.month_tries >= rule.a_month:
        return CLOSED
    step = rule.steps[min(lock.rung, len(rule.steps) - 1)]
    if lock.day_tries >= rule.a_day:
        return max(moment + step, (lock.day_began or moment) + DAY)
    most = rule.then if lock.rung else rule.first
    return moment + step if lock.tries >= most else None


def take_back(lock: Lockout, *, slips: int, locked_by_it: bool) -> None:
    """A counted try was right: it is given back, and `slips` before it are forgiven in part.

    A lock that somebody else's tries have closed since then stays.
    """
    if locked_by_it:
        lock.locked_until, lock.rung = None, max(0, lock.rung - 1)
    given = 1 + min(slips, SLIPS)
    lock.tries = 0
    lock.day_tries = max(0, lock.day_tries - given)
    lock.month_tries = max(0, lock.month_tries - given)


def says_nothing(lock: Lockout) -> bool:
    """Is there nothing left to remember?"""
    return not (lock.month_tries or lock.rung or lock.locked_until or lock.good_at)
