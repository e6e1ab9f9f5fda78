"""The pure files beside the reckoning: rules that are declared, and sentences about what came."""

from typing import Any

import pytest

from participation.contests.jury.scoring import Basis
from participation.contests.jury.selection import Cut, Ties
from participation.contests.rules import BandRule, Rule, broken_rules
from participation.contests.telling import agreement_words, alias_mark, late_sentence
from participation.kernel.i18n import speaking

LATE: dict[str, Any] = {"open": 0, "short": 0, "could_change": 0, "unsure": []}


def test_a_rule_is_kept_and_read_back() -> None:
    rule = Rule({"a": BandRule(top=3), "b": BandRule(least=4.0)}, "adjusted", "lot")
    assert Rule.read(rule.as_data()) == rule
    assert Rule.read({}) == Rule({})


def test_the_cut_of_a_band() -> None:
    rule = Rule({"a": BandRule(top=3, least=60)}, "adjusted", "lot")
    assert rule.cut("a", "yes_no") == Cut(3, 0.6, Basis.ADJUSTED, Ties.LOT)
    assert rule.cut("a", "rubric") == Cut(3, 60, Basis.ADJUSTED, Ties.LOT)


@pytest.mark.parametrize(
    ("band", "way", "fields"),
    [
        (BandRule(), "rubric", {"top_a"}),
        (BandRule(top=0), "rubric", {"top_a"}),
        (BandRule(top=5001), "rubric", {"top_a"}),
        (BandRule(top=5), "rubric", set()),
        (BandRule(least=0.9), "rubric", {"least_a"}),
        (BandRule(least=5), "rubric", set()),
        (BandRule(least=5.1), "rubric", {"least_a"}),
        (BandRule(least=0), "yes_no", {"least_a"}),
        (BandRule(least=100), "yes_no", set()),
        (BandRule(least=101), "yes_no", {"least_a"}),
        (BandRule(top=1, least=3), "ranking", {"least_a"}),
        (BandRule(top=1), "ranking", set()),
    ],
)
def test_what_is_wrong_with_a_rule(band: BandRule, way: str, fields: set[str]) -> None:
    assert {one.field for one in broken_rules(Rule({"a": band}), "a", way)} == fields


def test_a_band_without_a_rule_is_named() -> None:
    assert [one.field for one in broken_rules(Rule({}), "bc", "rubric")] == ["top_b", "top_c"]


@pytest.mark.parametrize(
    ("late", "sentence"),
    [
        ({}, "所有的评分都来了。"),
        ({"short": 2}, "2 件作品不到三份评分，要先请别的评委来评。"),
        ({"open": 3}, "3 份没来的评分，怎么给都不会改变谁入围。"),
        (
            {"open": 3, "could_change": 2, "unsure": [{"code": "ABC-234"}, {"code": "K7M-2QD"}]},
            "2 件作品的去留可能会变：ABC-234、K7M-2QD",
        ),
        (
            {"open": 3, "could_change": 9, "unsure": [{"code": "ABC-234"}]},
            "9 件作品的去留可能会变：ABC-234……",
        ),
    ],
)
def test_what_a_secretary_reads_of_what_is_late(late: dict[str, Any], sentence: str) -> None:
    assert late_sentence(LATE | late) == sentence


def test_aliases_are_signs_while_they_last() -> None:
    assert (alias_mark(2, 4), alias_mark(11, 12)) == ("乙", "11")
    with speaking("en"):
        assert (alias_mark(2, 4), alias_mark(11, 12)) == ("B", "11")


@pytest.mark.parametrize(
    ("alpha", "words"),
    [(None, "算不出来"), (0.9, "看法一致"), (0.7, "大致一致"), (0.2, "看法不一")],
)
def test_what_an_alpha_means(alpha: float | None, words: str) -> None:
    assert agreement_words(alpha) == words
