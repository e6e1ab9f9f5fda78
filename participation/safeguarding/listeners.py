"""What safeguarding does when others tell something."""

from typing import Protocol

from participation.kernel.subjects import Subject
from participation.safeguarding.actions import note_case


class Decision(Protocol):
    """A verdict on a text, as moderation tells it."""

    @property
    def subject(self) -> Subject: ...
    @property
    def verdict(self) -> str: ...


def note_escalation(decided: Decision) -> None:
    """A text that was escalated becomes a concern."""
    if decided.verdict == "escalated":
        note_case(decided.subject)
