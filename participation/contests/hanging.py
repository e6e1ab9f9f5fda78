"""When a work hangs in the gallery: one rule, the Python of it; the SQL stands in the queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from participation.contests.call import SEEN_STATES


@dataclass(frozen=True, slots=True)
class GivenRights:
    """What one author and her guardian allow: `consent` is her own yes to be an author."""

    consent: str
    guardian: str
    until: date | None
    ended_on: date | None

    def last(self, day: date) -> bool:
        """Do these rights still hold on this day? `until` is their last day (R66)."""
        agreed = self.consent == "agreed" and self.guardian == "agreed" and self.ended_on is None
        return agreed and self.until is not None and day <= self.until


@dataclass(frozen=True, slots=True)
class Hanging:
    """All that it depends on whether a work hangs."""

    standing: str
    shown: bool
    rehearsal: bool
    state: str
    rights: Sequence[GivenRights]

    def on(self, day: date) -> bool:
        """Does it hang on this day? No work hangs without an author."""
        public = self.state in SEEN_STATES and not self.rehearsal
        stands = self.standing == "approved" and self.shown
        return public and stands and bool(self.rights) and all(r.last(day) for r in self.rights)
