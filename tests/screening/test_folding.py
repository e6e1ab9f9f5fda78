"""A text made plain: what is written otherwise comes out alike, and every place is true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.screening.folding import fold

ALIKE = [
    ("ＡＢＣ１２３", "abc123"),
    ("①②③⓿❽㈠㊈⑴⒉", "123081912"),
    ("⑩⑳", "1020"),
    ("電話號碼", "电话号码"),
    ("王⼩明", "王小明"),
    ("1️⃣3️⃣", "13"),
    ("傻\u200b逼", "傻逼"),
    ("e\u0301a\u0300", "ea"),
    ("弓虽大亻尔好", "强大你好"),
    ("٣٤", "34"),
    ("𝟏𝟑", "13"),
]


@pytest.mark.parametrize(("text", "plain"), ALIKE)
def test_what_is_written_otherwise_comes_out_alike(text: str, plain: str) -> None:
    assert fold(text).plain.text == plain


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("微 信 a b c 1 2 3", "微信abc123"),
        ("加 w e i x i n 吧", "加weixin吧"),
        ("谢 雨 桐写的", "谢雨桐写的"),
        ("傻*逼", "傻逼"),
        ("我 们", "我 们"),
        ("see a b", "see a b"),
        ("没有空格", "没有空格"),
    ],
)
def test_characters_written_apart_are_closed_up(text: str, closed: str) -> None:
    assert fold(text).closed.text == closed


def test_places_lead_back_to_what_was_written() -> None:
    text = "打1️⃣3️⃣找弓虽哥"
    folded = fold(text)
    assert folded.plain.text == "打13找强哥"
    start, end = folded.plain.place(1, 3)
    assert text[start:end] == "1️⃣3️⃣"
    start, end = folded.plain.place(4, 5)
    assert text[start:end] == "弓虽"
    apart = fold("加 微 信 a b c")
    start, end = apart.closed.place(apart.closed.text.index("微"), len(apart.closed.text))
    assert apart.said[start:end] == "微 信 a b c"


def test_what_cannot_be_seen_at_the_beginning_belongs_to_nobody() -> None:
    folded = fold("\u200b一")
    assert folded.plain.text == "一"
    assert folded.plain.place(0, 1) == (1, 2)


@given(st.text(alphabet=st.sampled_from("a1 .*我微弓虽亻尔⑩①１\u200b\ufe0f\u20e3電"), max_size=40))
def test_every_place_lies_in_the_text_and_they_never_go_back(text: str) -> None:
    folded = fold(text)
    for view in (folded.plain, folded.closed):
        last = 0
        for place in range(len(view.text)):
            start, end = view.place(place, place + 1)
            assert 0 <= start < end <= len(text)
            assert start >= last
            last = start
