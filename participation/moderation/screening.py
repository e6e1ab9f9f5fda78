"""Hints for personal data in a child's text: where a moderator should look; never a decision.

The text is folded character by character (full-width, circled, Chinese numerals), so that every
place found is a place in the text as the child wrote it. Every pattern is bounded in length.
Source of the check digit: GB 11643-1999 (ISO 7064 MOD 11-2).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from typing import Final, TypedDict

from participation.moderation.names import names_in


class Hint(TypedDict):
    """One place: `what` is phone, id, email, link, handle, address or name."""

    what: str
    start: int
    end: int


_COMPATIBLE: Final = chain(
    range(0x00B2, 0x00BA),
    range(0x2070, 0x2100),
    range(0x2460, 0x2500),
    range(0x3000, 0x3001),
    range(0xFF01, 0xFF5F),
    range(0x1D400, 0x1D800),
)
_PLAIN: Final[dict[int, int]] = {
    code: ord(plain[0].lower())
    for code in (*range(0x41, 0x5B), *_COMPATIBLE)
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}
_NUMERALS: Final = str.maketrans(
    "零〇○幺一二两三四五六七八九壹贰叁肆伍陆柒捌玖", "00011223456789123456789"
)

_GAP: Final = r"[\W_]{0,3}"
_NUMBERS: Final = (
    ("id", re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dx](?![\da-z])")),
    ("phone", re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)\(?0(?:10|2\d|[3-9]\d\d)[\W_]{0,2}[2-9](?:[ -]?\d){6,7}(?!\d)")),
    (
        "phone",
        re.compile(
            rf"(?:电话|手机|座机|号码|打给|phone|tel)\D{{0,8}}?(?<!\d)[2-9](?:{_GAP}\d){{6,7}}(?!\d)"
        ),
    ),
    ("address", re.compile(r"\d{1,3}(?:栋|幢|号楼|单元)\D{0,2}\d{1,4}(?:单元|室|号|户)")),
    (
        "address",
        re.compile(
            r"(?:我家|家住|住在|住址|地址|家在)[^\d\n，。！？]{0,16}\d{1,4}(?:号|弄|栋|幢|室|楼)"
        ),
    ),
)
_SIGNS: Final = (
    (
        "email",
        re.compile(
            r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63} ?(?:@|\(at\)|\[at\]|艾特) ?"
            r"[a-z0-9-]{1,40}(?: ?(?:\.|。|点) ?[a-z]{2,12}){1,3}"
        ),
    ),
    ("link", re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff，。！？]{2,300}")),
    (
        "link",
        re.compile(
            r"(?<![a-z0-9@.-])[a-z0-9-]{2,40}(?: ?(?:\.|。|点) ?)"
            r"(?:com|cn|net|org|top|xyz|vip|club|me|cc|io)(?![a-z0-9])(?:/[^\s\u4e00-\u9fff]{0,200})?"
        ),
    ),
    (
        "handle",
        re.compile(
            r"(?:微信|[威薇]信|wechat|(?<![a-z])(?:vx|wx|qq|q q|v)|扣扣|企鹅|抖音|快手|小红书|b站)"
            r"(?:号码|号|群|id)?(?:[\W_]|是|为|叫|加|我){0,5}[a-z0-9][a-z0-9_-]{4,19}(?![a-z0-9])"
        ),
    ),
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10x98765432"


def is_resident_id(letters: str) -> bool:
    """Is this an 18-character resident ID with the right check digit (`x` small)?"""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, letters, strict=False))
    return letters[17] == _CHECKS[total % 11]


def screen(text: str) -> list[Hint]:
    """Every place that looks like personal data, by place, without overlaps."""
    kept: list[Hint] = []
    for hint in chain(_numbers(text), _signs(text), _names(text)):
        if all(hint["end"] <= other["start"] or other["end"] <= hint["start"] for other in kept):
            kept.append(hint)
    return sorted(kept, key=lambda hint: hint["start"])


def _numbers(text: str) -> Iterator[Hint]:
    flat = text.translate(_PLAIN).translate(_NUMERALS)
    for what, pattern in _NUMBERS:
        for found in pattern.finditer(flat):
            bare = re.sub(r"[\W_]", "", found[0])
            if what != "id" or is_resident_id(bare):
                yield Hint(what=what, start=found.start(), end=found.end())


def _signs(text: str) -> Iterator[Hint]:
    flat = text.translate(_PLAIN)
    spoken = flat.translate(_NUMERALS)
    for what, pattern in _SIGNS:
        for found in pattern.finditer(spoken if what == "handle" else flat):
            yield Hint(what=what, start=found.start(), end=found.end())


def _names(text: str) -> Iterator[Hint]:
    for start, end in names_in(text):
        yield Hint(what="name", start=start, end=end)
