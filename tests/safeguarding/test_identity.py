"""Two officers, one look, one hour; nobody else asks who wrote what."""

import ast
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from participation.accounts.models import Person
from participation.consultations.models import OpenWords
from participation.consultations.queries import find_writer, key_of, writers
from participation.consultations.topic import words_subject
from participation.kernel import finders, readers
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from participation.kernel.tables import random_key
from participation.safeguarding import actions, queries
from participation.safeguarding.models import Concern, IdentityRequest
from participation.settings import ROOT, Settings
from tests.consultations.stage import published
from tests.safeguarding.room import entries, letters, light, opened_and_taken
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def written(cast: Cast, settings: Settings) -> Subject:
    """Words that a child wrote under her pseudonym, in an open matter."""
    topic = published(cast, settings)
    asked = next(question for question in topic.questions if question.slot is None)
    with unit_of_work():
        words = OpenWords(
            id=random_key(),
            consultation_id=topic.id,
            question_id=asked.id,
            participant=key_of(cast.middle_child.id, topic.id),
            band="b",
            district_id=cast.district.id,
            text="有人打我",
        )
        session().add(words)
    return words_subject(words.id)


@pytest.fixture
def number(cast: Cast, written: Subject) -> int:
    """A concern about these words, opened and taken by the first officer."""
    with unit_of_work():
        concern = actions.note_case(written, kind="sign", level=1, signs=("harm_by_others",))
        opened_and_taken(cast, concern)
        return concern.id


def the(number: int) -> Concern:
    return session().get_one(Concern, number)


class TestFinder:
    def test_the_pseudonym_is_derived_until_it_matches(
        self, cast: Cast, written: Subject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writers, "PAGE", 2)
        with unit_of_work(writes=False):
            assert find_writer(written) == cast.middle_child.id
            assert find_writer(Subject("consultation.words", "00" * 16)) is None

    def test_nobody_is_found_for_a_child_who_was_erased(self, cast: Cast, written: Subject) -> None:
        with unit_of_work() as opened:
            opened.delete(opened.get_one(Person, cast.middle_child.id))
        with unit_of_work(writes=False):
            assert find_writer(written) is None

    def test_only_one_deed_of_the_house_asks(self) -> None:
        allowed = {
            "participation/app.py",
            "participation/wiring/__init__.py",
            "participation/wiring/rooms.py",
            "participation/kernel/finders.py",
            "participation/safeguarding/actions/identity.py",
        }
        found = {
            str(path.relative_to(ROOT))
            for path in (ROOT / "participation").rglob("*.py")
            if "finders" in path.read_text() or "find_writer" in path.read_text()
        }
        own = {
            "participation/consultations/queries/__init__.py",
            "participation/consultations/queries/writers.py",
            "participation/contests/queries/writers.py",
        }
        assert found <= allowed | own
        calls = [
            path
            for path in (ROOT / "participation").rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute) and node.attr == "person_behind"
        ]
        assert [path.name for path in calls] == ["identity.py"]

    def test_kinds_without_a_finder_have_nobody_behind(self, cast: Cast) -> None:
        assert finders.person_behind(Subject("letter", "1")) is None


