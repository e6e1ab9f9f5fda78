"""No reader with a solver can work out a hidden number, in any small city (R71, R75)."""

import pytest
from hypothesis import HealthCheck, given, settings

from participation.figures.publish import protect
from participation.figures.thresholds import OFFICIAL, PUBLIC, Profile
from tests.figures.attack import recovered
from tests.figures.cities import Crowd, cities, count, listed_cities

PROFILES = [PUBLIC, OFFICIAL]
STRICTER = Profile("official", few=8, base=40, schools=0, step=1)
SLOW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def crowd(group, *chosen, many=1):
    return Crowd(group, tuple(chosen), many)


def cells(published):
    for question in published["questions"]:
        for lines in ([question["all"]], *question["by"].values()):
            for line in lines:
                yield from line["cells"]


@pytest.mark.parametrize("profile", [*PROFILES, STRICTER], ids=["public", "official", "stricter"])
@SLOW
@given(cities())
def test_no_hidden_number_of_a_small_city_can_be_recovered(profile, tables):
    assert recovered(protect(tables, profile).to_json()) == []


@pytest.mark.parametrize("profile", PROFILES, ids=["public", "official"])
@SLOW
@given(cities(largest=60, crowds=16))
def test_nor_of_a_larger_one(profile, tables):
    assert recovered(protect(tables, profile).to_json()) == []


@pytest.mark.parametrize("profile", PROFILES, ids=["public", "official"])
@SLOW
@given(listed_cities())
def test_nor_when_it_is_known_how_many_could_have_answered(profile, tables):
    assert recovered(protect(tables, profile).to_json()) == []


@pytest.mark.parametrize("profile", PROFILES, ids=["public", "official"])
@given(cities())
@settings(max_examples=10, deadline=None, derandomize=True)
def test_the_same_tables_always_give_the_same_figures(profile, tables):
    assert protect(tables, profile) == protect(tables, profile)


NORTH, SOUTH = ("a", "1", "f"), ("b", "2", "m")
WITNESSES = {
    "nobody": [],
    "one voter": [crowd(NORTH, (0,))],
    "one short of the threshold": [crowd(NORTH, (0,), many=4)],
    "just the threshold": [crowd(NORTH, (0,), many=5)],
    "a tie": [crowd(NORTH, (0,), many=20), crowd(SOUTH, (1,), many=20)],
    "all alike": [crowd(NORTH, (0,), many=60), crowd(SOUTH, (0,), many=60)],
    "a lone dissenter": [crowd(NORTH, (0,), many=60), crowd(SOUTH, (1,))],
    "everybody skips": [crowd(NORTH, (3,), many=40), crowd(SOUTH, (3,), many=3)],
    "one line only": [crowd(NORTH, (0,), many=30), crowd(NORTH, (1,), many=30)],
}


@pytest.mark.parametrize("profile", PROFILES, ids=["public", "official"])
@pytest.mark.parametrize("most", [0, 2])
@pytest.mark.parametrize("crowds", WITNESSES.values(), ids=WITNESSES)
@pytest.mark.parametrize("districts", [("1", "2"), ("1", "2", "3", "4")])
def test_odd_cities(crowds, most, profile, districts):
    published = protect(count(crowds, [(2, most)], districts), profile).to_json()
    assert recovered(published) == []


def test_a_single_district_is_everyone():
    tables = count([crowd(NORTH, (0,), many=33), crowd(NORTH, (1,), many=4)], [(2, 0)], ("1",))
    published = protect(tables, OFFICIAL).to_json()
    question = published["questions"][0]
    assert question["by"]["district"][0]["cells"] == question["all"]["cells"]
    assert recovered(published) == []


def test_nothing_is_hidden_where_all_counts_are_large():
    groups = [(b, d, g) for b in "abc" for d in "12" for g in "fmx"]
    crowds = [crowd(g, (c,), (c,), many=40) for g in groups for c in range(4)]
    for profile in PROFILES:
        published = protect(count(crowds, [(2, 0), (2, 2)]), profile).to_json()
        assert published["suppressed"] == []
        assert {cell["as"] for cell in cells(published)} == {
            "rounded" if profile is PUBLIC else "exact"
        }


def test_a_small_district_costs_officials_only_a_little_sharpness():
    crowds = [
        crowd(("abc"[n % 3], "123"[n % 3], "fm"[n % 2]), (n % 2,), many=50) for n in range(12)
    ]
    crowds.append(crowd(("a", "4", "f"), (0,), many=3))
    tables = count(crowds, [(2, 0)], ("1", "2", "3", "4"))
    question = protect(tables, OFFICIAL).to_json()["questions"][0]
    assert [line["cells"][0]["as"] for line in question["by"]["district"]].count("hidden") == 1
    assert "hidden" not in {cell["as"] for cell in question["all"]["cells"][:2]}


def test_the_attacker_does_recover_what_is_published_without_care():
    crowds = [crowd(("a", d, "f"), (c,), many=30) for d in "12" for c in (0, 1)]
    published = protect(count(crowds, [(2, 0)]), OFFICIAL).to_json()
    for line in (published["questions"][0]["all"], *published["questions"][0]["by"]["district"]):
        for cell, value in zip(line["cells"], (30, 30, 0, 0), strict=True):
            value *= 2 if line["line"] == "all" else 1
            cell.update({"as": "exact", "value": value, "why": None})
    victim = published["questions"][0]["by"]["district"][0]["cells"][1]
    victim.update({"as": "hidden", "value": None, "why": "secondary"})
    assert "q1.district.1.2" in recovered(published)
