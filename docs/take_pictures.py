"""`make pictures`: takes the pictures of the README from a demo that is running.

Start `make demo` in another terminal first. Pictures are WebP, each as a person sees the page.
"""

import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.support.live import chromium

HERE: Final = Path(__file__).resolve().parent
SIGN_INS: Final = HERE.parent / "var" / "demo" / "sign-ins.txt"
CARD: Final = re.compile(r"^\s+(\w{4}-\w{4})\s+(\w+), (\w+), (\w+)", re.MULTILINE)
PASSWORD: Final = re.compile(r"password (\S+)")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, who looks ("child", an address before the @, or ""), where, and what
    she presses there."""

    name: str
    who: str
    path: str
    width: int = 375
    height: int = 720
    dark: bool = False
    press: str = ""


SHOTS: Final = (
    Shot("home-child", "child", "/"),
    Shot("answer-6-9", "child", "/topics/3/give-opinion"),
    Shot("result-dark", "", "/topics/1/result", dark=True),
    Shot("my-voice", "child", "/me"),
    Shot("home", "", "/", 1280, 800),
    Shot("moderation", "zhou", "/desk/moderation", 1280, 800, press="main form button"),
    Shot("dossier", "han", "/desk/dossiers/1", 1280, 800),
    Shot("topics", "feng", "/desk/topics", 1280, 800),
)


def _sign_in(page: Page, address: str, who: str, told: str) -> None:
    """Go in by the front door, as this person does."""
    if who == "child":
        found = CARD.search(told)
        if found is None:
            raise SystemExit(f"{SIGN_INS} names no card")
        page.goto(f"{address}/enter")
        page.fill("[name=number]", found[1])
        for picture in found.groups()[1:]:
            page.check(f"[name=pictures][value={picture}]", force=True)
    elif who:
        password = PASSWORD.search(told)
        page.goto(f"{address}/staff/sign-in")
        page.fill("[name=email]", f"{who}@qinglan.example")
        page.fill("[name=password]", password[1] if password else "")
    else:
        return
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")


def take(browser: Browser, address: str, shot: Shot, told: str) -> None:
    """Take one picture and keep it small."""
    scheme = "dark" if shot.dark else "light"
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, address, shot.who, told)
    page.goto(f"{address}{shot.path}")
    page.wait_for_load_state("networkidle")
    if shot.press:
        page.click(shot.press)
        page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.thumbnail((900, 900))
    picture.save(HERE / "pictures" / f"{shot.name}.webp", quality=70, method=6)
    context.close()


def main() -> int:
    """Take them all."""
    if len(sys.argv) != 2 or not SIGN_INS.exists():
        print("usage: make pictures ADDRESS=http://127.0.0.1:8000, while `make demo` runs")
        return 2
    told = SIGN_INS.read_text()
    (HERE / "pictures").mkdir(exist_ok=True)
    with chromium() as browser:
        for shot in SHOTS:
            take(browser, sys.argv[1].rstrip("/"), shot, told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
