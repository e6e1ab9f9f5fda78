"""Consent as the teacher and the child see it, and those who must never see it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.actions.consents import (
    decide_for_oneself,
    print_consent_form,
    print_consent_forms,
    record_consents,
)
from participation.accounts.models import Consent, ConsentCode, Person
from participation.accounts.notice import present_notice
from participation.accounts.queries.consents import PAGE, consent_of
from participation.audit.models import Entry
from participation.kernel.database import unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.settings import Settings
from tests.accounts.asking import consent_codes, identity, standing, takes_part
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast

START = datetime(2026, 11, 25, 1, tzinfo=UTC)


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moving:
        yield moving


class TestTeacherFromPaper:
    def address(self, cast: Cast) -> str:
        return f"/desk/classes/{cast.school_class.id}/consents"

    def test_the_list_shows_where_each_child_stands(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.teacher).get(self.address(cast))
        rows = [row for row in page.words("tr") if cast.unconsented.legal_name in row]
        assert "还没有决定" in rows[0]
        rows = [row for row in page.words("tr") if cast.child.legal_name in row]
        assert "同意了" in rows[0]
        assert "纸上" in rows[0]

    def test_decisions_are_recorded_by_whom_and_how(self, browser: Browser, cast: Cast) -> None:
        sent = {
            f"wish-{cast.unconsented.id}": "agreed",
            f"wish-{cast.child.id}": "refused",
            f"wish-{cast.middle_child.id}": "",
        }
        page = browser.as_(cast.teacher).post(self.address(cast), sent)
        assert "记下了 2 个决定" in page.text
        people = (cast.unconsented, cast.child, cast.middle_child)
        assert [standing(one) for one in people] == ["agreed", "withdrawn", "agreed"]
        with unit_of_work() as opened:
            row = opened.scalars(
                select(Consent).where(Consent.person_id == cast.unconsented.id)
            ).one()
        assert (row.channel, row.recorded_by) == ("paper", cast.teacher.id)
        assert (row.notice_version, row.decision) == (1, "agreed")

    def test_the_same_again_adds_nothing(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.teacher).post(
            self.address(cast), {f"wish-{cast.child.id}": "agreed"}
        )
        assert "记下了 0 个决定" in page.text

    def test_withdrawal_from_paper_reaches_a_live_visit(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.child)
        child.client.get("/enter")
        assert takes_part(child)
        browser.as_(cast.teacher).post(self.address(cast), {f"wish-{cast.child.id}": "refused"})
        assert not takes_part(child)

    def test_a_child_of_another_class_is_not_in_reach(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        sent = {f"wish-{cast.far_child.id}": "refused"}
        browser.as_(cast.teacher).post(self.address(cast), sent, status=404)
        assert standing(cast.far_child) == "agreed"

    def test_odd_fields_are_left_out(self, browser: Browser, cast: Cast) -> None:
        odd = ("wish-", "wish-x", "wish-1e9", "wish-٣", "wish-" + "9" * 30)
        sent = dict.fromkeys(odd, "agreed") | {f"wish-{cast.unconsented.id}": "withdrawn"}
        page = browser.as_(cast.teacher).post(self.address(cast), sent)
        assert "记下了 0 个决定" in page.text

    def test_the_list_is_paged_by_key_with_few_statements(
        self, browser: Browser, cast: Cast, statements: list[str]
    ) -> None:
        with unit_of_work():
            for number in range(PAGE):
                factories.child(
                    cast.school_class, f"学生{number}", f"名{number}", born=date(2017, 1, 1)
                )
        teacher = browser.as_(cast.teacher)
        statements.clear()
        page = teacher.get(self.address(cast))
        assert len(statements) <= 8
        assert len(page.all("fieldset")) == PAGE
        page = teacher.get(page.links["更早的"])
        assert len(page.all("fieldset")) == 3
        assert teacher.get(page.links["更新的"]).h1.startswith("家长的决定")


SET_APART = {"audit"}
"""The log tells administrators that a decision was recorded, never which: its own test below."""

NEW_EACH_TIME = re.compile(r'value="[^"]{20,}"|[0-9a-f]{12}</span>|\d\d:\d\d')
"""CSRF tokens, request ids and clock times."""


def pages_of(browser: Browser, addresses: list[str]) -> dict[str, tuple[int, str]]:
    """What one person is shown at each address, without what is new at each look."""
    shown = {}
    for address in addresses:
        answer = browser.client.get(address)
        assert answer.status_code < 500, address
        shown[address] = (answer.status_code, NEW_EACH_TIME.sub("", answer.text))
    return shown


class TestTheClassIsNeverTold:
    """Where a child stands is seen by the class's teacher and the guardian, by nobody else."""

    def others(self, cast: Cast) -> list[Person]:
        return [
            cast.child, cast.stranger, cast.far_teacher, cast.moderator, cast.safeguarding,
            cast.secretary, cast.official, cast.administrator,
        ]  # fmt: skip

    def test_no_other_person_opens_the_teachers_pages(self, browser: Browser, cast: Cast) -> None:
        place = f"/desk/classes/{cast.school_class.id}"
        for other in self.others(cast):
            asking = browser.as_(other)
            for address in (f"{place}/consents", f"{place}/consent-forms"):
                asking.get(address, status=403)
                asking.post(address, {f"wish-{cast.child.id}": "refused"}, status=403)
        for address in (f"{place}/consents", f"{place}/consent-forms"):
            assert browser.client.get(address).location.startswith("/staff/sign-in?")
        assert standing(cast.child) == "agreed"

    def test_no_page_of_anyone_else_differs_by_a_childs_decision(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        known = {"class_id": cast.school_class.id, "school_id": cast.school.id}
        known["person_id"] = cast.unconsented.id
        addresses = [
            re.sub(r"<int:(\w+)>", lambda found: str(known[found[1]]), rule.rule)
            for rule in browser.app.url_map.iter_rules()
            if rule.arguments <= known.keys()
            and "GET" in (rule.methods or ())
            and rule.endpoint.split(".")[0] not in SET_APART
            and rule.endpoint != "accounts.my_nickname"
        ]
        asking = [browser.as_(other) for other in self.others(cast)]
        before = [pages_of(one, addresses) for one in asking]
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            record_consents(teacher, cast.school_class.id, {cast.unconsented.id: "refused"})
        after = [pages_of(one, addresses) for one in asking]
        assert len(addresses) > 20
        for first, second in zip(before, after, strict=True):
            assert [address for address in addresses if first[address] != second[address]] == []

    def test_the_audit_log_does_not_hold_the_decision(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            record_consents(teacher, cast.school_class.id, {cast.unconsented.id: "refused"})
        with unit_of_work() as opened:
            entry = opened.scalars(select(Entry).where(Entry.what == "ConsentRecorded")).one()
        assert "refused" not in entry.facts


class TestForms:
    def test_only_children_without_a_decision_are_asked(
        self, cast: Cast, settings: Settings
    ) -> None:
        assert set(consent_codes(cast, settings)) == {cast.unconsented.id}
        everyone = consent_codes(cast, settings, everyone=True)
        assert set(everyone) == {cast.child.id, cast.middle_child.id, cast.unconsented.id}

    def test_who_has_said_no_is_not_asked_again(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            record_consents(teacher, cast.school_class.id, {cast.unconsented.id: "refused"})
            with pytest.raises(RuleBroken, match="不用再印"):
                print_consent_forms(teacher, cast.school_class.id, days=14)

    def test_children_of_fourteen_are_not_asked_through_their_guardians(
        self, cast: Cast, settings: Settings
    ) -> None:
        with unit_of_work():
            slips = print_consent_forms(
                identity(cast.far_teacher, settings), cast.far_class.id, days=14, everyone=True
            )
        assert {slip.person_id for slip in slips} == {cast.far_child.id, cast.stranger.id}

    def test_the_sheet_is_a_pdf_that_no_one_keeps(self, browser: Browser, cast: Cast) -> None:
        teacher = browser.as_(cast.teacher)
        address = f"/desk/classes/{cast.school_class.id}/consent-forms"
        assert teacher.get(address).h1.startswith("印告知书和同意书")
        answer = teacher.client.post(address, data={"csrf_token": teacher.token()})
        assert answer.mimetype == "application/pdf"
        assert answer.get_data().startswith(b"%PDF")
        assert answer.headers["Cache-Control"] == "no-store"
        assert "attachment" in answer.headers["Content-Disposition"]

    def test_nobody_to_ask_is_said(self, browser: Browser, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            record_consents(teacher, cast.school_class.id, {cast.unconsented.id: "agreed"})
        address = f"/desk/classes/{cast.school_class.id}/consent-forms"
        page = browser.as_(cast.teacher).post(address)
        assert "不用再印告知书了" in page.text

    def test_an_unknown_class_has_none(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work(), pytest.raises(Missing):
            print_consent_forms(identity(cast.teacher, settings), 999_999, days=14)


class TestOneForm:
    def address(self, child: Person) -> str:
        return f"/desk/children/{child.id}/consent-form"

    def test_a_new_code_ends_the_old_one_of_that_child_alone(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        old = consent_codes(cast, settings, everyone=True)
        teacher = browser.as_(cast.teacher)
        page = teacher.get(f"/desk/classes/{cast.school_class.id}/consents")
        assert f'href="{self.address(cast.child)}"' in page.text
        sent = teacher.get(self.address(cast.child)).fields("/consent-form")
        page = teacher.post(self.address(cast.child), sent)
        assert page.h1 == "王小满 的告知书做好了"
        assert 'href="data:application/pdf;base64,' in page.text
        browser.get(f"/guardian/{old[cast.child.id]}", status=404)
        browser.get(f"/guardian/{old[cast.unconsented.id]}")
        with unit_of_work() as opened:
            before = opened.scalars(select(ConsentCode.id)).all()
        assert "没有再印一次" in teacher.post(self.address(cast.child), sent).text
        with unit_of_work() as opened:
            assert opened.scalars(select(ConsentCode.id)).all() == before
        assert standing(cast.child) == "agreed"

    def test_the_code_on_it_works(self, browser: Browser, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            teacher = identity(cast.teacher, settings)
            slip = print_consent_form(teacher, cast.child.id, days=14, after=0)
        assert browser.get(f"/guardian/{slip.code}").h1 == "请您决定"

    def test_not_for_others_and_not_from_fourteen_on(
        self, browser: Browser, cast: Cast, settings: Settings
    ) -> None:
        for other in (cast.far_teacher, cast.administrator, cast.secretary, cast.child):
            browser.as_(other).get(self.address(cast.child), status=403)
            browser.as_(other).post(self.address(cast.child), status=403)
        with unit_of_work(), pytest.raises(RuleBroken, match="14"):
            teacher = identity(cast.far_teacher, settings)
            print_consent_form(teacher, cast.teenager.id, days=14, after=0)


class TestForOneself:
    def test_a_child_of_fourteen_decides_and_it_counts_at_once(
        self, browser: Browser, cast: Cast
    ) -> None:
        teen = browser.as_(cast.teenager)
        page = teen.get("/me/consent")
        assert "由你自己定" in page.text
        assert present_notice().own.question["zh"] in page.text
        assert "您" not in " ".join([*page.words("p"), *page.words("h2"), *page.words("h3")])
        assert teen.post("/me/consent", {"decision": "refused"}).h1 == "要不要参加，谁来定"
        assert not takes_part(teen)
        teen.post("/me/consent", {"decision": "agreed"})
        assert takes_part(teen)
        teen.post("/me/consent", {"decision": "perhaps"}, status=422)

    def test_a_younger_child_reads_who_decides(self, browser: Browser, cast: Cast) -> None:
        child = browser.as_(cast.unconsented)
        page = child.get("/me/consent")
        assert "满 14 岁以前，先要家长同意" in page.text
        assert not [one for one in page.all("button") if one.get("name") == "decision"]
        child.post("/me/consent", {"decision": "agreed"}, status=403)
        assert standing(cast.unconsented) == ""

    def test_staff_and_visitors_have_no_such_page(self, browser: Browser, cast: Cast) -> None:
        browser.as_(cast.teacher).get("/me/consent", status=403)
        assert browser.client.get("/me/consent").location.startswith("/enter?")

    def test_with_fourteen_the_guardians_yes_ends(
        self, cast: Cast, settings: Settings, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            child = factories.child(
                cast.school_class, "林十三", "十三", born=date(2012, 12, 1), consent=True
            )
            assert identity(child, settings).consent
        clock.shift(timedelta(days=10))
        with unit_of_work():
            grown = identity(child, settings)
            assert (grown.of_age, grown.consent, consent_of(child.id)) == (True, False, "")
            assert decide_for_oneself(grown, "agreed")
            assert identity(child, settings).consent

    def test_the_action_asks_too(self, cast: Cast, settings: Settings) -> None:
        with unit_of_work(), pytest.raises(NotAllowed):
            decide_for_oneself(replace(identity(cast.child, settings), of_age=False), "agreed")
