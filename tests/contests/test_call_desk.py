"""The secretary's pages: begin, write by buttons, see it as children will, publish, try it out."""

from datetime import timedelta
from typing import Any

import pytest

from participation.contests.call import ShownCall
from participation.contests.outline import CallOutline
from participation.contests.queries.calls import whole_call
from participation.contests.queries.drafts import outline_of
from participation.kernel.clock import CITY_ZONE
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations.test_managing import sent
from tests.contests.calling import drafted, outline, published, rehearsed
from tests.support.browser import Browser
from tests.support.cast import Cast

LANGUAGES = ("zh-Hans", "en")


@pytest.fixture
def secretary(browser: Browser, cast: Cast) -> Browser:
    return browser.as_(cast.secretary)


@pytest.fixture
def draft(cast: Cast, settings: Settings) -> int:
    with unit_of_work():
        return drafted(cast, settings).id


@pytest.fixture
def rehearsal(cast: Cast, settings: Settings) -> int:
    return rehearsed(cast, settings)


def desk(number: int, part: str = "") -> str:
    return f"/desk/calls/{number}{part}"


def kept(number: int) -> CallOutline:
    with unit_of_work(writes=False):
        return outline_of(whole_call(number))


class TestDoor:
    def test_only_secretaries(self, browser: Browser, cast: Cast, rehearsal: int) -> None:
        parts = ("", "/preview", "/publish", "/rehearsal")
        paths = ("/desk/calls", "/desk/calls/new", *(desk(rehearsal, part) for part in parts))
        deeds = ("", "/publish", "/extend", "/rehearse", "/rehearsal/dates", "/rehearsal/guests")
        for person in (cast.child, cast.official, cast.juror, cast.administrator):
            visitor = browser.as_(person)
            for path in paths:
                visitor.get(path, status=403)
            for part in (*deeds, "/rehearsal/close", "/rehearsal/fill", "/rehearsal/end"):
                visitor.post(desk(rehearsal, part), status=403)
        for path in (*paths, f"/desk/rehearsals/{rehearsal}"):
            assert browser.client.get(path).location.startswith("/staff/sign-in?next=")


class TestWriting:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_from_a_kind_and_a_title_to_a_draft(self, language: str, secretary: Browser) -> None:
        secretary.client.set_cookie("language", language)
        assert len(secretary.get("/desk/calls/new").h1) > 3
        empty = secretary.post("/desk/calls/new", {"title_zh": " ", "kind": "logo"}, status=422)
        assert empty.all("section")
        page = secretary.post("/desk/calls/new", {"title_zh": "城市标志", "kind": "logo"})
        assert page.h1 == "城市标志"
        assert "城市标志" in secretary.get("/desk/calls").links
        assert kept(1).criteria[1].title["zh"] == "一眼看得懂"

    def test_an_unknown_kind_is_refused(self, secretary: Browser) -> None:
        secretary.post("/desk/calls/new", {"title_zh": "x", "kind": "film"}, status=422)

    def test_what_is_shown_is_what_is_kept(
        self, secretary: Browser, draft: int, cast: Cast
    ) -> None:
        secretary.post(desk(draft), sent(secretary.get(desk(draft)), do="save"))
        found, wanted = kept(draft), outline(cast)
        for name in CallOutline.__slots__:
            if not name.endswith("_at"):
                assert getattr(found, name) == getattr(wanted, name), name
        assert found.closes_at and wanted.closes_at
        assert abs(found.closes_at - wanted.closes_at) < timedelta(minutes=2)

    def test_lists_grow_move_and_shrink_by_buttons_and_keep_what_is_typed(
        self, secretary: Browser, draft: int
    ) -> None:
        page = secretary.post(
            desk(draft), sent(secretary.get(desk(draft)), do="add-uses", title_zh="新标题")
        )
        assert page.h1 == "新标题"
        more = {"uses-1-title_zh": "印成画册", "do": "up-uses:1"}
        page = secretary.post(desk(draft), sent(page, **more))
        page = secretary.post(desk(draft), sent(page, do="remove-themes:0"))
        page = secretary.post(desk(draft), sent(page, do="add-criteria"))
        found = kept(draft)
        assert [one.title.get("zh") for one in found.uses] == ["印成画册", "印成明信片"]
        assert found.themes == () and len(found.criteria) == 4
        secretary.post(desk(draft), sent(page, kind="logo", do="usual"))
        assert len(kept(draft).criteria) == 4 and kept(draft).pictures_most == 1

    def test_a_shape_that_cannot_be_is_said_and_nothing_typed_is_lost(
        self, secretary: Browser, draft: int
    ) -> None:
        typed = {"title_zh": "长" * 31, "years": "40", "criteria-0-weight": "9"}
        page = secretary.post(
            desk(draft), sent(secretary.get(desk(draft)), **typed, do="save"), status=422
        )
        assert "长" * 31 in page.text
        targets = set(page.links.values())
        assert {"#title_zh", "#years", "#criteria-0-weight"} <= targets
        assert kept(draft).years == 2

    def test_two_at_once(self, secretary: Browser, draft: int) -> None:
        old = secretary.get(desk(draft))
        secretary.post(desk(draft), sent(old, title_zh="第一个", do="save"))
        page = secretary.post(desk(draft), sent(old, title_zh="第二个", do="save"), status=422)
        assert "别人刚改过这份草稿" in page.text and "第二个" in page.text

    def test_long_sentences_are_a_hint_and_no_barrier(self, secretary: Browser, draft: int) -> None:
        long = "请你画一画你每天早上从家里走到学校门口的那一条路"
        page = secretary.post(
            desk(draft), sent(secretary.get(desk(draft)), brief_small_zh=long, do="save")
        )
        assert "给 6–9 岁看的说明里，1 句太长" in page.text

    def test_hostile_words_are_only_words(self, secretary: Browser, draft: int) -> None:
        text = "</textarea><script>alert(1)</script>{{ 7*7 }}"
        page = secretary.post(
            desk(draft), sent(secretary.get(desk(draft)), rules_zh=text, do="save")
        )
        assert text in page.words("textarea")
        assert text in secretary.get(desk(draft, "/preview?band=b")).words("p")


