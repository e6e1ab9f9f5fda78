"""The gallery: what hangs, in an order of one's own, and gone the same minute."""

from collections import Counter

import pytest

from participation.contests.call import ShownCall
from participation.contests.drawn import DRAWS, Draw, Place, read_draw, read_place
from participation.contests.models import Call, Entry
from participation.contests.naming import SHUFFLES
from participation.contests.policies.gallery import Gallery, may_see_works
from participation.contests.queries.gallery import Looking, Wall, neighbours, wall
from participation.kernel.clock import now
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words
from tests.contests.stage import approved, published_call
from tests.contests.walls import Counted, hang, opened
from tests.support.browser import Browser
from tests.support.cast import Cast

LANGUAGES = ("zh-Hans", "en")
STEP = SHUFFLES // 50


@pytest.fixture
def works(drawings: ShownCall, cast: Cast) -> list[Entry]:
    """Fifty works of one child's, evenly round the ring, two of them at the same place."""
    return [
        approved(drawings, cast.child, title=f"画{n}", band="abc"[n % 3], shuffle=STEP * (n or 1))
        for n in range(50)
    ]


def walked(call: ShownCall, draw: Draw, looking: Looking | None = None) -> list[Wall]:
    """Every page of an order, from its beginning to its end."""
    looking, pages, after = looking or Looking(), [], None
    while True:
        with unit_of_work():
            pages.append(wall(call, draw, looking, after=after, most=9))
        after = pages[-1].after
        if after is None:
            return pages


def titles(pages: list[Wall]) -> list[str]:
    return [work.title for page in pages for work in page.works]


