"""Keeping people: who is invited, changed and let go, by whom, and what it ends."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.actions import people as deeds
from participation.accounts.actions.people import StaffFacts
from participation.accounts.models import LoginCard, PasswordLink, Person, SignIn, Teaching
from participation.audit.models import Entry
from participation.kernel.clock import CITY_ZONE, at, now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.tables import random_key
from participation.settings import Settings
from tests.accounts.test_importing import who
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast, make_cast


def facts(**more: Any) -> StaffFacts:
    return StaffFacts(
        **{"legal_name": "何老师", "email": "He@City.Example", "role": "secretary", **more}
    )


class TestDeeds:
    @pytest.fixture
    def cast(self, unit: None) -> Cast:
        return make_cast()

    def test_an_invitation_makes_a_person_and_a_link(self, cast: Cast, settings: Settings) -> None:
        person = deeds.invite_staff(who(cast.administrator, settings), facts())
        assert (person.email, person.password, person.left_at) == ("he@city.example", "", None)
        assert session().scalars(select(PasswordLink)).one().person_id == person.id
        entries = session().scalars(select(Entry).order_by(Entry.id)).all()
        assert [entry.what for entry in entries] == ["PersonJoined", "StaffInvited"]
        assert entries[1].facts == "{}"

    @pytest.mark.parametrize(
        ("wrong", "fields"),
        [
            ({"role": "child"}, ["role"]),
            ({"role": "king"}, ["role"]),
            ({"role": "teacher"}, ["school_id"]),
            ({"role": "official", "unit_id": 999}, ["unit_id"]),
            ({"role": "moderator"}, ["vetted_on", "trained_on"]),
            ({"role": "safeguarding", "vetted_on": date(2020, 1, 1)}, ["trained_on"]),
            ({"vetted_on": date(2199, 1, 1)}, ["vetted_on"]),
        ],
    )
    def test_what_a_role_needs(
        self, cast: Cast, settings: Settings, wrong: dict[str, Any], fields: list[str]
    ) -> None:
        with pytest.raises(RulesBroken) as refused:
            deeds.invite_staff(who(cast.administrator, settings), facts(**wrong))
        assert [broken.field for broken in refused.value.broken] == fields

    def test_an_address_is_there_once(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.administrator, settings)
        first = deeds.invite_staff(asker, facts())
        for deed in (
            lambda: deeds.invite_staff(asker, facts(email="HE@city.example")),
            lambda: deeds.change_staff(asker, cast.secretary.id, facts()),
        ):
            with pytest.raises(RuleBroken) as refused:
                deed()
            assert refused.value.field == "email"
        assert session().get(Person, first.id) is first

    def test_a_second_invitation_only_before_a_password(
        self, cast: Cast, settings: Settings
    ) -> None:
        asker = who(cast.administrator, settings)
        person = deeds.invite_staff(asker, facts())
        deeds.invite_again(asker, person.id)
        usable = select(PasswordLink).where(PasswordLink.used_at.is_(None))
        assert len(session().scalars(usable).all()) == 2, "the first letter still works"
        person.password = "set"
        with pytest.raises(RuleBroken):
            deeds.invite_again(asker, person.id)

    def test_another_role_or_school_ends_the_care_of_classes(
        self, cast: Cast, settings: Settings
    ) -> None:
        asker, teacher = who(cast.administrator, settings), cast.teacher
        same = facts(legal_name="林新", role="teacher", school_id=cast.school.id)
        deeds.change_staff(asker, teacher.id, same)
        care = select(Teaching).where(Teaching.teacher_id == teacher.id)
        assert session().scalars(care).all()
        elsewhere = facts(legal_name="林新", role="teacher", school_id=cast.far_school.id)
        deeds.change_staff(asker, teacher.id, elsewhere)
        assert session().scalars(care).all() == []
        deeds.change_staff(asker, teacher.id, facts(role="official", unit_id=cast.unit.id))
        assert (teacher.school_id, teacher.unit_id) == (None, cast.unit.id)
        said = session().scalars(select(Entry.facts).where(Entry.what == "PersonChanged")).all()
        assert said[1] == '{"what": ["school_id"]}'

    def test_one_administrator_always_stays(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.administrator, settings)
        with pytest.raises(RuleBroken) as refused:
            deeds.change_staff(asker, cast.administrator.id, facts())
        assert refused.value.field == "role"
        with pytest.raises(RuleBroken):
            deeds.end_staff(asker, cast.administrator.id)
        second = deeds.invite_staff(asker, facts(role="administrator"))
        deeds.end_staff(who(second, settings), cast.administrator.id)
        assert cast.administrator.left_at is not None

    def test_who_is_let_go_is_out_at_once(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.administrator, settings)
        assert who(cast.teacher, settings) is not None
        deeds.end_staff(asker, cast.teacher.id)
        session().expire_all()
        theirs = select(SignIn).where(SignIn.person_id == cast.teacher.id)
        assert all(row.ended_at is not None for row in session().scalars(theirs))
        assert who(cast.teacher, settings) is None
        with pytest.raises(Missing):
            deeds.end_staff(asker, cast.teacher.id)
        with pytest.raises(Missing):
            deeds.end_staff(asker, cast.child.id)

    def test_a_pupil_moves_within_the_school(self, cast: Cast, settings: Settings) -> None:
        asker, child = who(cast.secretary, settings), cast.child
        other = factories.school_class(cast.school, grade=4, number=1)
        values = {"legal_name": "王小曼", "gender": "x", "born": date(2017, 3, 5)}
        deeds.change_pupil(asker, child.id, **values, class_id=other.id)
        assert (child.class_id, child.born) == (other.id, date(2017, 3, 1))
        for place in (cast.far_class.id, 0):
            with pytest.raises(RuleBroken):
                deeds.change_pupil(asker, child.id, **values, class_id=place)
        with pytest.raises(Missing):
            deeds.change_pupil(asker, cast.teacher.id, **values, class_id=other.id)

    def test_a_pupil_who_leaves_has_no_card(self, cast: Cast, settings: Settings) -> None:
        asker, child = who(cast.secretary, settings), cast.child
        card = LoginCard(
            person_id=child.id,
            number="HB3XABCD",
            secret=random_key(),
            pictures=random_key(),
            issued_at=now(),
        )
        session().add(card)
        session().flush()
        deeds.end_pupil(asker, child.id)
        assert session().scalar(select(LoginCard.id)) is None
        assert who(child, settings) is None
        said = session().scalars(select(Entry).where(Entry.what == "PersonLeft")).one()
        assert (said.subject_kind, said.subject_id) == ("person", str(child.id))

    def test_the_names_of_a_child_who_leaves_are_gone(self, cast: Cast, settings: Settings) -> None:
        left = deeds.end_pupil(who(cast.secretary, settings), cast.child.id)
        session().refresh(left)
        assert (left.legal_name, left.nickname) == ("", "")
        assert left.pupil_number is not None
        deeds.end_staff(who(cast.administrator, settings), cast.moderator.id)
        session().refresh(cast.moderator)
        assert cast.moderator.legal_name == "周敏"

    def test_an_account_closes_at_eighteen_and_no_day_before(self, cast: Cast) -> None:
        born = cast.teenager.born
        assert born is not None
        birthday = datetime(born.year + 18, born.month, 1, 12, tzinfo=CITY_ZONE)
        with at(birthday - timedelta(days=1)):
            deeds.close_grown_up()
        session().refresh(cast.teenager)
        assert cast.teenager.left_at is None
        with at(birthday):
            deeds.close_grown_up()
        session().refresh(cast.teenager)
        assert cast.teenager.left_at == birthday
        assert cast.teenager.legal_name == ""
        assert cast.child.left_at is None

    def test_who_may(self, cast: Cast, settings: Settings) -> None:
        other = factories.school_class(cast.school, grade=4, number=1)
        pupil = {"legal_name": "甲", "gender": "x", "born": today(), "class_id": other.id}
        for person in (cast.teacher, cast.moderator, cast.official, cast.stranger, cast.secretary):
            asker = who(person, settings)
            for deed in (
                lambda a=asker: deeds.invite_staff(a, facts()),
                lambda a=asker: deeds.change_staff(a, cast.official.id, facts()),
                lambda a=asker: deeds.invite_again(a, cast.official.id),
                lambda a=asker: deeds.end_staff(a, cast.official.id),
            ):
                with pytest.raises(NotAllowed):
                    deed()
            if person is not cast.secretary:
                with pytest.raises(NotAllowed):
                    deeds.change_pupil(asker, cast.child.id, **pupil)
                with pytest.raises(NotAllowed):
                    deeds.end_pupil(asker, cast.child.id)


class TestPages:
    def test_staff_are_listed_by_role_and_found(self, cast: Cast, browser: Browser) -> None:
        asker = browser.as_(cast.administrator)
        everyone = asker.get("/desk/people")
        assert {"周敏", "陈立", "林老师"} <= set(everyone.links)
        assert "王小满" not in everyone.text
        moderators = asker.get("/desk/people?role=moderator", headers={"Accept-Language": "en"})
        assert "周敏" in moderators.links and "陈立" not in moderators.links
        assert "陈立" in asker.get("/desk/people?q=陈").links
        assert asker.get("/desk/people?q=%25&role=child").words("th") == []
        assert asker.get("/desk/people?left=1").words("th") == []

    def test_an_invitation_by_page(self, cast: Cast, browser: Browser) -> None:
        asker = browser.as_(cast.administrator)
        form = {
            "legal_name": "何<i>老师",
            "email": "he@city.example",
            "role": "moderator",
            "school_id": "0",
            "unit_id": "0",
            "locale": "en",
        }
        page = asker.post("/desk/people/new", form, status=422)
        assert len(page.words("ul")[0:1]) == 1 and 'value="何&lt;i&gt;老师"' in page.text
        dates = {"vetted_on": str(today()), "trained_on": str(today() - timedelta(days=3))}
        page = asker.post("/desk/people/new", {**form, **dates})
        assert page.h1 == "工作人员" and "何<i>老师" in page.links
        for address in ("no address", "a@b", "她@city.example", "a@b..c", "a@b@c.d"):
            asker.post("/desk/people/new", {**form, **dates, "email": address}, status=422)
        asker.post("/desk/people/new", {**form, **dates}, status=422)
        with unit_of_work():
            person = session().scalars(select(Person).where(Person.email == form["email"])).one()
        where = f"/desk/people/{person.id}"
        assert asker.get(where).fields(where)["vetted_on"] == dates["vetted_on"]
        page = asker.post(f"/desk/people/{person.id}", {**form, **dates, "legal_name": "何平"})
        assert "何平" in page.links
        asker.post(f"/desk/people/{person.id}/invite")

    def test_a_person_is_let_go_after_one_more_question(self, cast: Cast, browser: Browser) -> None:
        asker, gone = browser.as_(cast.administrator), browser.as_(cast.secretary)
        gone.get("/desk/schools")
        assert "冯秘书" in asker.get(f"/desk/people/{cast.secretary.id}/end").h1
        asker.post(f"/desk/people/{cast.secretary.id}/end")
        assert gone.client.get("/desk/schools").status_code == 302
        asker.get(f"/desk/people/{cast.secretary.id}", status=404)
        assert "冯秘书" in asker.get("/desk/people?left=1").words("th")

    def test_a_pupil_is_corrected_and_leaves_by_page(self, cast: Cast, browser: Browser) -> None:
        asker, where = browser.as_(cast.secretary), f"/desk/children/{cast.child.id}"
        page = asker.get(where)
        form = {
            "legal_name": "王小曼",
            "gender": "f",
            "born": "2017年3月",
            "class_id": str(cast.school_class.id),
        }
        assert page.h1 == "王小满"
        page = asker.post(where, form)
        assert "王小曼" in page.links
        page = asker.post(where, {**form, "born": "很久以前"}, status=422)
        assert "很久以前" in page.text
        asker.post(where, {**form, "class_id": str(cast.far_class.id)}, status=422)
        child = browser.as_(cast.child)
        assert "王小曼" in asker.get(f"{where}/leave").h1
        page = asker.post(f"{where}/leave")
        assert "王小曼" not in page.words("th")
        assert child.client.get("/me/devices").status_code == 302
        asker.get(where, status=404)

    @pytest.mark.parametrize(
        ("address", "roles"),
        [
            ("/desk/people", {"administrator"}),
            ("/desk/people/new", {"administrator"}),
            ("/desk/people/{official}", {"administrator"}),
            ("/desk/people/{official}/end", {"administrator"}),
            ("/desk/units", {"administrator"}),
            ("/desk/children/{child}", {"administrator", "secretary"}),
            ("/desk/children/{child}/leave", {"administrator", "secretary"}),
        ],
    )
    def test_the_doors(self, cast: Cast, browser: Browser, address: str, roles: set[str]) -> None:
        where = address.format(official=cast.official.id, child=cast.child.id)
        people = (cast.administrator, cast.secretary, cast.teacher, cast.moderator, cast.stranger)
        for person in people:
            status = 200 if person.role in roles else 403
            browser.as_(person).get(where, status=status, headers={"Accept-Language": "en"})
        assert browser.client.get(where).status_code == 302
