"""What a pattern can't do without."""

import pytest

from participation.screening.needed import all_needed_by, needed_by


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("想死", "死"),
        ("死", "死"),
        ("(?:打|抽)我", "打抽"),
        ("(?:打|抽)我?", "打抽"),
        ("[的了]说", "说"),
        ("爸?打", "打"),
        ("(?:爸|妈)*打+", "打"),
        ("[打抽][^我]", "打抽"),
        ("[a-z]x", "x"),
        (r"[\d]打", "打"),
        (r"\bkms\b", "k"),
        ("(?!球)打(?=人)", "打"),
        ("打|踢球|(?:不|没)来", "打球来"),
        ("死{2,3}", "死"),
        ("死{0,3}活", "活"),
        ("(?:死|)活?", None),
        ("死|.{0,3}", None),
        ("^$", None),
        ("a(?:b(?:c|d))?e", "a"),
        ("[)(]我", ")("),
    ],
)
def test_needed(pattern: str, needed: str | None) -> None:
    assert needed_by(pattern) == (None if needed is None else frozenset(needed))


@pytest.mark.parametrize(
    ("branch", "needed"),
    [
        ("想死", ["死", "想"]),
        ("(?:打|抽)我?死", ["死", "打抽"]),
        ("死死", ["死"]),
        ("死?.{3}", []),
    ],
)
def test_all_that_is_needed_the_rarest_first(branch: str, needed: list[str]) -> None:
    assert all_needed_by(branch) == [frozenset(one) for one in needed]
