"""The site on a real port, and a real browser that looks hard at each page it comes to."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from participation.accounts.models import Person
from tests.support.browser import Browser as TestBrowser

CHROMIUM = next(
    (
        found
        for name in (
            os.environ.get("CHROMIUM", ""),
            "chromium",
            "chromium-browser",
            "google-chrome",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        )
        if name and (found := which(name))
    ),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.tagName}.${one.className}#${one.id}`).slice(0, 8)"""
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((found) => found.violations
  .map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]))"""
"""What axe finds wrong; all that it finds right stays in the browser, to send it takes as long."""
STATE = """() => [location.pathname, document.documentElement.outerHTML, ...[...document
  .querySelectorAll("input:not([type=hidden]), select, textarea")]
  .map((one) => [one.checked, one.value, one.matches(":focus")].join())].join("\\n")"""
DRAWN = re.compile(r'name="csrf_token" value="[^"]*"|[0-9a-f]{32}|data-autosave-at="\d+"')
"""What is drawn by lot or counted by the clock in each page, and seen by nobody."""
NARROW = {"width": 375, "height": 760}
WIDE = {"width": 1280, "height": 800}

_clean: set[str] = set()
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """The requests of a test are not worth a line each."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app on a free port of the loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of the system."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


class Visitor:
    """One person's browser window. `faults` collects console errors and requests to elsewhere."""

    def __init__(self, browser: Browser, address: str, *, locale: str = "zh-CN") -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(
            locale=locale, viewport=NARROW, accept_downloads=True
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda problem: self.faults.append(f"script: {problem}"))
        self.page.on("request", self._on_request)

    def _on_console(self, message: Any) -> None:
        expected = "status of 4" in message.text and "422" in message.text
        if message.type == "error" and not expected:
            self.faults.append(f"console at {self.page.url}: {message.text}")

    def _on_request(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.faults.append(f"asked elsewhere: {request.url}")

    def go(self, path: str) -> Page:
        """Open a path and look at it."""
        self.page.goto(self.address + path)
        self.look()
        return self.page

    def press(self, name: str) -> Page:
        """Press the button of this name, then look at the page that comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        self.look()
        return self.page

    def follow(self, name: str, *, within: str = "main") -> Page:
        """Follow the link of this name in the page itself, then look at the page that comes."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=name).first.click()
        self.look()
        return self.page

    def look(self) -> None:
        """Both widths: no overflow, no inline style, axe finds nothing; then back to narrow.

        Axe takes half a second and finds the same in the same page: one that is alike to the
        letter, with what its fields hold, is not looked at by it again in this process.
        """
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self._check_page(size["width"])
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        self._keep_picture()

    def _check_page(self, width: int) -> None:
        where = f"{urlsplit(self.page.url).path} at {width}"
        overflow = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{where}: {overflow} px too wide: {self.page.evaluate(TOO_WIDE)}"
        assert self.page.locator("[style]").count() == 0, f"{where}: inline style"
        state = f"{width} {DRAWN.sub('', self.page.evaluate(STATE))}"
        if state in _clean:
            return
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        broken = self.page.evaluate(LOOK)
        assert not broken, f"{where}: {broken}"
        _clean.add(state)

    def _keep_picture(self) -> None:
        """With PICTURES set, keep a picture of each page once, in both widths."""
        folder = os.environ.get("PICTURES")
        name = urlsplit(self.page.url).path.strip("/").replace("/", "_") or "home"
        if not folder or name in self.seen:
            return
        self.seen.add(name)
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            path = Path(folder) / f"{name}-{size['width']}.png"
            self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]

    def leave(self) -> None:
        """Close the window; whatever went wrong in it fails the test here."""
        self.context.close()
        assert self.faults == []


def signed_in(visitor: Visitor, browser: TestBrowser, person: Person) -> Visitor:
    """Give the browser window the session of this person."""
    cookie = browser.as_(person).client.get_cookie("visit")
    assert cookie is not None
    visitor.context.add_cookies([{"name": "visit", "value": cookie.value, "url": visitor.address}])
    return visitor
