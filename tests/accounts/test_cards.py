"""Login cards as the people who keep a class see them, and what is kept of them."""

import io
import re
from base64 import b64decode

import pypdf
import pytest
from sqlalchemy import select

from participation.accounts import cards
from participation.accounts.actions.cards import issue_cards, reissue_card
from participation.accounts.models import LoginCard, Person
from participation.accounts.nicknames import is_made_here
from participation.audit.models import Entry
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.settings import Settings
from tests.accounts.asking import cards_of_class, identity
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


def printed(browser: Browser, address: str, **sent: str) -> str:
    """The words of the PDF that a button gives."""
    answer = browser.client.post(address, data={"csrf_token": browser.token(), **sent})
    assert answer.mimetype == "application/pdf", answer.text[:300]
    assert answer.headers["Cache-Control"] == "no-store"
    pages = pypdf.PdfReader(io.BytesIO(answer.get_data())).pages
    return "\n".join(page.extract_text() for page in pages)


def inside(page: Page) -> str:
    """The words of the PDF that lies in a page's own link."""
    found = re.search(r'href="data:application/pdf;base64,([^"]+)" download="', page.text)
    assert found is not None, page.text[:300]
    pages = pypdf.PdfReader(io.BytesIO(b64decode(found[1]))).pages
    return "\n".join(one.extract_text() for one in pages)


def card_number(cast: Cast) -> str:
    with unit_of_work() as opened:
        of_child = select(LoginCard.number).where(LoginCard.person_id == cast.child.id)
        return opened.scalars(of_child).one()


