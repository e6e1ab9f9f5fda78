"""What readers get: shares, reasons, the account of what was hidden, and its frozen form."""

import json

import pytest

from participation.figures.publish import NotFigures, Published, protect
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import OFFICIAL, PUBLIC

ANSWERS = ("1", "2", "dk", "skip")


def two_districts(north, south, schools=(5, 5)):
    total = tuple(a + b for a, b in zip(north, south, strict=True))
    groups = (
        Group("1", sum(north), schools=schools[0]),
        Group("2", sum(south), schools=schools[1]),
    )
    everyone = Group("all", sum(total), schools=sum(schools))
    table = Table("q7", "single", ANSWERS, total, {"district": (north, south)})
    return Tables(everyone, {"district": groups}, (table,))


def lines(published):
    return published.questions[0].by["district"]


def test_the_public_reads_rounded_counts_and_shares_of_what_is_shown():
    published = protect(two_districts((62, 41, 12, 10), (48, 32, 11, 14)), PUBLIC)
    overall = published.questions[0].overall
    assert overall.n.value == 230
    assert [(cell.value, cell.share) for cell in overall.cells] == [
        (110, 48),
        (75, 33),
        (25, 11),
        (25, 11),
    ]


def test_officials_read_exact_counts():
    published = protect(two_districts((62, 41, 12, 10), (48, 32, 11, 14)), OFFICIAL)
    assert [cell.value for cell in published.questions[0].overall.cells] == [110, 73, 23, 24]
    assert published.suppressed == ()


def test_a_line_below_the_base_has_no_answers_in_public_and_says_why():
    published = protect(two_districts((62, 41, 12, 10), (10, 10, 5, 4)), PUBLIC)
    assert lines(published)[1].hidden_why == "base"
    assert lines(published)[1].n.value == 30
    assert lines(published)[0].hidden_why is None


def test_no_answers_come_from_two_schools_and_the_rest_cannot_be_subtracted():
    published = protect(two_districts((62, 41, 12, 10), (48, 32, 11, 14), (5, 2)), PUBLIC)
    assert [line.hidden_why for line in lines(published)] == ["secondary", "schools"]
    account = {(row.by, row.why): row.cells for row in published.suppressed}
    assert account == {("district", "schools"): 4, ("district", "secondary"): 4}


def test_a_matter_from_two_schools_shows_only_how_many_took_part():
    published = protect(two_districts((62, 41, 12, 10), (48, 32, 11, 14), (1, 1)), PUBLIC)
    assert published.reach.n.value == 230
    assert published.questions[0].overall.hidden_why == "schools"


def test_nobody_learns_how_a_handful_answered():
    published = protect(two_districts((2, 0, 0, 0), (1, 1, 0, 0)), OFFICIAL)
    assert published.reach.n.is_hidden
    assert published.questions[0].overall.hidden_why == "few"


def test_unanimity_is_never_told_apart_from_near_unanimity_in_a_small_line():
    alike = protect(two_districts((7, 0, 0, 0), (40, 40, 20, 20)), OFFICIAL)
    nearly = protect(two_districts((6, 1, 0, 0), (41, 39, 20, 20)), OFFICIAL)
    assert lines(alike)[0].cells == lines(nearly)[0].cells
    assert lines(alike)[0].hidden_why == "few"


def test_a_question_of_few_answers_is_hidden_in_every_table():
    published = protect(two_districts((3, 2, 2, 2), (2, 2, 1, 1)), OFFICIAL)
    hidden = {line.hidden_why for line in (published.questions[0].overall, *lines(published))}
    assert hidden == {"few"}


def test_a_reason_tells_no_more_than_the_number_of_people_that_is_hidden():
    """Of 38 children 29 and 9: had one line the reason "base", the other were 9 or more."""
    published = protect(two_districts((14, 15, 0, 0), (4, 5, 0, 0)), PUBLIC)
    assert [reach.n.why for reach in published.reach_by["district"]] == ["few", "few"]
    assert [line.hidden_why for line in lines(published)] == ["few", "few"]


def test_of_a_line_nothing_is_told_where_its_number_or_all_its_answers_are_hidden():
    published = protect(two_districts((62, 41, 12, 10), (10, 10, 5, 4)), PUBLIC)
    assert [published.tells_of("district", key) for key in ("1", "2", "3")] == [True, False, False]
    official = protect(two_districts((62, 41, 12, 10), (1, 1, 1, 1)), OFFICIAL)
    assert [official.tells_of("district", key) for key in ("1", "2")] == [True, False]
    assert not official.tells_of("band", "a")


def test_where_nothing_was_asked_the_number_of_people_is_enough():
    groups = (Group("a", 30), Group("b", 4))
    published = protect(Tables(Group("all", 34), {"band": groups}, ()), OFFICIAL)
    assert [published.tells_of("band", key) for key in ("a", "b")] == [True, False]


@pytest.mark.parametrize("profile", [PUBLIC, OFFICIAL])
def test_frozen_figures_come_back_the_same(profile):
    groups = (Group("1", 60, of=80, schools=5), Group("2", 7, of=8, schools=4))
    rows = ((40, 20, 0, 0), (3, 4, 0, 0))
    table = Table("q", "single", ANSWERS, (43, 24, 0, 0), {"district": rows})
    tables = Tables(Group("all", 67, of=88, schools=9), {"district": groups}, (table,))
    published = protect(tables, profile)
    text = json.dumps(published.to_json())
    assert Published.from_json(json.loads(text)) == published
    assert json.dumps(Published.from_json(json.loads(text)).to_json()) == text
    assert list(published.to_json()) == ["version", "profile", "reach", "questions", "suppressed"]


@pytest.mark.parametrize("data", [{}, {"version": 2}, {"version": 1, "reach": None}])
def test_other_data_are_no_figures(data):
    with pytest.raises(NotFigures):
        Published.from_json(data)