class TestTheRoad:
    def test_asked_agreed_seen_once(self, cast: Cast, number: int) -> None:
        one, two = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work():
            request = actions.ask_identity(one, the(number), "今晚就要找到他")
            assert letters()[-1].to_address == cast.second_safeguarding.email
            assert "今晚".encode() not in (request.sealed or b"")
            for too_early in (one, two):
                with pytest.raises(NotAllowed):
                    actions.see_identity(too_early, the(number), request)
            with pytest.raises(NotAllowed):
                actions.decide_identity(one, the(number), request, approved=True)
            with pytest.raises(RuleBroken, match="先打开"):
                actions.decide_identity(two, the(number), request, approved=True)
            actions.read_concern(two, the(number))
            actions.decide_identity(two, the(number), request, approved=True)
            assert letters()[-1].to_address == cast.safeguarding.email
            assert "60 分钟" in letters()[-1].text
            with pytest.raises(NotAllowed):
                actions.see_identity(two, the(number), request)
            person = actions.see_identity(one, the(number), request)
            assert person.id == cast.middle_child.id
            with pytest.raises(NotAllowed):
                actions.see_identity(one, the(number), request)
            record = [
                *entries("IdentityAsked"),
                *entries("IdentityDecided"),
                *entries("IdentitySeen"),
            ]
            assert [entry.by for entry in record] == [one.person_id, two.person_id, one.person_id]
            told = "".join(entry.facts for entry in record)
            assert "今晚" not in told and "李一林" not in told
            assert [line.said["step"] for line in queries.log_of(the(number))] == [
                "asked",
                "approved",
                "seen",
            ]

    def test_an_hour_and_no_longer(
        self, cast: Cast, number: int, clock: time_machine.Traveller
    ) -> None:
        one, two = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work():
            request = actions.ask_identity(one, the(number), "今晚就要找到他")
            actions.read_concern(two, the(number))
            actions.decide_identity(two, the(number), request, approved=True)
            clock.shift(timedelta(minutes=60))
            with pytest.raises(NotAllowed, match="60"):
                actions.see_identity(one, the(number), request)
            clock.shift(timedelta(seconds=-1))
            assert actions.see_identity(one, the(number), request)

    def test_refused_is_refused(self, cast: Cast, number: int) -> None:
        one, two = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work():
            request = actions.ask_identity(one, the(number), "想知道")
            actions.decide_identity(two, the(number), request, approved=False)
            assert letters()[-1].to_address == cast.safeguarding.email
            assert "没有同意" in letters()[-1].subject
            with pytest.raises(NotAllowed):
                actions.see_identity(one, the(number), request)
            with pytest.raises(NotAllowed):
                actions.decide_identity(two, the(number), request, approved=True)

    def test_a_reason_and_a_pseudonym_are_needed(self, cast: Cast, number: int) -> None:
        one = light(cast.safeguarding)
        with unit_of_work():
            for concern, reason in (
                (the(number), ""),
                (actions.ask_for_help(light(cast.child), "有人推我"), "想知道"),
            ):
                actions.read_concern(one, concern)
                with pytest.raises(RuleBroken) as refusal:
                    actions.ask_identity(one, concern, reason)
                assert refusal.value.field == "why"
            readers.follow({"letter": lambda _identity: "信"})
            other = actions.note_case(Subject("letter", "1"))
            with pytest.raises(RuleBroken):
                actions.ask_identity(one, other, "想知道")
            actions.read_concern(one, other)
            with pytest.raises(RuleBroken, match="笔名"):
                actions.ask_identity(one, other, "想知道")

    def test_a_look_that_finds_nobody_does_not_count(self, cast: Cast, number: int) -> None:
        one, two = light(cast.safeguarding), light(cast.second_safeguarding)
        with unit_of_work() as opened:
            request = actions.ask_identity(one, the(number), "今晚就要找到他")
            actions.read_concern(two, the(number))
            actions.decide_identity(two, the(number), request, approved=True)
            opened.delete(opened.get_one(Person, cast.middle_child.id))
            opened.flush()
            with pytest.raises(RuleBroken, match="没有找到"):
                actions.see_identity(one, the(number), request)
            assert request.state == "approved"

    def test_the_schema_wants_two(self, cast: Cast, number: int) -> None:
        officer = cast.safeguarding.id
        alone = IdentityRequest(
            concern_id=number, asked_by=officer, decided_by=officer, asked_at=now()
        )
        with pytest.raises(Exception, match="decided_by_another"), unit_of_work() as opened:
            opened.add(alone)


def test_the_pages(browser: Browser, cast: Cast, number: int) -> None:
    one, two = browser.as_(cast.safeguarding), browser.as_(cast.second_safeguarding)
    address = f"/desk/concerns/{number}"
    one.post(f"{address}/identity", {"why": ""}, status=422)
    one.post(f"{address}/identity", {"why": "今晚就要找到他"})
    covered = two.get(address)
    assert "今晚就要找到他" not in covered.text and "先打开看原因" in covered.text
    page = two.post(f"{address}/read")
    decide = next(
        form.get("action", "") for form in page.all("form") if "decide" in form.get("action", "")
    )
    assert "今晚就要找到他" in page.text
    see = decide.replace("decide", "see")
    one.post(see, status=403)
    two.post(f"{address}/identity/99999/decide", {"agree": "1"}, status=404)
    two.post(decide, {"agree": "1"})
    two.post(see, status=403)
    page = one.post(see)
    assert "李一林" in page.text and "湖滨路第三小学" in page.text and "2 班" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    one.post(see, status=403)
    for other in (cast.administrator, cast.moderator, cast.teacher):
        browser.as_(other).post(see, status=403)
