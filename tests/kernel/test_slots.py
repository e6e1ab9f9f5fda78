"""Ready pages: cut at their slots, filled with escaped values, forgotten when there are many."""

import pytest
from flask import Flask, render_template_string, session
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup

from participation.kernel import slots
from participation.kernel.slots import ReadyPages, filled, make_ready, slot

TEMPLATE = (
    '<p class="{{ slot("look") }}">{{ slot("words") }}</p>'
    '<input value="{{ csrf_token() }}"><b>{{ staff }}</b>'
)


@pytest.fixture
def site() -> Flask:
    made = Flask(__name__)
    made.secret_key = "k" * 32
    CSRFProtect(made)
    slots.init_app(made)
    return made


def ready(staff: str = "") -> slots.ReadyPage:
    return make_ready(lambda: render_template_string(TEMPLATE, staff=staff))


class TestFilling:
    def test_values_stand_in_their_places(self, site: Flask) -> None:
        with site.test_request_context():
            page = ready("x")
        assert page.names == ("look", "words", "csrf_token")
        said = page.fill({"look": "big", "words": "你好", "csrf_token": "t"}).decode()
        assert said == '<p class="big">你好</p><input value="t"><b>x</b>'

    def test_a_slot_without_a_value_stays_empty(self, site: Flask) -> None:
        with site.test_request_context():
            assert b'<p class=""></p>' in ready().fill({})

    def test_values_are_escaped_unless_they_are_markup(self, site: Flask) -> None:
        with site.test_request_context():
            page = ready()
        body = page.fill({"words": "<script>", "look": Markup("a&amp;b")})
        assert b"&lt;script&gt;" in body
        assert b'class="a&amp;b"' in body

    def test_filled_equals_plainly_rendered(self, site: Flask) -> None:
        values = {"look": 'a"b', "words": "<b>\x02\x03{{ x }}"}
        with site.test_request_context():
            page = ready("&")
            with filled(values):
                plain = render_template_string(TEMPLATE, staff="&")
            token = slots.generate_csrf()
            assert page.fill({**values, "csrf_token": token}).decode() == plain

    def test_the_token_is_the_visitors_own_outside_ready_pages(self, site: Flask) -> None:
        with site.test_request_context():
            plain = render_template_string("{{ csrf_token() }}")
            assert len(plain) > 40
            assert session["csrf_token"]


class TestForgery:
    def test_no_text_can_be_a_slot(self, site: Flask) -> None:
        forged = "\x02" + "0" * 32 + ":csrf_token\x03"
        with site.test_request_context():
            page = ready(forged)
        assert page.names.count("csrf_token") == 1

    def test_outside_any_page_a_slot_is_empty(self) -> None:
        assert slot("words") == ""


class TestShelf:
    def test_it_renders_once(self) -> None:
        kept, made = ReadyPages(), []

        def render() -> str:
            made.append(1)
            return "page"

        for _turn in range(3):
            assert kept.get("key", render).fill({}) == b"page"
        assert len(made) == 1

    def test_the_oldest_goes(self) -> None:
        kept, made = ReadyPages(most=2), []

        def render(name: str) -> str:
            made.append(name)
            return name

        for name in ("a", "b", "a", "c", "b"):
            kept.get(name, lambda name=name: render(name))
        assert made == ["a", "b", "c", "b"]
        assert len(kept) == 2

    def test_a_failing_page_leaves_nothing_behind(self, site: Flask) -> None:
        kept = ReadyPages()
        with site.test_request_context(), pytest.raises(ZeroDivisionError):
            kept.get("key", lambda: str(1 / 0))
        assert len(kept) == 0
        assert slot("words") == ""
