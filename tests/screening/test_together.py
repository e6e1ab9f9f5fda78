"""Words that come together: order, distance, words inside words, and what takes a sign back."""

import pytest

from participation.screening.lexicon import lexicon_of, sentences_of
from participation.screening.together import Meetings, meetings_of, met_in

WORDS = lexicon_of(
    [
        "kin: 爸爸 爸",
        "blow: 打 抽 da",
        "me: 我 wo",
        "drunk: 喝酒",
        "tool: 皮带",
        "tool: 棍子",
        "film: 电影",
        "go: 叫我去 get_out",
        "nothing: 打球 打电话",
    ]
)


def met(line: str, text: str, head: str = "[harm_by_others beaten]", more: str = "") -> list[str]:
    lines = [head, *([more] if more else []), line]
    found = met_in(text, sentences_of(text, WORDS), Meetings(meetings(lines)))
    return [text[start:end] for _one, start, end in found]


def meetings(lines: list[str]):  # type: ignore[no-untyped-def]
    return meetings_of(lines, WORDS.bits)


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("kin>blow>me", "爸爸又打我了", ["爸爸又打我"]),
        ("kin>blow>me", "我打爸爸", []),
        ("kin>blow>me", "爸爸说吃完饭以后去公园走走再打我", []),
        ("kin drunk blow", "喝酒以后,就打人,我爸爸", ["喝酒以后,就打人,我爸爸"]),
        ("kin drunk", "喝酒。爸爸", []),
        ("tool/drunk>blow", "拿皮带抽", ["皮带抽"]),
        ("tool/drunk>blow", "喝酒就打", ["喝酒就打"]),
        ("kin>blow", "爸爸打球", []),
        ("kin>blow", "爸爸打电话,又打人", ["爸爸打电话,又打"]),
        ("kin>blow>me", "爸爸没打我", []),
        ("kin>blow>me", "爸爸从来不会打我", []),
        ("kin>blow", "爸不会打球,只会打", ["爸不会打球,只会打"]),
        ("go", "他叫我去", ["叫我去"]),
        ("me go", "他叫我去", ["叫我去"]),
        ("go", "he said get out", ["get out"]),
        ("blow>me", "da wo", ["da wo"]),
        ("blow>me", "dad woke", []),
        ("kin drunk", "爸爸" + "好" * 40 + "喝酒", []),
        ("kin -film", "爸爸看电影", []),
    ],
)
def test_lines(line: str, text: str, found: list[str]) -> None:
    assert met(line, text) == found


def test_what_a_head_takes_back_holds_for_its_lines() -> None:
    assert met("kin>blow", "电影里爸爸打人", more="unless: film") == []
    assert met("kin>blow", "爸爸打人", more="unless: film") == ["爸爸打"]


def test_a_far_word_does_not_hide_a_near_one() -> None:
    text = "喝酒" + "的" * 30 + "爸爸喝酒打人"
    assert met("drunk kin blow", text) == ["爸爸喝酒打"]


def test_mistakes_are_named() -> None:
    with pytest.raises(ValueError, match="no such group: nobody"):
        list(meetings(["[x y]", "kin nobody"]))
    with pytest.raises(ValueError, match="no group"):
        lexicon_of(["爸爸"])
