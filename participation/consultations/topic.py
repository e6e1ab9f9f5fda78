"""A consultation as it is shown and answered: frozen, whole, without a row of the database.

Every worker keeps the published ones in memory, so that a child's page costs no loading.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from participation.consultations.codec import CellSpace, Layout, Slot
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words

FACES_FOR_SMALL: Final = (1, 3, 5)
"""The youngest choose among three faces; their values are those of the five."""
LONGEST_WORDS: Final = 500
"""Characters of one open answer."""


@dataclass(frozen=True, slots=True)
class TopicOption:
    """One answer to choose; `place` (from 1) is its code in the sheets."""

    place: int
    label: Words
    easy: Words
    icon: str


@dataclass(frozen=True, slots=True)
class TopicQuestion:
    """One question; `slot` is its place in the packed sheet, None for open words."""

    id: int
    kind: str
    wording: Words
    easy: Words
    most: int
    options: tuple[TopicOption, ...]
    slot: int | None

    @property
    def name(self) -> str:
        """The name of its field in forms and drafts."""
        return f"q{self.id}"

    @property
    def quote(self) -> str:
        """The name of the tick that allows showing the words to others."""
        return f"quote{self.id}"


@dataclass(frozen=True, slots=True)
class TopicTheme:
    """What the unit must answer; `option` is the id of the option it stands for, or None."""

    id: int
    title: Words
    option: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a child wrote to one question, and whether others may see it."""

    text: str
    may_quote: bool


@dataclass(frozen=True, eq=False)
class Topic:
    """A matter put to children. `number` grows with every change of it; a draft has 0.

    Equal only to itself, so that what is worked out for one can be kept beside it.
    """

    id: int
    number: int
    state: str
    title: Words
    sign: str
    summary: Words
    decided: Words
    changeable: Words
    bands: str
    minutes: int
    opens_at: datetime | None
    closes_at: datetime | None
    short_reason: Words
    unit: Words
    official: str
    answer_due: date | None
    follow_up_on: date | None
    district_ids: tuple[int, ...]
    districts: tuple[Words, ...]
    questions: tuple[TopicQuestion, ...]
    themes: tuple[TopicTheme, ...]
    layout: Layout
    space: CellSpace | None

    @cached_property
    def subject(self) -> Subject:
        return subject_of(self.id)

    def phase(self, now: datetime) -> str:
        """`coming`, `open` or `over`, by the clock."""
        if self.state not in ("draft", "published"):
            return "over"
        if self.opens_at is None or now < self.opens_at:
            return "coming"
        return "over" if self.closes_at is None or now >= self.closes_at else "open"

    def questions_for(self, band: str) -> tuple[TopicQuestion, ...]:
        """What a band is asked: 6–9 only what has an easy wording, the others everything."""
        return self._asked_small if band == "a" else self.questions

    @cached_property
    def _asked_small(self) -> tuple[TopicQuestion, ...]:
        return tuple(question for question in self.questions if question.easy)

    @cached_property
    def words_questions(self) -> tuple[TopicQuestion, ...]:
        """The questions answered in the child's own words."""
        return tuple(question for question in self.questions if question.slot is None)


def subject_of(consultation_id: int) -> Subject:
    """The subject by which other rooms name a consultation."""
    return Subject("consultation", str(consultation_id))


def words_subject(words_id: bytes) -> Subject:
    """The subject by which other rooms name one child's words."""
    return Subject("consultation.words", words_id.hex())


def version_name(consultation_id: int) -> str:
    """The name of its version number: grow it with every change of a published consultation."""
    return f"consultation:{consultation_id}"


def layout_of(questions: list[tuple[str, int, int]]) -> Layout:
    """The layout of the sheets, from (kind, number of options, most) of each question in order."""
    slots = []
    for kind, options, most in questions:
        if kind == "faces":
            slots.append(Slot("faces", 5))
        elif kind == "single":
            slots.append(Slot("single", options))
        elif kind == "several":
            slots.append(Slot("several", options, most))
    return Layout(tuple(slots))
