"""Pages of a work as its child, classmates, a guardian, a moderator and strangers see them."""

import io
import re
from typing import Any

import pytest
from sqlalchemy import select

from participation.contests.actions import licences
from participation.contests.call import ShownCall
from participation.contests.forms.entries import OF_STEP
from participation.contests.models import Author, Entry, Licence
from participation.contests.naming import entry_subject
from participation.contests.queries.own import own_work
from participation.kernel.database import session, unit_of_work
from participation.media.queries import files_of
from participation.moderation.actions import claim_next
from participation.moderation.models import Case
from participation.settings import Settings
from tests.contests.stage import approved, handed_in, published_call, who, work
from tests.media.stage import picture
from tests.media.stage import work as run_worker
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

HURT = "爸爸喝酒就打我，昨天又打了"
WHOLE = {
    "title": "会唱歌的斑马线",
    "words": "我想让车慢下来。",
    "alt": "三个孩子走在斑马线上。",
    "ai": "none",
    "name_form": "nickname",
}


def upload(page: Browser, address: str, content: bytes | None = None, **more: Any) -> Page:
    data = {"file": (io.BytesIO(content or picture()), "滑梯.jpg")}
    return page.post(address, data, content_type="multipart/form-data", **more)


def source_in(page: Page, part: str) -> str:
    """The address of the first picture whose address holds this."""
    found = (one.get("src") or "" for one in page.all("img"))
    return next(source for source in found if part in source)


def version_in(page: Page, case_id: int) -> str:
    return page.fields(f"/desk/moderation/cases/{case_id}/decide")["version"]


def one_entry() -> Entry:
    with unit_of_work(writes=False):
        return session().scalars(select(Entry)).one()


def no_entry() -> bool:
    with unit_of_work(writes=False):
        return session().scalars(select(Entry)).all() == []


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


