"""`python -m bench [P1 P7 …] [--rounds 5]`: measure, print the table, write bench/out/<time>.json.

Exits with 1 when a floor is missed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from bench import (
    counts,
    gallery,
    jury,
    jury_rows,
    pages,
    papers,
    pictures,
    postgres,
    reporting,
    screening,
    summaries,
    wire,
    writes,
)
from bench.counts import Crowd
from bench.million import frozen, gathered
from bench.site import Site, make_site
from bench.targets import Lacking, Measured

OUT: Final = Path(__file__).resolve().parent / "out"
ROUNDS: Final = 5
RESULT_SHEETS: Final = 2000


@dataclass
class Run:
    """One run: how many rounds, and the throw-away site, made when first asked for."""

    rounds: int
    folder: Path
    measured: list[Measured] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)

    @cached_property
    def site(self) -> Site:
        return make_site(self.folder)

    @cached_property
    def crowd(self) -> Crowd:
        return counts.gather(self.site)

    @cached_property
    def result(self) -> int:
        """The id of a matter with a frozen result."""
        frame, _facts = gathered(self.site, "桥", RESULT_SHEETS)
        frozen(frame)
        return frame.id


Measure = Callable[[Run], list[Measured]]

PLAN: Final[Sequence[tuple[frozenset[str], Measure]]] = (
    (frozenset({"P1"}), lambda run: pages.page(run.site, run.rounds)),
    (frozenset({"P2"}), lambda run: pages.naive(run.site, run.rounds)),
    (frozenset({"P3"}), lambda run: pages.conditional(run.site, run.result, run.rounds)),
    (frozenset({"P4", "P5", "P6"}), lambda run: writes.measure(run.site, run.rounds)),
    (frozenset({"P18"}), lambda run: wire.measure(run.site, run.rounds)),
    (frozenset({"P13"}), lambda run: pictures.measure(run.folder, run.rounds)),
    (frozenset({"P14"}), lambda run: papers.measure(run.rounds)),
    (frozenset({"P15"}), lambda run: screening.measure(run.rounds)),
    (frozenset({"J1", "J2"}), lambda run: jury.measure(run.rounds)),
    (frozenset({"J3", "J4"}), lambda run: jury_rows.measure(run.rounds)),
    (frozenset({"P7"}), lambda run: counts.recount(run.crowd, run.rounds)),
    (frozenset({"P8"}), lambda run: postgres.measure(run.crowd, run.rounds)),
    (frozenset({"P9"}), lambda run: counts.fresh(run.crowd, run.rounds)),
    (frozenset({"P10"}), lambda run: summaries.measure(run.site, run.crowd, run.rounds)),
    (frozenset({"P16"}), lambda run: gallery.measure(run.folder, run.rounds)),
)
"""In this order; what is measured together stands together, P10 freezes the crowd at the end and
P16 has a site of its own."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = sorted({key for keys, _measure in PLAN for key in keys}, key=lambda key: int(key[1:]))
    parser.add_argument("keys", nargs="*", metavar="P1", help=f"of {' '.join(known)}; else all")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    found = parser.parse_args()
    if unknown := set(found.keys) - set(known):
        parser.error(f"not measured here: {' '.join(sorted(unknown))}")
    return found


def _measure(run: Run, wanted: set[str]) -> None:
    for keys, measure in PLAN:
        if wanted and not keys & wanted:
            continue
        began = time.perf_counter()
        try:
            run.measured += measure(run)
        except Lacking as lack:
            run.lacking[" ".join(sorted(keys))] = str(lack)
        print(f"{' '.join(sorted(keys))}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def main() -> int:
    """Run what is wanted and report it."""
    asked = _arguments()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT, prefix="site-") as folder:
        run = Run(asked.rounds, Path(folder))
        _measure(run, set(asked.keys))
    print(reporting.table(run.measured))
    print("\nBehind the ratios:")
    for found in run.measured:
        print(reporting.figures(found))
    for keys, sentence in run.lacking.items():
        print(f"{keys} not measured: {sentence}")
    path = reporting.write(OUT, run.measured, run.lacking)
    print(
        f"\nWritten to {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}"
    )
    return int(any(found.verdict == "MISSED" for found in run.measured))


if __name__ == "__main__":
    raise SystemExit(main())
