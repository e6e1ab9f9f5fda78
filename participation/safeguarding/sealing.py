"""What is sealed of a concern and of its log, and how it is opened again."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.kernel.vault import SAFEGUARDING, Vault, place_of, vault
from participation.safeguarding.models import Concern, IdentityRequest, LogLine, Unsealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The words of a concern and all that could tell whose they are.

    `wish` is how the writer wants to be answered (here, adult, none), `contact` whom she trusts,
    `whose` whether it is about herself or a friend. Name, school and class are written down as they
    stood: whoever is erased later stays findable here (R54). `subject` is `kind:id` of the words
    that a moderator or the screening passed on, `signs` what was found in them.
    """

    text: str = ""
    contact: str = ""
    wish: str = ""
    whose: str = ""
    person_id: int = 0
    name: str = ""
    school_id: int = 0
    school: str = ""
    class_name: str = ""
    subject: str = ""
    about: str = ""
    band: str = ""
    signs: tuple[str, ...] = ()
    note: str = ""

    @property
    def has_subject(self) -> bool:
        """Did the words come from somewhere else in the house?"""
        return bool(self.subject)


def _vault() -> Vault:
    return vault(SAFEGUARDING)


def seal_contents(concern: Concern, contents: Contents) -> None:
    """Close the contents into their row, which gets its id here if it has none."""
    _close(concern, json.dumps(asdict(contents), ensure_ascii=False))


def contents_of(concern: Concern) -> Contents:
    """Open a concern; one of before the key that nobody sealed yet is read as it is."""
    if concern.sealed is None:
        waiting = session().get(Unsealed, concern.id)
        return read_contents(waiting.contents if waiting else "{}")
    return read_contents(_vault().open(concern.sealed, _place(concern)))


def read_contents(text: str) -> Contents:
    """Contents out of their JSON; what an older release did not know is empty."""
    known = {one.name for one in fields(Contents)}
    kept = {name: value for name, value in json.loads(text).items() if name in known}
    return Contents(**{**kept, "signs": tuple(kept.get("signs", ()))})


def seal_fields(row: LogLine | IdentityRequest, told: dict[str, Any]) -> None:
    """Close what a line of the log or a request says."""
    _close(row, json.dumps(told, ensure_ascii=False))


def fields_of(row: LogLine | IdentityRequest) -> dict[str, Any]:
    """What a line of the log or a request says; empty where nothing was sealed."""
    if row.sealed is None:
        return {}
    told: dict[str, Any] = json.loads(_vault().open(row.sealed, _place(row)))
    return told


def reseal(row: Concern | LogLine | IdentityRequest) -> bool:
    """Close a row anew by the key that seals now; False where it is by that key already.

    The marks are made anew as well, but for that of an answer: nobody knows its secret any more.
    """
    if row.sealed is None or _vault().is_by_first_key(row.sealed):
        return False
    row.sealed = _vault().seal(_vault().open(row.sealed, _place(row)), _place(row))
    if isinstance(row, Concern):
        contents = contents_of(row)
        if row.writer_mark is not None:
            row.writer_mark = writer_mark(contents.person_id)
        if row.subject_mark is not None:
            row.subject_mark = subject_mark(Subject.parse(contents.subject))
    return True


def _place(row: Concern | LogLine | IdentityRequest) -> str:
    return place_of(row.__tablename__, row.id, "sealed")


def _close(row: Concern | LogLine | IdentityRequest, text: str) -> None:
    if row.id is None:
        session().add(row)
        session().flush()
    row.sealed = _vault().seal(text, _place(row))
    session().flush()


def subject_mark(subject: Subject) -> bytes:
    """The mark of what a concern is about."""
    return _vault().mark(f"subject|{subject}")


def subject_marks(subject: Subject) -> list[bytes]:
    """The marks under which an open concern about it may stand."""
    return _vault().marks(f"subject|{subject}")


def writer_mark(person_id: int) -> bytes:
    """The mark of a child who gave her name."""
    return _vault().mark(f"writer|{person_id}")


def writer_marks(person_id: int) -> list[bytes]:
    """The marks under which her concerns may stand."""
    return _vault().marks(f"writer|{person_id}")


def answer_mark(code: str) -> bytes:
    """The mark of the secret by which an answer is read."""
    return _vault().mark(f"answer|{code}")


def answer_marks(code: str) -> list[bytes]:
    """The marks under which the answer may stand."""
    return _vault().marks(f"answer|{code}")


def seed_of(visit: str, words: str, turn: int) -> bytes:
    """Sixteen bytes that the same words of the same visit have in common, and nobody can guess."""
    return _vault().mark(f"seed|{visit}|{turn}|{words}")
