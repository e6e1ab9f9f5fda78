"""What the accounts room tells the house: people, cards, consent and sign-ins."""

from dataclasses import dataclass, field

from participation.kernel.happenings import Happening
from participation.kernel.subjects import Subject


def about_person(person_id: int) -> Subject:
    """The subject that names a person."""
    return Subject("person", str(person_id))


def about_school(school_id: int) -> Subject:
    """The subject that names a school."""
    return Subject("school", str(school_id))


def about_class(class_id: int) -> Subject:
    """The subject that names a class."""
    return Subject("class", str(class_id))


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonJoined(Happening):
    """A person was added: a child by the roster, a staff person by an invitation."""

    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonChanged(Happening):
    """Something on record about a person changed; `what` names the columns, never the values."""

    what: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLeft(Happening):
    """A person left: no sign-in any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterImported(Happening):
    """A roster was taken over; the subject is the school, the numbers count its rows."""

    added: int
    changed: int
    left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolAdded(Happening):
    """A school was added to the city."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SchoolChanged(Happening):
    """Something on record about a school changed; `what` names the columns."""

    what: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TeachersNamed(Happening):
    """The teachers who look after a class were named anew."""

    teachers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CardIssued(Happening):
    """New login cards were made for these children of a class; their old ones ended."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CardOpened(Happening):
    """A child's card that was locked after too many tries may be tried again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentFormsPrinted(Happening):
    """Consent forms with one-time codes were printed for children of a class."""

    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRecorded(Happening):
    """A decision about taking part was put on record; the decision itself stays in its row."""

    channel: str
    notice_version: int
    decision: str = field(metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentWithdrawn(Happening):
    """A consent that was on record was withdrawn; it has effect at once."""

    channel: str
    notice_version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn(Happening):
    """A staff person signed in. Of children nothing like this is kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInsEnded(Happening):
    """Every sign-in of a person was ended, on all devices."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInLocked(Happening):
    """After repeated failures a card or an account is locked, for a while or until it is opened.

    The subject is a keyed fingerprint of the number or address: it may belong to nobody.
    """


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordSet(Happening):
    """A staff person set a password by a link."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffInvited(Happening):
    """A staff person was invited; `link` is the code of /staff/password/<code>."""

    link: str = field(metadata={"secret": True})


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordForgotten(Happening):
    """A staff person asked for a new password; `link` is the code of /staff/password/<code>."""

    link: str = field(metadata={"secret": True})
