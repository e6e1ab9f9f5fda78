"""Complaints: harm in them goes to the officers, the rest to the secretaries, by chance numbers."""

import re

import pytest
from sqlalchemy import select

from participation.accounts.identity import Nobody
from participation.audit.models import Entry
from participation.kernel.codes import ALPHABET
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.kernel.i18n import say_date
from participation.safeguarding import actions, policies, queries
from participation.safeguarding.models import Complaint, Concern
from participation.safeguarding.promises import settled_on
from participation.safeguarding.queries.complaints import complaint_for, number_of_complaint
from participation.safeguarding.sealing import contents_of
from tests.safeguarding.room import concerns, entries, letters, light
from tests.safeguarding.test_pages import opened, secret_on
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

HARM = ("老师打我", "我想死", "同学天天骂我", "我今晚想自杀")
PLAIN = "这一页写错了"
TEXT = "鹮停在第三扇窗"


def numbers(page: Page) -> set[str]:
    """The telephone numbers on a page, beside those of its foot."""
    (main,) = page.all("main")
    found = [link.get("href", "") for link in main.iter() if link.tag.endswith("}a")]
    return {link.removeprefix("tel:") for link in found if link.startswith("tel:")}


@pytest.fixture
def complained(cast: Cast) -> str:
    """The number of a complaint."""
    with unit_of_work():
        return number_of_complaint(actions.complain(TEXT, "x@city.example"))


class TestHarm:
    @pytest.mark.parametrize("words", HARM)
    def test_it_goes_to_the_officers_and_never_to_the_secretary(
        self, browser: Browser, cast: Cast, words: str
    ) -> None:
        page = browser.post("/complain", {"text": words, "contact": "三年级"})
        assert "我们交给了保护老师。秘书处看不到。" in page.text
        assert numbers(page) == {"110", "12355", "12356", "120"}
        (concern,) = concerns()
        assert (concern.kind, concern.level) == ("help", 1 if "今晚" in words else 2)
        told = opened(concern)
        assert (told.text, told.contact, told.name) == (words, "三年级", "")
        assert told.signs and "没有经过秘书处" in told.note
        with unit_of_work():
            assert session().scalars(select(Complaint)).all() == []
            assert {one.to_address for one in letters()} == {
                cast.safeguarding.email,
                cast.second_safeguarding.email,
            }
        assert len(browser.as_(cast.secretary).get("/desk/complaints").all("tr")) == 0
        secret = secret_on(page)
        assert "已经送到了" in browser.post("/help/answer", secret).text

    def test_a_plain_one_is_a_complaint_and_its_page_has_the_numbers(
        self, browser: Browser, cast: Cast
    ) -> None:
        page = browser.post("/complain", {"text": PLAIN})
        assert page.h1 == "收到了"
        assert numbers(page) == {"110", "12355", "12356", "120"}
        (complaint,) = concerns()
        assert complaint.kind == "complaint"
        later = browser.get("/complain/thanks")
        assert numbers(later) == numbers(page) and "编号" not in later.text
        assert "编号" not in browser.get("/complain/thanks/x").text