class TestGuardian:
    @pytest.fixture
    def slip(self, browser: Browser, cast: Cast, drawings: ShownCall) -> str:
        """The code of a fresh slip of an approved work."""
        entry = work(drawings, cast.child, standing="approved", uses=[drawings.uses[0].id])
        page = browser.as_(cast.child).post(f"/works/{entry.id.hex()}/slip")
        assert page.h1 == "给家长的纸条" and "<svg" in page.text
        return next(
            "".join(one.itertext()) for one in page.all("p") if "data-licence-code" in one.attrib
        )

    def test_she_sees_what_is_asked_and_decides(
        self, browser: Browser, slip: str, drawings: ShownCall, cast: Cast
    ) -> None:
        page = browser.post("/licence", {"code": slip.lower()})
        assert page.h1 == "孩子的作品，请您决定"
        for told in ("小满", "会唱歌的斑马线", "童声网站和市少年宫", "可以展出在公交站"):
            assert told in page.text
        assert cast.child.legal_name not in page.text and "可以印在明信片上" not in page.text
        assert not [one for one in page.all("input") if one.get("checked") is not None]
        answers = [one.get("class") for one in page.all("button") if one.get("name") == "decision"]
        assert len(answers) == 2 and answers[0] == answers[1]
        sent = {"guardian": "y", "decision": "agreed", "use": str(drawings.uses[0].id)}
        page = browser.post(f"/licence/{slip}", sent)
        assert page.h1 == "谢谢，记下了"
        fresh = re.search(r"data-fresh-code>([^<]+)<", page.text)
        assert fresh is not None
        with unit_of_work(writes=False):
            found = session().scalars(select(Licence)).one()
        assert (found.guardian, found.uses) == ("agreed", [drawings.uses[0].id])
        browser.get(f"/licence/{slip}", status=404)
        browser.post(f"/licence/{fresh[1]}", {"guardian": "y", "decision": "refused"})
        with unit_of_work(writes=False):
            assert session().scalars(select(Licence.guardian)).one() == "withdrawn"

    def test_a_decision_is_needed(self, browser: Browser, slip: str) -> None:
        page = browser.post(f"/licence/{slip}", {"decision": "agreed"}, status=422)
        assert "请先打勾" in page.text
        browser.post(f"/licence/{slip}", {"guardian": "y"}, status=422)

    def test_wrong_codes(self, browser: Browser) -> None:
        assert "用不了" in browser.post("/licence", {"code": "ABCD"}, status=422).text
        browser.get("/licence/ABCD-EFGH-JKLM-NP", status=404)
        assert browser.get("/licence").h1 == "孩子的作品，请您决定"

    def test_the_picture_is_for_whoever_holds_the_slip(
        self, browser: Browser, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        run_worker()
        child.post(road, {**WHOLE, "go": "send"})
        with unit_of_work():
            own = own_work(who(cast.middle_child, settings), one_entry().id.hex())
            code = licences.print_slip(who(cast.middle_child, settings), own, days=14)
        page = browser.get(f"/licence/{code}")
        source = source_in(page, "licence")
        with browser.client.get(source) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/webp")
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.data[:4] == b"RIFF"
        browser.post(f"/licence/{code}", {"guardian": "y", "decision": "refused"})
        assert browser.client.get(source).status_code == 404

    def test_the_child_ends_the_use(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = approved(drawings, cast.child)
        key, child = entry.id.hex(), browser.as_(cast.child)
        assert "现在挂在画廊里" in child.get(f"/works/{key}/mine").text
        assert child.get(f"/works/{key}/end-use").h1 == "不让我们再用你的作品？"
        page = child.post(f"/works/{key}/end-use")
        assert "这个作品不再用了" in page.text and "现在挂在画廊里" not in page.text


class TestDesk:
    @pytest.fixture
    def held(self, browser: Browser, cast: Cast, drawings: ShownCall) -> tuple[int, str]:
        """A case in the moderator's hand, and the key of its work."""
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        child.post(road, {**WHOLE, "go": "send"})
        run_worker()
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            return case.id, one_entry().id.hex()

    def test_she_sees_the_picture_and_no_child(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, key = held
        page = browser.as_(cast.moderator).get(f"/desk/moderation/cases/{case_id}")
        pictures = [one for one in page.all("img") if "exhibits__picture" in one.get("class", "")]
        assert len(pictures) == 1 and "V" in page.text
        assert WHOLE["title"] in page.text
        assert cast.middle_child.nickname not in page.text
        assert f"/desk/works/{key}/pictures/picture-1" in page.links.values()

    def test_approving_takes_the_ticks(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, _key = held
        desk = browser.as_(cast.moderator)
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {"version": version_in(page, case_id), "verdict": "approved"}
        page = desk.post(f"/desk/moderation/cases/{case_id}/decide", sent, status=422)
        assert "每一样都看过、勾上了，才能通过" in page.text
        sent["marks"] = ["seen:people", "seen:names", "seen:own"]
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        assert one_entry().standing == "approved"

    def test_covers_are_hers_who_holds_it(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, key = held
        address = f"/desk/works/{key}/pictures/picture-1"
        desk = browser.as_(cast.moderator)
        assert desk.get(address).h1 == "遮住图上的地方"
        browser.as_(cast.second_moderator).get(address, status=404)
        browser.as_(cast.secretary).get(address, status=403)
        desk.get(f"/desk/works/{key}/pictures/recording", status=404)
        desk.get("/desk/works/zz/pictures/picture-1", status=404)
        rows = {"left": "0", "top": "0", "width": "500", "height": "500", "how": "box"}
        desk.post(address, {**rows, "width": "5000"}, status=422)
        assert "谁也看不到" in desk.post(address, rows).text
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {
            "version": version_in(page, case_id),
            "verdict": "approved",
            "marks": ["seen:people", "seen:names", "seen:own"],
        }
        page = desk.post(f"/desk/moderation/cases/{case_id}/decide", sent, status=422)
        assert "做好了才能通过" in page.text
        run_worker()
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        with unit_of_work(writes=False):
            subject = own_subject(key)
            assert [file.undoable for file in files_of(subject)] == [False]
        assert one_entry().standing == "approved"
        desk.get(address, status=404)

    def test_an_officer_sees_what_was_escalated(
        self, browser: Browser, cast: Cast, held: tuple[int, str]
    ) -> None:
        case_id, _key = held
        desk = browser.as_(cast.moderator)
        page = desk.get(f"/desk/moderation/cases/{case_id}")
        sent = {"version": version_in(page, case_id), "verdict": "escalated"}
        desk.post(f"/desk/moderation/cases/{case_id}/decide", sent)
        officer = browser.as_(cast.safeguarding)
        officer.get("/desk/concerns/1")
        page = officer.post("/desk/concerns/1/read")
        assert WHOLE["title"] in page.text
        assert [one for one in page.all("img") if "exhibits__picture" in one.get("class", "")]


def own_subject(key: str) -> Any:
    return entry_subject(bytes.fromhex(key))


class TestReports:
    def test_anybody_says_what_is_wrong(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        key = approved(drawings, cast.child).id.hex()
        assert browser.get(f"/works/{key}/report").h1 == "这个作品哪里不对？"
        browser.post(f"/works/{key}/report", {}, status=422)
        page = browser.post(f"/works/{key}/report", {"reason": "personal"})
        assert page.h1 == "谢谢你告诉我们"
        with unit_of_work(writes=False):
            assert session().scalars(select(Case.kind)).all() == ["report"]

    def test_only_what_hangs(self, browser: Browser, cast: Cast, drawings: ShownCall) -> None:
        key = handed_in(drawings, cast.child).id.hex()
        browser.get(f"/works/{key}/report", status=404)
        browser.post(f"/works/{key}/report", {"reason": "personal"}, status=404)


class TestLeaks:
    @pytest.mark.parametrize("standing", ["draft", "pressing", "waiting", "returned"])
    def test_unseen_works_are_nobodys_but_their_authors(
        self, browser: Browser, cast: Cast, drawings: ShownCall, standing: str
    ) -> None:
        entry = work(drawings, cast.child, standing=standing, guardian="agreed")
        key = entry.id.hex()
        pages = ("mine", "preview", "change", "authors", "join", "leave", "withdraw", "report")
        everybody = (
            cast.middle_child,
            cast.stranger,
            cast.teacher,
            cast.moderator,
            cast.secretary,
            cast.official,
            cast.administrator,
            cast.juror,
        )
        for person in everybody:
            reader = browser.as_(person)
            for page in pages:
                answer = reader.client.get(f"/works/{key}/{page}")
                assert answer.status_code in (403, 404), (person.role, page)
                assert entry.title not in answer.get_data(as_text=True)
            for name in ("slip", "appeal", "authors/code", "files/off", "files/pictures"):
                data = {"csrf_token": reader.token()}
                answer = reader.client.post(f"/works/{key}/{name}", data=data)
                assert answer.status_code in (403, 404), (person.role, name)
            assert reader.client.get(f"/desk/works/{key}/pictures/picture-1").status_code in (
                403,
                404,
            )
        for address in (f"/calls/{drawings.id}", "/calls", "/", f"/works/{key}/report"):
            assert entry.title not in browser.client.get(address).get_data(as_text=True)

    def test_a_files_address_opens_in_no_other_visit(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        road, child = f"/calls/{drawings.id}/hand-in", browser.as_(cast.middle_child)
        upload(child, f"{road}/files/pictures")
        run_worker()
        page = child.get(road)
        source = source_in(page, "/files/")
        with child.client.get(source) as answer:
            assert (answer.status_code, answer.data[:4]) == (200, b"RIFF")
        for other in (browser, browser.as_(cast.child), browser.as_(cast.moderator)):
            assert other.client.get(source).status_code == 404
        child.post(f"{road}/files/off", {"file_id": file_id()})
        assert child.client.get(source).status_code == 404


def file_id() -> str:
    with unit_of_work(writes=False):
        return files_of(own_subject(one_entry().id.hex()))[0].id
