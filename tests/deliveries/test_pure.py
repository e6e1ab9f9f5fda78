"""The pure parts: sealing, typed days, what a reply lacks, how it reads."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.deliveries.completeness import MOST, AnswerText, ReplyText, lacks
from participation.deliveries.days import parse_day
from participation.deliveries.reading import reading_of
from participation.deliveries.sealing import canonical, csv_bytes, digest_of
from tests.support.shared import data

SEALED = date(2026, 6, 18)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc中", max_size=3), inner)
    ),
    max_leaves=12,
)


class TestSealing:
    @given(st.dictionaries(st.text("abc中", max_size=4), values, max_size=5))
    def test_the_same_contents_have_one_fingerprint(self, contents: dict[str, object]) -> None:
        turned = dict(reversed(contents.items()))
        assert canonical(contents) == canonical(turned)
        assert json.loads(canonical(contents)) == contents
        assert canonical(json.loads(canonical(contents))) == canonical(contents)

    def test_is_short_and_readable(self) -> None:
        assert canonical({"b": [1, None], "a": "中"}) == '{"a":"中","b":[1,null]}'
        assert digest_of("") == digest_of(b"") and digest_of("中") != digest_of("国")
        assert len(digest_of("中")) == 64

    @pytest.mark.parametrize("wrong", [float("nan"), float("inf"), date(2026, 1, 1), {1, 2}])
    def test_refuses_what_json_lacks(self, wrong: object) -> None:
        with pytest.raises((ValueError, TypeError)):
            canonical({"x": wrong})


class TestCsv:
    def test_opens_in_excel_as_text(self) -> None:
        raw = csv_bytes([["选项", "n"], ["路灯", 3], ["=1+1", -2], ["@SUM(A1)", None]])
        assert raw.startswith(b"\xef\xbb\xbf")
        lines = raw.decode("utf-8-sig").split("\r\n")
        assert lines == ["选项,n", "路灯,3", "'=1+1,-2", "'@SUM(A1),", ""]

    def test_no_naughty_text_becomes_a_formula_or_breaks_the_table(self) -> None:
        naughty: list[str] = json.loads(data("naughty/blns.json").read_text("utf-8"))
        rows = [[text, 1] for text in naughty]
        back = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"), newline="")))
        assert len(back) == len(naughty)
        for (cell, one), text in zip(back, naughty, strict=True):
            assert one == "1" and cell.endswith(text)
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("2026-08-25", date(2026, 8, 25)),
            ("2026/8/25", date(2026, 8, 25)),
            ("2026.8.25", date(2026, 8, 25)),
            ("2026年8月25日", date(2026, 8, 25)),
            ("2026 年 8 月 25 日", date(2026, 8, 25)),
            ("２０２６－０８－２５", date(2026, 8, 25)),
            ("8月25日", date(2026, 8, 25)),
            ("8 月 25 日", date(2026, 8, 25)),
            ("6月18日", date(2026, 6, 18)),
            ("6月17日", date(2027, 6, 17)),
            ("2月29日", date(2028, 2, 29)),
            ("8/25", date(2026, 8, 25)),
            ("", None),
            ("尽快", None),
            ("2026-02-30", None),
            ("2月30日", None),
            ("25.8.2026", None),
            ("2026-08-25 之前", None),
        ],
    )
    def test_as_people_type_them(self, typed: str, day: date | None) -> None:
        assert parse_day(typed, since=SEALED) == day


GIVEN = SEALED + timedelta(days=22)
WHOLE = {
    "outcome": "adopted",
    "reason": "理由",
    "next_step": "下一步",
    "next_on": "2026-08-25",
    "children_zh": "给你们",
}


def fields(*, english: str = "", greeting: str = "", **changes: str) -> list[str]:
    answer = AnswerText(point_id=5, **(WHOLE | changes), children_en=english)
    text = ReplyText(answers=[answer], greeting_zh=greeting)
    found = lacks(text, {5: 1}, sealed_on=SEALED, given_on=GIVEN)
    return [each.field for each in found]


class TestCompleteness:
    @pytest.mark.parametrize("outcome", ["adopted", "partly", "scheduled", "not"])
    def test_a_whole_answer_lacks_nothing(self, outcome: str) -> None:
        assert fields(outcome=outcome) == []

    @pytest.mark.parametrize("outcome", ["adopted", "partly", "scheduled", "not"])
    @pytest.mark.parametrize("part", ["reason", "next_step", "children_zh"])
    def test_each_part_is_named(self, outcome: str, part: str) -> None:
        assert fields(outcome=outcome, **{part: ""}) == [f"p5-{part}"]

    @pytest.mark.parametrize("outcome", ["", "yes"])
    def test_a_decision_is_one_of_four(self, outcome: str) -> None:
        assert fields(outcome=outcome) == ["p5-outcome"]

    @pytest.mark.parametrize("outcome", ["adopted", "partly", "scheduled"])
    @pytest.mark.parametrize("typed", ["", "尽快", "2026-06-17", "2026-07-09", "2037-01-01"])
    def test_whatever_is_done_has_a_day(self, outcome: str, typed: str) -> None:
        assert fields(outcome=outcome, next_on=typed) == ["p5-next_on"]

    @pytest.mark.parametrize("typed", ["", "尽快"])
    def test_what_is_not_done_needs_no_day(self, typed: str) -> None:
        assert fields(outcome="not", next_on=typed) == []

    def test_a_point_without_an_answer_lacks_everything(self) -> None:
        found = lacks(ReplyText(), {5: 1, 6: 2}, sealed_on=SEALED, given_on=GIVEN)
        parts = ("outcome", "reason", "next_step", "children_zh")
        assert [each.field for each in found] == [f"p{n}-{p}" for n in (5, 6) for p in parts]
        assert "第 2 条" in str(found[4].sentence)

    def test_too_long_is_named(self) -> None:
        long = "长" * (MOST + 1)
        assert fields(reason=long, english=long, greeting=long) == [
            "p5-reason",
            "p5-children_en",
            "greeting_zh",
        ]


class TestReading:
    def test_measures_sentences(self) -> None:
        found = reading_of("9 个路口都改。按走得最慢的同学来算：每秒走 0.8 米。")
        assert found is not None
        assert (found.sentences, found.mean) == (2, 12)
        assert found.long_for == {"a": (), "b": ()}

    def test_names_what_is_too_long(self) -> None:
        found = reading_of(f"短。{'长' * 20}！{'久' * 26}？")
        assert found is not None
        assert found.long_for == {"a": ("长" * 20, "久" * 26), "b": ("久" * 26,)}

    @pytest.mark.parametrize("text", ["", "。。", "\n \n"])
    def test_of_nothing_there_is_nothing_to_say(self, text: str) -> None:
        assert reading_of(text) is None