class TestNumbers:
    def test_drawn_by_chance_and_the_same_for_writer_and_desk(
        self, browser: Browser, cast: Cast
    ) -> None:
        with unit_of_work():
            actions.ask_for_help(Nobody(), "有人推我")
        page = browser.post("/complain", {"text": PLAIN})
        told = re.search(rf"([{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})", page.text)
        assert told is not None
        desk = browser.as_(cast.secretary).get("/desk/complaints")
        assert f"/desk/complaints/{told[1]}" in desk.links.values()
        (complaint,) = [one for one in concerns() if one.kind == "complaint"]
        day = say_date(settled_on(complaint))
        one = browser.as_(cast.secretary).get(f"/desk/complaints/{told[1]}")
        assert day in page.text and day in desk.text and day in one.text

    def test_no_page_of_the_secretary_tells_an_id(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for _number in range(40):
                actions.begin_drill(3)
            number = number_of_complaint(actions.complain(PLAIN))
        (held,) = [one.id for one in concerns() if one.kind == "complaint"]
        desk = browser.as_(cast.secretary)
        for address in ("/desk/complaints", f"/desk/complaints/{number}"):
            assert not re.search(rf"\b{held}\b", " ".join(desk.get(address).links.values()))
            assert f"第 {held} 号" not in desk.get(address).text
        desk.get(f"/desk/complaints/{held}", status=404)

    def test_a_number_is_typed_as_it_comes(self, cast: Cast, unit: None) -> None:
        complaint = actions.complain(PLAIN)
        number, who = number_of_complaint(complaint), light(cast.secretary)
        for typed in (number, number.lower(), f"{number[:4]}-{number[4:]}"):
            assert complaint_for(who, typed) == complaint
        assert complaint_for(who, "") is None
        assert complaint_for(light(cast.safeguarding), number) is None

    def test_pages_by_number(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            for number in range(21):
                actions.complain(str(number))
        desk = browser.as_(cast.secretary)
        page = desk.get("/desk/complaints")
        older = next(link for link in page.links.values() if "before=" in link)
        assert len(page.all("tr")) == 21 and len(desk.get(older).all("tr")) == 2
        for odd in ("x", "1-2", "9" * 40):
            assert len(desk.get(f"/desk/complaints?before={odd}").all("tr")) == 21


class TestSecretary:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_covered_then_opened_on_record(
        self, browser: Browser, cast: Cast, complained: str, language: str
    ) -> None:
        desk, address = browser.as_(cast.secretary), f"/desk/complaints/{complained}"
        desk.client.set_cookie("language", language)
        for state in ("", "new", "seen", "taken", "done", "nonsense"):
            assert TEXT not in desk.get(f"/desk/complaints?state={state}").text
        assert TEXT not in desk.get(address).text
        page = desk.post(f"{address}/read")
        assert TEXT in page.text and "x@city.example" in page.text
        with unit_of_work():
            assert [entry.by for entry in entries("ConcernSeen")] == [cast.secretary.id]

    def test_taken_with_her_name_noted_and_done(
        self, browser: Browser, cast: Cast, complained: str
    ) -> None:
        desk, address = browser.as_(cast.secretary), f"/desk/complaints/{complained}"
        desk.post(f"{address}/take", status=409)
        page = desk.post(f"{address}/note", {"note": "好了", "done": "1"}, status=422)
        assert page.words("textarea") == ["好了"]
        desk.post(f"{address}/read")
        page = desk.post(f"{address}/take")
        assert "冯秘书" in page.text and "我来办" not in page.words("button")
        desk.post(f"{address}/take", status=409)
        desk.post(f"{address}/note", {"note": "长" * 4001}, status=422)
        desk.post(f"{address}/note", {"note": "去查了"})
        page = desk.post(f"{address}/note", {"note": "改好了", "done": "1"})
        assert page.all("textarea") == [] and "冯秘书" in page.text
        page = desk.post(f"{address}/read")
        assert "改好了" in page.text and "去查了" in page.text
        desk.post(f"{address}/note", {"note": "再写"}, status=403)
        desk.post(f"{address}/take", status=403)
        with unit_of_work():
            assert [entry.by for entry in entries("ComplaintTaken")] == [cast.secretary.id]

    def test_nobody_else_comes_near(self, browser: Browser, cast: Cast, complained: str) -> None:
        address = f"/desk/complaints/{complained}"
        for person in (
            *(cast.child, cast.stranger, cast.teacher, cast.moderator),
            *(cast.official, cast.administrator, cast.safeguarding),
        ):
            other = browser.as_(person)
            for page in ("/desk/complaints", address):
                other.get(page, status=403)
            for deed in ("read", "take", "note", "hand-over"):
                other.post(f"{address}/{deed}", {"why": "x"}, status=403)
        assert "/staff/sign-in" in browser.client.get(address).headers["Location"]
        assert [one.kind for one in concerns()] == ["complaint"]


class TestHandingOver:
    def test_it_becomes_a_concern_and_leaves_her_list(
        self, browser: Browser, cast: Cast, complained: str
    ) -> None:
        desk, address = browser.as_(cast.secretary), f"/desk/complaints/{complained}"
        desk.post(f"{address}/read")
        desk.post(f"{address}/take")
        desk.post(f"{address}/note", {"note": "先去问了"})
        page = desk.post(f"{address}/hand-over", {"why": ""}, status=422)
        assert "写一句为什么要交给保护老师" in page.text
        desk.post(f"{address}/hand-over", {"why": "长" * 2001}, status=422)
        page = desk.post(f"{address}/hand-over", {"why": "像是说孩子被打"})
        assert complained[:4] not in page.text and "只有他们看得到" in page.text
        desk.get(address, status=404)
        desk.post(f"{address}/read", status=404)
        (concern,) = concerns()
        assert (concern.kind, concern.state, concern.level) == ("help", "new", 2)
        assert concern.taken_by is None and concern.due_at is not None
        officer = browser.as_(cast.safeguarding)
        page = officer.post(f"/desk/concerns/{concern.id}/read")
        for words in (TEXT, "x@city.example", "像是说孩子被打", "先去问了", "冯秘书"):
            assert words in page.text
        with unit_of_work():
            assert len(letters()) == 2
            (entry,) = entries("ComplaintHandedOver")
            assert (entry.by, entry.facts) == (cast.secretary.id, "{}")
            assert "像是" not in " ".join(session().scalars(select(Entry.facts)))

    def test_the_words_make_it_more_urgent(self, cast: Cast, unit: None) -> None:
        concern = actions.complain("我今晚想自杀")
        actions.hand_to_officers(light(cast.secretary), concern, "孩子有危险")
        assert concern.level == 1 and contents_of(concern).signs == ("harm_self",)

    def test_nothing_goes_the_other_way(self, browser: Browser, cast: Cast) -> None:
        """What a child told the officers never comes to a secretary's desk."""
        with unit_of_work():
            concern = actions.ask_for_help(Nobody(), "有人推我")
            for person in (cast.safeguarding, cast.secretary, cast.administrator):
                assert not policies.may_hand_to_officers(light(person), concern, concern.clock_at)
                with pytest.raises(NotAllowed):
                    actions.hand_to_officers(light(person), concern, "x")
            assert queries.concerns_for(light(cast.secretary)) == []
        page = browser.as_(cast.safeguarding).post(f"/desk/concerns/{concern.id}/read")
        targets = [form.get("action", "") for form in page.all("form")]
        assert not [one for one in targets if "complaint" in one or "hand-over" in one]

    def test_a_done_one_stays(self, cast: Cast, unit: None) -> None:
        who, concern = light(cast.secretary), actions.complain(PLAIN)
        actions.read_concern(who, concern)
        actions.finish_complaint(who, concern, "改好了")
        with pytest.raises(NotAllowed):
            actions.hand_to_officers(who, concern, "x")
        with pytest.raises(NotAllowed):
            actions.take_complaint(who, concern)

    def test_another_secretary_takes_it_over(self, cast: Cast, unit: None) -> None:
        concern = actions.complain(PLAIN)
        with pytest.raises(RuleBroken):
            actions.take_complaint(light(cast.secretary), concern)
        actions.read_concern(light(cast.secretary), concern)
        actions.take_complaint(light(cast.secretary), concern)
        with pytest.raises(RuleBroken):
            actions.take_complaint(light(cast.secretary), concern)
        first = concern.taken_at
        concern.taken_by = cast.administrator.id
        actions.take_complaint(light(cast.secretary), concern)
        assert (concern.taken_by, concern.taken_at) == (cast.secretary.id, first)
        assert session().get(Concern, concern.id) is concern
