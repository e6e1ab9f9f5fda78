"""Every page of the house with numbers and queries that nobody types: told, never broken."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from participation.deliveries.queries import dossier_of
from participation.kernel.database import unit_of_work
from participation.kernel.doors import Door
from participation.kernel.subjects import Subject
from participation.moderation.actions import claim_next, decide, open_case
from participation.safeguarding.actions import complain
from participation.settings import Settings
from tests.consultations.crowd import frozen
from tests.consultations.stage import drafted, published
from tests.contests.calling import published as put_call
from tests.support.browser import Browser
from tests.support.cast import Cast

PLACE = re.compile(r"<(?:(?P<kind>\w+)(?:\((?P<of>[^)]*)\))?:)?\w+>")
HUGE = "9" * 25
NUMBERS = ("0", str(2**31 - 1), str(2**31), str(2**63), HUGE, "-1")
TEXTS = (HUGE, "%00", "\ud800".encode("utf-8", "surrogatepass"), "é", "0" * 64, "0" * 32, "x" * 900)
NAMES = (
    *("above", "after", "band", "before", "below", "desk", "digest", "id", "left", "month", "next"),
    *("only", "page", "part", "q", "role", "seed", "show", "state", "subject", "what", "when"),
)
"""What any page asks for in its address."""
MOMENT = "2026-01-01T00:00:00+00:00"
VALUES = (
    str(2**31),
    str(2**63),
    HUGE,
    f"-{HUGE}",
    f"{MOMENT}~{HUGE}",
    f"{MOMENT}~{2**31}",
    "0001-01-01T00:00:00+14:00~1",
    "9999-12-31T23:59:59-14:00~1",
    f"2026-01-01_{HUGE}",
    f"x:{HUGE}",
    "\0",
    "1\ud800",
    "𝟙",
    "1e400",
    "é" * 900,
)
ROLES = (
    "child",
    "teenager",
    "teacher",
    "moderator",
    "safeguarding",
    "secretary",
    "official",
    "administrator",
)


def pages(app: Flask) -> list[Rule]:
    """Every page that answers to GET."""
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def filled(rule: str, number: str, text: str) -> str:
    """The address of a rule with these in its places."""

    def put(place: re.Match[str]) -> str:
        if place["kind"] == "any":
            return str(place["of"]).split(",")[0].strip()
        return number if place["kind"] == "int" else text

    return PLACE.sub(put, rule)


def as_text(value: str | bytes) -> str:
    """How a value stands in an address; what is no text as its bytes."""
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass")
    return quote(value, safe="%" if value == b"%00" else "")


def addresses(rule: Rule) -> Iterator[str]:
    """A rule with odd places, and with usual places and odd queries."""
    kinds = {place["kind"] for place in PLACE.finditer(rule.rule)}
    for number in NUMBERS if "int" in kinds else ():
        yield filled(rule.rule, number, "x")
    for text in TEXTS if kinds - {"int", "any"} else ():
        yield filled(rule.rule, "1", as_text(text))
    for value in VALUES:
        asked = "&".join(f"{name}={as_text(value)}" for name in NAMES)
        yield f"{filled(rule.rule, '1', 'x')}?{asked}"


@pytest.fixture
def house(app: Flask, cast: Cast, settings: Settings, browser: Browser) -> Cast:
    """A house in which the first of everything is there."""
    over = frozen(cast, settings, count=12)
    published(cast, settings, sign="园")
    put_call(cast, settings)
    with unit_of_work():
        drafted(cast, settings)
        complain("写错了")
        open_case(
            Subject("x", "1"),
            about={"zh": "上学路上", "en": "The way to school"},
            band="b",
            text="多种树",
        )
        case = claim_next(cast.moderator)
        assert case is not None
        decide(cast.moderator, case.id, version=case.version, verdict="approved")
        assert dossier_of(over.subject) is not None
    return cast


def door_of(rule: Rule, app: Flask) -> Door:
    """Who may come to a page."""
    found: Door = app.view_functions[rule.endpoint].door  # type: ignore[attr-defined]
    return found


def visitors(door: Door, cast: Cast) -> list[str]:
    """The roles that may come in; of pages for everybody some who see different things."""
    if not door.signed_in:
        return ["", "teenager", "secretary"]
    return [role for role in ROLES if not door.roles or getattr(cast, role).role in door.roles]


@pytest.mark.parametrize("for_everybody", [True, False])
def test_no_address_breaks_a_page(
    for_everybody: bool, app: Flask, house: Cast, browser: Browser
) -> None:
    clients = {role: browser.as_(getattr(house, role)).client for role in ROLES}
    broken, asked = [], 0
    for rule in pages(app):
        door = door_of(rule, app)
        if door.signed_in == for_everybody:
            continue
        for role in visitors(door, house):
            client = clients[role] if role else browser.client
            for address in addresses(rule):
                asked += 1
                status = client.get(address).status_code
                if status >= 500:
                    broken.append(f"{status} {role or '-'} {address[:200]}")
    assert asked > 500
    assert broken == []


@pytest.mark.parametrize("path", ["/topics/{}", "/open-data/{}.csv", "/desk/moderation/cases/{}"])
def test_a_number_beyond_every_id_is_no_page(path: str, cast: Cast, browser: Browser) -> None:
    visitor = browser.as_(cast.moderator)
    for number in (str(2**31), str(2**63), HUGE):
        assert visitor.client.get(path.format(number)).status_code == 404
