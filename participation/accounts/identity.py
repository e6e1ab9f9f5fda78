"""Who is asking: a light identity from the signed session, without a row of the database.

A page of the hot road must not load a person for every request. The identity is minted at sign-in
from the person's row, travels in the signed cookie as a short list, and is minted anew whenever
`StandingChange` says that something about the person changed (consent, class, leaving).
"""

import json
from dataclasses import astuple, dataclass
from typing import Self

from participation.accounts.roles import CHILD


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The facts that policies ask for. `band` is a (6–9), b (10–13), c (14–17) or empty.

    `vetted`: the vetting and the training of a staff person are both less than a year old.
    `confirmed`: somebody else has confirmed her in a role that no single person can give.
    """

    person_id: int
    role: str
    sign_in: str
    mark: int
    until: int
    nickname: str = ""
    band: str = ""
    gender: str = "x"
    district_id: int = 0
    school_id: int = 0
    school_kind: str = ""
    class_id: int = 0
    unit_id: int = 0
    consent: bool = False
    of_age: bool = False
    vetted: bool = False
    confirmed: bool = False

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def is_child(self) -> bool:
        return self.role == CHILD

    def get_id(self) -> str:
        """The text that Flask-Login keeps in the signed session."""
        return json.dumps(astuple(self), separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `get_id` back; None for a text of another shape (an older release)."""
        try:
            values = json.loads(text)
        except ValueError:
            return None
        names = cls.__slots__
        if not isinstance(values, list) or len(values) != len(names):
            return None
        return cls(**dict(zip(names, values, strict=True)))


@dataclass(frozen=True, slots=True)
class Nobody:
    """A visitor who has not signed in."""

    person_id: int = 0
    role: str = ""
    band: str = ""
    nickname: str = ""
    consent: bool = False
    of_age: bool = False
    vetted: bool = False
    confirmed: bool = False
    unit_id: int = 0
    school_id: int = 0
    school_kind: str = ""
    district_id: int = 0
    class_id: int = 0
    sign_in: str = ""

    is_authenticated = False
    is_active = False
    is_anonymous = True
    is_child = False

    def get_id(self) -> None:
        """Nobody has no id."""
