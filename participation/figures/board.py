"""The working table of suppression: every count with its neighbours, and how far it is coarsened.

A section is one way to split the same people: section 0 is everyone, then one for each breakdown.
A strand is a set of columns between which people can be thought to move: all answers of a single
choice; for several, the ways to answer with one option or none, and the ticks of one option.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from participation.figures.rounding import BLANK, OPEN, face, open_faces, total_face
from participation.figures.tables import Group, Table, Tables
from participation.figures.thresholds import Profile
from participation.figures.words import BASE, FEW, HIDDEN, SCHOOLS, SECONDARY, Cell

Place = tuple[int, int]  # section, line

NUMBERS: Final = -1  # in place of a question: the numbers of people
PEOPLE: Final = 0  # their columns: who took part,
ROSTER: Final = 1  # and who could have
OTHERS: Final = -1  # in a strand: whoever is in none of its columns; never published


class Spot(NamedTuple):
    """One number: of a question, in a line, the count of a column; of NUMBERS, PEOPLE or ROSTER."""

    question: int
    place: Place
    column: int


@dataclass(frozen=True, eq=False)
class Strand:
    """Columns of one question, and OTHERS; `ticks` when a step adds a tick and not a person."""

    question: int
    columns: tuple[int, ...]
    ticks: bool = False


class Board:
    """Counts never change; what is published of them only ever grows coarser.

    `versions` counts how often each question, or NUMBERS, has grown coarser.
    """

    def __init__(self, tables: Tables, profile: Profile) -> None:
        self.tables, self.profile = tables, profile
        self.lines = [(tables.everyone,), *tables.groups.values()]
        self.places = [(s, line) for s, rows in enumerate(self.lines) for line in range(len(rows))]
        self.questions = range(len(tables.tables))
        self.strands = [s for q, table in enumerate(tables.tables) for s in _strands(q, table)]
        self.versions: Counter[int] = Counter()
        few = profile.few
        self._small = {s for s, lines in enumerate(self.lines) if any(g.n < few for g in lines)}
        self._counts = [[(table.total,), *table.by.values()] for table in tables.tables]
        self._cells = [self._open_cells(question) for question in self.questions]
        self._states: dict[Spot, int] = {}
        self._dark: dict[tuple[int, Place], str] = {}
        self._dark_numbers: set[tuple[int, int]] = set()
        self._telling: dict[tuple[int, Place, int], list[Spot]] = {}
        self._darken_lines()
        for question in self.questions:
            self._darken_riddled(question)
        self.tidy()

    def _open_cells(self, question: int) -> list[list[list[Cell]]]:
        """The cells of a question, section by section and line by line, before any shielding."""
        table = self.tables.tables[question]
        options = table.options if table.most else 0
        return [
            [
                open_faces(counts, group.n, self.profile, options=options)
                for counts, group in zip(rows, lines, strict=True)
            ]
            for rows, lines in zip(self._counts[question], self.lines, strict=True)
        ]

    def group(self, place: Place) -> Group:
        """The people of a line."""
        return self.lines[place[0]][place[1]]

    def count(self, spot: Spot) -> int:
        """The true count; nobody on a roster that is not known."""
        question, (section, line), column = spot
        if question != NUMBERS:
            return self._counts[question][section][line][column]
        group = self.lines[section][line]
        return group.n if column == PEOPLE else group.of or 0

    def allows(self, strand: Strand, place: Place, column: int, more: int) -> bool:
        """Whether there can be `more` (1 or −1) in a cell, given the other counts of its line.

        In a line of several, every option has at most as many ticks as people who answered, and
        all options together between one and `most` for each of them.
        """
        table = self.tables.tables[strand.question]
        row = self._counts[strand.question][place[0]][place[1]]
        if column != OTHERS and row[column] + more < 0:
            return False
        if not table.most or column >= table.options:
            return True
        ticks = list(row[: table.options])
        answered = self.group(place).n - sum(row[table.options :])
        if column != OTHERS:
            ticks[column] += more
        if not strand.ticks:
            answered += more
        elif column == OTHERS:
            return True
        return max(ticks) <= answered <= sum(ticks) <= table.most * answered

    def row(self, question: int, place: Place) -> list[Cell]:
        """One line of a question as it is published now; to be read only."""
        return self._cells[question][place[0]][place[1]]

    def rows(self, question: int, section: int) -> list[list[Cell]]:
        """A whole breakdown of a question, likewise."""
        return self._cells[question][section]

    def cell(self, spot: Spot, more: int = 0) -> Cell:
        """How a number is published, or would be with `more` in it."""
        question, place, column = spot
        if question == NUMBERS:
            if (place[0], column) in self._dark_numbers:
                return Cell(HIDDEN, why=FEW)
        elif not more or (question, place) in self._dark:
            return self.row(question, place)[column]
        return self.cell_in(self.state(spot), spot, more)

    def cell_in(self, state: int, spot: Spot, more: int = 0, n_more: int = 0) -> Cell:
        """The same, were this number coarsened to `state` and `n_more` people in its line."""
        question, place, column = spot
        count = self.count(spot) + more
        if question == NUMBERS:
            return total_face(count, state, self.profile)
        table = self.tables.tables[question]
        several = table.most > 0 and column < table.options
        n = self.group(place).n + n_more
        return face(count, n, state, self.profile, several=several)

    def state(self, spot: Spot) -> int:
        """How far a number is coarsened."""
        return self._states.get(spot, OPEN)

    def is_dark(self, question: int, place: Place) -> bool:
        """Whether this line of the question is hidden whole."""
        return (question, place) in self._dark

    def hides_numbers(self, section: int) -> bool:
        """Whether some line of this breakdown is too small for its number to be shown."""
        return section in self._small or (section, PEOPLE) in self._dark_numbers

    def hidden(self) -> Iterator[Spot]:
        """Hidden numbers of people first, then the hidden cells of each question, from the top."""
        for place in self.places:
            known = (PEOPLE,) if self.group(place).of is None else (ROSTER, PEOPLE)
            spots = (Spot(NUMBERS, place, column) for column in known)
            yield from (spot for spot in spots if self.cell(spot).is_hidden)
        for question in self.questions:
            for place in self.places:
                for column, cell in enumerate(self.row(question, place)):
                    if cell.is_hidden:
                        yield Spot(question, place, column)

    def coarsen(self, spot: Spot, state: int) -> None:
        """Show a number more coarsely from now on."""
        question, (section, line), column = spot
        self._states[spot] = state
        self.versions[question] += 1
        if question != NUMBERS:
            self._cells[question][section][line][column] = self.cell_in(state, spot)

    def darken(self, question: int, place: Place, why: str) -> None:
        """Hide a whole line of a question; a reason given before stays."""
        if not self.is_dark(question, place):
            self._hide(question, place, why)

    def blind(self, question: int, place: Place) -> None:
        """Hide a whole line of a question, and the reason given before, which tells of its size."""
        self._hide(question, place, SECONDARY)

    def _hide(self, question: int, place: Place, why: str) -> None:
        if self._dark.get((question, place)) != why:
            self._dark[question, place] = why
            width = self.tables.tables[question].width
            self._cells[question][place[0]][place[1]] = [Cell(HIDDEN, why=why)] * width
            self.versions[question] += 1

    def darken_section(self, question: int, section: int) -> None:
        """Hide a whole breakdown of a question."""
        for line in range(len(self.lines[section])):
            self.darken(question, (section, line), FEW)

    def darken_numbers(self, section: int) -> None:
        """Hide how many took part in each line of a breakdown, and with it all their answers.

        Every line then carries the same reason, for its own might tell which are the small ones.
        """
        if self._darken_column(section, PEOPLE):
            for question in self.questions:
                for line in range(len(self.lines[section])):
                    self._hide(question, (section, line), FEW)

    def darken_roster(self, section: int) -> None:
        """Hide how many could have taken part in each line of a breakdown."""
        self._darken_column(section, ROSTER)

    def _darken_column(self, section: int, column: int) -> bool:
        """Whether that is new. The only line of a breakdown is everyone, and stays."""
        if len(self.lines[section]) == 1 or (section, column) in self._dark_numbers:
            return False
        self._dark_numbers.add((section, column))
        self.versions[NUMBERS] += 1
        return True

    def darken_question(self, question: int) -> None:
        """Hide every answer to a question."""
        for section in range(len(self.lines)):
            self.darken_section(question, section)

    def darken_all(self) -> None:
        """Hide every answer and the number of people in every line; the last resort."""
        for section in range(len(self.lines)):
            self.darken_numbers(section)
            self.darken_roster(section)
        for question in self.questions:
            self.darken_question(question)

    def tidy(self) -> None:
        """A line of which nothing is left is a hidden line, and says so once."""
        for question in self.questions:
            for place in self.places:
                if not any(map(tells, self.row(question, place))):
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

    def tells_reason(self, question: int, place: Place, more: int) -> bool:
        """Whether among `more` people a line would be hidden, or shown, for another reason.

        What is hidden for the sake of others says nothing of itself.
        """
        neutral = self._dark.get((question, place)) == SECONDARY
        if neutral or (place[0], PEOPLE) in self._dark_numbers:
            return False
        return self.reason(place) != self.reason(place, more)

    def telling(self, question: int, place: Place, more: int) -> list[Spot]:
        """The cells of a line whose marks, such as "<5", would be others among `more` people.

        `more` is 1 or −1, and the count itself may change by as much. Of all states BLANK alone
        hides a mark, so that each line is looked through once.
        """
        if self.is_dark(question, place):
            return []
        key = (question, place, more)
        if key not in self._telling:
            self._telling[key] = list(self._marked(*key))
        return [spot for spot in self._telling[key] if self.state(spot) != BLANK]

    def _marked(self, question: int, place: Place, more: int) -> Iterator[Spot]:
        for column in range(self.tables.tables[question].width):
            spot = Spot(question, place, column)
            for some in (0, more):
                if self.cell_in(OPEN, spot, some) != self.cell_in(OPEN, spot, some, more):
                    yield spot
                    break

    def _darken_lines(self) -> None:
        whole = self.reason((0, 0))
        for section, lines in enumerate(self.lines):
            reasons = [whole or self.reason((section, line)) for line in range(len(lines))]
            self._add_companion(lines, reasons)
            for line, why in enumerate(reasons):
                for question in self.questions if why else ():
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
        for place in self.places:
            if self.group(place).n < self.profile.base:
                cells = self.row(question, place)
                if 2 * sum(cell.is_hidden for cell in cells) > len(cells):
                    self.darken(question, place, FEW)
        if self.is_dark(question, (0, 0)):
            for place in self.places:
                self.darken(question, place, self._dark[question, (0, 0)])


def tells(cell: Cell) -> bool:
    """Whether a cell says anything of its count."""
    return not cell.is_hidden or cell.share is not None


def _strands(question: int, table: Table) -> list[Strand]:
    columns = tuple(range(table.width))
    if not table.most:
        return [Strand(question, columns)]
    ticks = [Strand(question, (column, OTHERS), True) for column in range(table.options)]
    return [Strand(question, (*columns, OTHERS)), *ticks]
