"""The small scripts in a real browser: nothing written is lost, keys rest while one writes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from flask import Flask, render_template_string, request
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from participation.kernel import assets
from participation.settings import ROOT

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

PAGE = """<!doctype html><html lang="zh-Hans"><title>x</title>
<form method="post" action="/done" data-autosave-url="/draft" data-autosave-key="d1"
  data-autosave-at="{{ at }}"><input type="hidden" name="csrf_token" value="secret">
<textarea id="words" name="words" maxlength="20" data-counter="count"></textarea>
<input type="radio" name="face" value="1" id="f1"><input type="radio" name="face" value="2" id="f2">
<span id="count" data-text="写了 {n} 个字，最多 {max} 个"></span>
<p role="status" data-autosave-status data-saved="已存好" data-local="没有网"></p>
<button>交</button></form>
<form method="post" action="/bye" data-sign-out><button id="bye">我走了</button></form>
<script type="module" src="{{ asset('child.js') }}"></script>"""
DONE = """<!doctype html><title>x</title><p data-autosave-clear="d1">ok</p>
<script type="module" src="{{ asset('child.js') }}"></script>"""
DESK = """<!doctype html><title>x</title>
<section data-error-summary tabindex="-1" id="wrong">x</section>
<div data-keys><button data-key="a" id="a" type="button">A</button>
<input type="checkbox" data-key="1" id="one"><a href="#list" data-key="?">keys</a>
<button data-key="e" id="e" type="button" disabled>E</button>
<input id="write"><input type="checkbox" data-keys-switch id="switch"></div><p id="said"></p>
<script type="module" src="{{ asset('staff.js') }}"></script>"""


class Site:
    """A site of three pages that remembers which drafts reached it."""

    def __init__(self) -> None:
        self.drafts: list[dict[str, str]] = []
        self.up = True
        self.at = 0
        app = Flask(__name__, static_folder=None)
        assets.init_app(app, Path(ROOT / "static"))
        app.add_url_rule("/", "page", lambda: render_template_string(PAGE, at=self.at))
        app.add_url_rule("/desk", "desk", lambda: render_template_string(DESK))
        app.add_url_rule("/done", "done", lambda: render_template_string(DONE), methods=["POST"])
        app.add_url_rule("/bye", "bye", lambda: "bye", methods=["POST"])
        app.add_url_rule("/draft", "draft", self._draft, methods=["POST"])
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def _draft(self) -> tuple[str, int]:
        if not self.up:
            return "", 503
        self.drafts.append(request.form.to_dict())
        return "", 204


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(site.address)
    yield opened
    context.close()


def kept(page: Page) -> int:
    return int(page.evaluate("Object.keys(sessionStorage).length"))


def write(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.dispatch_event("#words", "change")


class TestAutosave:
    def test_reaches_the_server_and_leaves_no_copy(self, page: Page, site: Site) -> None:
        write(page, "钢琴键")
        page.check("#f2")
        page.get_by_text("已存好").wait_for()
        assert site.drafts[-1] == {"csrf_token": "secret", "words": "钢琴键", "face": "2"}
        assert kept(page) == 0

    def test_a_lost_connection_loses_nothing(self, page: Page, site: Site) -> None:
        site.up = False
        write(page, "钢琴键")
        page.check("#f2")
        page.get_by_text("没有网").wait_for()
        assert "secret" not in page.evaluate("JSON.stringify(sessionStorage)")
        site.up = True
        page.reload()
        page.get_by_text("已存好").wait_for()
        assert page.input_value("#words") == "钢琴键"
        assert page.is_checked("#f2")
        assert page.inner_text("#count") == "写了 3 个字，最多 20 个"
        assert site.drafts[-1]["words"] == "钢琴键"

    def test_a_newer_draft_of_the_server_wins(self, page: Page, site: Site) -> None:
        site.up = False
        write(page, "旧的")
        page.get_by_text("没有网").wait_for()
        site.at = 2**53
        page.reload()
        page.wait_for_load_state("networkidle")
        assert page.input_value("#words") == ""

    @pytest.mark.parametrize("leaving", ["text=交", "#bye"])
    def test_handing_in_and_signing_out_leave_nothing(
        self, page: Page, site: Site, leaving: str
    ) -> None:
        site.up = False
        write(page, "只有我知道")
        page.get_by_text("没有网").wait_for()
        assert kept(page) == 1
        page.click(leaving)
        page.wait_for_url("**/done" if leaving != "#bye" else "**/bye")
        page.wait_for_load_state("networkidle")
        assert kept(page) == 0


class TestCounter:
    def test_counts_characters_as_people_do(self, page: Page) -> None:
        page.fill("#words", "𠮷a字")
        assert page.inner_text("#count") == "写了 3 个字，最多 20 个"


class TestDesk:
    @pytest.fixture
    def desk(self, page: Page, site: Site) -> Page:
        page.goto(f"{site.address}/desk")
        page.evaluate(
            "void (document.querySelector('#a').onclick = () => (said.textContent += 'A'))"
        )
        return page

    def test_errors_are_read_first(self, desk: Page) -> None:
        assert desk.evaluate("document.activeElement.id") == "wrong"

    def test_keys_press_what_they_name(self, desk: Page) -> None:
        for key in ("a", "A", "1", "e", "?"):
            desk.keyboard.press(key)
        assert desk.inner_text("#said") == "AA"
        assert desk.is_checked("#one")
        assert desk.url.endswith("#list")

    def test_keys_rest_while_a_person_writes(self, desk: Page) -> None:
        desk.focus("#write")
        desk.keyboard.type("a1")
        desk.focus("#one")
        desk.keyboard.press("Control+a")
        assert desk.inner_text("#said") == ""
        assert desk.input_value("#write") == "a1"

    def test_keys_can_be_switched_off_for_good(self, desk: Page) -> None:
        assert desk.is_checked("#switch")
        desk.uncheck("#switch")
        desk.keyboard.press("a")
        assert desk.inner_text("#said") == ""
        desk.reload()
        assert not desk.is_checked("#switch")
