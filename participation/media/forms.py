"""The fields of a moderator's covers: rows of four numbers and a choice, empty ones left out."""

from collections.abc import Sequence
from typing import Final, Protocol

from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.media.press import Cover

FIELDS: Final = ("left", "top", "width", "height")
WAYS: Final = ("box", "blur")
MOST_ROWS: Final = 60


class Fields(Protocol):
    """What a posted form gives: all values of a name, in order."""

    def getlist(self, key: str) -> Sequence[str]:
        """The values of the field."""


def read_covers(form: Fields) -> list[Cover]:
    """The covers of a posted form (`components/covers.html`).

    Raises `RuleBroken` with the number of the row that is no rectangle of the picture: four whole
    numbers in per mille, from 0 to 1000, that do not reach over its edge.
    """
    rows = list(zip(*(form.getlist(name)[:MOST_ROWS] for name in (*FIELDS, "how")), strict=False))
    covers = []
    for place, (*numbers, how) in enumerate(rows, 1):
        typed = [number.strip() for number in numbers]
        if any(typed):
            covers.append(_cover(place, typed, how))
    return covers


def _cover(place: int, typed: list[str], how: str) -> Cover:
    try:
        left, top, width, height = (_number(text) for text in typed)
        return Cover(left, top, width, height, "blur" if how == "blur" else "box")
    except ValueError as problem:
        sentence = _("第 %(place)s 块：四个数都要填，从 0 到 1000，而且不能超出图片。", place=place)
        raise RuleBroken(sentence, field="covers") from problem


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise ValueError("no number of the picture")
    return int(text)
