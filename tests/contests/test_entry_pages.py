"""Pages of a work as its child and her classmates see them."""

import pytest
from sqlalchemy import select

from participation.contests.call import ShownCall
from participation.contests.forms.entries import OF_STEP
from participation.contests.models import Author
from participation.kernel.database import session, unit_of_work
from tests.contests.screens import (
    HURT,
    WHOLE,
    no_entry,
    one_entry,
    upload,
)
from tests.contests.stage import handed_in, published_call
from tests.media.stage import work as run_worker
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


@pytest.fixture
def middle(browser: Browser, cast: Cast) -> Browser:
    """A child of the band that has the whole form on one page."""
    return browser.as_(cast.middle_child)


@pytest.fixture
def road(drawings: ShownCall) -> str:
    return f"/calls/{drawings.id}/hand-in"


class TestOnePage:
    def test_looking_makes_no_draft(self, middle: Browser, road: str) -> None:
        page = middle.get(road)
        assert page.h1 == "交我的作品" and no_entry()

    def test_nothing_is_ticked_before(self, middle: Browser, road: str) -> None:
        page = middle.get(road)
        ticked = [one for one in page.all("input") if one.get("checked") is not None]
        assert [one.get("name") for one in ticked] == ["name_form"]

    def test_no_field_more_than_needed(self, middle: Browser, road: str) -> None:
        page = middle.get(road)
        forms = [one for one in page.all("form") if str(one.get("action")).startswith(road)]
        fields = [each for form in forms for each in form.iter() if each.get("name")]
        names = {each.get("name") for each in fields if not each.tag.endswith("button")}
        assert names == set(OF_STEP[""]) - {"text"} | {"csrf_token", "file"}

    def test_handed_in_with_a_picture(self, middle: Browser, road: str) -> None:
        upload(middle, f"{road}/files/pictures")
        page = middle.post(road, {**WHOLE, "go": "send"})
        assert page.h1 == WHOLE["title"] and "正在检查文件" in page.text
        run_worker()
        key = one_entry().id.hex()
        page = middle.get(f"/works/{key}/mine")
        assert "有一位老师会先看" in page.text and "收回这个作品" in page.links
        assert any("/files/" in (one.get("src") or "") for one in page.all("img"))

    def test_a_refused_file_loses_no_word(self, middle: Browser, road: str) -> None:
        middle.post(f"{road}/keep", WHOLE, status=204)
        page = upload(middle, f"{road}/files/pictures", b"no picture at all", status=422)
        assert WHOLE["title"] in [one.get("value") for one in page.all("input")]
        assert "打不开" in page.text
        assert one_entry().title == WHOLE["title"]

    def test_without_a_file_it_says_so(self, middle: Browser, road: str) -> None:
        page = middle.post(f"{road}/files/pictures", {}, status=422)
        assert "先选一个文件" in page.text
        middle.post(f"{road}/files/other", {}, status=404)

    def test_what_is_missing_is_named_and_what_was_typed_stays(
        self, middle: Browser, road: str
    ) -> None:
        page = middle.post(road, {"words": "慢一点", "go": "send"}, status=422)
        assert [page.links[text] for text in ("给作品起个名字",)] == ["#title"]
        assert "有 3 个地方要改" in page.words("h2")
        assert "慢一点" in page.words("textarea")

    def test_kept_for_later(self, middle: Browser, road: str) -> None:
        page = middle.post(road, {**WHOLE, "go": "save"})
        assert "存好了" in page.text and one_entry().standing == "draft"
        page = middle.get(road)
        assert WHOLE["title"] in [one.get("value") for one in page.all("input")]
        assert "会唱歌的斑马线" in middle.get("/me").text

    def test_a_draft_of_harm_says_who_helps(self, middle: Browser, road: str) -> None:
        page = middle.post(road, {**WHOLE, "words": HURT, "go": "save"})
        assert "12355" in page.text and "还没有交给谁看" in page.text

    def test_preview_is_what_a_juror_sees(self, middle: Browser, road: str, cast: Cast) -> None:
        upload(middle, f"{road}/files/pictures")
        run_worker()
        page = middle.post(road, {**WHOLE, "go": "preview"})
        assert page.h1 == "评委会看到什么"
        seen = " ".join(page.words("article"))
        assert all(WHOLE[name] in seen for name in ("title", "words", "alt"))
        assert cast.middle_child.nickname not in seen and "10–13 岁" in seen

    def test_asked_about_a_telephone_number_then_sent_so(self, middle: Browser, road: str) -> None:
        upload(middle, f"{road}/files/pictures")
        told = {**WHOLE, "words": "要是喜欢请打 13800005526。", "go": "send"}
        page = middle.post(road, told, status=422)
        assert "好像有电话号码" in page.text and "13800005526" in page.text
        mark = next(
            one.get("value") or "" for one in page.all("button") if one.get("name") == "sure"
        )
        middle.post(road, {**told, "sure": mark})
        assert one_entry().standing == "pressing"

    def test_harm_leads_to_a_calm_page_once(self, middle: Browser, road: str) -> None:
        upload(middle, f"{road}/files/pictures")
        page = middle.post(road, {**WHOLE, "words": HURT, "go": "send"})
        assert page.h1 == "谢谢你告诉我们" and "12355" in page.text
        key = one_entry().id.hex()
        assert one_entry().words == ""
        middle.get(f"/works/{key}/mine", status=404)
        assert HURT not in middle.get("/me").text and "我的作品" not in middle.get("/me").text
        assert middle.get(f"/calls/{one_entry().call_id}/handed-in").h1 != "谢谢你告诉我们"

    def test_withdrawn(self, middle: Browser, road: str) -> None:
        upload(middle, f"{road}/files/pictures")
        middle.post(road, {**WHOLE, "go": "send"})
        key = one_entry().id.hex()
        assert middle.get(f"/works/{key}/withdraw").h1 == "收回这个作品？"
        middle.post(f"/works/{key}/withdraw")
        assert one_entry().standing == "withdrawn"
        middle.get(f"/works/{key}/mine", status=404)

    def test_who_may_not_is_led_to_the_call(
        self, browser: Browser, cast: Cast, road: str, drawings: ShownCall
    ) -> None:
        for person in (cast.unconsented,):
            page = browser.as_(person).get(road)
            assert page.h1 == "我家门前的路"
            browser.as_(person).post(road, WHOLE, status=403)
        browser.as_(cast.teacher).get(road, status=403)
        assert no_entry()


