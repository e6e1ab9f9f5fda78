"""The reading desk as moderators see it, and as everyone else must not."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select

from participation.accounts.models import Person
from participation.kernel.clock import now, today
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.subjects import Subject
from participation.moderation import actions, queries
from participation.moderation.models import Case, Verdict
from tests.support.browser import Browser, Page
from tests.support.cast import Cast
from tests.support.shared import data

DESK = "/desk/moderation"
CHOICES = (
    {"key": "theme:1", "label": {"zh": "走路", "en": "Walking"}},
    {"key": "minority", "label": {"zh": "少数人的看法"}},
)


def opened(*texts: str, **more: Any) -> list[int]:
    with unit_of_work():
        for number, text in enumerate(texts):
            subject = Subject("x", str(number))
            actions.open_case(
                subject,
                about={"zh": "上学路上", "en": "The way to school"},
                band="b",
                text=text,
                **more,
            )
        return list(session().scalars(select(Case.id).order_by(Case.id)))


def case(case_id: int) -> Case:
    with unit_of_work():
        return session().get_one(Case, case_id)


def verdicts() -> list[Verdict]:
    with unit_of_work():
        return list(session().scalars(select(Verdict).order_by(Verdict.id)))


def lines(page: Page) -> list[str]:
    """Where the lines of the queue lead that may be taken."""
    found = [one.get("formaction") for one in page.all("button")]
    return [address for address in found if address]


def area(page: Page, name: str | None) -> str:
    """What a text area holds; without a name, one that is only to be copied from."""
    found = next(one for one in page.all("textarea") if one.get("name") == name)
    return "".join(found.itertext()).strip()


class Desk:
    """A moderator at her desk, pressing buttons of the page in front of her."""

    def __init__(self, browser: Browser, person: Person) -> None:
        self.browser = browser.as_(person)

    def begin(self) -> Page:
        return self.browser.post(f"{DESK}/next")

    def press(self, case_id: int, verdict: str, status: int = 200, **more: Any) -> Page:
        kept = {"version": str(case(case_id).version), "verdict": verdict, **more}
        return self.browser.post(f"{DESK}/cases/{case_id}/decide", kept, status=status)


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Desk:
    return Desk(browser, cast.moderator)


class TestQueue:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_an_empty_desk(self, desk: Desk, language: str) -> None:
        desk.browser.client.set_cookie("language", language)
        assert desk.browser.get(DESK).all("ol") == []
        assert desk.browser.get(f"{DESK}/mine").all("table") == []
        desk.begin()

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_oldest_first_with_signs_of_personal_data(self, desk: Desk, language: str) -> None:
        ids = opened("我叫王语桐", "多种树")
        desk.browser.client.set_cookie("language", language)
        page = desk.browser.get(DESK)
        assert lines(page) == [f"{DESK}/cases/{number}/claim" for number in ids]
        marked = [row for row in page.all("small") if any(one.get("class") for one in row)]
        assert len(marked) == 1

    def test_not_a_word_of_a_child_stands_in_the_queue(self, desk: Desk) -> None:
        (first, _second) = opened("多种树", "修路灯")
        page = desk.browser.get(DESK)
        assert "多种树" not in page.text and "上学路上" in page.text
        page = desk.begin()
        assert "多种树" in page.text and "修路灯" not in page.text
        page = desk.browser.get(DESK)
        assert "多种树" not in page.text
        assert f"{DESK}/cases/{first}" in page.links.values()

    @pytest.mark.parametrize(
        ("language", "matter"), [("zh-Hans", "上学路上"), ("en", "The way to school")]
    )
    def test_what_it_is_about_in_the_readers_language(
        self, language: str, matter: str, desk: Desk
    ) -> None:
        opened("多种树")
        desk.browser.client.set_cookie("language", language)
        assert matter in desk.browser.get(DESK).text
        assert matter in desk.begin().text

    def test_pages_by_key(self, desk: Desk) -> None:
        ids = opened(*(f"第{number}条" for number in range(25)))
        page = desk.browser.get(DESK)
        older = next(link for link in page.links.values() if "after=" in link)
        assert lines(page) == [f"{DESK}/cases/{number}/claim" for number in ids[:20]]
        rest = desk.browser.get(older)
        assert lines(rest) == [f"{DESK}/cases/{number}/claim" for number in ids[20:]]

    def test_what_another_reads_says_so(self, browser: Browser, cast: Cast, desk: Desk) -> None:
        (number,) = opened("多种树")
        desk.begin()
        other = Desk(browser, cast.second_moderator)
        assert "别人正在看" in other.browser.get(DESK).text
        assert lines(other.browser.get(DESK)) == []
        other.browser.get(f"{DESK}/cases/{number}", status=404)
        other.browser.post(f"{DESK}/cases/{number}/claim", status=409)


class TestCase:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_the_text_with_its_marks_and_nothing_of_its_author(
        self, desk: Desk, language: str
    ) -> None:
        opened("我叫王语桐，<b>打13812345526", choices=CHOICES, turn=2)
        desk.browser.client.set_cookie("language", language)
        page = desk.begin()
        assert [words.split("（")[0].split(" (")[0] for words in page.words("mark")] == [
            "王语桐",
            "13812345526",
        ]
        assert "&lt;b&gt;" in page.text
        keys = {one.get("data-key") for one in page.all("button")} - {None}
        assert keys == {"a", "e", "r", "s", "j"}
        assert len([one for one in page.all("input") if one.get("name") == "reasons"]) == 12

    def test_taken_out_of_turn(self, desk: Desk) -> None:
        first, second = opened("一", "二")
        assert lines(desk.browser.get(DESK))[1] == f"{DESK}/cases/{second}/claim"
        page = desk.browser.post(f"{DESK}/cases/{second}/claim")
        assert "通过" in page.text
        assert (case(first).held_by, case(second).held_by is None) == (None, False)

    def test_a_case_that_is_not_there(self, desk: Desk) -> None:
        desk.browser.get(f"{DESK}/cases/999", status=404)

    def test_an_ended_case_shows_what_came_of_it(self, desk: Desk) -> None:
        (number,) = opened("多种树")
        desk.begin()
        desk.press(number, "approved")
        page = desk.browser.get(f"{DESK}/cases/{number}")
        assert "这条已经看完：通过" in page.text and "多种树" not in page.text
        desk.press(number, "refused", status=409, reasons=["name"])


class TestVerdicts:
    def test_approved_and_on_to_the_next(self, desk: Desk) -> None:
        first, second = opened("一", "二", choices=CHOICES)
        desk.begin()
        page = desk.press(first, "approved", marks=["theme:1"])
        assert "上一条已通过" in page.text
        assert case(second).held_by is not None
        assert [(one.verdict, one.marks) for one in verdicts()] == [("approved", ["theme:1"])]

    def test_what_is_marked_asks_to_be_looked_at_before_it_is_approved(self, desk: Desk) -> None:
        number, plain = opened("我叫王语桐", "多种树")
        desk.begin()
        page = desk.press(number, "approved", status=422)
        assert "看过了，或者遮住了，才能通过" in page.text
        assert case(number).state == "waiting" and verdicts() == []
        page = desk.press(number, "approved", sure="y")
        assert case(number).state == "approved" and case(plain).held_by is not None
        assert [one for one in page.all("input") if one.get("name") == "sure"] == []

    def test_two_keys_return_a_text(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐")
        desk.begin()
        desk.press(number, "returned", reasons=["name"])
        (row,) = verdicts()
        assert row.reasons == "name"
        assert "把全名删掉" in row.sentence

    def test_without_a_reason_it_stays_and_so_do_the_words(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐")
        desk.begin()
        page = desk.press(number, "refused", status=422, sentence_refused="换个说法")
        assert "要选一个原因" in page.text
        assert area(page, "sentence_refused") == "换个说法"
        assert case(number).state == "waiting"

    def test_the_sentence_is_proposed_before_it_is_sent(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐")
        desk.begin()
        page = desk.press(number, "preview", reasons=["name"])
        proposed = area(page, "sentence_returned")
        assert "把全名删掉" in proposed
        assert page.fields(f"{DESK}/cases/{number}/decide")["proposed_returned"] == proposed
        ticked = [one for one in page.all("input") if one.get("checked") is not None]
        assert "name" in [one.get("value") for one in ticked]
        assert verdicts() == []

    def test_a_stale_proposal_gives_way_to_the_reasons(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐")
        desk.begin()
        page = desk.press(number, "preview", reasons=["name"])
        kept = {name: area(page, name) for name in ("sentence_returned", "sentence_refused")}
        kept |= {f"proposed_{name[9:]}": words for name, words in kept.items()}
        desk.press(number, "returned", reasons=["name", "contact"], **kept)
        assert "把电话" in verdicts()[0].sentence

    def test_own_words_go_out_as_written(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐")
        desk.begin()
        kept = {"sentence_returned": "去掉名字就好啦", "proposed_returned": "别的"}
        page = desk.press(number, "preview", reasons=["name"], **kept)
        assert area(page, "sentence_returned") == "去掉名字就好啦"
        desk.press(number, "returned", reasons=["name"], **kept)
        assert verdicts()[0].sentence == "去掉名字就好啦"

    def test_skipping_goes_on_and_comes_back(self, desk: Desk) -> None:
        first, second = opened("一", "二")
        desk.begin()
        desk.press(first, "skip")
        assert (case(first).held_by, case(second).held_by is not None) == (None, True)
        page = desk.press(second, "skip")
        assert "后面没有要看的了" in page.text

    def test_an_unknown_button_changes_nothing(self, desk: Desk) -> None:
        (number,) = opened("一")
        desk.begin()
        for pressed in ("", "deleted", "withdrawn"):
            page = desk.press(number, pressed, status=422)
            assert "选一个决定" in page.text
        assert case(number).state == "waiting"

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_what_one_decided(self, desk: Desk, cast: Cast, language: str) -> None:
        ids = opened(*(f"第{number}条" for number in range(22)))
        desk.begin()
        for number in ids:
            desk.press(number, "returned", reasons=["name", "contact"])
        desk.browser.client.set_cookie("language", language)
        page = desk.browser.get(f"{DESK}/mine")
        assert "第21条" not in page.text
        shown = [link for link in page.links.values() if "/cases/" in link]
        assert len(page.words("tr")) == 21 and shown == [f"{DESK}/cases/{ids[2]}"]
        older = next(link for link in page.links.values() if "before=" in link)
        assert len(desk.browser.get(older).words("tr")) == 3
        with time_machine.travel(now() + queries.REREAD_FOR + timedelta(minutes=1), tick=False):
            page = desk.browser.as_(cast.moderator).get(f"{DESK}/mine")
        assert len(page.words("tr")) == 21
        assert not [link for link in page.links.values() if "/cases/" in link]


class TestStrangers:
    def test_nobody_else_comes_near(self, browser: Browser, cast: Cast) -> None:
        (number,) = opened("我叫王语桐")
        people = (cast.child, cast.stranger, cast.teacher, cast.secretary, cast.safeguarding)
        for person in (*people, cast.official, cast.administrator):
            other = browser.as_(person)
            for address in (DESK, f"{DESK}/mine", f"{DESK}/cases/{number}"):
                other.get(address, status=403)
            other.post(f"{DESK}/cases/{number}/reread", status=403)
            other.post(f"{DESK}/next", status=403)
            other.post(f"{DESK}/cases/{number}/decide", {"verdict": "approved"}, status=403)
        assert "/staff/sign-in" in browser.client.get(DESK).headers["Location"]
        browser.post(f"{DESK}/next", status=403)
        assert case(number).state == "waiting"

    @pytest.mark.parametrize("what", ["vetted_on", "trained_on"])
    def test_an_expired_moderator_sees_no_text(
        self, browser: Browser, cast: Cast, what: str
    ) -> None:
        (number,) = opened("我叫王语桐")
        desk = Desk(browser, cast.moderator)
        with unit_of_work():
            row = session().get_one(Person, cast.moderator.id)
            setattr(row, what, today().replace(year=today().year - 2, day=1))
        page = Page(desk.browser.client.get(DESK))
        assert "王语桐" not in page.text
        page = Page(desk.browser.client.get(f"{DESK}/cases/{number}"))
        assert page.status == 403
        assert "王语桐" not in page.text
        desk.browser.post(f"{DESK}/next", status=403)
        desk.browser.post(f"{DESK}/cases/{number}/claim", status=403)
        assert case(number).held_by is None


class TestCost:
    def test_three_hundred_waiting_cost_no_more_than_three(self, desk: Desk) -> None:
        counts = []
        for many in (3, 300):
            opened(*(f"第{number}条" for number in range(many)))
            desk.begin()
            held = self.held()
            for address in (DESK, f"{DESK}/cases/{held}", f"{DESK}/mine"):
                counts.append(self.statements(desk, address))
        assert counts[:3] == counts[3:]
        assert max(counts) <= 10

    def held(self) -> int:
        with unit_of_work():
            return session().scalars(select(Case.id).where(Case.held_by.is_not(None))).one()

    def statements(self, desk: Desk, address: str) -> int:
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.startswith("SELECT"):
                seen.append(statement)

        event.listen(database().engine, "before_cursor_execute", note)
        desk.browser.get(address)
        event.remove(database().engine, "before_cursor_execute", note)
        return len(seen)

    def test_no_text_is_too_hostile(self, desk: Desk) -> None:
        for text in json.loads(data("naughty/blns.json").read_text())[::40]:
            if not text.strip("\x00 "):
                continue
            (number, *_more) = opened(text.replace("\x00", ""))[-1:]
            page = desk.browser.post(f"{DESK}/cases/{number}/claim", {"drop": "1"})
            entry = next(one for one in page.all("div") if "entry" in (one.get("class") or ""))
            for mark in entry.iter():
                for hidden in [one for one in mark if one.get("class") == "vh"]:
                    hidden.text = ""
            assert "".join(entry.itertext()).split() == text.split()
