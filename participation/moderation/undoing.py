"""What stands against taking a verdict back, each with its sentence: pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from participation.kernel.errors import Sentence
from participation.kernel.i18n import _l
from participation.moderation.standing import UNDONE

UNDO_FOR: Final = timedelta(minutes=10)
"""So long a moderator may take her verdict back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A verdict on a case and what went on since: `newer` is the kind of the newest later case of
    the same words, or empty; `kept` says that the words are still there."""

    kind: str
    verdict: str
    at: datetime
    kept: bool
    newer: str


AGAINST: Final[tuple[tuple[Callable[[Given, datetime], bool], Sentence], ...]] = (
    (lambda given, now: given.verdict == UNDONE, _l("这条已经撤销过了。")),
    (lambda given, now: given.kind == "gold", _l("练习用的话不能撤销。")),
    (lambda given, now: given.verdict == "escalated", _l("已经交给保护老师了，不能撤销。")),
    (lambda given, now: given.at < now - UNDO_FOR, _l("过了十分钟，不能撤销了。")),
    (lambda given, now: not given.kept, _l("孩子收回了这段话，不能撤销了。")),
    (lambda given, now: given.newer == "text", _l("孩子改过，又交来了，不能撤销了。")),
    (
        lambda given, now: given.newer == "appeal",
        _l("孩子请另一位老师再看了，不能撤销了。"),
    ),
    (
        lambda given, now: given.newer != "",
        _l("有人对这段话有疑问，它回到队里了，不能撤销。"),
    ),
)
"""Read from top to bottom."""


def against(given: Given, now: datetime) -> Sentence | None:
    """Why this verdict can't be taken back now; None where it can."""
    return next((words for holds, words in AGAINST if holds(given, now)), None)
