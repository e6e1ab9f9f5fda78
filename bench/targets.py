"""The performance targets: what is measured, against what, the floor that lands, the ambition."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the table. `more`: larger is better; else smaller. `unit` is × for ratios."""

    what: str
    against: str
    floor: float
    ambition: float
    more: bool = False
    unit: str = "×"

    def met_by(self, value: float, bar: float) -> bool:
        """Does the value reach the floor or the ambition (`bar`)?"""
        return value >= bar if self.more else value <= bar


TARGETS: Final[Mapping[str, Target]] = {
    "P1": Target("answer page of a signed-in child, CPU", "bare Flask hello", 2.5, 1.5),
    "P2": Target("the same page, requests/s", "Login + WTF + ORM + Jinja", 5, 10, more=True),
    "P3 page": Target("conditional GET of that page, CPU", "bare Flask hello", 1.8, 1.2),
    "P3 result": Target("conditional GET of a result, CPU", "bare Flask hello", 1.8, 1.2),
    "P4": Target("POST of 10 answers, requests/s", "ORM one-row insert", 1.0, 2.0, more=True),
    "P5": Target("the same", "raw sqlite3 one-row insert", 0.35, 0.6, more=True),
    "P6": Target("the same, synchronous=FULL", "itself, NORMAL", 0.6, 0.9, more=True),
    "P7": Target("recount of 1 M × 10 × 60 from SQLite", "DuckDB over Parquet", 1.0, 0.3),
    "P8": Target("the recount on PostgreSQL", "GROUP BY on a wide table", 0.5, 0.15),
    "P9": Target("protected summary, 10,000 more answers", "the DuckDB recount", 0.10, 0.04),
    "P10": Target("official's summary page, 1 M, CPU", "itself, 10,000", 1.3, 1.1),
    "P13 CPU": Target("12 MP drawing → three WebP, CPU", "Pillow, three full resizes", 0.5, 0.4),
    "P13 memory": Target("the same, peak of the process", "", 80, 56, unit=" MiB"),
    "P13 metadata": Target("the same, bytes left that are no picture", "", 0, 0, unit=" B"),
    "P14": Target("10-page report with 10 charts, CPU", "WeasyPrint", 0.2, 0.1),
    "P15": Target("screening of 500 characters", "", 5, 1, unit=" ms"),
    "P16 gallery": Target("wall of a call, 1 M works, CPU", "itself, 1,000", 1.5, 1.1),
    "J1": Target("10,000 entries dealt to 40 jurors", "scipy maximum flow", 1.5, 0.8),
    "J2": Target("result of that round, each juror left out", "numpy least squares", 1.5, 0.8),
    "J3": Target("that round dealt and written by the worker", "executemany of its rows", 6, 4),
    "J4": Target(
        "that round reckoned, written and closed", "its reckoning and rows alone", 2.5, 1.5
    ),
    "P18 bytes": Target("first view of a child's page", "", 100, 50, unit=" KB"),
    "P18 requests": Target("the same, requests", "", 12, 8, unit=""),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a target came to: a value for each round, and the figures behind them."""

    key: str
    values: tuple[float, ...]
    figures: Mapping[str, Any]

    @property
    def target(self) -> Target:
        return TARGETS[self.key]

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def verdict(self) -> str:
        """`ambition`, `floor` or `MISSED`, by the median."""
        if self.target.met_by(self.middle, self.target.ambition):
            return "ambition"
        return "floor" if self.target.met_by(self.middle, self.target.floor) else "MISSED"


class Lacking(Exception):
    """A machine lacks what a measurement needs; the sentence says what."""