class TestSmall:
    def test_step_by_step(self, browser: Browser, cast: Cast, road: str) -> None:
        child = browser.as_(cast.child)
        assert child.get(road).h1 == "放上你的作品"
        page = child.post(road, {"step": "work", "go": "next"}, status=422)
        assert "放上你的作品：拍一张，或者选一张" in page.links
        assert upload(child, f"{road}/files/pictures").h1 == "放上你的作品"
        assert child.post(road, {"step": "work", "go": "next"}).h1 == "它叫什么名字？"
        page = child.post(road, {"step": "title", "title": "斑马线", "go": "next"})
        assert page.h1 == "为什么做它？"
        page = child.post(road, {"step": "words", "words": "慢一点", "go": "next"})
        assert page.h1 == "最后几件小事"
        page = child.post(road, {"step": "done", "go": "send"}, status=422)
        assert "选一个：是自己做的，还是 AI 帮了忙？" in page.links
        page = child.post(road, {"step": "done", "ai": "none", "name_form": "none", "go": "send"})
        assert page.h1 == "斑马线"
        entry = one_entry()
        assert (entry.title, entry.words, entry.ai) == ("斑马线", "慢一点", "none")
        assert not entry.shown

    def test_it_goes_on_where_it_was_left(self, browser: Browser, cast: Cast, road: str) -> None:
        child = browser.as_(cast.child)
        upload(child, f"{road}/files/pictures")
        assert child.get(road).h1 == "它叫什么名字？"
        child.post(f"{road}/keep", {"step": "title", "title": "斑马线"}, status=204)
        assert child.get(road).h1 == "为什么做它？"
        assert child.get(f"{road}?step=work").h1 == "放上你的作品"

    def test_at_the_end_she_is_asked_about_what_tells_too_much(
        self, browser: Browser, cast: Cast, road: str
    ) -> None:
        child = browser.as_(cast.child)
        upload(child, f"{road}/files/pictures")
        child.post(road, {"step": "title", "title": "斑马线", "go": "next"})
        child.post(road, {"step": "words", "words": "请打 13800005526", "go": "next"})
        page = child.post(road, {"step": "done", "ai": "none", "go": "send"}, status=422)
        assert "好像有电话号码" in page.text


