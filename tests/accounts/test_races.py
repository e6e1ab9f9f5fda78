"""Many tries at the same moment: no more are judged than one after the other."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.cards import PICTURES, IssuedCard
from participation.audit.models import Entry
from participation.kernel.codes import new_code
from participation.kernel.database import unit_of_work
from participation.settings import Settings
from tests.accounts.asking import PASSWORD, cards_of_class, with_password
from tests.support.browser import Browser
from tests.support.cast import Cast

AT_ONCE = 24


@pytest.fixture
def card(cast: Cast, settings: Settings) -> IssuedCard:
    return cards_of_class(cast, settings)[cast.child.id]


def statuses(browser: Browser, address: str, sent: Sequence[dict[str, Any]]) -> list[int]:
    """Post each of these from a browser of its own, all at the same moment."""
    start, answers = threading.Barrier(len(sent)), [0] * len(sent)

    def asking(place: int) -> Callable[[], None]:
        own = Browser(browser.app, browser.settings)
        data = {"csrf_token": own.token(), **sent[place]}

        def ask() -> None:
            start.wait(30)
            answers[place] = own.client.post(address, data=data).status_code

        return ask

    threads = [threading.Thread(target=asking(place)) for place in range(len(sent))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def wrong(card: IssuedCard) -> list[str]:
    return [name for name in PICTURES if name not in card.pictures][:3]


def locks_told() -> int:
    with unit_of_work() as opened:
        return len(opened.scalars(select(Entry).where(Entry.what == "SignInLocked")).all())


@pytest.mark.parametrize("road", ["number", "qr"])
def test_of_many_wrong_pictures_at_once_five_are_judged(
    browser: Browser, card: IssuedCard, road: str
) -> None:
    sent = {"number": card.number, "pictures": wrong(card)}
    address = "/enter" if road == "number" else f"/enter/card/{card.secret}"
    found = statuses(browser, address, [sent] * AT_ONCE)
    assert sorted(found) == [422] * 5 + [429] * (AT_ONCE - 5)
    assert locks_told() == 1


def test_of_many_wrong_passwords_at_once_five_are_judged(browser: Browser, cast: Cast) -> None:
    official = with_password(cast.official)
    sent = {"email": official.email, "password": "not the password"}
    found = statuses(browser, "/staff/sign-in", [sent] * AT_ONCE)
    assert sorted(found) == [422] * 5 + [429] * (AT_ONCE - 5)
    assert locks_told() == 1


def test_one_place_may_not_try_more_codes_by_trying_them_at_once(
    browser: Browser, cast: Cast
) -> None:
    found = statuses(browser, "/guardian", [{"code": new_code()} for _ in range(40)])
    assert sorted(found) == [422] * 30 + [429] * 10


def test_right_tries_at_once_are_given_back(browser: Browser, card: IssuedCard) -> None:
    sent = {"number": card.number, "pictures": list(card.pictures)}
    for _round in range(4):
        found = statuses(browser, "/enter", [sent] * 4)
        assert found == [303] * 4
    assert locks_told() == 0


def test_one_right_password_among_wrong_ones_leaves_their_count(
    browser: Browser, cast: Cast
) -> None:
    official = with_password(cast.official)
    wrong_one = {"email": official.email, "password": "not the password"}
    right_one = {**wrong_one, "password": PASSWORD}
    found = statuses(browser, "/staff/sign-in", [right_one, *[wrong_one] * 11])
    assert found[0] in (303, 429)
    assert found.count(422) <= 5 + 5 * found.count(303), "a right try begins the count anew, once"
    assert set(found) <= {303, 422, 429}
