"""`make demo`: a demo city in the browser. Ctrl-C stops it; the city stays in var/demo."""

import os
import random
import secrets
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from participation import wiring
from participation.accounts.actions import issue_cards
from participation.accounts.cards import IssuedCard
from participation.app import start
from participation.demo.city import PASSWORD, STAFF, City, build_city
from participation.demo.people import staff_identity
from participation.demo.story import tell_story
from participation.kernel import jobs
from participation.kernel.database import database, unit_of_work
from participation.running import prepare, run_site
from participation.settings import ROOT, Settings, read_settings

FOLDER = ROOT / "var" / "demo"
SEED = 20260601
CARDS_SHOWN = 2
"""Of each age band; and one more of a child without consent."""
BANDS = {"a": "6–9", "b": "10–13", "c": "14–17"}


def environment(folder: Path) -> dict[str, str]:
    """The settings of the demo: a folder of its own, fresh secrets, a free port."""
    folder.mkdir(parents=True, exist_ok=True)
    secret, pseudonym, safeguarding = _keys(folder / "keys")
    port = os.environ.get("PORT") or str(_free_port())
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
        "SECRET_KEY": secret,
        "PSEUDONYM_KEY": pseudonym,
        "SAFEGUARDING_KEY": safeguarding,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": port,
        "VAR_DIR": str(folder),
        "MAIL_FOLDER": str(folder / "mail"),
        "DEMO": "yes",
        "SECURE_COOKIES": "no",
        "LOG_LEVEL": "WARNING",
    }


def _keys(file: Path) -> list[str]:
    """Three secrets, kept beside the city; a city of an older release gets what it lacks."""
    file.touch(mode=0o600)
    kept = file.read_text().split()
    kept += [secrets.token_hex(32) for _missing in range(3 - len(kept))]
    file.write_text("\n".join(kept))
    return kept


def _free_port() -> int:
    for port in (8000, 8080, 8888, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


def load(settings: Settings) -> str:
    """Build the city and its story once; returns the table of sign-ins."""
    start(settings)
    chance = random.Random(SEED)
    with unit_of_work():
        city = build_city(chance)
    with unit_of_work():
        secretary = staff_identity(city.staff["feng"])
        cards = {band: issue_cards(secretary, room.id) for band, room in city.shown.items()}
    tell_story(city, chance)
    while jobs.run_one(wiring.HANDLERS):
        pass
    database().dispose()
    return _table(city, cards)


def _table(city: City, cards: Mapping[str, Sequence[IssuedCard]]) -> str:
    names = {child.person_id: child.nickname for child in city.children}
    lines = ["Children (at /enter): card number, then the three pictures; age band and pen-name"]
    for band, issued in cards.items():
        agreed = [card for card in issued if card.person_id in names][:CARDS_SHOWN]
        lines += [_line(card, band, names[card.person_id]) for card in agreed]
    without = next(card for card in cards["a"] if card.person_id not in names)
    lines.append(_line(without, "a", "(no consent on record yet)"))
    lines.append(f"Staff (at /staff/sign-in): password {PASSWORD}")
    lines += [f"  {key + '@qinglan.example':24} {role:14} {name}" for role, name, key in STAFF]
    return "\n".join(lines) + "\n"


def _line(card: IssuedCard, band: str, note: str) -> str:
    pictures = ", ".join(card.pictures)
    return f"  {card.number[:4]}-{card.number[4:]}   {pictures:26} {BANDS[band]:6} {note}"


def main() -> int:
    """Set up, say who can sign in and where, run until Ctrl-C."""
    environ = environment(FOLDER)
    settings = read_settings(environ)
    prepare(settings)
    sign_ins = FOLDER / "sign-ins.txt"
    if not sign_ins.exists():
        sys.stdout.write("Building the demo city (once, less than a minute) …\n")
        sys.stdout.flush()
        text = load(settings)
        sign_ins.write_text(text)

    def tell() -> None:
        sys.stdout.write(
            f"\n童声 Tongsheng demo: {settings.site_url}\n\n{sign_ins.read_text()}\n"
            f"Letters that the site sends lie in {FOLDER.relative_to(ROOT) / 'mail'}\n"
            f"Ctrl-C stops everything. Remove {FOLDER.relative_to(ROOT)} to begin anew.\n"
        )
        sys.stdout.flush()

    return run_site(settings, environ, started=tell)


if __name__ == "__main__":
    raise SystemExit(main())
