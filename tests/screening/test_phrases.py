"""How a line of the lists of phrases is read, and what is refused."""

import pytest

from participation.screening.phrases import groups_of, pattern_of, sections_of

GROUPS = groups_of(["@kin = 爸爸?|妈妈?", "@adult = @kin|老师", "nothing here"])


@pytest.mark.parametrize(
    ("line", "found", "left"),
    [
        ("@adult…3打我", "老师天天打我", "老师和他吵架打我"),
        ("@kin…2打", "妈打", "妈,打"),
        ("刀……4我", "刀,给我", "刀。给我"),
        ("(想|要)走", "要走", "走"),
        ("不(再)?来", "不再来", "再来"),
        ("打!(球|鼓)", "打人", "打鼓"),
        ("打=(球)", "打球", "打人"),
        ("打!@kin", "打人", "打妈妈"),
        ("help me\\b", "help me", "help men"),
    ],
)
def test_the_signs_of_a_line(line: str, found: str, left: str) -> None:
    pattern = pattern_of([line], GROUPS)
    assert pattern is not None
    assert pattern.search(found) and not pattern.search(left)


def test_no_line_is_no_pattern() -> None:
    assert pattern_of([], GROUPS) is None


def test_sections_keep_what_stands_under_their_head() -> None:
    first, second = sections_of(
        ["[harm_self die]", "any: 死", "unless: 笑", "unless: 饿", "想死", "[now]", "现在"],
        ("any", "unless"),
    )
    assert (first.what, first.why, first.lines) == ("harm_self", "die", ["想死"])
    assert first.said == {"any": ["死"], "unless": ["笑", "饿"]}
    assert (second.what, second.why, second.lines, second.said) == ("now", "", ["现在"], {})
    assert list(sections_of([], ())) == []


def test_a_line_without_a_head_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no head"):
        list(sections_of(["想死"], ()))


def test_a_group_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        pattern_of(["@nobody打"], GROUPS)
