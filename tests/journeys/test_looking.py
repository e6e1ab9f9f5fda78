"""What every journey leans on: a look at a page bites, and a clean look hides nothing later."""

import pytest
from flask import Flask

from tests.support.cast import Cast
from tests.support.live import Visitor, chromium, needs_chromium, serving

pytestmark = [
    needs_chromium,
    pytest.mark.journey,
    pytest.mark.xdist_group("journey"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
ADD = "document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')"
TICK = "document.querySelector('main').insertAdjacentHTML('beforeend', '<p>one more</p>')"


def test_a_button_without_a_name_is_seen_each_time(app: Flask, cast: Cast) -> None:
    with chromium() as window, serving(app) as address:
        visitor = Visitor(window, address)
        page = visitor.go("/")
        visitor.look()
        page.evaluate(TICK)
        visitor.look()
        page.evaluate(ADD)
        for _time in range(2):
            with pytest.raises(AssertionError, match="button-name"):
                visitor.look()
        visitor.leave()


def test_what_is_too_wide_is_seen_on_a_page_that_was_clean(app: Flask, cast: Cast) -> None:
    with chromium() as window, serving(app) as address:
        visitor = Visitor(window, address)
        page = visitor.go("/")
        page.evaluate("document.querySelector('main').style.width = '3000px'")
        with pytest.raises(AssertionError, match="too wide"):
            visitor.look()
        visitor.leave()
