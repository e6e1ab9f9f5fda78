"""Thank-you cards as their child, classmates, jurors and strangers see them."""

import io
import re

import pytest
from pypdf import PdfReader

from participation.contests.call import ShownCall
from participation.contests.models import Entry, Licence
from participation.contests.naming import entry_subject
from participation.kernel.clock import today
from tests.contests.recognising import (
    call_of_work,
    change,
    fetch,
    judged,
    moved_to,
    on_card,
    text_of,
)
from tests.contests.stage import approved, published_call, work
from tests.media.stage import picture, take
from tests.media.stage import work as run_worker
from tests.support.browser import Browser
from tests.support.cast import Cast


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
