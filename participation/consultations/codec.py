"""Packs one child's coded answers into a few bytes, and her coarse group into a small number.

One row a sheet instead of one row a question is what lets a million sheets be counted in a
blink. Stored with each consultation, a `Layout` and a `CellSpace` fix the meaning of the bytes,
so that later kinds of question, or a new district, never shift what was stored before.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

SKIPPED: Final = 0
DONT_KNOW: Final = 255
KINDS: Final = ("single", "several", "faces")
FACES: Final = 5
LARGEST_SINGLE: Final = 250
LARGEST_SEVERAL: Final = 30
LARGEST_CELL: Final = 32_767  # the column is a signed 16-bit integer on PostgreSQL
BANDS: Final = ("a", "b", "c")
GENDERS: Final = ("f", "m", "x")
SCHOOL_TYPES: Final = ("primary", "junior", "senior", "other")
"""What is counted apart; whatever kind of school is not here counts as "other"."""

Answer: TypeAlias = int | tuple[int, ...]


class CodecError(ValueError):
    """Something does not fit its layout."""


class BadLayout(CodecError):
    """A layout or a cell space that cannot be."""


class BadAnswer(CodecError):
    """An answer outside what its question offers; `place` is the question's place from 0."""

    def __init__(self, place: int, problem: str) -> None:
        super().__init__(f"answer {place}: {problem}")
        self.place = place


class BadSheet(CodecError):
    """Stored bytes that are no sheet of this layout."""


@dataclass(frozen=True)
class Slot:
    """One question: `kind` of KINDS, `size` options, at most `most` of them (several only)."""

    kind: str
    size: int
    most: int = 1

    def __post_init__(self) -> None:
        largest = LARGEST_SEVERAL if self.kind == "several" else LARGEST_SINGLE
        if self.kind not in KINDS:
            raise BadLayout(f"unknown kind of question: {self.kind!r}")
        if not 1 <= self.size <= largest:
            raise BadLayout(f"{self.size} options, but 1 to {largest} are possible")
        if self.kind == "faces" and self.size != FACES:
            raise BadLayout(f"there are {FACES} faces, not {self.size}")
        if not 1 <= self.most <= (self.size if self.kind == "several" else 1):
            raise BadLayout(f"at most {self.most} of {self.size} options cannot be")

    @property
    def width(self) -> int:
        """Bytes in a sheet: one, or for several a mask of the options and of "I don't know"."""
        return (self.size + 9) // 8 if self.kind == "several" else 1


