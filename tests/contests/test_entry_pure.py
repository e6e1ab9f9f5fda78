"""Composed words, name forms, last days, and when a work hangs: without a database."""

from datetime import date

import pytest

from participation.contests.composing import WorkWords, composed, taken_apart, words_of
from participation.contests.hanging import GivenRights, Hanging
from participation.contests.licences import last_day
from participation.contests.nameforms import name_forms, surname_form
from participation.kernel.errors import RuleBroken
from participation.moderation.redaction import blacked_out, spans_of_words

WHOLE = WorkWords("斑马线", "慢一点", "三个孩子", "走呀走\n\n叮咚")


class TestComposing:
    @pytest.mark.parametrize(
        "words",
        [
            WorkWords(),
            WHOLE,
            WorkWords("斑马线"),
            WorkWords("斑马线", "", "", "\n走呀走".strip()),
            WorkWords("斑马线", "", "三个孩子"),
            WorkWords("斑马线", "慢", "", "一\n二\n\n三"),
            WorkWords("", "慢"),
        ],
    )
    def test_there_and_back(self, words: WorkWords) -> None:
        assert taken_apart(composed(words)) == words

    def test_as_a_moderator_reads_it(self) -> None:
        assert composed(WHOLE) == "《斑马线》\n慢一点\n（三个孩子）\n\n走呀走\n\n叮咚"
        assert words_of(WHOLE) == WHOLE

    def test_what_is_blacked_out_stays_in_its_field(self) -> None:
        text = composed(WHOLE)
        barred = blacked_out(text, spans_of_words(text, ["三个孩子", "叮咚", "斑马"]))
        assert taken_apart(barred) == WorkWords("▇▇▇线", "慢一点", "▇▇▇", "走呀走\n\n▇▇▇")

    @pytest.mark.parametrize("across", ["》\n慢", "点\n（三", "）\n\n走", "《斑马线》", "一点\n"])
    def test_a_bar_over_an_end_of_a_line_is_refused(self, across: str) -> None:
        text = composed(WHOLE)
        with pytest.raises(RuleBroken):
            taken_apart(blacked_out(text, spans_of_words(text, [across])))


class TestNames:
    @pytest.mark.parametrize(
        ("legal", "shown"),
        [
            ("王小满", "王某"),
            ("欧阳小满", "欧阳某"),
            ("欧阳", "欧某"),
            ("Ann Lee", ""),
            ("", ""),
            ("阿依古丽·买买提", ""),
        ],
    )
    def test_surname(self, legal: str, shown: str) -> None:
        assert surname_form(legal) == shown

    def test_only_forms_that_she_has(self) -> None:
        assert name_forms("小满", "王小满") == {"nickname": "小满", "surname": "王某", "none": ""}
        assert name_forms("", "Ann") == {"none": ""}


class TestRights:
    @pytest.mark.parametrize(
        ("given", "years", "last"),
        [
            (date(2026, 12, 1), 2, date(2028, 11, 30)),
            (date(2028, 2, 29), 1, date(2029, 2, 27)),
            (date(2026, 1, 1), 1, date(2026, 12, 31)),
        ],
    )
    def test_last_day(self, given: date, years: int, last: date) -> None:
        assert last_day(given, years) == last

    def test_it_hangs_only_if_everything_holds(self) -> None:
        day = date(2026, 12, 1)
        good = GivenRights("agreed", "agreed", day, None)
        whole = ("approved", True, False, "published")
        assert Hanging(*whole, [good, good]).on(day)
        bad = (
            GivenRights("invited", "agreed", day, None),
            GivenRights("agreed", "waiting", day, None),
            GivenRights("agreed", "agreed", None, None),
            GivenRights("agreed", "agreed", date(2026, 11, 30), None),
            GivenRights("agreed", "agreed", day, day),
        )
        assert not any(Hanging(*whole, [good, one]).on(day) for one in bad)
        assert not Hanging(*whole, []).on(day)
        for other in (
            ("waiting", True, False, "published"),
            ("approved", False, False, "published"),
            ("approved", True, True, "published"),
            ("approved", True, False, "draft"),
        ):
            assert not Hanging(*other, [good]).on(day)
