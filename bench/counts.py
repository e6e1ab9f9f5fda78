"""P7 and P9: counting a million sheets anew, and a fresh protected summary after 10,000 more."""

from collections import Counter
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
from sqlalchemy import select

from bench.baselines.duck import Counts, Duck, write_parquet
from bench.million import Facts, facts, gathered, rows_of, write_sheets
from bench.site import Site
from bench.targets import Measured
from participation.consultations.actions import counting
from participation.consultations.actions.counting import Frame
from participation.consultations.codec import DONT_KNOW
from participation.consultations.models import FoldedTally
from participation.consultations.tally import Matrix, summary
from participation.figures.publish import protect
from participation.figures.thresholds import OFFICIAL
from participation.kernel.database import session, unit_of_work

MILLION: Final = 1_000_000
MORE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """A matter with a million sheets in the site's own database, and the same facts as Parquet."""

    site: Site
    frame: Frame
    facts: Facts
    duck: Duck


def gather(site: Site, sheets: int = MILLION) -> Crowd:
    """A matter of ten coded questions with so many sheets, and the same facts as Parquet."""
    frame, found = gathered(site, "园", sheets)
    path = site.file.with_name("facts.parquet")
    write_parquet(path, found.cells, found.columns)
    return Crowd(site, frame, found, Duck(path, len(frame.layout.slots)))


def recounted(frame: Frame) -> Matrix:
    """The product's full recount, in a reading unit of its own."""
    with unit_of_work(writes=False):
        return counting.recount(frame)


def agree(crowd: Crowd, matrix: Matrix, counted: list[Counts]) -> None:
    """Raise unless both ways counted the same."""
    for place, slot in enumerate(crowd.frame.layout.slots):
        expected = np.zeros((crowd.frame.space.size, slot.size + 2), dtype=np.int64)
        for (cell, byte), n in counted[place].items():
            for column in _columns(slot.kind, slot.size, byte):
                expected[cell, column] += n
        if not np.array_equal(expected, matrix.of_slot(crowd.frame.layout, place)):
            raise RuntimeError(f"question {place}: the two counts differ")


def _columns(kind: str, size: int, byte: int) -> list[int]:
    """The columns of the matrix that a stored byte counts in: options, not known, skipped."""
    if byte == 0:
        return [size + 1]
    if kind == "several":
        return [option for option in range(size + 1) if byte >> option & 1]
    return [size if byte == DONT_KNOW else byte - 1]


def recount(crowd: Crowd, rounds: int) -> list[Measured]:
    """P7: wall seconds of the product's recount and of DuckDB's ten GROUP BYs, by turns."""
    agree(crowd, recounted(crowd.frame), crowd.duck.count())
    pairs = [(_timed_recount(crowd), _timed_duck(crowd)) for _turn in range(3 * rounds)]
    figures = {
        "recount ms": min(ours for ours, _duck in pairs) * 1000,
        "DuckDB ms": min(duck for _ours, duck in pairs) * 1000,
        "sheets": len(crowd.facts.cells),
    }
    return [Measured("P7", tuple(ours / duck for ours, duck in pairs), figures)]


def _timed_recount(crowd: Crowd) -> float:
    began = perf_counter()
    recounted(crowd.frame)
    return perf_counter() - began


def _timed_duck(crowd: Crowd) -> float:
    began = perf_counter()
    crowd.duck.count()
    return perf_counter() - began


def _summed_up(frame: Frame, roster: Counter[int]) -> int:
    """Fold in what came, sum up and protect; returns how many people the summary is about."""
    with unit_of_work(writes=False):
        deed = counting.fold(frame.id)
    with unit_of_work():
        deed()
    with unit_of_work(writes=False):
        stored = (
            session()
            .scalars(select(FoldedTally.matrix).where(FoldedTally.consultation_id == frame.id))
            .one()
        )
    keys = [str(place) for place in range(len(frame.layout.slots))]
    tables = summary(Matrix.from_bytes(stored), frame.layout, frame.space, keys, roster=roster)
    return protect(tables, OFFICIAL).reach.n.value or 0


def fresh(crowd: Crowd, rounds: int) -> list[Measured]:
    """P9: wall seconds from 10,000 new sheets to a protected summary, against DuckDB's recount."""
    roster = Counter(dict.fromkeys(range(crowd.frame.space.size), 2 * MILLION))
    pairs = []
    for turn in range(rounds):
        came = facts(crowd.frame.layout, crowd.frame.space.size, MORE, seed=100 + turn)
        first = len(crowd.facts.cells) + turn * MORE
        write_sheets(crowd.site.file, rows_of(came, crowd.frame.id, first))
        began = perf_counter()
        _summed_up(crowd.frame, roster)
        pairs.append((perf_counter() - began, _timed_duck(crowd)))
    figures = {"fresh ms": min(ours for ours, _duck in pairs) * 1000}
    return [Measured("P9", tuple(ours / duck for ours, duck in pairs), figures)]