@dataclass(frozen=True)
class Layout:
    """The coded questions of one consultation, in order (open words are kept elsewhere)."""

    slots: tuple[Slot, ...]
    version: int = 1

    def __post_init__(self) -> None:
        if self.version != 1:
            raise BadLayout(f"layout version {self.version} is not known here")
        if self.size > LARGEST_SINGLE:
            raise BadLayout(f"a sheet of {self.size} bytes is too long")

    @cached_property
    def size(self) -> int:
        """Bytes of a sheet."""
        return sum(slot.width for slot in self.slots)

    def to_json(self) -> str:
        """The text stored with the consultation."""
        slots = [[slot.kind, slot.size, slot.most] for slot in self.slots]
        return json.dumps({"version": self.version, "slots": slots}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Layout":
        """Read what `to_json` wrote; refuses anything else with BadLayout."""
        try:
            data = json.loads(text)
            slots = tuple(Slot(str(kind), int(n), int(m)) for kind, n, m in data["slots"])
            return cls(slots, int(data["version"]))
        except CodecError:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise BadLayout("this text is no layout") from error


def _several_bits(place: int, slot: Slot, answer: Answer) -> int:
    if answer in (SKIPPED, ()):
        return 0
    if answer == DONT_KNOW:
        return 1 << slot.size
    if isinstance(answer, int):
        raise BadAnswer(place, f"{answer} is no list of options")
    bits = 0
    for option in answer:
        if not 1 <= option <= slot.size:
            raise BadAnswer(place, f"there is no option {option} of {slot.size}")
        bits |= 1 << (option - 1)
    if bits.bit_count() > slot.most:
        raise BadAnswer(place, f"more than {slot.most} options")
    return bits


def pack(layout: Layout, answers: Sequence[Answer]) -> bytes:
    """The sheet of these answers, one for each slot, in order.

    An answer is SKIPPED, DONT_KNOW, an option from 1 (single, faces) or a tuple of options
    (several). Raises BadAnswer with the place of the first one that does not fit.
    """
    if len(answers) != len(layout.slots):
        raise BadAnswer(len(answers), f"{len(layout.slots)} answers are needed")
    sheet = bytearray()
    for place, (slot, answer) in enumerate(zip(layout.slots, answers, strict=True)):
        if slot.kind == "several":
            sheet += _several_bits(place, slot, answer).to_bytes(slot.width, "little")
        elif isinstance(answer, int) and (0 <= answer <= slot.size or answer == DONT_KNOW):
            sheet.append(answer)
        else:
            raise BadAnswer(place, f"{answer!r} is none of {slot.size} options")
    return bytes(sheet)


def _several_answer(slot: Slot, bits: int) -> Answer:
    if bits == 1 << slot.size:
        return DONT_KNOW
    if bits >> slot.size or bits.bit_count() > slot.most:
        raise BadSheet("a mask with bits that its question does not have")
    return tuple(n + 1 for n in range(slot.size) if bits >> n & 1) or SKIPPED


def unpack(layout: Layout, sheet: bytes) -> tuple[Answer, ...]:
    """The answers of a sheet, as `pack` takes them; options in ascending order.

    Raises BadSheet for bytes that cannot come from this layout.
    """
    if len(sheet) != layout.size:
        raise BadSheet(f"{len(sheet)} bytes instead of {layout.size}")
    answers: list[Answer] = []
    at = 0
    for slot in layout.slots:
        value = int.from_bytes(sheet[at : at + slot.width], "little")
        at += slot.width
        if slot.kind == "several":
            answers.append(_several_answer(slot, value))
        elif value <= slot.size or value == DONT_KNOW:
            answers.append(value)
        else:
            raise BadSheet(f"{value} is none of {slot.size} options")
    return tuple(answers)


def _type_of(school_type: str) -> int:
    """The place of a kind of school among those that are counted apart."""
    return SCHOOL_TYPES.index(school_type if school_type != "kindergarten" else "other")


@dataclass(frozen=True)
class Cell:
    """The coarse group of one child, all that a sheet says about her."""

    band: str
    district: int
    gender: str
    school_type: str


@dataclass(frozen=True)
class CellSpace:
    """Numbers the cells of one consultation; `districts` are the ids at its publication.

    A cell's number is its place in bands × districts × genders × school types, row by row.
    """

    districts: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.districts or len(set(self.districts)) != len(self.districts):
            raise BadLayout("districts must be there, each once")
        if self.size > LARGEST_CELL + 1:
            raise BadLayout(f"{len(self.districts)} districts are too many")

    @cached_property
    def size(self) -> int:
        """How many cells there are."""
        return len(BANDS) * len(self.districts) * len(GENDERS) * len(SCHOOL_TYPES)

    def code(self, cell: Cell) -> int:
        """The number of a cell; BadLayout for a group that is not in this space."""
        try:
            band, district = BANDS.index(cell.band), self.districts.index(cell.district)
            gender, kind = GENDERS.index(cell.gender), _type_of(cell.school_type)
        except ValueError as error:
            raise BadLayout(f"{cell} is none of the groups of this consultation") from error
        row = (band * len(self.districts) + district) * len(GENDERS) + gender
        return row * len(SCHOOL_TYPES) + kind

    def cell(self, code: int) -> Cell:
        """The cell with this number; BadSheet when there is none."""
        if not 0 <= code < self.size:
            raise BadSheet(f"there is no cell {code} among {self.size}")
        rest, school_type = divmod(code, len(SCHOOL_TYPES))
        rest, gender = divmod(rest, len(GENDERS))
        band, district = divmod(rest, len(self.districts))
        return Cell(
            BANDS[band], self.districts[district], GENDERS[gender], SCHOOL_TYPES[school_type]
        )

    def to_json(self) -> str:
        """The text stored with the consultation."""
        return json.dumps({"version": 1, "districts": self.districts}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "CellSpace":
        """Read what `to_json` wrote; refuses anything else with BadLayout."""
        try:
            data = json.loads(text)
            if data["version"] != 1:
                raise BadLayout("this version of a cell space is not known here")
            return cls(tuple(int(district) for district in data["districts"]))
        except CodecError:
            raise
        except (ValueError, KeyError, TypeError) as error:
            raise BadLayout("this text is no cell space") from error
