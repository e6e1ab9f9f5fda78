"""Thank-you cards and certificates as their child, classmates, jurors and strangers see them."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from participation.accounts.models import Person
from participation.contests.call import ShownCall
from participation.contests.models import Certificate, Entry, Licence
from participation.contests.naming import entry_subject
from participation.contests.recognition import level_words, no_admission
from participation.kernel import codes
from participation.kernel.clock import today
from participation.kernel.database import session, unit_of_work
from participation.kernel.i18n import speaking
from tests.contests.recognising import call_of_work, change, judged, moved_to
from tests.contests.stage import approved, published_call, work
from tests.media.stage import picture, take
from tests.media.stage import work as run_worker
from tests.support.browser import Browser, Page
from tests.support.cast import Cast

NO_ADMISSION = "不作为中小学招生入学依据"
LANGUAGES = ("zh-Hans", "en")


def text_of(paper: bytes) -> str:
    """The words of a PDF, without the breaks of its lines."""
    pages = PdfReader(io.BytesIO(paper)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def fetch(who: Browser, address: str) -> TestResponse:
    """A paper."""
    answer = who.client.get(address)
    assert answer.status_code == 200, address
    return answer


def send(who: Browser, address: str, name_form: str = "nickname") -> bytes:
    """Have a certificate made."""
    sent = {"csrf_token": who.token(), "name_form": name_form}
    answer = who.client.post(address, data=sent)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return answer.data


def on_card(page: Page) -> str:
    """The words of the card itself."""
    return next(words for words in page.words("section") if "谢谢你" in words)


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


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


class TestCard:
    def test_thanks_with_what_the_jury_liked(self, middle: Browser, chosen: Entry) -> None:
        page = middle.get(f"/works/{chosen.id.hex()}/card")
        assert page.h1 == "谢谢你"
        for words in ("你看得很仔细", "会唱歌的斑马线", "我家门前的路", "前给大家回音"):
            assert words in page.text

    def test_it_is_linked_from_her_own_pages(self, middle: Browser, chosen: Entry) -> None:
        for address in ("/me", f"/works/{chosen.id.hex()}/mine"):
            assert "看我的感谢卡" in middle.get(address).links

    def test_one_form_for_everybody(self, cast: Cast, browser: Browser, chosen: Entry) -> None:
        other = approved(call_of_work(chosen), cast.child)
        judged(other, "shown")
        pages = [
            browser.as_(who).get(f"/works/{entry.id.hex()}/card")
            for who, entry in ((cast.middle_child, chosen), (cast.child, other))
        ]
        told = [on_card(page) for page in pages]
        names = (cast.middle_child.nickname, cast.child.nickname)
        assert told[0].replace(names[0], "N") == told[1].replace(names[1], "N")
        assert "做我的证书" in pages[0].links and "做我的证书" not in pages[1].links

    def test_no_level_place_or_count(self, middle: Browser, chosen: Entry) -> None:
        text = on_card(middle.get(f"/works/{chosen.id.hex()}/card"))
        assert not re.search(r"入选|入围|第.名|分|\d+ 件", text)

    def test_a_warm_sentence_where_nobody_said(
        self, middle: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = approved(drawings, cast.middle_child)
        moved_to(drawings, "noticed")
        page = middle.get(f"/works/{entry.id.hex()}/card")
        assert "你把想到的做了出来" in page.text

    def test_a_refused_work_is_thanked_without_a_word_of_it(
        self, middle: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = work(drawings, cast.middle_child, standing="refused")
        moved_to(drawings, "ended")
        page = middle.get(f"/works/{entry.id.hex()}/card")
        assert page.h1 == "谢谢你" and entry.title not in on_card(page)

    @pytest.mark.parametrize("state", ["published", "closed"])
    def test_not_before_the_outcome(
        self, middle: Browser, cast: Cast, drawings: ShownCall, state: str
    ) -> None:
        entry = approved(drawings, cast.middle_child)
        moved_to(drawings, state)
        middle.get(f"/works/{entry.id.hex()}/card", status=403)
        middle.get(f"/works/{entry.id.hex()}/card.pdf", status=403)
        assert "看我的感谢卡" not in middle.get("/me").links

    def test_with_her_picture_until_its_use_ends(
        self, middle: Browser, cast: Cast, drawings: ShownCall
    ) -> None:
        entry = approved(drawings, cast.middle_child)
        take(picture(), entry_subject(entry.id), "picture-1")
        run_worker()
        moved_to(drawings, "ended")
        address = f"/works/{entry.id.hex()}/card"
        assert any("/files/" in str(one.get("src")) for one in middle.get(address).all("img"))
        paper = PdfReader(io.BytesIO(fetch(middle, f"{address}.pdf").data))
        assert list(paper.pages[0].images) and len(paper.pages) == 1
        change(entry, Licence, ended_on=today())
        page = middle.get(address)
        assert not any("/files/" in str(one.get("src")) for one in page.all("img"))
        assert entry.title not in on_card(page)
        assert not list(PdfReader(io.BytesIO(fetch(middle, f"{address}.pdf").data)).pages[0].images)

    def test_a_stanza_of_lyrics(self, middle: Browser, cast: Cast) -> None:
        call = published_call(cast, "lyrics")
        entry = approved(call, cast.middle_child, text="走呀走\n叮咚\n\n第二段")
        moved_to(call, "ended")
        page = middle.get(f"/works/{entry.id.hex()}/card")
        assert "叮咚" in page.text and "第二段" not in page.text

    def test_paper_in_both_languages(self, middle: Browser, chosen: Entry) -> None:
        address = f"/works/{chosen.id.hex()}/card.pdf"
        answer = fetch(middle, address)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "no-store" in answer.headers["Cache-Control"]
        size = PdfReader(io.BytesIO(answer.data)).pages[0].mediabox
        assert (round(size.width), round(size.height)) == (420, 595)
        assert "你看得很仔细" in text_of(answer.data)
        middle.client.set_cookie("language", "en")
        in_english = text_of(fetch(middle, address).data)
        assert "Youlookedclosely" in in_english and "Theroadatmydoor" in in_english

    @pytest.mark.parametrize("page", ["card", "card.pdf", "certificate"])
    def test_nobody_else_has_it(
        self, browser: Browser, cast: Cast, chosen: Entry, page: str
    ) -> None:
        address = f"/works/{chosen.id.hex()}/{page}"
        browser.as_(cast.child).get(address, status=404)
        for who in (cast.juror, cast.moderator, cast.teacher, cast.secretary, cast.official):
            browser.as_(who).get(address, status=403)
        assert browser.client.get(address).status_code == 302


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
