"""A matter with as many answer sheets as asked: ten coded questions, sixty cells in use."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.matter import publish
from bench.people import identities
from bench.site import Site, settings_of
from participation.consultations.actions import closing, counting, freezing
from participation.consultations.actions.counting import Deed, Frame
from participation.consultations.codec import Layout
from participation.consultations.topic import subject_of
from participation.deliveries.queries import dossier_of
from participation.kernel import clock
from participation.kernel.database import connect, unit_of_work
from participation.kernel.pseudonyms import school_key
from participation.kernel.subjects import Subject

AGO: Final = timedelta(days=40)
CELLS: Final = 60
SCHOOLS: Final = 200
_INSERT: Final = (
    "INSERT INTO consultations_sheets"
    " (consultation_id, participant, school, cell, answers, channel) VALUES (?, ?, ?, ?, ?, 'web')"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The coded answers column by column: the cell of each sheet, and byte by byte its answers."""

    cells: npt.NDArray[np.uint16]
    columns: npt.NDArray[np.uint8]

    def sheets(self) -> Iterator[tuple[int, bytes]]:
        """(cell, packed sheet) of each row."""
        whole, width = np.ascontiguousarray(self.columns.T).tobytes(), len(self.columns)
        for place, cell in enumerate(self.cells.tolist()):
            yield cell, whole[place * width : (place + 1) * width]


def facts(layout: Layout, space: int, rows: int, seed: int = 7) -> Facts:
    """Random answers that lean to the first options; one in twelve is skipped, one not known."""
    dice = np.random.default_rng(seed)
    cells = np.sort(dice.choice(space, CELLS, replace=False)).astype(np.uint16)
    columns = []
    for slot in layout.slots:
        chosen = np.minimum(dice.geometric(0.35, rows), slot.size).astype(np.uint8)
        if slot.kind == "several":
            second = dice.integers(1, slot.size + 1, rows).astype(np.uint8)
            said, unknown = (1 << (chosen - 1)) | (1 << (second - 1)), 1 << slot.size
        else:
            said, unknown = chosen, 255
        luck = dice.integers(0, 12, rows)
        columns.append(np.where(luck == 0, 0, np.where(luck == 1, unknown, said)).astype(np.uint8))
    return Facts(dice.choice(cells, rows), np.vstack(columns))


def rows_of(found: Facts, consultation_id: int, first: int = 0) -> Iterator[tuple[Any, ...]]:
    """The rows of the sheets table; participants are numbers from `first`, unique like real
    pseudonyms."""
    subject = Subject("consultation", str(consultation_id))
    schools = [school_key(number, subject) for number in range(SCHOOLS)]
    for place, (cell, answers) in enumerate(found.sheets(), start=first):
        participant = place.to_bytes(16, "big")
        yield consultation_id, participant, schools[place % SCHOOLS], cell, answers


def write_sheets(file: Path, rows: Iterator[tuple[Any, ...]]) -> None:
    """Write sheets in bulk past the deeds of the house, which would take an hour for a million."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.executemany(_INSERT, rows)
    connection.close()


def _done(step: Callable[[int], Deed], number: int) -> bool:
    """Let the worker take one step, reading and writing; False when there was nothing to do."""
    with unit_of_work(writes=False):
        deed = step(number)
    if deed is counting.nothing:
        return False
    with unit_of_work():
        deed()
    return True


def gathered(site: Site, sign: str, sheets: int) -> tuple[Frame, Facts]:
    """A matter that was published forty days ago and answered by so many, compacted and folded.

    Its time is over by now, so that it can be closed and frozen.
    """
    settings = settings_of(site.file)
    connect(settings.database_url)
    with clock.at(clock.now() - AGO), unit_of_work():
        (secretary,) = identities([site.city.secretary], settings)
        number = publish(secretary, site.city, sign, coded_only=True)
    with unit_of_work(writes=False):
        frame = counting.frame_of(number)
    if frame is None:
        raise RuntimeError("the matter was not published")
    found = facts(frame.layout, frame.space.size, sheets)
    write_sheets(site.file, rows_of(found, number))
    for step in (counting.compact, counting.fold):
        while _done(step, number):
            pass
    return frame, found


def frozen(frame: Frame) -> int:
    """Close and freeze the matter by the deeds of the clock; returns the id of its dossier."""
    with unit_of_work():
        closing.close_topic(frame.id)
    if not _done(freezing.freeze, frame.id):
        raise RuntimeError("the result was not frozen")
    with unit_of_work(writes=False):
        dossier = dossier_of(subject_of(frame.id))
    if dossier is None:
        raise RuntimeError("no dossier was sent")
    return dossier.id
