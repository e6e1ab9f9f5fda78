"""What the child process says about printed codes, as far as it can be true."""

from math import isfinite
from typing import Any, Final

from participation.media.press.face import MOST_CODES, MOST_TEXT, Spotted, Unusable

_LEAST: Final = -500.0
_MOST: Final = 1500.0
_CORNERS: Final = 4


def spotted(reply: dict[str, Any]) -> list[Spotted]:
    """The codes in a reply; raises `Unusable` for a refusal and for what no picture can hold."""
    if "code" in reply:
        raise Unusable(str(reply["code"]))
    try:
        return [_one(said) for said in list(reply["codes"])[:MOST_CODES]]
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable("unreadable") from error


def _one(said: dict[str, Any]) -> Spotted:
    text, corners = str(said["text"])[:MOST_TEXT], [_corner(*one) for one in said["corners"]]
    if len(corners) != _CORNERS:
        raise ValueError("a code has four corners")
    return Spotted(text, tuple(corners))


def _corner(x: float, y: float) -> tuple[float, float]:
    place = float(x), float(y)
    if not all(isfinite(one) and _LEAST <= one <= _MOST for one in place):
        raise ValueError("a corner far outside of the picture")
    return place
