"""The questions that other rooms ask of accounts."""

from datetime import date

import pytest
import time_machine

from participation.accounts import queries
from participation.accounts.ages import age_on, band_of
from participation.accounts.models import Person
from participation.kernel.clock import now
from participation.kernel.database import session
from tests.support import factories
from tests.support.cast import Cast, make_cast

pytestmark = pytest.mark.usefixtures("unit")


@pytest.fixture
def cast(unit: None) -> Cast:
    return make_cast()


def test_the_order_of_the_city(cast: Cast) -> None:
    assert [place.code for place in queries.district_list()] == ["330901", "330902"]
    assert [str(unit.name) for unit in queries.unit_list()] == ["市交通局", "市教育局"]
    school = queries.school_of(cast.school.id)
    assert school is not None and school.district.code == "330901"
    assert queries.school_of(0) is None
    assert queries.named_adult_of(cast.school.id) == "林老师"
    assert queries.named_adult_of(0) == ""


def test_people_by_role_and_unit(cast: Cast) -> None:
    assert queries.officials_of(cast.unit.id) == [cast.official]
    assert queries.staff_with("moderator") == [cast.moderator, cast.second_moderator]
    cast.moderator.left_at = cast.official.left_at = now()
    session().flush()
    assert queries.staff_with("moderator") == [cast.second_moderator]
    assert queries.officials_of(cast.unit.id) == []


def test_a_person_comes_with_school_class_and_unit(cast: Cast) -> None:
    session().expunge_all()
    child, official = queries.person(cast.child.id), queries.person(cast.official.id)
    assert child is not None and official is not None
    assert child.school_class is not None and child.school_class.school == child.school
    assert official.unit is not None and official.unit.id == cast.unit.id
    assert queries.person(0) is None


def test_the_roster_is_counted_by_coarse_groups(cast: Cast) -> None:
    lake, hill = cast.district.id, cast.far_district.id
    assert queries.roster_counts("abc") == {
        ("a", lake, "f", "primary"): 1,
        ("a", lake, "x", "primary"): 1,
        ("b", lake, "m", "primary"): 1,
        ("b", hill, "m", "junior"): 1,
        ("b", hill, "x", "junior"): 1,
        ("c", hill, "f", "junior"): 1,
    }
    assert queries.roster_counts("c", [hill]) == {("c", hill, "f", "junior"): 1}
    assert queries.roster_counts("c", [lake]) == {}
    cast.teenager.left_at = now()
    session().flush()
    assert queries.roster_counts("c") == {}


@pytest.mark.parametrize("moment", ["2026-01-15", "2026-06-30", "2026-12-31"])
def test_the_count_knows_ages_as_the_identity_does(cast: Cast, moment: str) -> None:
    born = [date(year, month, 1) for year in range(2006, 2022) for month in (1, 6, 7, 12)]
    for place, day in enumerate(born):
        factories.child(cast.far_class, "某某", f"某{place}", born=day, consent=False, gender="x")
    with time_machine.travel(f"{moment}T04:00:00+00:00", tick=False):
        counted = queries.roster_counts("abc")
        today = date.fromisoformat(moment)
        present = session().query(Person).filter(Person.role == "child", Person.gender == "x")
        for band in "abc":
            expected = sum(
                1 for one in present if one.born and band_of(age_on(one.born, today)) == band
            )
            total = sum(count for key, count in counted.items() if key[0] == band and key[2] == "x")
            assert total == expected
