"""Can a child read this? Simple figures on the length of sentences; a hint, never a barrier."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = {"a": 18, "b": 25}
"""Characters of a sentence that children of a band read at one go (R79: bands 6–9 and 10–13)."""

_END: Final = re.compile(r"[。！？!?；;\n]+|\.(?=\s|$)")
_SILENT: Final = re.compile(r"[\s，、：“”‘’（）《》…—,:\"'()\-·]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How long the sentences are: their number, their mean length, the longest ones as written.

    `long_for` maps a band to the sentences that are too long for it.
    """

    sentences: int
    mean: int
    long_for: dict[str, tuple[str, ...]]


def reading_of(text: str) -> Reading | None:
    """Measure a Chinese text; None for an empty one. Marks and blanks are not counted."""
    sentences = [part.strip() for part in _END.split(text) if part.strip()]
    if not sentences:
        return None
    lengths = [len(_SILENT.sub("", sentence)) for sentence in sentences]
    long_for = {
        band: tuple(s for s, length in zip(sentences, lengths, strict=True) if length > most)
        for band, most in LONGEST.items()
    }
    return Reading(len(sentences), round(sum(lengths) / len(lengths)), long_for)
