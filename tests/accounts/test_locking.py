"""How often a lock may be tried: bursts, patience, great patience; what a right try forgives."""

from datetime import UTC, datetime, timedelta

import pytest

from participation.accounts.locking import (
    CARD,
    CLOSED,
    DAY,
    LADDER,
    MONTH,
    STAFF_HERE,
    STRETCH,
    Rule,
    count_try,
    is_locked,
    neighbourhood,
    present_tries,
    says_nothing,
    staff_lock,
    staff_lock_here,
    take_back,
)
from participation.accounts.models import Lockout

START = datetime(2026, 11, 25, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def fresh(name: str) -> Lockout:
    """A lock that nobody has tried."""
    return Lockout(name=name, tries=0, day_tries=0, month_tries=0, rung=0)


def waits(rule: Rule, *, pause: timedelta = SECOND, tries: int = 20) -> list[timedelta]:
    """How long each lock lasts for somebody who tries on as soon as it lets her."""
    lock, moment, found = fresh("x"), START, []
    for _try in range(tries):
        if count_try(lock, rule, moment):
            assert lock.locked_until is not None
            found.append(lock.locked_until - moment)
            moment = lock.locked_until
            if moment == CLOSED:
                break
        moment += pause
    return found


class TestBurst:
    def test_each_lock_of_a_card_is_longer_and_the_fourth_closes_it(self) -> None:
        first, second, third, fourth = waits(CARD)
        assert (first, second) == (timedelta(minutes=15), timedelta(hours=1))
        assert timedelta(hours=4) < third < DAY
        assert fourth > 1000 * MONTH

    def test_fourteen_tries_of_eighty_four_and_no_more(self) -> None:
        lock, moment, tries = fresh("x"), START, 0
        while not (is_locked(lock, moment) and lock.locked_until == CLOSED):
            if is_locked(lock, moment):
                moment = lock.locked_until or moment
                continue
            count_try(lock, CARD, moment)
            tries += 1
        assert tries == 14

    def test_an_account_here_grows_to_four_hours_and_never_closes(self) -> None:
        found = waits(STAFF_HERE, tries=60)
        assert tuple(found[:3]) == LADDER
        assert found[3] == LADDER[-1]
        assert max(found) <= DAY

    def test_the_fifth_try_locks_and_the_fourth_does_not(self) -> None:
        lock = fresh("x")
        assert [count_try(lock, CARD, START) for _try in range(5)] == [False] * 4 + [True]
        assert is_locked(lock, START + STRETCH - SECOND)
        assert not is_locked(lock, START + STRETCH)


class TestPatience:
    def test_below_the_threshold_the_day_is_bounded(self) -> None:
        """Four tries a quarter of an hour for ever: the eleventh ends the day."""
        lock, moment = fresh("x"), START
        for number in range(1, 12):
            assert count_try(lock, CARD, moment) is (number == 11)
            moment += STRETCH if number % 4 == 0 else SECOND
        assert lock.locked_until is not None
        assert lock.locked_until >= START + DAY

    def test_one_try_a_day_is_bounded_by_the_month(self) -> None:
        lock = fresh("x")
        locked = [count_try(lock, CARD, START + day * DAY) for day in range(14)]
        assert locked == [False] * 13 + [True]
        assert lock.locked_until == CLOSED

    def test_a_month_later_all_is_forgotten(self) -> None:
        lock = fresh("x")
        for day in range(13):
            count_try(lock, CARD, START + day * DAY)
        assert not count_try(lock, CARD, START + MONTH)
        assert (lock.month_tries, lock.rung) == (1, 0)

    def test_a_quarter_of_an_hour_of_calm_ends_a_burst(self) -> None:
        lock = fresh("x")
        for _try in range(4):
            count_try(lock, CARD, START)
        assert present_tries(lock, START + STRETCH - SECOND) == 4
        assert not count_try(lock, CARD, START + STRETCH)
        assert lock.tries == 1


class TestRightTry:
    def tried(self, times: int) -> tuple[Lockout, bool]:
        lock, locked = fresh("x"), False
        for _try in range(times):
            locked = count_try(lock, CARD, START)
        return lock, locked

    def test_it_is_given_back_and_leaves_nothing(self) -> None:
        lock, locked = self.tried(1)
        take_back(lock, slips=0, locked_by_it=locked)
        assert says_nothing(lock)

    def test_two_slips_before_it_are_forgiven_and_the_others_only_now(self) -> None:
        lock, locked = self.tried(4)
        take_back(lock, slips=3, locked_by_it=locked)
        assert (lock.tries, lock.month_tries, lock.day_tries) == (0, 1, 1)
        assert not says_nothing(lock)

    def test_a_stranger_behind_a_child_who_comes_every_day_ends_at_the_lock(self) -> None:
        """Four wrong tries just before each right one: the child does not cover him for ever."""
        lock, day = fresh("x"), 0
        while not is_locked(lock, START + day * DAY):
            day += 1
            for _try in range(4):
                count_try(lock, CARD, START + day * DAY)
            if not is_locked(lock, START + day * DAY):
                count_try(lock, CARD, START + day * DAY)
                take_back(lock, slips=4, locked_by_it=True)
        assert day <= 7

    def test_its_own_lock_is_lifted(self) -> None:
        lock, locked = self.tried(5)
        take_back(lock, slips=4, locked_by_it=locked)
        assert not is_locked(lock, START)
        assert lock.rung == 0

    def test_a_lock_that_others_have_closed_meanwhile_stays(self) -> None:
        lock, _locked = self.tried(5)
        take_back(lock, slips=0, locked_by_it=False)
        assert is_locked(lock, START)


class TestPlaces:
    @pytest.mark.parametrize(
        ("one", "other", "together"),
        [
            ("203.0.113.7", "203.0.113.200", True),
            ("203.0.113.7", "203.0.114.7", False),
            ("203.0.113.7", "::ffff:203.0.113.9", True),
            ("2001:db8:1:1100::1", "2001:db8:1:11ff:ffff::9", True),
            ("2001:db8:1:1100::1", "2001:db8:1:1200::1", False),
            ("::1", "0.0.0.1", False),
            ("fe80::1%eth0", "fe80::2%eth1", True),
            ("", "unix:", False),
        ],
    )
    def test_a_household_is_one_place(self, one: str, other: str, together: bool) -> None:
        assert (neighbourhood(one) == neighbourhood(other)) is together

    def test_windows_take_the_ipv4_address_itself(self) -> None:
        near = [neighbourhood(one, narrow=True) for one in ("203.0.113.7", "203.0.113.8")]
        assert near[0] != near[1]

    def test_no_name_tells_the_address(self) -> None:
        name = staff_lock_here("chu@city.example", "203.0.113.7")
        assert name.startswith(staff_lock("chu@city.example"))
        assert not any(part in name for part in ("chu", "203", "cb0071"))
        assert len(name) <= 60
