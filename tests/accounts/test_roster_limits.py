"""A small file may be made to be read for ever; reading ends where no roster goes."""

import pytest

from participation.accounts.roster import reading
from participation.kernel.words import folded
from tests.accounts.test_roster import GOOD, HEAD, ROW, only, read

BRACKETS = ["姓名(必填)", "姓 名（与证件一致）", "(1)姓名", "姓名)(", "姓名(("]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 20_000 + ",x\n", "no_header"),
        ("，".join(["（" * 1200] * 10), "no_header"),
        (HEAD + "," * 200 + f"\n{ROW}", "too_wide"),
        (f"{HEAD}\n" + "\n" * 20_000 + ROW, "too_many"),
    ],
)
def test_what_no_roster_holds_ends_the_reading(text: str, code: str) -> None:
    assert [problem.code for problem in read(text).problems] == [code]


def test_a_long_cell_is_no_name_of_a_column_and_is_not_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths: list[int] = []

    def watched(text: str) -> str:
        lengths.append(len(text))
        return folded(text)

    monkeypatch.setattr(reading, "folded", watched)
    long = "(" * 20_000
    roster = read(f"{long},{HEAD},班级{long}\n,{ROW},\n")
    assert len(roster.rows) == 1
    assert max(lengths) <= reading.MOST_HEADER
    assert max(map(len, roster.unread)) == reading.MOST_HEADER


@pytest.mark.parametrize("name", BRACKETS)
def test_what_stands_in_brackets_is_no_part_of_a_name(name: str) -> None:
    assert only(read(f"{HEAD.replace('姓名', name)}\n{ROW}")) == GOOD
