"""The secretary's pages: begin, write by buttons, see it as children will, publish, put off."""

from datetime import timedelta
from typing import Any

import pytest

from participation.consultations.queries.drafts import outline_of, whole_consultation
from participation.consultations.topic import Topic
from participation.kernel.clock import CITY_ZONE
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations.stage import drafted, outline, published
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


@pytest.fixture
def secretary(browser: Browser, cast: Cast) -> Browser:
    return browser.as_(cast.secretary)


@pytest.fixture
def draft(cast: Cast, settings: Settings) -> int:
    with unit_of_work():
        return drafted(cast, settings).id


def sent(page: Page, **changes: Any) -> dict[str, Any]:
    """Everything that the form of the page would send, with some fields changed."""
    found: dict[str, Any] = {}
    for one in page.all("input"):
        tick = one.get("type") in ("checkbox", "radio")
        name = one.get("name", "")
        if name and name != "csrf_token" and (not tick or one.get("checked") is not None):
            found.setdefault(name, []).append(one.get("value", ""))
    for one in page.all("textarea"):
        found[one.get("name", "")] = ["".join(one.itertext())]
    for one in page.all("select"):
        chosen = [leaf for leaf in one.iter() if leaf.get("selected") is not None]
        found[one.get("name", "")] = [leaf.get("value", "") for leaf in chosen]
    for leftover in ("theme", "size", "language", "next"):
        found.pop(leftover, None)
    return found | changes


def edit(number: int, part: str = "") -> str:
    return f"/desk/topics/{number}{part}"


def publish(secretary: Browser, number: int) -> None:
    """Say yes on the page that asks once more."""
    address = edit(number, "/publish")
    page = secretary.post(address, secretary.get(address).fields(address))
    assert "已经发布" in page.text


class TestDoor:
    def test_only_secretaries(self, browser: Browser, cast: Cast, draft: int) -> None:
        parts = ("", "/preview", "/publish")
        paths = ("/desk/topics", "/desk/topics/new", *(edit(draft, part) for part in parts))
        for path in paths:
            for person in (cast.child, cast.official, cast.moderator, cast.administrator):
                browser.as_(person).get(path, status=403)
            assert browser.client.get(path).location.startswith("/staff/sign-in?next=")
        for part in ("", "/publish", "/extend"):
            browser.as_(cast.official).post(edit(draft, part), status=403)