class TestIssuing:
    def test_each_child_gets_an_own_card(self, cast: Cast, settings: Settings) -> None:
        issued = cards_of_class(cast, settings)
        assert set(issued) == {cast.child.id, cast.middle_child.id, cast.unconsented.id}
        numbers = {card.number for card in issued.values()}
        assert len(numbers) == 3
        assert all(number.startswith("HB3X") for number in numbers)

    def test_only_keyed_fingerprints_are_kept(self, cast: Cast, settings: Settings) -> None:
        issued = cards_of_class(cast, settings)[cast.child.id]
        with unit_of_work() as opened:
            row = opened.scalars(
                select(LoginCard).where(LoginCard.person_id == cast.child.id)
            ).one()
        assert row.secret == cards.secret_key(issued.secret)
        assert row.pictures == cards.pictures_key(issued.number, issued.pictures)
        assert len(row.secret) == len(row.pictures) == 16

    def test_only_those_without_one_unless_asked_for_all(
        self, cast: Cast, settings: Settings
    ) -> None:
        first = cards_of_class(cast, settings)
        with unit_of_work():
            who = identity(cast.secretary, settings)
            with pytest.raises(RuleBroken, match="都有卡了"):
                issue_cards(who, cast.school_class.id)
            again = issue_cards(who, cast.school_class.id, only_missing=False)
        assert {card.person_id for card in again} == set(first)
        assert not {card.secret for card in again} & {one.secret for one in first.values()}
        with unit_of_work() as opened:
            assert len(opened.scalars(select(LoginCard)).all()) == 3

    def test_a_child_without_a_nickname_gets_a_safe_one(
        self, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            session().get_one(Person, cast.child.id).nickname = ""
        cards_of_class(cast, settings)
        with unit_of_work():
            assert is_made_here(session().get_one(Person, cast.child.id).nickname)
            other = session().get_one(Person, cast.middle_child.id)
            assert other.nickname == cast.middle_child.nickname

    def test_a_school_code_with_look_alikes_works_as_printed(
        self, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            issued = issue_cards(identity(cast.far_teacher, settings), cast.far_class.id)
        assert {card.number[:4] for card in issued} == {"YLLM"}
        assert cards.typed_number(f"yl1m-{issued[0].number[4:]}") == issued[0].number

    def test_audit_knows_for_whom_and_no_secret(self, cast: Cast, settings: Settings) -> None:
        issued = cards_of_class(cast, settings)
        with unit_of_work() as opened:
            entry = opened.scalars(select(Entry).where(Entry.what == "CardIssued")).one()
        assert entry.by == cast.teacher.id
        assert all(card.number not in entry.facts for card in issued.values())

    @pytest.mark.parametrize("part", ["far_teacher", "official", "moderator", "stranger", "child"])
    def test_others_may_not(self, cast: Cast, settings: Settings, part: str) -> None:
        with unit_of_work():
            who = identity(getattr(cast, part), settings)
            with pytest.raises(NotAllowed):
                issue_cards(who, cast.school_class.id)
            with pytest.raises(NotAllowed):
                reissue_card(who, cast.child.id)

    def test_what_is_not_there_is_missing(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            who = identity(cast.administrator, settings)
            with pytest.raises(Missing):
                issue_cards(who, 999_999)
            with pytest.raises(Missing):
                reissue_card(who, 999_999)
            with pytest.raises(NotAllowed, match="孩子"):
                reissue_card(who, cast.official.id)


class TestPrinting:
    def test_the_page_counts_and_the_button_gives_the_cards(
        self, browser: Browser, cast: Cast
    ) -> None:
        teacher = browser.as_(cast.teacher)
        address = f"/desk/classes/{cast.school_class.id}/cards"
        page = teacher.get(address)
        assert page.h1 == "印童声卡 · 3 年级 2 班"
        assert "班里有 3 个孩子。 其中 3 个还没有卡。" in " ".join(page.words("p"))
        shown = printed(teacher, address)
        with unit_of_work() as opened:
            numbers = opened.scalars(select(LoginCard.number)).all()
        assert len(numbers) == 3
        for number in numbers:
            assert f"{number[:4]}-{number[4:]}" in shown
        assert cast.child.legal_name in shown
        assert "湖滨路第三小学" in shown
        page = teacher.post(address)
        assert "这个班每个孩子都有卡了" in page.text
        assert "HB3X-" in printed(teacher, address, everyone="y")

    def test_a_lost_card_is_made_anew(self, browser: Browser, cast: Cast) -> None:
        teacher = browser.as_(cast.teacher)
        page = teacher.get(f"/desk/children/{cast.child.id}/card")
        assert page.h1 == "给 王小满 换一张卡？"
        sent = page.fields("/card")
        page = teacher.post(f"/desk/children/{cast.child.id}/card", sent)
        assert page.h1 == "王小满 的卡换好了"
        shown = inside(page)
        assert cast.child.legal_name in shown
        assert cast.middle_child.legal_name not in shown
        assert "\nlocalhost\n" in shown
        number = card_number(cast)
        page = teacher.post(f"/desk/children/{cast.child.id}/card", sent)
        assert "没有再换一次" in page.text
        assert page.h1 == "3 年级 2 班"
        assert card_number(cast) == number

    def test_the_way_back_leads_to_the_class(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.teacher).get(f"/desk/children/{cast.child.id}/card")
        assert page.links["不，回去"] == f"/desk/classes/{cast.school_class.id}"

    def test_in_english_the_paper_is_english_or_says_the_source(
        self, browser: Browser, cast: Cast
    ) -> None:
        teacher = browser.as_(cast.teacher)
        teacher.client.set_cookie("language", "en")
        shown = printed(teacher, f"/desk/classes/{cast.school_class.id}/cards")
        assert "Lakeside No. 3 Primary" in shown

    def test_the_others_see_no_page(self, browser: Browser, cast: Cast) -> None:
        addresses = (
            f"/desk/classes/{cast.school_class.id}/cards",
            f"/desk/children/{cast.child.id}/card",
        )
        for other in (cast.far_teacher, cast.official, cast.moderator, cast.stranger, cast.child):
            asking = browser.as_(other)
            for address in addresses:
                asking.get(address, status=403)
                asking.post(address, status=403)
        for address in addresses:
            assert browser.client.get(address).location.startswith("/staff/sign-in?")
        with unit_of_work() as opened:
            assert opened.scalars(select(LoginCard)).all() == []


def test_the_class_has_a_button_that_ends_a_childs_visits(browser: Browser, cast: Cast) -> None:
    child = browser.as_(cast.child)
    place = f"/desk/classes/{cast.school_class.id}"
    action = f"/desk/people/{cast.child.id}/end-sign-ins"
    assert f'action="{action}"' not in browser.as_(cast.secretary).get(place).text
    for address in (place, f"/desk/children/{cast.child.id}"):
        assert f'action="{action}"' in browser.as_(cast.administrator).get(address).text
    assert child.client.get("/me/devices").status_code == 200
    teacher = browser.as_(cast.teacher)
    page = teacher.post(action, teacher.get(place).fields(action))
    assert page.h1 == "3 年级 2 班" and "在所有设备上退出了" in page.text
    assert child.client.get("/me/devices").status_code != 200
