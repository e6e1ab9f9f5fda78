"""What a page tells once: kept in the visit from the sending to the next page, and no longer."""

from typing import Final

from flask import session as visit

from participation.consultations.topic import Topic

TOLD: Final = "told"


def tell_once(topic: Topic) -> None:
    """Let the next page of this topic say that words went to the safeguarding officers."""
    visit[TOLD] = topic.id


def is_told_now(topic: Topic) -> bool:
    """Is this the page that says it? Asking takes it away."""
    return bool(visit.pop(TOLD, None) == topic.id)
