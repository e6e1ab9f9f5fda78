"""What safeguarding does when others tell something."""

from typing import Protocol

from participation.accounts.happenings import PersonChanged, PersonJoined, PersonLeft
from participation.accounts.roles import SAFEGUARDING
from participation.kernel.subjects import Subject
from participation.safeguarding.actions import end_head, note_case, note_officer, note_report


class Decision(Protocol):
    """A verdict on a text, as moderation tells it."""

    @property
    def subject(self) -> Subject: ...
    @property
    def verdict(self) -> str: ...
    @property
    def band(self) -> str: ...
    @property
    def about(self) -> str: ...


class Sign(Protocol):
    """A sign of harm in a text, as moderation's screening tells it.

    `signs` are of harm_self, harm_by_others, bullying, missing, danger; `level` is 1 danger now,
    2 urgent, 3 serious; `band` and `about` (the matter) are all that is known of the author.
    """

    @property
    def subject(self) -> Subject: ...
    @property
    def signs(self) -> tuple[str, ...]: ...
    @property
    def level(self) -> int: ...
    @property
    def band(self) -> str: ...
    @property
    def about(self) -> str: ...


class Reported(Sign, Protocol):
    """A reader's report on published words; `level` is 0 where her note holds no sign of harm."""

    @property
    def note(self) -> str: ...


def note_escalation(decided: Decision) -> None:
    """A text that a moderator passed on becomes a concern, urgent until an officer has read it."""
    if decided.verdict == "escalated":
        note_case(decided.subject, band=decided.band, about=decided.about)


def note_sign(found: Sign) -> None:
    """A text with a sign of harm becomes a concern; stands first among the listeners, because the
    others may take the words away."""
    note_case(
        found.subject,
        kind="sign",
        level=found.level,
        signs=tuple(found.signs),
        band=found.band,
        about=found.about,
    )


def note_reader(found: Reported) -> None:
    """A reader reported published words, and what she wrote tells of harm: officers read it."""
    if found.level:
        note_report(
            found.subject,
            found.note,
            level=found.level,
            signs=found.signs,
            band=found.band,
            about=found.about,
        )


def officer_joined(joined: PersonJoined) -> None:
    """A new officer reads nothing until a head has confirmed her: the heads are told."""
    if joined.role == SAFEGUARDING:
        note_officer(int(joined.subject.id))


def officer_changed(changed: PersonChanged) -> None:
    """Another role or address ends what was confirmed: she leads no more, the heads are told."""
    if {"role", "email"} & set(changed.what):
        end_head(int(changed.subject.id))
        note_officer(int(changed.subject.id))


def officer_left(left: PersonLeft) -> None:
    """Who has left leads nobody, and does not come back as a head."""
    end_head(int(left.subject.id))