class TestTogether:
    @pytest.fixture
    def group(self, cast: Cast) -> ShownCall:
        return published_call(cast, authors_most=2)

    def code(self, page: Page) -> str:
        return next(
            "".join(one.itertext()) for one in page.all("p") if "data-join-code" in one.attrib
        )

    def test_all_say_yes_before_it_goes(
        self, browser: Browser, cast: Cast, group: ShownCall
    ) -> None:
        road = f"/calls/{group.id}/hand-in"
        lead, mate = browser.as_(cast.middle_child), browser.as_(cast.child)
        code = self.code(lead.post(f"/calls/{group.id}/together"))
        upload(lead, f"{road}/files/pictures")
        lead.post(f"{road}/keep", WHOLE, status=204)
        assert "我有同学给的码" in mate.get(f"/calls/{group.id}").links
        page = mate.post(f"/calls/{group.id}/join", {"code": code.lower().replace("-", " ")})
        assert page.h1 == "你愿意当作者吗？" and WHOLE["title"] in page.text
        assert cast.middle_child.legal_name not in page.text
        page = lead.post(road, {**WHOLE, "go": "send"}, status=422)
        assert "还有同学没说" in page.text and WHOLE["words"] in page.words("textarea")
        key = one_entry().id.hex()
        mate.post(f"/works/{key}/join", {"name_form": "surname"})
        page = lead.get(f"/works/{key}/authors")
        assert "王某" in page.text and cast.child.legal_name not in page.text
        lead.post(road, {**WHOLE, "go": "send"})
        assert one_entry().standing == "pressing" and one_entry().code != code
        assert one_entry().band == "b"
        mate.get(f"/works/{key}/mine")
        third = browser.as_(cast.far_child)
        assert (
            "没有找到这个码"
            in third.post(f"/calls/{group.id}/join", {"code": code}, status=422).text
        )

    def test_a_change_asks_anew_and_the_lead_may_take_her_off(
        self, browser: Browser, cast: Cast, group: ShownCall
    ) -> None:
        lead, mate = browser.as_(cast.middle_child), browser.as_(cast.child)
        code = self.code(lead.post(f"/calls/{group.id}/together"))
        mate.post(f"/calls/{group.id}/join", {"code": code})
        key = one_entry().id.hex()
        mate.post(f"/works/{key}/join", {"name_form": "nickname"})
        full = browser.as_(cast.far_child)
        full.post(f"/calls/{group.id}/join", {"code": code}, status=422)
        lead.post(f"/calls/{group.id}/hand-in/keep", WHOLE, status=204)
        page = lead.get(f"/works/{key}/authors")
        assert "还没说愿意" in page.text
        with unit_of_work(writes=False):
            other = session().scalars(select(Author.id).where(Author.lead.is_(False))).one()
        lead.post(f"/works/{key}/authors/{other.hex()}/off")
        mate.get(f"/works/{key}/mine", status=404)

    def test_codes_are_not_tried_out(self, browser: Browser, cast: Cast, group: ShownCall) -> None:
        mate, other = browser.as_(cast.child), browser.as_(cast.far_child)
        for _turn in range(15):
            mate.post(f"/calls/{group.id}/join", {"code": "AAA-AAA"}, status=422)
        mate.post(f"/calls/{group.id}/join", {"code": "AAA-AAA"}, status=429)
        other.post(f"/calls/{group.id}/join", {"code": "AAA-AAA"}, status=422)

    def test_a_mate_leaves_and_the_work_stays(
        self, browser: Browser, cast: Cast, group: ShownCall
    ) -> None:
        entry = handed_in(group, cast.middle_child, cast.child)
        key, mate = entry.id.hex(), browser.as_(cast.child)
        assert "我退出" in mate.get(f"/works/{key}/mine").links
        assert mate.get(f"/works/{key}/leave").h1 == "退出这个作品？"
        mate.post(f"/works/{key}/withdraw", status=403)
        mate.post(f"/works/{key}/leave")
        mate.get(f"/works/{key}/mine", status=404)
        browser.as_(cast.middle_child).get(f"/works/{key}/mine")
        browser.as_(cast.middle_child).post(f"/works/{key}/leave", status=403)

    def test_another_code_ends_the_first(
        self, browser: Browser, cast: Cast, group: ShownCall
    ) -> None:
        lead = browser.as_(cast.middle_child)
        code = self.code(lead.post(f"/calls/{group.id}/together"))
        key = one_entry().id.hex()
        assert self.code(lead.post(f"/works/{key}/authors/code")) != code
        browser.as_(cast.child).post(f"/calls/{group.id}/join", {"code": code}, status=422)
