"""How calls, works and authors are named to the rest of the house."""

import secrets
from typing import Final

from participation.kernel.pseudonyms import participant_key
from participation.kernel.subjects import Subject

CALL: Final = "contest"
ENTRY: Final = "contest.entry"
CHOICE: Final = "contest.choice"
BATCH: Final = "contest.batch"
BLIND_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SHUFFLES: Final = 1 << 30


def call_subject(call_id: int) -> Subject:
    """A call, as other rooms name it."""
    return Subject(CALL, str(call_id))


def entry_subject(entry_id: bytes) -> Subject:
    """A work, as moderation, media and safeguarding name it."""
    return Subject(ENTRY, entry_id.hex())


def choice_subject(call_id: int) -> Subject:
    """The children's choice in a call, as the room of ballots names it."""
    return Subject(CHOICE, str(call_id))


def batch_subject(batch_id: int) -> Subject:
    """What a teacher brings for a class; photos lie here in media until they are a child's."""
    return Subject(BATCH, str(batch_id))


def author_key(person_id: int, call_id: int) -> bytes:
    """The 16-byte pseudonym of a child in one call."""
    return participant_key(person_id, call_subject(call_id))


def blind_code() -> str:
    """A fresh code under which moderators and jurors know a work, like K7M-2QD."""
    drawn = [secrets.choice(BLIND_LETTERS) for _place in range(6)]
    return "".join(drawn[:3]) + "-" + "".join(drawn[3:])


def version_name(call_id: int) -> str:
    """The number in `kernel.versions` that grows when a published call or its gallery changes."""
    return f"contest:{call_id}"
