"""Trying a lock: every try is counted before it is judged, and given back when it was right.

Counting afterwards would let as many tries through as a server can hold at once. The count stands
in a unit of its own that is on disk before anything is compared; a try that ends in a crash stays
counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, select

from participation.accounts import locking
from participation.accounts.happenings import SignInLocked
from participation.accounts.locking import Rule
from participation.accounts.models import Lockout
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import after_end, present_unit, session, unit_of_work
from participation.kernel.errors import TooMany
from participation.kernel.i18n import LazyWords
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.quick import Quick
from participation.kernel.subjects import Subject

STRETCH: Final = 900
_A_DAY: Final = 86_400

_HOLD = Quick(
    "INSERT INTO accounts_lockouts (name, tries, day_tries, month_tries, rung) "
    "VALUES (:name, 0, 0, 0, 0) ON CONFLICT (name) DO UPDATE SET rung = accounts_lockouts.rung"
)
"""Makes a lock where there is none and holds its row until this unit ends, in one step: between
two, somebody who comes in rightly could take it away."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said while a lock rests: `%(n)s` minutes or hours, or until it is opened."""

    minutes: LazyWords
    hours: LazyWords
    closed: LazyWords

    def rests(self, rest: timedelta) -> TooMany:
        """The refusal for a lock that rests so long."""
        seconds = int(rest.total_seconds()) + 1
        if seconds > 2 * locking.MONTH.total_seconds():
            return TooMany(self.closed, seconds=_A_DAY)
        if seconds > 5401:
            return TooMany(self.hours % {"n": -(-(seconds - 1) // 3600)}, seconds=seconds)
        return TooMany(self.minutes % {"n": -(-(seconds - 1) // 60)}, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock that a try has to pass: its name, its rule and what it says while it rests."""

    name: str
    rule: Rule
    sentences: Sentences


@dataclass(frozen=True, slots=True)
class Window:
    """How often one place may try whatever it tries, in a quarter of an hour."""

    name: str
    most: int


@dataclass(frozen=True, slots=True)
class _Counted:
    """One lock at which a try was counted: whether it locked, and the slips just before."""

    name: str
    locked: bool
    slips: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try that is counted and not judged yet."""

    window: str
    starts: int
    counted: tuple[_Counted, ...] = ()

    def failed(self) -> None:
        """It was wrong: it stays counted, and a lock that it closed is told to the house."""
        for name in [one.name for one in self.counted if one.locked]:
            after_end(_telling(name))

    def succeeded(self, *, keeps_place: bool = False) -> None:
        """It was right: give it back in this unit.

        `keeps_place`: remember at the first lock that its owner came in here.
        """
        limits.give_back(self.window, self.starts)
        for place, one in enumerate(self.counted):
            _give_back(one, keeps_place=keeps_place and place == 0)


def window_of(kind: str, address: str, most: int) -> Window:
    """The window of one address, which is not kept: the name is a keyed fingerprint."""
    place = locking.neighbourhood(address, narrow=True)
    return Window(f"{kind}:{fingerprint('address', place).hex()}", most)


def reserve(window: Window, locks: Sequence[Lock] = (), *, spares_known: bool = False) -> Attempt:
    """Count one try at these locks, in a unit of its own that ends before this returns.

    Raises `TooMany`, and counts nothing, where one of them rests or the window is full. With
    `spares_known` only the first lock counts where its owner came in rightly lately. Must come
    before whatever else the request asks of the database: holding SQLite's write lock here would
    mean waiting for oneself.
    """
    opened = present_unit().session
    if opened is not None and opened.in_transaction():
        raise RuntimeError("a try is reserved before the transaction of its request begins")
    with unit_of_work():
        starts = limits.allow(window.name, most=window.most, seconds=STRETCH)
        counted: list[_Counted] = []
        for lock in locks:
            row = _held(lock.name)
            counted.append(_count(row, lock))
            if spares_known and locking.is_known(row, now()):
                break
    return Attempt(window.name, starts, tuple(counted))


def _held(name: str) -> Lockout:
    _HOLD.all(name=name)
    return session().get_one(Lockout, name, populate_existing=True)


def _count(row: Lockout, lock: Lock) -> _Counted:
    moment = now()
    if row.locked_until is not None and locking.is_locked(row, moment):
        raise lock.sentences.rests(row.locked_until - moment)
    slips = locking.present_tries(row, moment)
    return _Counted(lock.name, locking.count_try(row, lock.rule, moment), slips)


def _give_back(one: _Counted, *, keeps_place: bool) -> None:
    row = session().get(Lockout, one.name, with_for_update=True, populate_existing=True)
    if row is None:  # somebody has opened the lock meanwhile
        return
    locking.take_back(row, slips=one.slips, locked_by_it=one.locked)
    if keeps_place:
        row.good_at = now()
    if locking.says_nothing(row):
        session().delete(row)


def _telling(name: str) -> Callable[[], None]:
    return lambda: announce(SignInLocked(subject=Subject("sign-in", name)))


def open_locks(names: Sequence[str]) -> bool:
    """Open these locks and forget what was tried; True when one of them was locked."""
    return _open(select(Lockout).where(Lockout.name.in_(names)))


def open_staff_locks(email: str) -> None:
    """Open every lock of a staff account, at all places: its owner has proved to be one."""
    _open(select(Lockout).where(Lockout.name.startswith(locking.staff_lock(email))))


def _open(found: Select[Lockout]) -> bool:
    """By name downwards, as tries hold them: the lock of a place before that of the account."""
    rows = session().scalars(found.order_by(Lockout.name.desc()).with_for_update()).all()
    for row in rows:
        session().delete(row)
    return any(locking.is_locked(row, now()) for row in rows)
