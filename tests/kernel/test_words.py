"""Tidying takes what a reader can't see and nothing that a child wrote."""

import pytest

from participation.kernel.markup import staff_markup
from participation.kernel.words import folded, tidy


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        (None, ""),
        ("  早上好\r\n再见 ", "早上好\n再见"),
        ("a\x00b\x1fc", "abc"),
        ("\u202eabc\u2066", "abc"),
        ("👨‍👩‍👧 家", "👨‍👩‍👧 家"),
        ("<b>粗</b>", "<b>粗</b>"),
        ("\ud800x", "x"),
    ],
)
def test_tidy(raw: str | None, tidied: str) -> None:
    assert tidy(raw) == tidied


def test_letters_and_digits_alone_need_no_tidying() -> None:
    """`tidy` gives them back at once: it must not take or change any of them."""
    alnum = "".join(filter(str.isalnum, map(chr, range(0x110000))))
    assert tidy(alnum) == tidy(f"{alnum}.")[:-1] == alnum


def test_folding() -> None:
    assert folded("ＡＢＣ１２３") == "abc123"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重**", "<p><strong>重</strong></p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://a.example/x.png)", "<p></p>\n"),
        ("[站](https://a.example)", '<p><a href="https://a.example">站</a></p>\n'),
        ("# 大标题", "大标题\n"),
    ],
)
def test_staff_markup_lets_simple_marks_through_alone(text: str, html: str) -> None:
    assert str(staff_markup(text)) == html
