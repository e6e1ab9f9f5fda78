"""Tidying text as it comes in: what a reader cannot see goes, what a child wrote stays."""

import re
import unicodedata
from typing import Final

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]"
)


def tidy(text: str | None) -> str:
    """One newline style, no control characters, no blanks at the ends; letters stay as written."""
    if not text:
        return ""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def folded(text: str) -> str:
    """A form for comparing: full-width and compatible letters folded, lower case."""
    return unicodedata.normalize("NFKC", text).casefold()


_GB2312_LEVEL_1: Final = range(0xB0, 0xD8)


def is_common(sign: str) -> bool:
    """Is it one character of GB2312 level 1, which every child can read and every font has?"""
    try:
        return len(sign) == 1 and sign.encode("gb2312")[0] in _GB2312_LEVEL_1
    except UnicodeEncodeError:
        return False
