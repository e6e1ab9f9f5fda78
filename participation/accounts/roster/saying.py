"""How a plan is said in the reader's language: classes, and what would change from what to what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from participation.accounts.roster.problems import FIELD_NAMES
from participation.kernel.i18n import LazyWords, _, _l

GENDERS: Final[Mapping[str, LazyWords]] = {"f": _l("女"), "m": _l("男"), "x": _l("未说明")}


@dataclass(frozen=True, slots=True)
class SaidChange:
    """One change in words."""

    label: str
    before: str
    after: str


def class_words(grade: int, number: int) -> str:
    """A class as people say it."""
    return _("%(grade)s 年级 %(number)s 班", grade=grade, number=number)


def _class(value: str) -> str:
    year, grade, number = (int(part) for part in value.split("/"))
    return f"{class_words(grade, number)} ({year})"


def _left(value: str) -> str:
    return _("离开了") if value else _("在校")


def _gender(value: str) -> str:
    return str(GENDERS[value])


_SAYERS: Final[Mapping[str, Callable[[str], str]]] = {
    "class": _class,
    "gender": _gender,
    "left": _left,
}


def say_change(field: str, before: str, after: str) -> SaidChange:
    """A change of a plan: the column's name, and both values as people say them."""
    say = _SAYERS.get(field, str)
    label = FIELD_NAMES["number" if field == "class" else field]
    return SaidChange(str(label), say(before), say(after))
