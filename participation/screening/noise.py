"""Spam and noise: a keyboard mashed, one character over and over, nothing but signs, an advert.

A short "嗯嗯" or "哈哈哈" is an answer of a child, not noise.
"""

import re
from collections.abc import Iterator
from typing import Final

from participation.screening.folding import View
from participation.screening.hints import Hint, hint

_AGAIN: Final = re.compile(r"([^\s哈啊呵嘿嘻呜啦])\1{7,}|(\S)\2{19,}")
_PHRASE_AGAIN: Final = re.compile(r"(\S{2,8}?)\1{5,}")
_WORD: Final = re.compile(r"[a-z\u3400-\u9fff\U00020000-\U0002ffff0-9\u3040-\u30ff\uac00-\ud7af]")
_MASHED: Final = re.compile(r"[a-z;,./]{9,}")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS: Final = frozenset(
    row[start : start + 3] for line in _ROWS for row in (line, line[::-1]) for start in range(8)
) - {""}
_VOWEL: Final = re.compile("[aeiou]")
_ADVERT: Final = re.compile(
    r"(?:加我?|扫|微信|vx|qq|点击|点开|联系)[^\n]{0,20}(?:领|送|优惠|红包|福利|兼职|代练|出售|低价|免费|皮肤)|"
    r"(?:领|送|优惠|红包|福利|兼职|代练|出售|低价|免费)[^\n]{0,20}(?:加我|扫码|加微信|加vx|加qq|点击|戳链接)"
)
_OFFER: Final = re.compile("[领送优红福兼代出低免]")
REPEATS: Final = 7
"""A text in which fewer characters come again holds no row of eight."""
FEW: Final = 4
"""So short a text of signs alone is a face or a question mark."""


def noise_in(view: View) -> Iterator[Hint]:
    """What is no answer at all, and adverts."""
    text = view.text
    letters = len(set(text))
    repeats = len(text) - letters >= REPEATS
    found = _AGAIN.search(text) if repeats else None
    if found:
        yield hint("noise", *view.place(*found.span()), "again")
    found = _ADVERT.search(text) if _OFFER.search(text) else None
    if found:
        yield hint("noise", *view.place(*found.span()), "advert")
    if len(text) > 20 and letters * 2 < len(text) + 9:  # half of it is a phrase over and over
        found = _PHRASE_AGAIN.search(text)
        if found and len(found[0]) > len(text) / 2:
            yield hint("noise", *view.place(*found.span()), "again")
    if len(text) >= FEW and not _WORD.search(text):
        yield hint("noise", *view.place(0, len(text)), "signs")
    for found in _MASHED.finditer(text):
        if is_mashed(found[0]):
            yield hint("noise", *view.place(*found.span()), "mashed")


def is_mashed(letters: str) -> bool:
    """Do these letters lie beside each other on the keyboard, or hold hardly a vowel?"""
    pieces = [letters[start : start + 3] for start in range(len(letters) - 2)]
    near = sum(piece in _RUNS or len(set(piece)) == 1 for piece in pieces)
    vowels = len(_VOWEL.findall(letters))
    return near * 3 >= len(pieces) or vowels * 10 <= len(letters)
