"""The gallery: what hangs, in an order of one's own, and gone the same minute."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select, update

from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.drawn import DRAWS, Draw, Place, read_draw, read_place
from participation.contests.models import Author, Call, Entry, Juror, Licence
from participation.contests.naming import SHUFFLES, entry_subject, version_name
from participation.contests.policies.gallery import Gallery, may_see_works
from participation.contests.queries.gallery import Looking, Wall, neighbours, wall
from participation.kernel import versions
from participation.kernel.clock import now, today
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.tables import Words
from tests.contests.stage import approved, published_call
from tests.media import stage as files
from tests.support.browser import Browser, Page
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


def hang(entry: Entry, slot: str = "picture-1") -> str:
    """Give a work a pressed picture; the id of its file."""
    data = files.picture()
    return files.pressed(data, subject=entry_subject(entry.id), slot=slot).id


def sources(page: Page) -> list[str]:
    return [one.get("src") or "" for one in page.all("img") if "/files/" in (one.get("src") or "")]


def opened(visitor: Browser, address: str) -> int:
    """Open the address of a file, wholly; the status of the answer."""
    with visitor.client.get(address) as answer:
        return answer.status_code if answer.get_data() else 0


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
        assert "<p>一<br>二</p><p>三</p>" in page.text

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


class Counted:
    """The statements of a block."""

    def __enter__(self) -> list[str]:
        self.found: list[str] = []
        event.listen(database().engine, "before_cursor_execute", self._note)
        return self.found

    def _note(self, _c: Any, _k: Any, statement: str, *_more: Any) -> None:
        self.found.append(statement)

    def __exit__(self, *_problem: object) -> None:
        event.remove(database().engine, "before_cursor_execute", self._note)


def change(entry: Entry, **values: Any) -> None:
    """Change a work without telling the pages: only the moment of asking can know."""
    with unit_of_work():
        session().execute(update(Entry).where(Entry.id == entry.id).values(**values))


def licence(entry: Entry, **values: Any) -> None:
    with unit_of_work():
        mine = update(Licence).where(
            Licence.author_id.in_(select(Author.id).where(Author.entry_id == entry.id))
        )
        session().execute(mine.values(**values).execution_options(synchronize_session=False))


DOWN = {
    "withdrawn": lambda entry: change(entry, standing="withdrawn"),
    "judged": lambda entry: change(entry, standing="refused"),
    "disqualified": lambda entry: change(entry, standing="disqualified"),
    "not wished": lambda entry: change(entry, shown=False),
    "licence ended": lambda entry: licence(entry, ended_on=today()),
    "guardian withdrew": lambda entry: licence(entry, guardian="withdrawn"),
    "licence over": lambda entry: licence(entry, until=today() - timedelta(days=1)),
}


class TestGone:
    @pytest.mark.parametrize("why", DOWN)
    def test_page_list_and_files_are_gone_the_same_minute(
        self, why: str, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, title="会唱歌的斑马线")
        hang(entry)
        address, listed = f"/works/{entry.id.hex()}", f"/calls/{drawings.id}"
        tags = {one: browser.client.get(one).headers["ETag"] for one in (address, listed)}
        given = sources(browser.get(address)) + sources(browser.get(listed))
        assert len(given) == 2
        DOWN[why](entry)
        assert browser.client.get(address).status_code == 404
        assert browser.client.get(f"{address}/report").status_code == 404
        known = {"If-None-Match": tags[address]}
        assert browser.client.get(address, headers=known).status_code == 404
        again = browser.client.get(listed, headers={"If-None-Match": tags[listed]})
        assert again.status_code == 200 and "会唱歌的斑马线" not in again.get_data(as_text=True)
        for one in given:
            assert opened(browser, one) == 404

    def test_the_last_day_is_still_a_day(
        self, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, until=today())
        hang(entry)
        address = f"/works/{entry.id.hex()}"
        (picture,) = sources(browser.get(address))
        with time_machine.travel(now() + timedelta(days=1), tick=False):
            assert browser.client.get(address).status_code == 404
            assert opened(browser, picture) == 404

    def test_a_rehearsal_and_a_draft_hang_nothing(self, cast: Cast, browser: Browser) -> None:
        for changes in ({"rehearsal": True}, {"state": "draft"}):
            hidden = published_call(cast, **changes)
            entry = approved(hidden, cast.child)
            browser.get(f"/works/{entry.id.hex()}", status=404)

    @pytest.mark.parametrize("key", ["x", "00", "0" * 32, "A" * 32])
    def test_what_is_no_work_is_no_page(self, key: str, cast: Cast, browser: Browser) -> None:
        browser.get(f"/works/{key}", status=404)


class TestJurors:
    @pytest.fixture(params=["juror", "middle_child"])
    def juror(
        self, request: pytest.FixtureRequest, drawings: ShownCall, cast: Cast
    ) -> Iterator[Person]:
        person: Person = getattr(cast, request.param)
        panel = "adult" if request.param == "juror" else "child"
        with unit_of_work():
            session().add(
                Juror(
                    call_id=drawings.id,
                    person_id=person.id,
                    panel=panel,
                    alias=1,
                    state="accepted",
                )
            )
        yield person

    def test_she_does_not_see_the_wall_of_her_call_until_it_is_noticed(
        self, juror: Person, drawings: ShownCall, cast: Cast, browser: Browser
    ) -> None:
        entry = approved(drawings, cast.child, title="会唱歌的斑马线")
        judge = browser.as_(juror)
        page = judge.get(f"/calls/{drawings.id}")
        assert "会唱歌的斑马线" not in page.text and "你是这次的评委" in page.text
        refused = judge.get(f"/works/{entry.id.hex()}", status=403)
        assert "会唱歌的斑马线" not in refused.text and "你是这次的评委" in refused.text
        judge.get(f"/works/{entry.id.hex()}/report", status=403)
        with unit_of_work():
            session().execute(update(Call).where(Call.id == drawings.id).values(state="noticed"))
            versions.grow(version_name(drawings.id))
        assert judge.get(f"/works/{entry.id.hex()}").h1 == "会唱歌的斑马线"

    def test_who_judges_elsewhere_sees_it(
        self, juror: Person, cast: Cast, app: Flask, browser: Browser
    ) -> None:
        other = published_call(cast)
        entry = approved(other, cast.child)
        browser.as_(juror).get(f"/works/{entry.id.hex()}")


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