class TestWriting:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_from_a_title_to_a_draft(self, language: str, secretary: Browser) -> None:
        secretary.client.set_cookie("language", language)
        page = secretary.get("/desk/topics/new")
        assert len(page.h1) > 3
        empty = secretary.post("/desk/topics/new", {"title_zh": " "}, status=422)
        assert empty.all("section")
        page = secretary.post("/desk/topics/new", {"title_zh": "校园午餐", "sign": "餐"})
        assert page.h1 == "校园午餐"
        assert "校园午餐" in secretary.get("/desk/topics").links

    def test_what_is_shown_is_what_is_kept(
        self, secretary: Browser, draft: int, cast: Cast
    ) -> None:
        secretary.post(edit(draft), sent(secretary.get(edit(draft)), do="save"))
        with unit_of_work(writes=False):
            found, wanted = outline_of(whole_consultation(draft)), outline(cast)
        assert (found.title, found.summary, found.bands) == (
            wanted.title,
            wanted.summary,
            wanted.bands,
        )
        assert found.opens_at is not None and wanted.opens_at is not None
        assert abs(found.opens_at - wanted.opens_at) < timedelta(minutes=2)
        assert [one.wording for one in found.questions] == [o.wording for o in wanted.questions]
        assert [one.most for one in found.questions] == [1, 2, 1, 1]
        assert [o.icon for o in found.questions[1].options] == ["t-light", "t-cross", "t-walk"]
        assert found.themes[0].option == found.questions[1].options[0].key

    def test_lists_grow_move_and_shrink_by_buttons_and_keep_what_is_typed(
        self, secretary: Browser, draft: int
    ) -> None:
        page = secretary.get(edit(draft))
        page = secretary.post(edit(draft), sent(page, do="add-question", title_zh="新标题"))
        assert page.h1 == "新标题"
        assert len([one for one in page.all("legend") if "第 5 题" in "".join(one.itertext())]) == 1
        page = secretary.post(
            edit(draft),
            sent(page, **{"questions-4-wording_zh": "第五问", "do": "up-question:4"}),
        )
        page = secretary.post(edit(draft), sent(page, do="add-option:1"))
        page = secretary.post(edit(draft), sent(page, do="remove-option:1.0"))
        page = secretary.post(edit(draft), sent(page, do="add-theme"))
        with unit_of_work(writes=False):
            found = outline_of(whole_consultation(draft))
        assert [one.wording.get("zh", "")[:3] for one in found.questions][3:] == [
            "第五问",
            "你会怎",
        ]
        assert len(found.questions[1].options) == 3
        assert len(found.themes) == 3
        assert found.themes[0].option == ""

    def test_a_shape_that_cannot_be_is_said_and_nothing_typed_is_lost(
        self, secretary: Browser, draft: int
    ) -> None:
        long = "长" * 41
        page = secretary.post(
            edit(draft),
            sent(secretary.get(edit(draft)), title_zh=long, sign="园", do="save"),
            status=422,
        )
        assert long in page.text
        assert "#title_zh" in page.links.values()
        with unit_of_work(writes=False):
            assert whole_consultation(draft).sign == "路"

    def test_two_at_once(self, secretary: Browser, draft: int) -> None:
        old = secretary.get(edit(draft))
        secretary.post(edit(draft), sent(old, title_zh="第一个", do="save"))
        page = secretary.post(edit(draft), sent(old, title_zh="第二个", do="save"), status=422)
        assert "别人刚改过这份草稿" in page.text
        assert "第二个" in page.text

    def test_hostile_words_are_only_words(self, secretary: Browser, draft: int) -> None:
        text = "</textarea><script>alert(1)</script>{{ 7*7 }}"
        page = secretary.post(
            edit(draft), sent(secretary.get(edit(draft)), summary_zh=text, do="save")
        )
        assert text in page.words("textarea")
        shown = secretary.get(edit(draft, "/preview?band=b"))
        assert text in " ".join(shown.words("li"))


