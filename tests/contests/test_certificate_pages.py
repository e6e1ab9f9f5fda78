"""Certificates, and their verification by whoever holds the paper."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.models import Certificate, Entry, Licence
from participation.contests.recognition import level_words, no_admission
from participation.kernel import codes
from participation.kernel.clock import today
from participation.kernel.database import session, unit_of_work
from participation.kernel.i18n import speaking
from tests.contests.recognising import (
    bare,
    call_of_work,
    change,
    judged,
    moved_to,
    send,
    text_of,
)
from tests.contests.stage import approved, work
from tests.support.browser import Browser
from tests.support.cast import Cast

NO_ADMISSION = "不作为中小学招生入学依据"
LANGUAGES = ("zh-Hans", "en")


def certificates() -> list[Certificate]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(Certificate).order_by(Certificate.id)))


@pytest.fixture
def chosen(cast: Cast, drawings: ShownCall) -> Entry:
    """A selected work of the middle child in a call that has ended."""
    entry = approved(drawings, cast.middle_child, band="b")
    judged(entry, "selected")
    moved_to(drawings, "ended")
    return entry


@pytest.fixture
def middle(browser: Browser, cast: Cast) -> Browser:
    return browser.as_(cast.middle_child)


@pytest.fixture
def print_one(middle: Browser, chosen: Entry) -> Callable[..., bytes]:
    """Have a certificate of the chosen work made, and return the paper."""

    def made(name_form: str = "nickname") -> bytes:
        return send(middle, f"/works/{chosen.id.hex()}/certificate", name_form)

    return made


class TestCertificate:
    def test_printed_with_her_nickname(
        self, cast: Cast, chosen: Entry, print_one: Callable[..., bytes]
    ) -> None:
        paper, kept = text_of(print_one()), certificates()[0]
        for words in (cast.middle_child.nickname, chosen.title, "我家门前的路", "入选", "青岚市"):
            assert bare(words) in paper
        assert NO_ADMISSION in paper and kept.code in paper
        assert kept.code in paper and f"/verify/certificate/{kept.code}" in paper

    def test_printed_with_her_own_name_which_is_not_kept(
        self, cast: Cast, print_one: Callable[..., bytes]
    ) -> None:
        name = cast.middle_child.legal_name
        assert bare(name) in text_of(print_one("full"))
        kept = certificates()[0]
        assert kept.name_form == "full" and len(kept.name_mark) == 16
        assert name.encode() not in kept.name_mark

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_both_languages_it_is_of_no_value_for_a_school(
        self, middle: Browser, chosen: Entry, language: str
    ) -> None:
        middle.client.set_cookie("language", language)
        made = send(middle, f"/works/{chosen.id.hex()}/certificate")
        with speaking(language):
            line, level = bare(no_admission()), bare(level_words("selected"))
            title = bare(str(call_of_work(chosen).title))
        paper = PdfReader(io.BytesIO(made))
        assert all(words in text_of(made) for words in (line, level, title))
        assert len(paper.pages) == 1 and paper.trailer["/Root"]["/Lang"].startswith(language[:2])

    def test_a_rare_name_leaves_a_line(
        self, middle: Browser, cast: Cast, chosen: Entry, print_one: Callable[..., bytes]
    ) -> None:
        with unit_of_work():
            session().get_one(Person, cast.middle_child.id).legal_name = "林𠮷"
        page = middle.get(f"/works/{chosen.id.hex()}/certificate")
        assert "“𠮷”我们印不出来" in page.text
        paper = text_of(print_one("full"))
        assert "名字写在这里" in paper and "〓" not in paper and "林" not in paper

    def test_nothing_is_chosen_before_and_nothing_sent_is_told(
        self, middle: Browser, chosen: Entry
    ) -> None:
        address = f"/works/{chosen.id.hex()}/certificate"
        page = middle.get(address)
        assert not [one for one in page.all("input") if one.get("checked") is not None]
        for sent in ({}, {"name_form": "other"}):
            assert "选一个：印笔名" in middle.post(address, sent, status=422).text
        assert certificates() == []

    def test_made_anew_the_earlier_one_ends(self, print_one: Callable[..., bytes]) -> None:
        print_one()
        print_one("full")
        first, second = certificates()
        assert first.ended_on == today() and second.ended_on is None
        assert first.code != second.code

    @pytest.mark.parametrize(
        ("level", "state", "standing"),
        [
            ("shown", "ended", "approved"),
            ("selected", "noticed", "approved"),
            ("selected", "ended", "refused"),
        ],
    )
    def test_not_for_others_and_not_before_the_end(
        self,
        middle: Browser,
        cast: Cast,
        drawings: ShownCall,
        level: str,
        state: str,
        standing: str,
    ) -> None:
        entry = work(drawings, cast.middle_child, standing=standing)
        judged(entry, level)
        moved_to(drawings, state)
        address = f"/works/{entry.id.hex()}/certificate"
        middle.get(address, status=403)
        middle.post(address, {"name_form": "nickname"}, status=403)
        assert certificates() == []

    def test_each_of_a_group_makes_her_own(
        self, browser: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = approved(drawings, cast.middle_child, cast.child)
        judged(entry, "shortlisted")
        moved_to(drawings, "ended")
        address = f"/works/{entry.id.hex()}/certificate"
        papers = [
            text_of(send(browser.as_(who), address)) for who in (cast.middle_child, cast.child)
        ]
        assert all("和同学一起" in paper and "入围" in paper for paper in papers)
        assert len({kept.author_id for kept in certificates()}) == 2
        assert all(kept.ended_on is None for kept in certificates())


class TestVerifying:
    def test_anybody_reads_what_it_says_and_no_name(
        self, browser: Browser, cast: Cast, chosen: Entry, print_one: Callable[..., bytes]
    ) -> None:
        print_one("full")
        code = certificates()[0].code
        page = browser.get(f"/verify/certificate/{code}")
        for words in ("是真的，也是最新的", chosen.title, "我家门前的路", "入选"):
            assert words in page.text
        assert cast.middle_child.legal_name not in page.text
        assert cast.middle_child.nickname not in page.text

    def test_the_code_is_typed_as_one_likes(
        self, browser: Browser, print_one: Callable[..., bytes]
    ) -> None:
        print_one()
        code = certificates()[0].code
        typed = {"code": code.lower().replace("-", " ")}
        page = browser.post("/verify/certificate", typed)
        assert "是真的" in page.text

    def test_no_such_code(self, browser: Browser, chosen: Entry) -> None:
        other = codes.new_code()
        public = browser
        assert "没有这个核对码" in public.get(f"/verify/certificate/{other}", status=404).text
        public.get("/verify/certificate/nothing", status=404)
        for typed in (other, "nothing", ""):
            public.post("/verify/certificate", {"code": typed}, status=422)

    def test_codes_are_not_tried_without_end(self, browser: Browser) -> None:
        public = browser
        for _try in range(30):
            public.post("/verify/certificate", {"code": codes.new_code()}, status=422)
        public.post("/verify/certificate", {"code": codes.new_code()}, status=429)

    def test_the_name_on_the_paper(
        self, browser: Browser, cast: Cast, print_one: Callable[..., bytes]
    ) -> None:
        print_one("full")
        address = f"/verify/certificate/{certificates()[0].code}"
        public, name = browser, cast.middle_child.legal_name
        for typed in (name, f" {name[:1]} {name[1:]} "):
            assert "就是这个名字" in public.post(address, {"name": typed}).text
        for wrong in (cast.middle_child.nickname, cast.child.legal_name):
            page = public.post(address, {"name": wrong})
            assert "不是这个名字" in page.text and name not in page.text
        for nothing in ("", " · "):
            public.post(address, {"name": nothing}, status=422)

    def test_names_are_not_tried_without_end(
        self, browser: Browser, cast: Cast, print_one: Callable[..., bytes]
    ) -> None:
        print_one()
        address = f"/verify/certificate/{certificates()[0].code}"
        public = browser
        for _try in range(12):
            public.post(address, {"name": cast.middle_child.nickname})
        for _try in range(10):
            public.post(address, {"name": "别人"})
        public.post(address, {"name": cast.middle_child.nickname}, status=429)

    def test_an_earlier_one_says_so(
        self, browser: Browser, print_one: Callable[..., bytes]
    ) -> None:
        print_one()
        print_one()
        first, second = (kept.code for kept in certificates())
        public = browser
        assert "又做了一张新的" in public.get(f"/verify/certificate/{first}").text
        assert "也是最新的" in public.get(f"/verify/certificate/{second}").text

    @pytest.mark.parametrize("standing", ["disqualified", "withdrawn", "refused"])
    def test_a_work_that_is_out_has_none(
        self, browser: Browser, chosen: Entry, print_one: Callable[..., bytes], standing: str
    ) -> None:
        print_one()
        change(chosen, Entry, standing=standing)
        address = f"/verify/certificate/{certificates()[0].code}"
        page = browser.get(address)
        assert "不再有效" in page.text
        assert chosen.title not in page.text and "入选" not in page.text

    def test_one_whose_level_was_taken_back_has_none(
        self, browser: Browser, chosen: Entry, print_one: Callable[..., bytes]
    ) -> None:
        print_one()
        judged(chosen, "shown")
        page = browser.get(f"/verify/certificate/{certificates()[0].code}")
        assert "不再有效" in page.text

    @pytest.mark.parametrize(
        "values",
        [
            {"ended_on": today()},
            {"guardian": "withdrawn", "until": None},
            {"until": today() - timedelta(days=1)},
        ],
    )
    def test_after_the_use_ended_it_stands_without_the_title(
        self,
        browser: Browser,
        chosen: Entry,
        print_one: Callable[..., bytes],
        values: dict[str, Any],
    ) -> None:
        print_one()
        change(chosen, Licence, **values)
        page = browser.get(f"/verify/certificate/{certificates()[0].code}")
        assert "是真的" in page.text and "入选" in page.text
        assert chosen.title not in page.text