class TestPublishing:
    def test_each_gap_is_named_and_leads_to_its_field(self, secretary: Browser, draft: int) -> None:
        gone: dict[str, Any] = {
            "brief_zh": "",
            "bands": [],
            "prizes_zh": "奖金一千元",
            "use_where_zh": "版权归主办方",
            "criteria-0-praise_zh": "",
            "uses-0-title_zh": "",
            "closes_at": "",
            "answer_due": "",
        }
        page = secretary.post(
            desk(draft), sent(secretary.get(desk(draft)), **gone, do="publish"), status=422
        )
        targets = set(page.links.values())
        assert {f"#{name}" for name in gone if name != "bands"} | {"#bands-0"} <= targets
        assert "征集不给钱、不收钱，也不能和升学有关。请去掉“奖金”" in page.text
        ids = {one.get("id") for one in page.root.iter()} if page.root is not None else set()
        assert {link[1:] for link in page.links.values() if link.startswith("#")} <= ids

    def test_it_asks_once_more(self, secretary: Browser, draft: int, browser: Browser) -> None:
        page = secretary.post(desk(draft), sent(secretary.get(desk(draft)), do="publish"))
        assert page.h1 == "发布这份征集？"
        browser.get(f"/calls/{draft}", status=404)
        page = secretary.post(desk(draft, "/publish"), page.fields(desk(draft, "/publish")))
        assert "已经发布" in page.text
        browser.get(f"/calls/{draft}")
        assert "内容不再变" in secretary.get(desk(draft)).text
        secretary.post(desk(draft), {"title_zh": "换一个"}, status=403)
        secretary.post(desk(draft, "/publish"), status=403)

    def test_not_a_draft_that_changed_since_it_was_looked_at(
        self, secretary: Browser, draft: int, browser: Browser
    ) -> None:
        looked = secretary.get(desk(draft, "/publish")).fields(desk(draft, "/publish"))
        secretary.post(desk(draft), sent(secretary.get(desk(draft)), title_zh="换了", do="save"))
        page = secretary.post(desk(draft, "/publish"), looked)
        assert "草稿刚刚改过" in page.text and "“换了”" in page.text
        browser.get(f"/calls/{draft}", status=404)

    def test_a_saved_draft_with_gaps_is_not_published_from_the_list(
        self, secretary: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            half = drafted(cast, settings, rules=Words()).id
        asked = secretary.get(desk(half, "/publish")).fields(desk(half, "/publish"))
        page = secretary.post(desk(half, "/publish"), asked, status=422)
        assert "#rules_zh" in page.links.values()


class TestExtending:
    def test_only_later(self, secretary: Browser, cast: Cast, settings: Settings) -> None:
        call: ShownCall = published(cast, settings)
        assert call.closes_at is not None
        local = call.closes_at.astimezone(CITY_ZONE)
        for typed in ("", "nonsense", (local - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")):
            page = secretary.post(desk(call.id, "/extend"), {"closes_at": typed}, status=422)
            assert "#closes_at" in page.links.values()
        later = (local + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        page = secretary.post(desk(call.id, "/extend"), {"closes_at": later})
        assert "结束时间推后了" in page.text


class TestPreview:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("band", ["a", "b", "c", "x"])
    def test_as_each_band_sees_it(
        self, band: str, language: str, secretary: Browser, draft: int
    ) -> None:
        secretary.client.set_cookie("language", language)
        page = secretary.get(desk(draft, f"/preview?band={band}"))
        assert page.root is not None
        assert page.root.get("data-band") == (band if band != "x" else "b")
        assert not [one for one in page.links.values() if "hand-in" in one]

    def test_an_empty_draft_can_be_looked_at(self, secretary: Browser) -> None:
        secretary.post("/desk/calls/new", {"title_zh": "刚开始", "kind": "free"})
        for band in "abc":
            assert secretary.get(desk(1, f"/preview?band={band}")).h1 == "刚开始"
        assert secretary.get(desk(1, "/publish")).h1


class TestRehearsal:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_begin_fill_close_end(self, language: str, secretary: Browser, draft: int) -> None:
        secretary.client.set_cookie("language", language)
        page = secretary.post(desk(draft, "/rehearse"))
        number = draft + 1
        assert "预演" in page.h1 or "ehearsal" in page.h1
        here = desk(number, "/rehearsal")
        for deed in ("fill", "fill", "close"):
            secretary.post(f"{here}/{deed}")
        assert f"{here}/close" not in {one.get("action") for one in secretary.get(here).all("form")}
        assert secretary.get(desk(number)).h1 == secretary.get(here).h1
        assert here in secretary.get("/desk/calls").links.values()
        secretary.post(f"{here}/end")
        secretary.get(here, status=404)
        assert here not in secretary.get("/desk/calls").links.values()

    def test_half_a_call_cannot_be_tried_and_says_why(
        self, secretary: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            half = drafted(cast, settings, rules=Words()).id
        page = secretary.post(desk(half, "/rehearse"))
        assert "还不能预演：用孩子的话写明有什么要求" in page.text

    def test_dates(self, secretary: Browser, rehearsal: int) -> None:
        here = desk(rehearsal, "/rehearsal")
        typed = {"opens_at": "2020-01-01T08:00", "closes_at": "2020-01-02T08:00"}
        page = secretary.post(f"{here}/dates", typed)
        assert "日子改好了" in page.text
        turned = {"opens_at": "2020-01-03T08:00", "closes_at": "2020-01-02T08:00"}
        page = secretary.post(f"{here}/dates", turned, status=422)
        assert "#closes_at" in page.links.values() and "2020-01-03T08:00" in page.text
        page = secretary.post(f"{here}/dates", {"notice_from": "x"}, status=422)
        assert "#notice_from" in page.links.values()

    def test_colleagues_are_let_in_and_out(
        self, secretary: Browser, rehearsal: int, browser: Browser, cast: Cast
    ) -> None:
        here, look = desk(rehearsal, "/rehearsal"), f"/desk/rehearsals/{rehearsal}"
        official = browser.as_(cast.official)
        official.get(look, status=404)
        page = secretary.post(f"{here}/guests", {"person_id": "0"}, status=422)
        assert "#person_id" in page.links.values()
        page = secretary.post(f"{here}/guests", {"person_id": str(cast.official.id)})
        assert "陈立" in page.text
        for band in "abc":
            assert official.get(f"{look}?band={band}").h1 == "我家门前的路"
        secretary.get(look)
        for stranger in (cast.teacher, cast.juror, cast.moderator):
            browser.as_(stranger).get(look, status=404)
        browser.as_(cast.child).get(look, status=403)
        secretary.post(f"{here}/guests", {"remove": str(cast.official.id)})
        official.get(look, status=404)

    def test_a_real_call_is_not_run_like_one(
        self, secretary: Browser, cast: Cast, settings: Settings
    ) -> None:
        number = published(cast, settings).id
        secretary.get(desk(number, "/rehearsal"), status=404)
        for deed in ("close", "fill", "end", "dates", "guests"):
            secretary.post(desk(number, f"/rehearsal/{deed}"), status=404)
