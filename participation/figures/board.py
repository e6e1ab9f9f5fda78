"""The working table of suppression: every count with its neighbours, and how far it is coarsened.

A section is one way to split the same people: section 0 is everyone, then one for each breakdown.
A strand is a set of columns between which people can be thought to move: all answers of a single
choice; for several, the ways to answer with one option or none, and the ticks of one option.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from participation.figures.rounding import OPEN, face, total_face
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import Profile
from participation.figures.words import BASE, FEW, HIDDEN, SCHOOLS, SECONDARY, Cell

Place = tuple[int, int]  # section, line


NUMBERS: Final = -1  # in `versions`: the numbers of people, beside the questions
OTHERS: Final = -1  # in a strand: whoever is in none of its columns; never published


@dataclass(frozen=True)
class Strand:
    """Columns of one question, and OTHERS; `ticks` when a step adds a tick and not a person."""

    question: int
    columns: tuple[int, ...]
    ticks: bool = False


@dataclass
class Board:
    """Counts never change; `states`, `dark` and the like only ever grow coarser.

    `versions` counts how often each question, or NUMBERS, has grown coarser.
    """

    tables: Tables
    profile: Profile
    lines: list[tuple[Group, ...]] = field(init=False)
    strands: list[Strand] = field(init=False)
    _small: set[int] = field(init=False)
    _rows: list[list[tuple[tuple[int, ...], ...]]] = field(init=False)
    states: dict[tuple[int, Place, int], int] = field(default_factory=dict)
    dark: dict[tuple[int, Place], str] = field(default_factory=dict)
    n_states: dict[Place, int] = field(default_factory=dict)
    n_dark: set[Place] = field(default_factory=set)
    of_states: dict[Place, int] = field(default_factory=dict)
    of_dark: set[Place] = field(default_factory=set)
    versions: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.lines = [(self.tables.everyone,), *self.tables.groups.values()]
        few = self.profile.few
        self._small = {s for s, ls in enumerate(self.lines) if any(g.n < few for g in ls)}
        self._rows = [[(t.total,), *t.by.values()] for t in self.tables.tables]
        self.strands = [s for q, table in enumerate(self.tables.tables) for s in _strands(q, table)]
        self._darken_lines()
        for question in range(len(self.tables.tables)):
            self._darken_riddled(question)

    def places(self) -> Iterator[Place]:
        """Every line of every section, in order."""
        for section, lines in enumerate(self.lines):
            for line in range(len(lines)):
                yield section, line

    def group(self, place: Place) -> Group:
        """The people of a line."""
        return self.lines[place[0]][place[1]]

    def count(self, question: int, place: Place, column: int) -> int:
        """The true count of one answer in one line."""
        return self._rows[question][place[0]][place[1]][column]

    def allows(self, strand: Strand, place: Place, column: int, more: int) -> bool:
        """Whether there can be `more` (1 or −1) in a cell, given the other counts of its line.

        In a line of several, every option has at most as many ticks as people who answered, and
        all options together between one and `most` for each of them.
        """
        table = self.tables.tables[strand.question]
        if column != OTHERS and self.count(strand.question, place, column) + more < 0:
            return False
        if not table.most or column >= table.options:
            return True
        row = self._rows[strand.question][place[0]][place[1]]
        ticks = list(row[: table.options])
        answered = self.group(place).n - sum(row[table.options :])
        if column != OTHERS:
            ticks[column] += more
        if not strand.ticks:
            answered += more
        elif column == OTHERS:
            return True
        return max(ticks) <= answered <= sum(ticks) <= table.most * answered

    def cell(
        self, question: int, place: Place, column: int, *, more: int = 0, n_more: int = 0
    ) -> Cell:
        """How that count is published – or would be, with `more` in it and `n_more` in the line."""
        why = self.dark.get((question, place))
        if why:
            return Cell(HIDDEN, why=why)
        table = self.tables.tables[question]
        state = self.states.get((question, place, column), OPEN)
        several = table.most > 0 and column < table.options
        count = self.count(question, place, column) + more
        return face(count, self.group(place).n + n_more, state, self.profile, several=several)

    def n_cell(self, place: Place, more: int = 0) -> Cell:
        """How the number of people who took part is published, or would be with `more`."""
        if place in self.n_dark:
            return Cell(HIDDEN, why=FEW)
        n = self.group(place).n + more
        return total_face(n, self.n_states.get(place, OPEN), self.profile)

    def hides_numbers(self, section: int) -> bool:
        """Whether some line of this breakdown is too small for its number to be shown."""
        return section in self._small or (section, 0) in self.n_dark

    def of_cell(self, place: Place, more: int = 0) -> Cell | None:
        """How the number of people who could have taken part is published, or would be."""
        of = self.group(place).of
        if of is None:
            return None
        if place in self.of_dark:
            return Cell(HIDDEN, why=FEW)
        return total_face(of + more, self.of_states.get(place, OPEN), self.profile)

    def row(self, question: int, place: Place) -> list[Cell]:
        """One published line of a question."""
        width = self.tables.tables[question].width
        return [self.cell(question, place, column) for column in range(width)]

    def darken(self, question: int, place: Place, why: str) -> None:
        """Hide a whole line of a question; a reason given before stays."""
        self.dark.setdefault((question, place), why)
        self.versions[question] += 1

    def darken_section(self, question: int, section: int) -> None:
        """Hide a whole breakdown of a question; every line then carries the same reason."""
        for line in range(len(self.lines[section])):
            self.darken(question, (section, line), FEW)

    def darken_numbers(self, section: int) -> None:
        """Hide how many took part in each line of a breakdown, and with it all their answers.

        The only line of a breakdown is everyone, and stays.
        """
        if section == 0 or len(self.lines[section]) == 1:
            return
        self.n_dark |= {(section, line) for line in range(len(self.lines[section]))}
        self.versions[NUMBERS] += 1
        for question in range(len(self.tables.tables)):
            self.darken_section(question, section)

    def darken_roster(self, section: int) -> None:
        """Hide how many could have taken part in each line of a breakdown."""
        if section and len(self.lines[section]) > 1:
            self.of_dark |= {(section, line) for line in range(len(self.lines[section]))}
            self.versions[NUMBERS] += 1

    def darken_question(self, question: int) -> None:
        """Hide every answer to a question."""
        for section in range(len(self.lines)):
            self.darken_section(question, section)

    def darken_all(self) -> None:
        """Hide every answer and the number of people in every line; the last resort."""
        for section in range(len(self.lines)):
            self.darken_numbers(section)
            self.darken_roster(section)
        for question in range(len(self.tables.tables)):
            self.darken_question(question)

    def tidy(self, question: int) -> None:
        """A line of which nothing is left is a hidden line, and says so once."""
        for place in self.places():
            cells = self.row(question, place)
            if (question, place) not in self.dark and not any(map(_tells, cells)):
                self.darken(question, place, FEW)

    def reason(self, place: Place, more: int = 0) -> str:
        """Why all answers of a line must be hidden, whatever they are; "" when they need not."""
        group = self.group(place)
        n = group.n + more
        if n < self.profile.few:
            return FEW
        if self.profile.schools and (group.schools or 0) < self.profile.schools:
            return SCHOOLS
        return BASE if self.profile.is_public and n < self.profile.base else ""

    def _darken_lines(self) -> None:
        whole = self.reason((0, 0))
        for section, lines in enumerate(self.lines):
            reasons = [whole or self.reason((section, line)) for line in range(len(lines))]
            self._add_companion(lines, reasons)
            for line, why in enumerate(reasons):
                for question in range(len(self.tables.tables) if why else 0):
                    self.darken(question, (section, line), why)

    def _add_companion(self, lines: tuple[Group, ...], reasons: list[str]) -> None:
        """Rounding shields a small hidden line; a large one needs a second hidden line beside it.

        The smallest shown line loses least.
        """
        hidden = [line for line, why in enumerate(reasons) if why]
        if len(hidden) == 1 < len(lines) and lines[hidden[0]].n >= self.profile.base:
            shown = [line for line, why in enumerate(reasons) if not why]
            reasons[min(shown, key=lambda line: (lines[line].n, line))] = SECONDARY

    def _darken_riddled(self, question: int) -> None:
        """A small line with more holes than numbers is hidden whole.

        So a line in which all agree cannot be told from one in which nearly all do (R72).
        """
        for place in self.places():
            cells = self.row(question, place)
            holes = sum(cell.is_hidden for cell in cells)
            if self.group(place).n < self.profile.base and 2 * holes > len(cells):
                self.darken(question, place, FEW)
        if (question, (0, 0)) in self.dark:
            for place in self.places():
                self.darken(question, place, self.dark[question, (0, 0)])
        self.tidy(question)


def _tells(cell: Cell) -> bool:
    return not cell.is_hidden or cell.share is not None


def _strands(question: int, table: Table) -> list[Strand]:
    columns = tuple(range(table.width))
    if not table.most:
        return [Strand(question, columns)]
    ticks = [Strand(question, (column, OTHERS), True) for column in range(table.options)]
    return [Strand(question, (*columns, OTHERS)), *ticks]