class TestPublishing:
    def test_each_gap_is_named_and_leads_to_its_field(self, secretary: Browser, draft: int) -> None:
        page = secretary.post(
            edit(draft),
            sent(
                secretary.get(edit(draft)),
                **{
                    "summary_zh": "",
                    "bands": [],
                    "closes_at": "",
                    "questions-0-wording_zh": "",
                    "questions-1-most": "3",
                    "questions-1-options-0-label_zh": "",
                    "themes-0-title_zh": "",
                    "do": "publish",
                },
            ),
            status=422,
        )
        for target in (
            "#summary_zh",
            "#bands-0",
            "#closes_at",
            "#questions-0-wording_zh",
            "#questions-1-options",
            "#themes-0-title_zh",
        ):
            assert target in page.links.values(), target
        ids = {one.get("id") for one in page.root.iter()} if page.root is not None else set()
        assert {link[1:] for link in page.links.values() if link.startswith("#")} <= ids

    def test_what_only_a_look_at_others_tells_is_named_before_it_asks_once_more(
        self, secretary: Browser, draft: int, cast: Cast, settings: Settings
    ) -> None:
        published(cast, settings, sign="路")
        wrong = {"sign": "路", "official_id": str(cast.far_official.id)}
        page = secretary.post(
            edit(draft), sent(secretary.get(edit(draft)), **wrong, do="publish"), status=422
        )
        assert {"#sign", "#official_id"} <= set(page.links.values())

    @pytest.mark.parametrize("do", ["save", "add-question", "publish"])
    def test_a_close_before_the_opening_is_refused_and_nothing_is_lost(
        self, secretary: Browser, draft: int, do: str
    ) -> None:
        days = {"opens_at": "2027-12-10T08:00", "closes_at": "2027-12-05T20:00"}
        typed = sent(secretary.get(edit(draft)), **days, summary_zh="只写在这里", do=do)
        page = secretary.post(edit(draft), typed, status=422)
        assert "结束要晚于开始" in page.text and "只写在这里" in page.text
        assert page.links["结束要晚于开始"] == "#closes_at"

    def test_it_asks_once_more(self, secretary: Browser, draft: int, browser: Browser) -> None:
        page = secretary.post(edit(draft), sent(secretary.get(edit(draft)), do="publish"))
        assert page.h1 == "发布这份征求意见？"
        assert "内容不再变" in page.text
        assert edit(draft) in page.links.values()
        browser.get(f"/topics/{draft}", status=404)
        page = secretary.post(edit(draft, "/publish"), page.fields(edit(draft, "/publish")))
        assert "已经发布" in page.text
        browser.get(f"/topics/{draft}")

    def test_not_a_draft_that_changed_since_it_was_looked_at(
        self, secretary: Browser, draft: int, browser: Browser
    ) -> None:
        looked = secretary.get(edit(draft, "/publish")).fields(edit(draft, "/publish"))
        secretary.post(edit(draft), sent(secretary.get(edit(draft)), title_zh="换了", do="save"))
        page = secretary.post(edit(draft, "/publish"), looked)
        assert "草稿刚刚改过" in page.text and "“换了”" in page.text
        browser.get(f"/topics/{draft}", status=404)

    def test_published_it_is_read_only(self, secretary: Browser, draft: int) -> None:
        publish(secretary, draft)
        shown = secretary.get(edit(draft))
        assert "内容不再变" in shown.text
        assert not [one for one in shown.all("input") if one.get("name") == "title_zh"]
        secretary.post(edit(draft), {"title_zh": "换一个"}, status=403)
        secretary.post(edit(draft, "/publish"), status=403)

    def test_a_saved_draft_is_published_from_the_list_too(
        self, secretary: Browser, draft: int, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            gaps = drafted(cast, settings, sign="园", changeable=Words()).id
        asked = secretary.get(edit(gaps, "/publish")).fields(edit(gaps, "/publish"))
        page = secretary.post(edit(gaps, "/publish"), asked, status=422)
        assert "告知" in page.text
        publish(secretary, draft)
        assert secretary.get(edit(draft, "/publish")).h1 == secretary.get(f"/topics/{draft}").h1


class TestExtending:
    def test_only_later(self, secretary: Browser, matter: Topic) -> None:
        assert matter.closes_at is not None
        local = matter.closes_at.astimezone(CITY_ZONE)
        for typed in ("", "nonsense", (local - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")):
            page = secretary.post(edit(matter.id, "/extend"), {"closes_at": typed}, status=422)
            assert "#closes_at" in page.links.values()
        later = (local + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        page = secretary.post(edit(matter.id, "/extend"), {"closes_at": later})
        assert "结束时间推后了" in page.text


class TestPreview:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    @pytest.mark.parametrize("part", ["topic", "questions"])
    @pytest.mark.parametrize("band", ["a", "b", "c", "x"])
    def test_as_each_band_sees_it(
        self, band: str, part: str, language: str, secretary: Browser, draft: int
    ) -> None:
        secretary.client.set_cookie("language", language)
        page = secretary.get(edit(draft, f"/preview?band={band}&part={part}"))
        assert page.root is not None
        assert page.root.get("data-band") == (band if band != "x" else "b")
        main = [one for one in page.all("form") if "topics" in (one.get("action") or "")]
        enabled = [
            leaf
            for form in main
            for leaf in form.iter()
            if leaf.tag.endswith("button")
            and leaf.get("type") == "submit"
            and leaf.get("disabled") is None
        ]
        assert enabled == []

    def test_an_empty_draft_can_be_looked_at(self, secretary: Browser) -> None:
        secretary.post("/desk/topics/new", {"title_zh": "刚开始"})
        for band in "abc":
            for part in ("topic", "questions"):
                page = secretary.get(edit(1, f"/preview?band={band}&part={part}"))
                assert page.h1 == "刚开始"
