"""What is told to safeguarding stands nowhere else: no page, letter, log line, record, no byte."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select, table, text
from werkzeug.routing import Rule

from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.kernel import readers
from participation.kernel.clock import now
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.logs import JsonLines
from participation.kernel.mail import Letter
from participation.kernel.subjects import Subject
from participation.safeguarding import actions
from participation.safeguarding.actions import Report
from participation.safeguarding.listeners import note_sign
from participation.safeguarding.models import Concern
from tests.architecture.test_odd_addresses import filled, pages
from tests.consultations.crowd import frozen
from tests.safeguarding.room import light, opened_and_taken
from tests.safeguarding.test_actions import Found
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast

TEXT, SIGN, CONTACT, NAME = "鼯鼠衔走蓝纽扣", "獾把铃铛埋在井", "鹮停在第三扇窗", "貊无迹"
NOTE, ANSWER, TOLD, REASON = "貘记下七只陶罐", "獐来敲过你的门", "麂去派出所说过", "狍子说是弄错了"
WORDS = (TEXT, SIGN, CONTACT, NOTE, TOLD, REASON)
"""What was written, each with letters that nobody else writes. `ANSWER` is for the child."""
ROLES = (
    *("child", "middle_child", "teenager", "stranger", "teacher", "moderator", "secretary"),
    *("official", "administrator", "safeguarding", "second_safeguarding"),
)
IDS = ("1", "2", "3")


class Kept(logging.Handler):
    """Every log line of the test, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log(app: Flask) -> Iterator[Kept]:
    root, kept = logging.getLogger(), Kept()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before)


@pytest.fixture
def writer(cast: Cast) -> Person:
    """A child with a name that nobody else has."""
    with unit_of_work():
        return factories.child(cast.school_class, NAME, "小鼯", born=cast.child.born)


@pytest.fixture
def told(log: Kept, cast: Cast, settings: Any, browser: Browser, writer: Person) -> Kept:
    """All that can be told: at the door, by a sign, in a log, a report, an answer."""
    frozen(cast, settings, count=12)
    child = browser.as_(writer)
    sent = {"text": TEXT, "contact": CONTACT, "answer": "here", "named": "y"}
    child.post("/help", {**sent, "answer": "adult"})
    browser.post("/help", sent)
    child.post("/help", {**sent, "contact": CONTACT * 99}, status=422)
    browser.post("/help", sent, status=400, headers={"Sec-Fetch-Site": "cross-site"})
    browser.post("/nowhere", sent, status=404)
    with unit_of_work():
        readers.follow({"consultation.words": lambda _identity: SIGN})
        note_sign(Found(subject=Subject("consultation.words", "00" * 16), about="上学路上"))
        for concern in session().scalars(select(Concern).order_by(Concern.id)).all():
            _worked_on(cast, concern)
    return log


def _worked_on(cast: Cast, concern: Concern) -> None:
    who = opened_and_taken(cast, concern)
    actions.note_concern(who, concern, NOTE)
    if concern.kind == "help":
        actions.answer_child(who, concern, ANSWER)
    else:
        actions.ask_identity(who, concern, REASON)
    report = Report(
        at=now(), office="police", unit=TOLD, person=TOLD, way="phone", number="", text=TEXT
    )
    actions.report_concern(who, concern, report)
    actions.ask_closing(who, concern, REASON)


def addresses(rule: Rule) -> Iterator[str]:
    """A page with real numbers in its places, plainly and asked for what was written."""
    for number in IDS if "<int" in rule.rule else ("1",):
        address = filled(rule.rule, number, "x")
        yield address
        yield f"{address}?q={TEXT[0]}&state=taken&what=HelpAsked&subject=concern:{number}"


def leaks(page: str, endpoint: str) -> list[str]:
    """What a page shows that it must not; a class list holds the names of its class."""
    never = (*WORDS, ANSWER) if endpoint.startswith("accounts.") else (*WORDS, ANSWER, NAME)
    return [words for words in never if words in page]


def test_no_page_shows_it_to_anybody(app: Flask, told: Kept, cast: Cast, browser: Browser) -> None:
    visitors = {role: browser.as_(getattr(cast, role)).client for role in ROLES}
    visitors["nobody"] = browser.client
    found, asked = [], 0
    for rule in pages(app):
        for address in addresses(rule):
            for role, client in visitors.items():
                answer = client.get(address)
                asked += 1
                shown = leaks(answer.data.decode("utf-8", "replace"), rule.endpoint)
                found += [f"{address} as {role}: {words}" for words in shown]
    assert found == []
    assert asked > 1000
    assert [line for line in told.lines if any(w in line for w in (*WORDS, ANSWER, NAME))] == []
    assert len(told.lines) > 1000


def test_no_deed_of_others_opens_it(told: Kept, cast: Cast, browser: Browser) -> None:
    for role in ROLES[:-2]:
        client = browser.as_(getattr(cast, role))
        for number in IDS:
            for deed in ("read", "report-form", "report", "reports/1", "identity/1/see", "close"):
                answer = client.client.post(
                    f"/desk/concerns/{number}/{deed}", data={"csrf_token": client.token()}
                )
                assert answer.status_code in (403, 404)
                assert leaks(answer.get_data(as_text=True), "") == []


def test_the_database_holds_it_sealed_alone(told: Kept, database_url: str, tmp_path: Path) -> None:
    hidden = (*WORDS, ANSWER)
    with unit_of_work(writes=False) as opened:
        for name in inspect(opened.connection()).get_table_names():
            rows = opened.execute(select(text("*")).select_from(table(name))).all()
            flat = " ".join(
                value.decode("latin-1") if isinstance(value, bytes) else str(value)
                for row in rows
                for value in row
            )
            raw = [words.encode().decode("latin-1") for words in hidden]
            assert not [words for words in (*hidden, *raw) if words in flat], name
            assert NAME not in flat or name == "accounts_people", name
        for kind in (Letter.text, Letter.html, Letter.subject, Entry.facts):
            assert NAME not in " ".join(opened.scalars(select(kind)))
    if database_url.startswith("sqlite"):
        database().dispose()
        for file in sorted(tmp_path.glob("site.db*")):
            held = file.read_bytes()
            assert not [words for words in hidden if words.encode() in held], file.name


def test_the_record_names_only_what_happened_to_which(told: Kept) -> None:
    with unit_of_work(writes=False) as opened:
        entries = opened.scalars(select(Entry).where(Entry.subject_kind == "concern")).all()
        assert {entry.what for entry in entries} >= {"HelpAsked", "ConcernNoted", "ConcernSeen"}
        shown = {entry.what: entry.facts for entry in entries if entry.facts != "{}"}
        assert set(shown) == {"IdentityAsked"}


def test_an_officer_sees_it_after_an_opening_on_record(
    told: Kept, cast: Cast, browser: Browser
) -> None:
    desk = browser.as_(cast.second_safeguarding)
    page = desk.post("/desk/concerns/1/read")
    assert all(words in page.text for words in (TEXT, CONTACT, NAME, NOTE, ANSWER, TOLD, REASON))
    assert SIGN in desk.post("/desk/concerns/3/read").text
    with unit_of_work(writes=False) as opened:
        seen = select(Entry.subject_id).where(
            Entry.what == "ConcernSeen", Entry.by == cast.second_safeguarding.id
        )
        assert sorted(opened.scalars(seen)) == ["1", "3"]
    assert light(cast.second_safeguarding).vetted
