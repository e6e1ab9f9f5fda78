"""P18: what a real browser fetches for a child's first view of a matter's page."""

import os
from shutil import which
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from bench.serving import Server
from bench.site import Site, product
from bench.targets import Lacking, Measured

NAMES: Final = (
    os.environ.get("CHROMIUM", ""),
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
)


def _chromium() -> str:
    found = next((path for name in NAMES if name and (path := which(name))), None)
    if found is None:
        raise Lacking("there is no Chromium on this machine")
    return found


def measure(site: Site, rounds: int) -> list[Measured]:
    """Bytes over the wire, headers included, and requests, on a tablet with an empty cache.

    Measured for the page of the matter and for the page with its questions; the larger counts.
    """
    paths = (f"/topics/{site.topic.id}", site.answer_path)
    with product(site) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_chromium(), args=list(FLAGS))
        views = [
            [_first_view(browser.new_context(), server, path, site.children[0]) for path in paths]
            for _turn in range(min(rounds, 2))
        ]
        browser.close()
    figures = {
        f"{name} {what}": views[0][place][index]
        for place, name in enumerate(("matter", "questions"))
        for index, what in enumerate(("KB", "requests"))
    }
    return [
        Measured("P18 bytes", tuple(max(one[0] for one in seen) for seen in views), figures),
        Measured("P18 requests", tuple(max(one[1] for one in seen) for seen in views), {}),
    ]


def _first_view(context: Any, server: Server, path: str, cookie: str) -> tuple[float, float]:
    """KB over the wire and number of requests until the network is quiet."""
    name, _equals, value = cookie.partition("=")
    address = f"http://127.0.0.1:{server.port}"
    context.add_cookies([{"name": name, "value": value, "url": address}])
    page: Page = context.new_page()
    page.set_viewport_size({"width": 820, "height": 1180})
    arrived: list[float] = []
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: arrived.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(address + path, wait_until="networkidle")
    context.close()
    return sum(arrived) / 1000, float(len(arrived))
