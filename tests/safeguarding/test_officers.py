"""No single person lets an officer in: an administrator invites, a head confirms."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from participation.accounts.actions import change_staff, end_staff, invite_staff
from participation.accounts.actions.people import StaffFacts
from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import Confirmation, Person
from participation.accounts.queries import person
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.safeguarding import actions, queries
from participation.safeguarding.models import Head
from participation.safeguarding.queries.duty import called_people, duty_officer
from participation.safeguarding.queries.officers import candidates
from tests.safeguarding.room import entries, letters, light, on_duty
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast


@pytest.fixture
def people(cast: Cast, unit: None) -> Cast:
    """The first officer leads."""
    actions.make_head(cast.safeguarding.id)
    return cast


def facts(**more: object) -> StaffFacts:
    usual = {
        "legal_name": "何三",
        "email": "he@city.example",
        "role": "safeguarding",
        "vetted_on": today(),
        "trained_on": today(),
    }
    return StaffFacts(**usual | more)  # type: ignore[arg-type]


def known_as(officer: Person, **more: object) -> StaffFacts:
    """What is on record about an officer, with these changes."""
    return facts(**{"legal_name": officer.legal_name, "email": officer.email or "", **more})


def asked() -> list[tuple[int, str]]:
    return [(one.person_id, one.state) for one in candidates()]


class TestWaiting:
    def test_an_invited_officer_waits_and_the_head_is_told(self, people: Cast) -> None:
        new = invite_staff(light(people.administrator), facts())
        waiting = [one for one in letters() if one.key.startswith("officer_waits")]
        assert [one.to_address for one in waiting] == [people.safeguarding.email]
        assert "/desk/duty" in waiting[0].text
        assert asked() == [(new.id, "")]
        assert new.id not in {each.id for each in queries.fit_officers()}
        invite_staff(light(people.administrator), facts(role="moderator", email="m@city.example"))
        assert len(asked()) == 1

    def test_she_does_nothing_before(self, people: Cast) -> None:
        new = invite_staff(light(people.administrator), facts())
        who = light(new, confirmed=False)
        concern = actions.ask_for_help(Nobody(), "有人推我")
        deeds = (
            lambda: actions.read_concern(who, concern),
            lambda: actions.take_concern(who, concern),
            lambda: actions.ask_identity(who, concern, "想知道"),
            lambda: actions.name_head(who, new.id),
            lambda: actions.confirm_officer(who, new.id, agreed=True),
        )
        for deed in deeds:
            with pytest.raises(NotAllowed):
                deed()
        assert queries.concern_for(who, concern.id) is None
        with pytest.raises(RuleBroken):
            actions.name_head(light(people.safeguarding), new.id)


class TestConfirming:
    def test_a_head_agrees(self, people: Cast) -> None:
        new = invite_staff(light(people.administrator), facts())
        with pytest.raises(NotAllowed, match="负责人"):
            actions.confirm_officer(light(people.second_safeguarding), new.id, agreed=True)
        actions.confirm_officer(light(people.safeguarding), new.id, agreed=True)
        assert new.id in {each.id for each in queries.fit_officers()}
        assert asked() == []
        (entry,) = [one for one in entries("OfficerConfirmed") if one.by]
        assert (entry.subject_id, entry.by) == (str(new.id), people.safeguarding.id)
        with pytest.raises(NotAllowed):
            actions.confirm_officer(light(people.safeguarding), new.id, agreed=False)

    def test_or_not_and_later_after_all(self, people: Cast) -> None:
        new, head = (
            invite_staff(light(people.administrator), facts()),
            light(people.safeguarding),
        )
        actions.confirm_officer(head, new.id, agreed=False)
        assert asked() == [(new.id, "refused")]
        assert len(entries("OfficerRefused")) == 1
        actions.confirm_officer(head, new.id, agreed=True)
        assert asked() == []

    def test_nobody_but_an_officer_and_never_oneself(self, people: Cast) -> None:
        head = light(people.safeguarding)
        for other in (people.administrator.id, people.moderator.id, people.child.id, 0):
            with pytest.raises(NotAllowed):
                actions.confirm_officer(head, other, agreed=True)
        with pytest.raises(NotAllowed):
            actions.confirm_officer(head, head.person_id, agreed=True)

    def test_the_schema_wants_another(self, people: Cast) -> None:
        officer = people.moderator.id
        alone = Confirmation(person_id=officer, state="confirmed", decided_by=officer, at=now())
        with pytest.raises(IntegrityError, match="by_another"), session().begin_nested():
            session().add(alone)
            session().flush()


class TestEnding:
    @pytest.mark.parametrize(
        "changed", [{"email": "mine@city.example"}, {"role": "moderator"}, None]
    )
    def test_another_address_another_role_or_leaving(
        self, people: Cast, changed: dict[str, str] | None
    ) -> None:
        """Whoever can change an address alone could otherwise set the password of an officer."""
        administrator, officer = light(people.administrator), people.safeguarding
        if changed is None:
            end_staff(administrator, officer.id)
        else:
            change_staff(administrator, officer.id, known_as(officer, **changed))
        assert officer.id not in {each.id for each in queries.fit_officers()}
        assert queries.heads() == frozenset()
        assert session().get(Head, officer.id) is None
        if changed == {"role": "moderator"}:
            moderator = person(officer.id)
            assert moderator is not None
            change_staff(administrator, officer.id, known_as(moderator))
            assert asked() == [(officer.id, "")]
            assert queries.heads() == frozenset()

    def test_a_name_or_a_date_ends_nothing(self, people: Cast) -> None:
        officer = people.safeguarding
        changed = known_as(officer, legal_name="郑平安", vetted_on=today() - timedelta(days=1))
        change_staff(light(people.administrator), officer.id, changed)
        assert officer.id in queries.heads()

    def test_the_heads_are_told_of_a_changed_address(self, people: Cast) -> None:
        officer = people.second_safeguarding
        change_staff(
            light(people.administrator), officer.id, known_as(officer, email="x@city.example")
        )
        assert letters()[-1].to_address == people.safeguarding.email

    def test_an_unconfirmed_one_is_on_no_duty(self, people: Cast) -> None:
        on_duty(people)
        change_staff(
            light(people.administrator),
            people.safeguarding.id,
            known_as(people.safeguarding, email="x@city.example"),
        )
        assert duty_officer(now()) is None
        reached = {each.id for each in called_people("first", now())}
        assert reached == {people.second_safeguarding.id}


class TestShell:
    def test_the_first_officer_is_confirmed_by_the_shell(self, app: Flask, cast: Cast) -> None:
        with unit_of_work():
            first = factories.staff("safeguarding", "何一", confirmed=False)
        shell = app.test_cli_runner()
        assert shell.invoke(args=["safeguarding", "head", first.email]).exit_code == 0
        with unit_of_work(writes=False):
            assert first.id in queries.heads()
            assert [one.by for one in entries("OfficerConfirmed")] == [None]


class TestPages:
    def test_the_head_confirms_and_only_then_a_door_opens(
        self, browser: Browser, cast: Cast
    ) -> None:
        with unit_of_work():
            actions.make_head(cast.safeguarding.id)
            new = factories.staff("safeguarding", "何三", confirmed=False)
            number = actions.ask_for_help(Nobody(), "有人推我").id
        fresh = browser.as_(new)
        for address in ("/desk/concerns", f"/desk/concerns/{number}", "/desk/duty"):
            fresh.get(address, status=403)
        fresh.post(f"/desk/concerns/{number}/read", status=403)
        fresh.post(f"/desk/duty/officers/{new.id}", {"agree": "1"}, status=403)
        page = fresh.get("/desk")
        assert "/desk/concerns" not in page.links.values() and "负责人确认" in page.text
        other = browser.as_(cast.second_safeguarding)
        assert "何三" not in other.get("/desk/duty").text
        other.post(f"/desk/duty/officers/{new.id}", {"agree": "1"}, status=403)
        browser.as_(cast.administrator).post(
            f"/desk/duty/officers/{new.id}", {"agree": "1"}, status=403
        )
        head = browser.as_(cast.safeguarding)
        assert "何三" in head.get("/desk/duty").text
        page = head.post(f"/desk/duty/officers/{new.id}", {"refuse": "1"})
        assert "没有确认" in page.text
        fresh.get("/desk/concerns", status=403)
        page = head.post(f"/desk/duty/officers/{new.id}", {"agree": "1"})
        assert "等你确认" not in page.text
        fresh.get("/desk/concerns")
        fresh.post(f"/desk/concerns/{number}/read")

    def test_without_a_head_the_page_names_the_shell(self, browser: Browser, cast: Cast) -> None:
        page = browser.as_(cast.safeguarding).get("/desk/duty")
        assert "flask --app wsgi safeguarding head" in page.text
        assert "/desk/duty/head" not in page.text


def test_an_old_cookie_says_nothing_of_confirmation() -> None:
    """The identity of an older release has another shape: whoever holds it signs in again."""
    old = Identity(person_id=1, role="safeguarding", sign_in="", mark=0, until=0).get_id()
    assert Identity.parse(old.replace(", false]", "]").replace(",false]", "]")) is None
