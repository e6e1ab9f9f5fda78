"""A call for works as it is shown: frozen, whole, without a row of the database.

Every worker keeps the published ones in memory, so that a page costs no loading.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from participation.contests.naming import call_subject
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words

SEEN_STATES: Final = ("published", "closed", "noticed", "ended")


@dataclass(frozen=True, slots=True)
class CallPart:
    """A theme or a use: its id and its words."""

    id: int
    title: Words


@dataclass(frozen=True, slots=True)
class CallCriterion:
    """What the jury looks at; `praise` is what an entrant reads where it was liked."""

    id: int
    title: Words
    praise: Words
    weight: int


@dataclass(frozen=True, eq=False)
class ShownCall:
    """A call. `number` grows with every change of it; a draft has 0. Equal only to itself."""

    id: int
    number: int
    version: int
    state: str
    rehearsal: bool
    kind: str
    title: Words
    sign: str
    brief: Words
    brief_small: Words
    brief_older: Words
    rules: Words
    prizes: Words
    use_for: Words
    use_where: Words
    years: int
    bands: str
    ranked: bool
    entries_most: int
    authors_most: int
    pictures_most: int
    recording: bool
    opens_at: datetime | None
    closes_at: datetime | None
    choice: str
    choice_opens_at: datetime | None
    choice_closes_at: datetime | None
    notice_from: date | None
    notice_until: date | None
    shows_until: date | None
    unit_id: int | None
    official_id: int | None
    unit: Words
    official: str
    answer_due: date | None
    district_ids: tuple[int, ...]
    districts: tuple[Words, ...]
    themes: tuple[CallPart, ...]
    uses: tuple[CallPart, ...]
    criteria: tuple[CallCriterion, ...]

    @cached_property
    def subject(self) -> Subject:
        return call_subject(self.id)

    @property
    def takes_pictures(self) -> bool:
        """Is a work of this call something to look at?"""
        return self.pictures_most > 0

    @property
    def takes_text(self) -> bool:
        """Is a work of this call something to read?"""
        return self.kind in ("lyrics", "free")

    def phase(self, now: datetime) -> str:
        """`coming`, `open` or `over`, by the clock."""
        if self.state not in ("draft", "published"):
            return "over"
        if self.opens_at is None or now < self.opens_at:
            return "coming"
        return "over" if self.closes_at is None or now >= self.closes_at else "open"

    def brief_for(self, band: str) -> Words:
        """What is asked for, in the words of a band; the middle one's where it has none."""
        chosen = {"a": self.brief_small, "c": self.brief_older}.get(band)
        return chosen or self.brief
