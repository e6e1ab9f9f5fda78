"""What is known of an outcome when its dossier is made, and the words for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from participation.accounts.ages import BANDS
from participation.figures.publish import Published
from participation.kernel.i18n import LazyWords, _l
from participation.kernel.tables import Words

Block = dict[str, Any]

PANELS: Final[Mapping[str, LazyWords]] = {"adult": _l("大人评委"), "child": _l("孩子评委")}
STAGES: Final[Mapping[str, LazyWords]] = {
    "first": _l("初审"),
    "second": _l("复审"),
    "final": _l("终审"),
}


@dataclass(frozen=True, slots=True)
class ListedWork:
    """A chosen work. Where it does not hang, nothing but code, band and level may be told."""

    code: str
    band: str
    level: str
    by_children: bool
    hangs: bool
    title: str = ""
    names: tuple[str, ...] = ()
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class JudgedRound:
    """A closed round: `jurors` are the numbers of their aliases with how many works each judged."""

    panel: str
    stage: str
    quorum: int
    works: int
    fewest: int
    partial: bool
    jurors: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What belongs to the outcome beside the call; figures are those for officials.

    `works` is how many works were let through, `schools` from how many schools; days are the
    city's. `choice_told`: the children's choice is over, so that it may be told. `left_out` counts
    chosen works beyond those listed.
    """

    figures: Published
    works: int
    schools: int
    opened_on: date
    closed_on: date
    due_on: date | None
    listed: Sequence[ListedWork]
    left_out: int
    rounds: Sequence[JudgedRound]
    choice_told: bool
    districts: Mapping[int, Words]
    url: str
    qr_svg: str


def band_words(band: str) -> str:
    """The name of an age band; empty for none."""
    return str(BANDS[band]) if band in BANDS else ""