class TestOrder:
    @pytest.mark.parametrize("number", [0, 1, SHUFFLES, SHUFFLES + 1, DRAWS - 1, DRAWS - 2])
    def test_every_work_comes_once_whatever_the_order(
        self, number: int, drawings: ShownCall, works: list[Entry]
    ) -> None:
        found = titles(walked(drawings, Draw(number)))
        assert sorted(found) == sorted(work.title for work in works)

    def test_back_leads_through_the_same_pages(
        self, drawings: ShownCall, works: list[Entry]
    ) -> None:
        draw = Draw(SHUFFLES + 7)
        pages = walked(drawings, draw)
        last, again = pages[-1], [pages[-1]]
        assert pages[0].before is None
        while last.before is not None:
            with unit_of_work():
                last = wall(drawings, draw, Looking(), before=last.before, most=9)
            again.append(last)
        assert titles(again[::-1]) == titles(pages)

    def test_each_work_is_first_for_as_many(self, drawings: ShownCall, works: list[Entry]) -> None:
        """Evenly drawn numbers, evenly drawn orders: each of fifty works is on the first page of
        nine alike often (two share a place, and so one of them comes behind the other)."""
        seen: Counter[str] = Counter()
        for start in range(0, 200):
            with unit_of_work():
                draw = Draw(start * (DRAWS // 200) + start % 2)
                seen.update(titles([wall(drawings, draw, Looking(), most=9)]))
        assert len(seen) == 50 and sum(seen.values()) == 200 * 9
        assert max(seen.values()) <= 44 and min(seen.values()) >= 28

    def test_neighbours_are_those_of_the_list(
        self, drawings: ShownCall, works: list[Entry]
    ) -> None:
        draw = Draw(SHUFFLES + 7)
        listed = [work for page in walked(drawings, draw) for work in page.works]
        for place in (0, 1, 25, 49):
            with unit_of_work():
                before, after = neighbours(drawings, draw, Looking(), listed[place].place)
            assert before == (listed[place - 1].id if place else None)
            assert after == (listed[place + 1].id if place < 49 else None)

    def test_filters_by_band_and_theme(self, drawings: ShownCall, cast: Cast) -> None:
        theme = drawings.themes[1].id
        approved(drawings, cast.child, title="甲", band="a", theme_id=theme)
        approved(drawings, cast.child, title="乙", band="b", theme_id=theme)
        approved(drawings, cast.child, title="丙", band="b")
        for looking, expected in (
            (Looking(band="b"), {"乙", "丙"}),
            (Looking(theme_id=theme), {"甲", "乙"}),
            (Looking("b", theme), {"乙"}),
            (Looking("c"), set()),
        ):
            assert set(titles(walked(drawings, Draw(3), looking))) == expected

    def test_another_order_comes_after_this_one(self) -> None:
        draw, seen = Draw(5), set()
        for _turn in range(1000):
            seen.add(draw.number)
            draw = draw.another
        assert len(seen) == 1000 and all(0 <= number < DRAWS for number in seen)

    @pytest.mark.parametrize("text", ["", "x", "-1", "1" * 11, "１"])
    def test_what_is_no_order_is_none(self, text: str) -> None:
        assert read_draw(text) is None

    @pytest.mark.parametrize("text", ["", "7", "x.00", "7.zz", "7.00", "9" * 11 + "." + "00" * 16])
    def test_what_is_no_place_is_none(self, text: str) -> None:
        assert read_place(text) is None

    def test_marks_are_read_back(self) -> None:
        place = Place(77, bytes(range(16)))
        assert read_place(place.mark) == place
        assert read_draw(str(DRAWS + 3)) == Draw(3)


class Someone:
    is_authenticated = True


class TestRight:
    @pytest.mark.parametrize("state", ["draft", "published", "closed", "noticed", "ended"])
    @pytest.mark.parametrize("judges", [True, False])
    @pytest.mark.parametrize("ranked", [True, False])
    @pytest.mark.parametrize("rehearsal", [True, False])
    def test_matrix(self, state: str, judges: bool, ranked: bool, rehearsal: bool) -> None:
        call = Call(state=state, ranked=ranked, rehearsal=rehearsal)
        blind = judges and ranked and state in ("published", "closed")
        expected = state != "draft" and not rehearsal and not blind
        assert may_see_works(Someone(), Gallery(call, judges), now()) is expected


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everybody_sees_the_wall(
        self, language: str, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, title="会唱歌的斑马线")
        hang(entry)
        for person in (None, cast.stranger, cast.teacher, cast.official, cast.juror):
            visitor = browser.as_(person) if person else browser
            visitor.client.set_cookie("language", language)
            page = visitor.get(f"/calls/{drawings.id}")
            assert page.links["会唱歌的斑马线"].startswith(f"/works/{entry.id.hex()}?order=")
            image = next(one for one in page.all("img") if "/files/" in (one.get("src") or ""))
            assert image.get("alt") == entry.alt and image.get("loading") == "lazy"
            assert image.get("width") and image.get("height")
            assert "w, /files/" in (image.get("srcset") or "")
            assert opened(visitor, image.get("src") or "") == 200

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_work_is_told_without_its_school_and_age(
        self, language: str, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, cast.far_child)
        browser.client.set_cookie("language", language)
        page = browser.get(f"/works/{entry.id.hex()}")
        assert page.h1 == entry.title and entry.words in page.text
        assert "小满" in page.text and "糖糕" in page.text
        assert cast.district.name.in_locale(language) in page.text
        assert drawings.use_for.in_locale(language) in page.text
        for secret in (
            cast.school.name.in_locale("zh-Hans"),
            "王小满",
            "周糖糕",
            entry.code,
            cast.school.name.in_locale("en"),
        ):
            assert secret not in page.text

    def test_lyrics_are_set_in_stanzas(self, cast: Cast, browser: Browser) -> None:
        song = published_call(cast, "lyrics")
        entry = approved(song, cast.child, text="一\n二\n\n三")
        page = browser.get(f"/works/{entry.id.hex()}")
        assert "<p><span>一</span> <span>二</span></p><p><span>三</span></p>" in page.text

    def test_who_wants_no_name_has_none(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, name_form="none")
        page = browser.get(f"/works/{entry.id.hex()}")
        assert "作者不署名" in page.text and "小满" not in page.text

    def test_an_order_stays_while_she_pages(
        self, drawings: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        first = browser.get(f"/calls/{drawings.id}")
        assert first.words("h3") == browser.get(f"/calls/{drawings.id}").words("h3")
        second = browser.get(first.links["接着看"])
        third = browser.get(second.links["接着看"])
        seen = [title for page in (first, second, third) for title in page.words("h3")]
        assert len([title for title in seen if title.startswith("画")]) == 50
        assert browser.get(second.links["前面的"]).words("h3") == first.words("h3")
        assert browser.get(first.links["换一批"]).words("h3") != first.words("h3")

    def test_next_and_previous_lead_through_her_order(
        self, drawings: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        wall_page = browser.get(f"/calls/{drawings.id}")
        names = [name for name in wall_page.words("h3") if name.startswith("画")]
        page = browser.get(wall_page.links[names[0]])
        assert "上一件" not in page.links
        page = browser.get(page.links["下一件"])
        assert page.h1 == names[1]
        assert browser.get(page.links["上一件"]).h1 == names[0]

    def test_a_page_costs_few_statements(
        self, drawings: ShownCall, works: list[Entry], browser: Browser
    ) -> None:
        browser.get(f"/calls/{drawings.id}")
        with Counted() as statements:
            browser.get(f"/calls/{drawings.id}")
        assert len(statements) <= 9, statements
        with Counted() as statements:
            browser.get(f"/works/{works[3].id.hex()}")
        assert len(statements) <= 11, statements

    def test_the_reader_s_copy_is_asked_for_anew(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child)
        for address in (f"/calls/{drawings.id}", f"/works/{entry.id.hex()}"):
            browser.get(address)
            answer = browser.client.get(address)
            assert answer.headers["Cache-Control"] == "private, no-cache"
            known = {"If-None-Match": answer.headers["ETag"]}
            assert browser.client.get(address, headers=known).status_code == 304
            other = browser.as_(cast.child).client.get(address, headers=known)
            assert other.status_code == 200

    def test_a_report_comes_to_the_desk(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child)
        address = f"/works/{entry.id.hex()}/report"
        assert browser.get(address).status == 200
        browser.post(address, status=422)
        page = browser.post(address, {"reason": "other", "note": "不舒服"})
        assert page.h1 == "谢谢你告诉我们"


class TestKinds:
    def test_the_list_of_calls_is_looked_through_by_kind(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        published_call(cast, "lyrics", title=Words(zh="写一首歌"))
        everything = browser.get("/calls").words("h3")
        assert {"我家门前的路", "写一首歌"} <= set(everything)
        songs = browser.get(browser.get("/calls").links["歌词"])
        assert "写一首歌" in songs.words("h3") and "我家门前的路" not in songs.words("h3")
        assert "写一首歌" in browser.get("/calls?kind=nothing").words("h3")
        assert browser.get(songs.links["已经结束"]).words("h3") == []
