"""Where an arriving text waits: ordered rules, the first that fits names its queue.

There is one list of waiting texts; a queue is a name on each of them, which says how soon it is
read (`rank`, 0 first), by when (`targets.py`) and which moderators take it. Rules only sort: what
becomes of a text a moderator decides (PIPL 24(3), R63).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from participation.kernel.errors import Sentence
from participation.kernel.i18n import _l

SHORT: Final = 60
"""Characters up to which a text without a mark may be read among others on one page."""

HARM: Final = frozenset({"harm_self", "harm_by_others", "bullying", "missing", "danger"})
WORDS: Final = frozenset({"forbidden", "suspect"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a text when it comes: `kind` text, report, appeal or gold; `turn` from 1."""

    kind: str
    turn: int
    length: int
    hints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its place among the others, and what the desk calls it."""

    code: str
    rank: int
    label: Sentence


QUEUES: Final = (
    Queue("care", 0, _l("可能需要关心")),
    Queue("reports", 1, _l("有人举报")),
    Queue("appeals", 2, _l("请再看一次")),
    Queue("again", 3, _l("改好又交来")),
    Queue("words", 4, _l("有要留意的词")),
    Queue("marked", 4, _l("疑似个人信息")),
    Queue("short", 4, _l("短的，没有标记")),
    Queue("texts", 4, _l("别的话")),
)
BY_CODE: Final[Mapping[str, Queue]] = {queue.code: queue for queue in QUEUES}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: when it fits, the text waits in `queue`."""

    queue: str
    fits: Callable[[Arrival], bool]


RULES: Final = (
    Rule("appeals", lambda text: text.kind == "appeal"),
    Rule("reports", lambda text: text.kind == "report"),
    Rule("care", lambda text: bool(text.hints & HARM)),
    Rule("again", lambda text: text.turn > 1),
    Rule("words", lambda text: bool(text.hints & WORDS)),
    Rule("marked", lambda text: bool(text.hints)),
    Rule("short", lambda text: text.length <= SHORT),
    Rule("texts", lambda text: True),
)
"""Read from top to bottom."""


def queue_of(text: Arrival) -> Queue:
    """The queue of an arriving text."""
    return BY_CODE[next(rule.queue for rule in RULES if rule.fits(text))]


def arrival(*, kind: str, turn: int, text: str, hints: Sequence[Mapping[str, Any]]) -> Arrival:
    """What the rules look at."""
    return Arrival(
        kind=kind,
        turn=turn,
        length=len(text),
        hints=frozenset(str(hint["what"]) for hint in hints),
    )
