"""Tidying text as it comes in: what a reader cannot see goes, what a child wrote stays."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_DIGITS = str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00123456789123456789")


def tidy(text: str | None) -> str:
    """One newline style, no control characters, no blanks at the ends; letters stay as written."""
    if not text:
        return ""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def folded(text: str) -> str:
    """A form for comparing: full-width and compatible letters folded, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


def with_plain_digits(text: str) -> str:
    """The folded form with Chinese numerals as digits, for finding numbers written in words."""
    return folded(text).translate(_DIGITS)
