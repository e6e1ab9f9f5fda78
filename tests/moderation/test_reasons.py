"""What a child reads when a text comes back: kind, in her language, for her age."""

import pytest

from participation.moderation import reasons
from participation.moderation.actions import MOST_SENTENCE
from participation.moderation.queries import reason_label

FORBIDDEN = ("提交", "审批", "驳回", "违规", "用户", "！")


def test_every_reason_speaks_both_languages() -> None:
    for reason in reasons.REASONS:
        for words in (reason.label, reason.mend, reason.because):
            assert words["zh"]
            assert words["en"]
    assert len(reasons.BY_CODE) == len(reasons.REASONS) == 12
    assert {reason.law for reason in reasons.REASONS} == set(reasons.CLASSES)


@pytest.mark.parametrize("band", ["a", "b", "c"])
@pytest.mark.parametrize("verdict", ["returned", "refused"])
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_sentence_is_whole_short_and_kind(verdict: str, band: str, locale: str) -> None:
    for code in reasons.BY_CODE:
        said = reasons.child_sentence(verdict, [code], band=band, locale=locale)
        assert "{" not in said
        assert 10 < len(said) < 300
        assert not [word for word in FORBIDDEN if word in said]
    every = reasons.child_sentence(verdict, list(reasons.BY_CODE), band=band, locale=locale)
    assert len(every) <= MOST_SENTENCE


def test_the_mock_up_s_case() -> None:
    said = reasons.child_sentence("returned", ["contact", "name"], band="b", locale="zh-Hans")
    assert said == (
        "你的主意我们看到了。请把全名删掉，这样别人就找不到你们；"
        "把电话、住址和账号删掉，这样别人就找不到你，再交一次。"
    )


def test_the_youngest_hear_it_differently() -> None:
    young, older = (
        reasons.child_sentence("returned", ["name"], band=band, locale="en") for band in "ab"
    )
    assert young != older


def test_no_reason_no_sentence() -> None:
    assert reasons.child_sentence("returned", [], band="b", locale="en") == ""
    assert reasons.child_sentence("approved", ["name"], band="b", locale="en") == ""
    assert "safeguarding officer" in reasons.child_sentence("escalated", [], band="b", locale="en")


@pytest.mark.parametrize(
    ("text", "locale"),
    [("我想要树", "zh-Hans"), ("More trees", "en"), ("more 树", "zh-Hans"), ("", "zh-Hans")],
)
def test_the_answer_is_in_the_child_s_language(text: str, locale: str) -> None:
    assert reasons.language_of(text) == locale


def test_unknown_codes_are_dropped_and_known_ones_put_in_order() -> None:
    assert reasons.known(["unlawful", "nonsense", "name", "name"]) == ("name", "unlawful")
    assert str(reason_label("nonsense")) == "nonsense"
    assert str(reason_label("name")) == "写了真名"
