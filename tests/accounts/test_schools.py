"""Keeping districts, schools and classes: the deeds, and the pages as people see them."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from participation.accounts import queries
from participation.accounts.actions import schools as deeds
from participation.accounts.models import District, School, SchoolClass, Teaching
from participation.accounts.queries.classes import class_facts, keepers_of, person_facts
from participation.audit.models import Entry
from participation.kernel.codes import ALPHABET
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.accounts.test_importing import who
from tests.support import factories
from tests.support.browser import Browser
from tests.support.cast import Cast, make_cast
from tests.support.shared import data


class TestDeeds:
    @pytest.fixture
    def cast(self, unit: None) -> Cast:
        return make_cast()

    def values(self, cast: Cast, **more: Any) -> dict[str, Any]:
        name = Words(zh="湖滨五小", en="Lakeside No. 5")
        return {"district_id": cast.district.id, "name": name, "kind": "primary", **more}

    def test_a_new_school_gets_a_code_of_four_letters(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.secretary, settings)
        school = deeds.add_school(asker, **self.values(cast), named_adult="周老师")
        assert len(school.code) == 4 and set(school.code) <= set(ALPHABET)
        assert queries.named_adult_of(school.id) == "周老师"
        entry = session().scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
        assert (entry.what, entry.subject_kind, entry.by) == (
            "SchoolAdded",
            "school",
            cast.secretary.id,
        )

    def test_a_name_is_there_once_in_a_district(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.secretary, settings)
        deeds.add_school(asker, **self.values(cast))
        for place, field in ((cast.district.id, "name_zh"), (0, "district_id")):
            with pytest.raises(RuleBroken) as refused:
                deeds.add_school(asker, **self.values(cast, district_id=place))
            assert refused.value.field == field
        assert deeds.add_school(asker, **self.values(cast, district_id=cast.far_district.id))

    def test_a_school_changes_but_not_its_code(self, cast: Cast, settings: Settings) -> None:
        asker = who(cast.administrator, settings)
        code = cast.school.code
        wanted = self.values(cast, named_adult="周老师")
        deeds.change_school(asker, cast.school.id, **wanted)
        deeds.change_school(asker, cast.school.id, **wanted)
        session().expire_all()
        assert (cast.school.code, cast.school.name["zh"]) == (code, "湖滨五小")
        found = session().scalars(select(Entry).where(Entry.what == "SchoolChanged")).all()
        assert [entry.facts for entry in found] == ['{"what": ["name", "named_adult"]}']
        with pytest.raises(Missing):
            deeds.change_school(asker, 0, **wanted)

    def test_teachers_of_a_class_come_from_its_school(self, cast: Cast, settings: Settings) -> None:
        asker, place = who(cast.secretary, settings), cast.school_class.id
        second = factories.staff("teacher", "苏老师", school=cast.school)
        deeds.name_teachers(asker, place, [second.id, second.id])
        assert keepers_of(place) == {second.id}
        facts, child = class_facts(place), person_facts(cast.child.id)
        assert facts is not None and facts.teachers == {second.id}
        assert child is not None and child.teachers == {second.id}
        for stranger in (cast.far_teacher.id, cast.official.id, cast.child.id):
            with pytest.raises(RuleBroken):
                deeds.name_teachers(asker, place, [stranger])
        assert keepers_of(place) == {second.id}
        with pytest.raises(Missing):
            deeds.name_teachers(asker, 0, [])

    def test_who_may(self, cast: Cast, settings: Settings) -> None:
        for person in (cast.teacher, cast.moderator, cast.official, cast.stranger):
            asker = who(person, settings)
            with pytest.raises(NotAllowed):
                deeds.add_school(asker, **self.values(cast))
            with pytest.raises(NotAllowed):
                deeds.change_school(asker, cast.school.id, **self.values(cast, named_adult=""))
            with pytest.raises(NotAllowed):
                deeds.name_teachers(asker, cast.school_class.id, [])
            with pytest.raises(NotAllowed):
                deeds.add_unit(asker, Words(zh="市水务局"))
        with pytest.raises(NotAllowed):
            deeds.add_unit(who(cast.secretary, settings), Words(zh="市水务局"))


class TestDistricts:
    def test_the_national_list_is_taken_and_found(self, app: Flask) -> None:
        run = app.test_cli_runner()
        file = str(data("regions/areas.csv"))
        assert (
            "11 added" not in run.invoke(args=["import-districts", file, "--prefix", "99"]).output
        )
        first = run.invoke(args=["import-districts", file, "--prefix", "3301"])
        again = run.invoke(args=["import-districts", file, "--prefix", "3301"])
        assert first.exit_code == again.exit_code == 0
        assert again.output == "0 added, 0 renamed\n"
        with unit_of_work():
            assert all(place.code.startswith("3301") for place in queries.district_list())
            assert len(queries.district_list()) == int(first.output.split()[0]) > 10
            assert [place.code for place in queries.district_list("上城")] == ["330102"]
            assert [str(place.name) for place in queries.district_list("330106")] == ["西湖区"]
        assert "2978" in str(
            int(run.invoke(args=["import-districts", file]).output.split()[0])
            + int(first.output.split()[0])
        )

    def test_a_name_is_mended_and_its_english_kept(self, app: Flask) -> None:
        with unit_of_work():
            factories.district("330102", "上城", "Shangcheng")
            assert deeds.take_districts(["code,name", '330102,"上城区"', "x,y"], "") == (0, 1)
            place = session().scalars(select(District)).one()
            assert place.name == {"zh": "上城区", "en": "Shangcheng"}

    def test_a_file_of_another_shape_is_refused(self, app: Flask, tmp_path: Path) -> None:
        for content in (b"a,b\n1,2\n", "code,name\n1,\xff".encode("latin-1")):
            path = tmp_path / "wrong.csv"
            path.write_bytes(content)
            result = app.test_cli_runner().invoke(args=["import-districts", str(path)])
            assert result.exit_code == 1 and "Traceback" not in result.output


class TestPages:
    @pytest.mark.parametrize("language", ["zh-Hans", "en"])
    def test_the_list_is_searched_by_name_code_and_district(
        self, cast: Cast, browser: Browser, language: str
    ) -> None:
        asker = browser.as_(cast.secretary)
        heads = {"Accept-Language": language}
        for words, found in {
            "": ["HB3X", "YL1M"],
            "第三": ["HB3X"],
            "lakeside": ["HB3X"],
            "yl1": ["YL1M"],
            "云岭区": ["YL1M"],
            "330901": ["HB3X"],
            "100%": [],
            "' OR 1=1 --": [],
        }.items():
            page = asker.get(f"/desk/schools?q={words.replace('%', '%25')}", headers=heads)
            assert [cell for cell in page.words("td") if cell in ("HB3X", "YL1M")] == found

    def test_a_school_is_added_and_changed(self, cast: Cast, browser: Browser) -> None:
        asker = browser.as_(cast.administrator)
        form = {
            "name_zh": "云岭二小 <b>",
            "name_en": "",
            "district_id": str(cast.far_district.id),
            "kind": "primary",
            "named_adult": "",
        }
        page = asker.post("/desk/schools/new", form)
        assert page.h1 == "云岭二小 <b>"
        again = asker.post("/desk/schools/new", form, status=422)
        assert again.all("section") and 'value="云岭二小 &lt;b&gt;"' in again.text
        with unit_of_work():
            school = session().scalars(select(School).order_by(School.id.desc()).limit(1)).one()
        page = asker.post(f"/desk/schools/{school.id}/change", {**form, "named_adult": "许老师"})
        assert "许老师" in page.words("dd")
        where = f"/desk/schools/{school.id}/change"
        assert asker.get(where).fields(where)["named_adult"] == "许老师"
        asker.post(f"/desk/schools/{school.id}/change", {**form, "name_zh": ""}, status=422)
        asker.get("/desk/schools/999999", status=404)

    def test_a_teacher_sees_her_classes_and_their_consent(
        self, cast: Cast, browser: Browser
    ) -> None:
        teacher = browser.as_(cast.teacher)
        page = teacher.get("/desk/classes")
        place = page.links["3 年级 2 班"]
        page = teacher.get(place)
        assert page.h1 == "3 年级 2 班"
        assert {"王小满", "李一林", "孙阿柚"} <= set(page.words("th"))
        assert "同意了" in page.words("td") and "还没有回话" in page.words("td")
        assert "印童声卡" in page.links and "记同意书" in page.links
        assert "安排老师" not in page.links

    def test_others_never_see_where_consent_stands(self, cast: Cast, browser: Browser) -> None:
        place = f"/desk/classes/{cast.school_class.id}"
        for person in (cast.secretary, cast.administrator):
            page = browser.as_(person).get(place)
            assert "孙阿柚" in page.text
            assert "同意" not in "".join(page.words("table"))
            assert "记同意书" not in page.links
        for person in (cast.far_teacher, cast.moderator, cast.official, cast.stranger):
            browser.as_(person).get(place, status=403)
        assert "/staff/sign-in" in browser.client.get(place).headers["Location"]

    def test_teachers_are_named_on_a_page(self, cast: Cast, browser: Browser) -> None:
        asker, place = browser.as_(cast.secretary), cast.school_class.id
        where = f"/desk/classes/{place}/teachers"
        assert asker.get(where).fields(where)["teachers"] == str(cast.teacher.id)
        asker.post(where, {})
        with unit_of_work():
            assert session().get(Teaching, (cast.teacher.id, place)) is None
        asker.post(where, {"teachers": str(cast.far_teacher.id)}, status=422)
        browser.as_(cast.teacher).get(f"/desk/classes/{place}", status=403)

    def test_units_are_added(self, cast: Cast, browser: Browser) -> None:
        asker = browser.as_(cast.administrator)
        page = asker.post("/desk/units", {"name_zh": "市水务局", "name_en": "Water Bureau"})
        assert "市水务局" in page.words("li")
        asker.post("/desk/units", {"name_zh": ""}, status=422)

    @pytest.mark.parametrize(
        "address",
        [
            "/desk/schools",
            "/desk/schools/new",
            "/desk/schools/{school}",
            "/desk/schools/{school}/change",
            "/desk/schools/{school}/roster",
            "/desk/classes/{place}/teachers",
        ],
    )
    def test_the_doors(self, cast: Cast, browser: Browser, address: str) -> None:
        where = address.format(school=cast.school.id, place=cast.school_class.id)
        for person in (cast.teacher, cast.moderator, cast.official, cast.stranger):
            browser.as_(person).get(where, status=403)
        assert browser.client.get(where).status_code == 302
        for person in (cast.secretary, cast.administrator):
            browser.as_(person).get(where, headers={"Accept-Language": "en"})

    def test_a_long_list_is_paged_by_key(self, cast: Cast, browser: Browser) -> None:
        with unit_of_work():
            place = session().get_one(SchoolClass, cast.school_class.id)
            for n in range(60):
                factories.child(place, f"学生{n}", f"号{n}", born=cast.child.born)
                factories.school(cast.district, f"Q{n:03}"[:4], f"第{n}小学", f"No. {n}")
        asker = browser.as_(cast.secretary)
        for first in ("/desk/schools", f"/desk/classes/{place.id}"):
            page = asker.get(first)
            second = asker.get(page.links["往下看"])
            assert len(page.all("tr")) == 51 and 1 < len(second.all("tr")) < 51
            assert "往下看" not in second.links and "从头看" in second.links
            assert not set(page.words("td")[:1]) & set(second.words("td"))
