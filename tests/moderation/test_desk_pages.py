"""The newer pages of the desk as people see them, and as everyone else must not."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel import readers
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.subjects import Subject
from participation.moderation import actions
from participation.moderation.models import Case, Gold, Skill
from participation.moderation.redaction import BAR
from tests.moderation.stage import ABOUT
from tests.moderation.test_pages import DESK, Desk, area, case, lines, opened, verdicts
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Desk:
    return Desk(browser, cast.moderator)


class TestDesk:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_depth_age_and_queues(self, desk: Desk, language: str) -> None:
        with time_machine.travel(now() - timedelta(days=4), tick=False):
            opened("多种树")
        opened("打13812345526", "少放糖")
        desk.browser.client.set_cookie("language", language)
        page = desk.browser.get(DESK)
        rows = [" ".join("".join(row.itertext()).split()) for row in page.all("tr")]
        assert [("late" in row or "过了时间" in row) for row in rows].count(True) == 1
        narrowed = desk.browser.get(f"{DESK}?queue=marked")
        assert len(lines(narrowed)) == 1
        assert desk.browser.get(f"{DESK}?queue=nonsense").status == 200

    def test_a_pause_is_asked_for(self, desk: Desk) -> None:
        opened(*(f"第{number}条" for number in range(13)))
        start = now()
        for minutes in range(0, 48, 4):
            with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
                desk.begin()
                desk.press(held(), "approved")
        with time_machine.travel(start + timedelta(minutes=45), tick=False):
            assert "你已经连续看了 45 分钟" in desk.browser.get(DESK).text

    def test_the_last_verdict_is_undone(self, desk: Desk) -> None:
        first, second = opened("多种树", "少放糖")
        desk.begin()
        page = desk.press(first, "refused", reasons=["unclear"])
        assert "上一条：不发布" in page.text
        page = desk.browser.post(f"{DESK}/cases/{first}/undo")
        assert "撤销了" in page.text and "多种树" in page.text
        assert [one.verdict for one in verdicts()] == ["refused", "undone"]
        assert case(first).state == "waiting" and case(second).state == "waiting"

    def test_an_undone_verdict_opens_with_what_had_been_chosen(self, desk: Desk) -> None:
        text = "我叫王语桐，住在向阳院里，多种树"
        first, second = opened(text, "少放糖")
        desk.begin()
        desk.press(second, "skip", status=409)
        desk.press(first, "approved", hide=["0"], hide_words="向阳院")
        desk.press(second, "refused", reasons=["unclear"], sentence_refused="再写清楚点。")
        page = desk.browser.get(DESK)
        undoing = [one for one in lines(page) if one.endswith("/undo")]
        assert undoing == [f"{DESK}/cases/{number}/undo" for number in (second, first)]
        assert "刚才的判断" in page.text and "少放糖…" in page.text
        assert f"我叫{BAR}，" in page.text and "王语桐" not in page.text
        page = desk.browser.post(undoing[0])
        assert "你先前的决定是：不发布" in page.text
        assert area(page, "sentence_refused") == "再写清楚点。"
        assert self.ticked(page) == ["unclear"]
        page = desk.browser.post(undoing[1])
        assert self.ticked(page) == ["0"] and area(page, "hide_words") == "向阳院"
        assert "今天已看 0 条" in desk.browser.get(DESK).text

    def ticked(self, page: Page) -> list[str | None]:
        boxes = [one for one in page.all("input") if one.get("name") in ("reasons", "hide")]
        return [one.get("value") for one in boxes if one.get("checked") is not None]

    def test_who_went_on_stands_beside_it(self, desk: Desk) -> None:
        (number,) = opened("多种树")
        desk.begin()
        desk.press(number, "returned", reasons=["unclear"])
        opened("多种些树", turn=2)
        page = desk.browser.get(DESK)
        assert "孩子改过，又交来了" in page.text
        assert [one for one in lines(page) if one.endswith("/undo")] == []
        page = desk.browser.post(f"{DESK}/cases/{number}/undo", status=409)
        assert "孩子改过，又交来了" in page.text

    def test_a_beating_heart_keeps_the_text(self, desk: Desk, browser: Browser, cast: Cast) -> None:
        (number,) = opened("多种树")
        desk.begin()
        until = case(number).held_until
        assert until is not None
        with time_machine.travel(now() + timedelta(minutes=5), tick=False):
            desk.browser.post(f"{DESK}/cases/{number}/renew", status=204)
        assert (case(number).held_until or until) > until
        browser.as_(cast.second_moderator).post(f"{DESK}/cases/{number}/renew", status=409)


class TestInHand:
    """A second tab takes nothing away unasked, and no refusal is an end."""

    def test_another_text_is_asked_for_with_one_in_hand(self, desk: Desk) -> None:
        first, second, _third = opened("多种树", "少放糖", "修路灯")
        desk.begin()
        address = f"{DESK}/cases/{second}/claim"
        page = desk.browser.post(address)
        assert "你手上还有 1 条没判完" in page.text and "多种树" not in page.text
        assert page.links["回去"] == f"{DESK}/cases/{first}"
        assert (case(first).held_by is None, case(second).held_by) == (False, None)
        page = desk.browser.post(address, page.fields(address))
        assert "少放糖" in page.text
        assert (case(first).held_by, case(second).held_by is None) == (None, False)
        assert "没判完" in desk.browser.post(f"{DESK}/batch").text
        page = desk.browser.post(f"{DESK}/batch", {"drop": "1"})
        assert "多种树" in page.text and "少放糖" in page.text
        page = desk.browser.post(address)
        assert page.links["回去"] == f"{DESK}/batch"

    def test_what_was_typed_outlives_a_text_that_went_away(
        self, desk: Desk, browser: Browser, cast: Cast
    ) -> None:
        first, second = opened("多种树", "少放糖")
        desk.begin()
        desk.browser.post(f"{DESK}/cases/{second}/claim", {"drop": "1"})
        typed = {"reasons": ["unclear"], "sentence_refused": "再写\r\n清楚点。"}
        page = desk.press(first, "refused", status=409, **typed)
        assert "多种树" not in page.text and verdicts() == []
        assert area(page, None) == "再写\n清楚点。"
        assert page.links["回到手上的"] == f"{DESK}/cases/{second}"
        address = f"{DESK}/cases/{first}/claim"
        carried = page.fields(address)
        assert carried["sentence_refused"].split() == ["再写", "清楚点。"]
        page = desk.browser.post(address, carried)
        page = desk.browser.post(address, page.fields(address))
        assert area(page, "sentence_refused") == "再写\n清楚点。"
        page = desk.browser.post(
            f"{DESK}/cases/{first}/decide",
            {**page.fields(f"{DESK}/cases/{first}/decide"), **typed, "verdict": "refused"},
        )
        assert [one.sentence for one in verdicts()] == ["再写\n清楚点。"]

    def test_what_another_took_is_not_offered_again(
        self, desk: Desk, browser: Browser, cast: Cast
    ) -> None:
        (first,) = opened("多种树")
        with unit_of_work():
            actions.claim_next(cast.second_moderator)
        page = desk.press(first, "refused", status=409, sentence_refused="再写清楚点。")
        assert "再写清楚点。" in page.text and "接着判" not in page.text
        assert f"{DESK}/next" in [form.get("action") for form in page.all("form")]

    @pytest.mark.parametrize("path", ["/cases/999", "/cases/1", "/nowhere"])
    def test_nothing_there_leads_on(self, desk: Desk, path: str) -> None:
        opened("多种树")
        page = desk.browser.get(f"{DESK}{path}", status=404)
        if path != "/nowhere":  # no page of the desk: the house says so itself
            assert DESK in page.links.values()
            assert f"{DESK}/next" in [form.get("action") for form in page.all("form")]

    def test_others_get_the_page_of_the_house(self, browser: Browser, cast: Cast) -> None:
        keeper = browser.as_(cast.administrator)
        page = keeper.post(f"{DESK}/gold/99/end", status=409)
        assert "待看列表" not in page.text and "回工作台" in page.text
        assert "待看列表" not in keeper.get(f"{DESK}/figures?month=1999-01", status=404).text


def held() -> int:
    with unit_of_work():
        return session().scalars(select(Case.id).where(Case.held_by.is_not(None))).one()


class TestBatch:
    def test_each_is_ticked_by_itself(self, desk: Desk) -> None:
        first, second, marked = opened("多种树", "少放糖", "打13812345526")
        page = desk.browser.post(f"{DESK}/batch")
        assert "多种树" in page.text and "少放糖" in page.text and "138" not in page.text
        page = desk.browser.post(
            f"{DESK}/batch/decide", {f"fine-{first}": str(case(first).version)}
        )
        assert "1 条已通过" in page.text and "1 条没有勾，回到队里了" in page.text
        assert (case(first).state, case(second).state) == ("approved", "waiting")
        assert case(second).held_by is None and case(marked).held_by is None

    def test_a_page_from_before_approves_nothing(self, desk: Desk) -> None:
        (first,) = opened("多种树")
        desk.browser.post(f"{DESK}/batch")
        page = desk.browser.post(f"{DESK}/batch/decide", {f"fine-{first}": "1", "fine-999": "1"})
        assert case(first).state == "waiting"
        assert "1 条没有判" in page.text and "没有勾" not in page.text

    def test_opened_by_its_address_it_shows_the_way_to_begin(
        self, desk: Desk, browser: Browser, cast: Cast
    ) -> None:
        assert "现在没有要看的了" in desk.browser.get(f"{DESK}/batch").text
        opened("多种树")
        page = desk.browser.get(f"{DESK}/batch")
        assert f"{DESK}/batch" in [form.get("action") for form in page.all("form")]
        assert "多种树" not in page.text and "拿几条来看" in page.text
        browser.as_(cast.second_moderator).post(f"{DESK}/batch")
        assert "现在没有要看的了" in desk.browser.get(f"{DESK}/batch").text

    def test_nothing_short_waits(self, desk: Desk) -> None:
        assert "现在没有短的" in desk.browser.post(f"{DESK}/batch").text


class TestCase:
    def test_bars_instead_of_refusing(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐，住在向阳院里，多种树")
        desk.begin()
        strange = {"hide": ["0"], "hide_words": "向阳院\r\n没有的字"}
        page = desk.press(number, "approved", status=422, **strange)
        assert "这几个字不在原话里：没有的字" in page.text
        assert area(page, "hide_words") == "向阳院\n没有的字" and not verdicts()
        page = desk.press(number, "approved", hide=["0"], hide_words="向阳院")
        assert "上一条已通过" in page.text
        assert case(number).text == f"我叫{BAR}，住在{BAR}里，多种树"
        assert verdicts()[0].bars == 2

    def test_two_turns_beside_each_other(self, desk: Desk) -> None:
        (number,) = opened("我叫王语桐，多种树")
        desk.begin()
        desk.press(number, "returned", reasons=["name"])
        opened("多种些树", turn=2)
        page = desk.begin()
        assert page.words("del") == ["我叫王语桐，"]
        assert page.words("ins") == ["些"]
        assert "把全名删掉" in page.text

    def test_an_appeal_says_nothing_of_the_first_judge(
        self, desk: Desk, browser: Browser, cast: Cast
    ) -> None:
        (number,) = opened("食堂的菜太难吃了")
        desk.begin()
        desk.press(number, "refused", reasons=["hurtful"])
        with unit_of_work():
            actions.appeal(Subject("x", "0"), about=ABOUT, text="食堂的菜太难吃了")
        assert lines(desk.browser.get(DESK)) == []
        second = Desk(browser, cast.second_moderator)
        page = second.begin()
        assert "请再看一次的话" in page.text and "伤到别人" in page.text
        assert cast.moderator.legal_name not in page.text
        assert {one.get("value") for one in page.all("button") if one.get("name") == "verdict"} == {
            "approved",
            "refused",
            "escalated",
            "preview",
            "skip",
        }
        appeal = held()
        assert second.press(appeal, "refused", status=422).text
        page = second.press(appeal, "approved", sentence_approved="你说得对，可以发。")
        assert verdicts()[-1].sentence == "你说得对，可以发。"

    def test_second_thoughts_say_why(self, desk: Desk, browser: Browser, cast: Cast) -> None:
        (number,) = opened("我叫王语桐，多种树")
        desk.begin()
        desk.press(number, "approved", hide=["0"])
        address = f"{DESK}/cases/{number}/again"
        assert area(desk.browser.get(f"{DESK}/cases/{number}"), "doubt") == ""
        page = desk.browser.post(address, {"doubt": "长" * 401}, status=422)
        assert area(page, "doubt") == "长" * 401 and "太长了" in page.text
        desk.browser.post(address, {"doubt": "<b>住址也像真的"})
        page = Desk(browser, cast.second_moderator).begin()
        assert "审核员自己" in page.text and "&lt;b&gt;住址也像真的" in page.text
        assert f"{BAR} 是先前遮住的字" in page.text

    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_the_legend_names_the_keys_that_do_something(
        self, desk: Desk, browser: Browser, cast: Cast, language: str
    ) -> None:
        (number,) = opened("多种树")
        desk.begin()
        desk.press(number, "refused", reasons=["unclear"])
        with unit_of_work():
            actions.appeal(Subject("x", "0"), about=ABOUT, text="多种树")
        second = Desk(browser, cast.second_moderator)
        second.browser.client.set_cookie("language", language)
        page = second.begin()
        legend = next(one for one in page.all("section") if one.get("id") == "keys")
        keys = {"".join(one.itertext()) for one in legend.iter() if one.tag.endswith("kbd")}
        assert {"A", "R", "S"} <= keys and "E" not in keys

    def test_what_went_to_an_officer_says_so(self, desk: Desk) -> None:
        readers.follow({"x": lambda _identity: "多种树"})
        (number,) = opened("多种树")
        desk.begin()
        desk.press(number, "escalated")
        page = desk.browser.get(f"{DESK}/cases/{number}")
        assert "保护老师在看这条" in page.text and "孩子改过" not in page.text

    def test_a_report_with_what_readers_said(self, desk: Desk) -> None:
        with unit_of_work():
            actions.report_text(
                Subject("x", "0"),
                about=ABOUT,
                band="b",
                text="坏话",
                reason="hurtful",
                note="<b>骂人",
            )
        page = desk.begin()
        assert "1 位读者举报" in page.text and "&lt;b&gt;骂人" in page.text
        page = desk.press(held(), "refused", reasons=["hurtful"])
        assert "上一条收起来了" in page.text


class TestKeeping:
    def test_skills_are_set_by_an_administrator(self, browser: Browser, cast: Cast) -> None:
        admin = browser.as_(cast.administrator)
        address = f"{DESK}/moderators/{cast.moderator.id}"
        assert cast.moderator.legal_name in admin.get(f"{DESK}/moderators").text
        page = admin.post(
            address, {"queues": ["short"], "english": "y", "avoids": "HB3X、zzzz"}, status=422
        )
        assert "没有这个学校代码：ZZZZ" in page.text and "HB3X、zzzz" in page.text
        admin.post(address, {"queues": ["short", "appeals"], "avoids": "hb3x"})
        with unit_of_work():
            skill = session().get_one(Skill, cast.moderator.id)
            assert (skill.queues, skill.english, skill.avoids) == (
                ["appeals", "short"],
                False,
                [cast.school.id],
            )
        assert "湖滨路第三小学" in admin.get(f"{DESK}/moderators").text
        assert admin.get(address).fields(address)["avoids"] == "HB3X"
        admin.get(f"{DESK}/moderators/{cast.teacher.id}", status=404)

    @pytest.mark.parametrize("name", ["moderator", "secretary", "teacher", "child", "stranger"])
    def test_nobody_else_sets_them(self, browser: Browser, cast: Cast, name: str) -> None:
        visitor = browser.as_(getattr(cast, name))
        for path in ("", f"/{cast.moderator.id}"):
            visitor.get(f"{DESK}/moderators{path}", status=403)
        visitor.post(f"{DESK}/moderators/{cast.moderator.id}", {"queues": ["short"]}, status=403)

    @pytest.mark.parametrize("name", ["moderator", "administrator"])
    def test_known_texts(self, browser: Browser, cast: Cast, name: str) -> None:
        keeper = browser.as_(getattr(cast, name))
        page = keeper.post(f"{DESK}/gold", {"text": "我叫王小花", "band": "b"}, status=422)
        assert "我叫王小花" in page.text
        given = {"about": "午餐", "band": "a", "text": "我叫王小花", "why": "有全名。"}
        keeper.post(f"{DESK}/gold", {**given, "verdict": "returned"}, status=422)
        keeper.post(f"{DESK}/gold", {**given, "verdict": "returned", "reasons": ["name"]})
        with unit_of_work():
            gold = session().scalars(select(Gold)).one()
        assert "0 / 0" in keeper.get(f"{DESK}/gold").text
        keeper.post(f"{DESK}/gold/{gold.id}/end")
        assert "不用了" in keeper.get(f"{DESK}/gold").text
        keeper.post(f"{DESK}/gold/{gold.id}/end", status=409)

    def test_whoever_will_be_given_a_known_text_does_not_see_it(
        self, browser: Browser, cast: Cast
    ) -> None:
        given = {"about": "午餐", "band": "a", "verdict": "approved"}
        for number, person in enumerate((cast.administrator, cast.moderator)):
            text = {**given, "text": f"第{number}条", "why": f"因为{number}。"}
            browser.as_(person).post(f"{DESK}/gold", text)
        admin, writer = browser.as_(cast.administrator), browser.as_(cast.moderator)
        other = browser.as_(cast.second_moderator)
        assert {"第0条", "第1条"} <= set(self.known(admin))
        assert self.known(writer) == ["第1条"] and self.known(other) == []
        assert "因为0" not in writer.get(f"{DESK}/gold").text
        assert "还有 2 条你自己会看到" in other.get(f"{DESK}/gold").text
        first = self.number("第0条")
        page = writer.post(f"{DESK}/gold/{first}/end", status=403)
        assert "由管理员来管" in page.text
        admin.post(f"{DESK}/gold/{first}/end")
        assert self.known(other) == ["第0条"]
        writer.post(f"{DESK}/gold/{self.number('第1条')}/end")

    def known(self, visitor: Browser) -> list[str]:
        page = visitor.get(f"{DESK}/gold")
        rows = [one for one in page.all("th") if one.get("scope") == "row"]
        return [(row.text or "").strip() for row in rows]

    def number(self, text: str) -> int:
        with unit_of_work():
            return session().scalars(select(Gold.id).where(Gold.text == text)).one()

    def test_known_texts_are_kept_by_whoever_is_in_date(self, browser: Browser, cast: Cast) -> None:
        with unit_of_work():
            session().get_one(Person, cast.moderator.id).trained_on = None
        browser.as_(cast.moderator).get(f"{DESK}/gold", status=403)

    @pytest.mark.parametrize("name", ["secretary", "teacher", "official", "child"])
    def test_known_texts_are_not_for_others(self, browser: Browser, cast: Cast, name: str) -> None:
        browser.as_(getattr(cast, name)).get(f"{DESK}/gold", status=403)
