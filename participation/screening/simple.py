"""Traditional characters to simplified ones, one by one; the table is made once from OpenCC."""

from itertools import chain
from typing import Final

import opencc

_FROM: Final = [chr(code) for code in chain(range(0x3400, 0x4DC0), range(0x4E00, 0xA000))]


def _table() -> dict[int, int]:
    """Each on a line of its own, so that no phrase decides about a character (10 ms)."""
    lines = opencc.OpenCC("t2s").convert("\n".join(_FROM)).split("\n")
    return {
        ord(old): ord(new)
        for old, new in zip(_FROM, lines, strict=True)
        if old != new and len(new) == 1
    }


SIMPLE: Final[dict[int, int]] = _table()
