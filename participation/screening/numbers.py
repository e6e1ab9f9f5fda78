"""Numbers that lead to a person: telephone, resident ID, passport and permit, number plate.

Chinese numerals, spoken ones (幺 洞 拐) and letters that look like digits count as digits; between
two of them up to three signs may stand. Every pattern is bounded in length. Source of the check
digit: GB 11643-1999 (ISO 7064 MOD 11-2); of the plates: GA 36-2018.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint

NUMERALS: Final = str.maketrans(
    "零〇○洞幺一二两三四五六七拐八九勾壹贰叁肆伍陆柒捌玖",
    "00001122345677899123456789",
)
_GAP: Final = r"[\W_]{0,3}"
_MANY_DIGITS: Final = re.compile(rf"\d(?:{_GAP}\d){{6}}")
_ID: Final = re.compile(rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dx](?![\da-z])")
_MOBILE: Final = re.compile(
    rf"(?<![\d])(?<!\d\.)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)"
)
_LANDLINE: Final = re.compile(
    r"(?<!\d)\(?0(?:10|2\d|[3-9]\d\d)[\W_]{0,2}[2-9](?:[ -]?\d){6,7}(?!\d)"
)
_CALL: Final = re.compile(
    rf"(?:电话|手机|座机|号码|打给|phone|tel)\D{{0,8}}?(?<!\d)[2-9](?:{_GAP}\d){{6,7}}(?!\d)"
    r"|(?<!\d)[2-9]\d{2,3}[ -]?\d{4}(?=[^\d]{0,2}电话)"
)
_LETTERS: Final = re.compile(r"(?<![a-z0-9])[1li][3-9](?:[ -]?[0-9oli]){9}(?![a-z0-9])")
_IS_ID: Final = re.compile(r"(?:身份证|证件|户口)\D{0,6}$")
_PAIRS: Final = re.compile(r"\d+")
_TIME: Final = re.compile(r"\d[:：]\d")

_PASSPORT: Final = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|居住证|passport)[^\d\n]{0,8}?"
    r"(?P<number>(?<![a-z])[a-z]{0,2} ?\d{7,10})(?!\d)"
)
_BARE_PASSPORT: Final = re.compile(r"(?<![a-z0-9])(?:e[a-hj-np-z]?|g)\d{7,8}(?![a-z0-9])")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ·.-]?"
    r"[a-hj-np-z][ ·.-]?(?P<tail>[a-z0-9](?:[ ·.-]?[a-z0-9]){3,4}(?:[ ·.-]?[a-z0-9挂学警]))"
    r"(?![a-z0-9])"
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10x98765432"


def is_resident_id(letters: str) -> bool:
    """Is this an 18-character resident ID with the right check digit (`x` small)?"""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, letters, strict=False))
    return letters[17] == _CHECKS[total % 11]


def numbers_in(view: View, digits: str) -> Iterator[Hint]:
    """Numbers of persons in a view; `digits` is its text with every numeral as a digit."""
    if _MANY_DIGITS.search(digits):
        yield from _ids(view, digits)
        yield from _phones(view, digits)
        for found in _PASSPORT.finditer(view.text):
            yield hint("passport", *view.place(*found.span("number")), "passport")
        for found in _BARE_PASSPORT.finditer(view.text):
            yield hint("passport", *view.place(*found.span()), "passport-bare")
    for found in _LETTERS.finditer(view.text):
        if not found[0].isdecimal():
            yield hint("phone", *view.place(*found.span()), "mobile-letters")
    for found in _PLATE.finditer(view.text):
        if sum(letter.isdecimal() for letter in found["tail"]) >= 2:
            yield hint("plate", *view.place(*found.span()), "plate")


def _ids(view: View, digits: str) -> Iterator[Hint]:
    for found in _ID.finditer(digits):
        bare = re.sub(r"[\W_]", "", found[0])
        if is_resident_id(bare) or _IS_ID.search(
            view.text, max(0, found.start() - 12), found.start()
        ):
            yield hint("id", *view.place(*found.span()), "resident-id")


def _phones(view: View, digits: str) -> Iterator[Hint]:
    for found in _MOBILE.finditer(digits):
        if not _is_list(found[0]):
            yield hint("phone", *view.place(*found.span()), "mobile")
    for pattern, why in ((_LANDLINE, "landline"), (_CALL, "call")):
        for found in pattern.finditer(digits):
            yield hint("phone", *view.place(*found.span()), why)


def _is_list(found: str) -> bool:
    """Times (15:30 16:45 …) and rows of small numbers (13,14,15,16,17,1) are no telephone."""
    groups = _PAIRS.findall(found)
    return _TIME.search(found) is not None or (
        len(groups) >= 4 and sum(len(one) == 2 for one in groups) >= len(groups) - 1
    )
