"""Finds the cheapest way to move one person in the working table so that no reader would notice.

A hidden count is safe when another count would give the very same publication. In one breakdown
with fixed margins such another table is a closed walk between lines and columns that takes one
person out of a cell and puts one into the next (network flow; SDC Handbook, ch. 4 on secondary
suppression). Where a walk would be noticed, it may be paid for by coarsening the cells on it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, NamedTuple

from participation.figures.board import OTHERS, Board, Place, Strand
from participation.figures.rounding import OPEN, SHUT, face, states_after, total_face

ROUND_COST: Final = 1_000
HIDE_COST: Final = 1_000_000
PEOPLE: Final = 0
ROSTER: Final = 1


class Step(NamedTuple):
    """One person more or less in one cell; without a strand, in a line's PEOPLE or ROSTER."""

    strand: Strand | None
    place: Place
    column: int
    more: int


@dataclass(frozen=True)
class Walk:
    """Steps that leave all else as it is, and what the coarsening on the way costs."""

    cost: int
    steps: tuple[Step, ...]

    def __add__(self, other: "Walk") -> "Walk":
        return Walk(self.cost + other.cost, self.steps + other.steps)


NOTHING: Final = Walk(0, ())
Node = tuple[str, int]  # ("line" | "column" by index in the strand, number)
Arc = tuple[Node, Walk]


def _total(walks: Iterable[Walk | None]) -> Walk | None:
    total = NOTHING
    for walk in walks:
        if walk is None:
            return None
        total += walk
    return total


def cheapest(walks: Iterable[Walk | None]) -> Walk | None:
    """The walk that coarsens least; of equals the first."""
    found = [walk for walk in walks if walk is not None]
    return min(found, key=lambda walk: walk.cost, default=None)


def _priced(step: Step, count: int, state: int | None) -> Walk | None:
    """Rounding is cheap, hiding dear; of equals the smaller count goes first."""
    if state is None:
        return None
    return Walk((HIDE_COST if state == SHUT else ROUND_COST) + count, (step,))


class _Reached(NamedTuple):
    """A node on the way: what it cost, its turn, the margins balanced, the last arc, from where."""

    cost: int
    turn: int
    node: Node
    used: frozenset[str]
    arc: Walk
    before: "_Reached | None"

    def walk(self) -> Walk:
        """The whole way here."""
        arcs = [self.arc]
        before = self.before
        while before is not None:
            arcs.append(before.arc)
            before = before.before
        return Walk(self.cost, tuple(step for arc in reversed(arcs) for step in arc.steps))


class Paths:
    """Walks over one board, remembered until the board grows coarser."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._known: dict[tuple[object, ...], tuple[int, Walk | None]] = {}
        self._arcs_known: dict[tuple[Strand, int, Node], tuple[int, list[Arc]]] = {}
        self._steps: dict[tuple[object, ...], Walk | None] = {}

    def through(self, strand: Strand, place: Place, index: int) -> Walk | None:
        """The cheapest walk that changes this cell by one, either way; None when there is none."""
        line, column = ("line", place[1]), ("column", index)
        ways: list[Walk | None] = []
        for more, start, end in ((1, column, line), (-1, line, column)):
            first = self._step(strand, place, index, more)
            if first is not None:
                rest = self._walk(strand, place[0], start, end, (place[1], index))
                ways.append(None if rest is None else first + rest)
        return cheapest(ways)

    def between_lines(self, place: Place) -> Walk | None:
        """The cheapest move of a participant into or out of this line, in all questions at once."""
        return cheapest(self._line_swap(place[0], *pair, None) for pair in self._pairs(place))

    def between_rosters(self, place: Place) -> Walk | None:
        """The cheapest move of a person, participant or not, into or out of this line's roster."""
        return cheapest(
            walk
            for pair in self._pairs(place)
            for walk in (
                self._roster_swap(place[0], *pair),
                self._line_swap(place[0], *pair, None, with_roster=True),
            )
        )

    def _pairs(self, place: Place) -> list[tuple[int, int]]:
        section, line = place
        others = [other for other in range(len(self.board.lines[section])) if other != line]
        return [pair for other in others for pair in ((line, other), (other, line))]

    def _remember(
        self, key: tuple[object, ...], version: int, find: Callable[[], Walk | None]
    ) -> Walk | None:
        known = self._known.get(key)
        if known is None or known[0] != version:
            known = self._known[key] = version, find()
        return known[1]

    def _step(self, strand: Strand, place: Place, index: int, more: int) -> Walk | None:
        """One more or less in a cell: free when its face stays, else the price of coarsening."""
        board, column, question = self.board, strand.columns[index], strand.question
        state, dark = board.states.get((question, place, column)), (question, place) in board.dark
        key = (strand, place, column, more, state, dark)
        if key not in self._steps:
            self._steps[key] = self._new_step(Step(strand, place, column, more))
        return self._steps[key]

    def _new_step(self, step: Step) -> Walk | None:
        board, (strand, place, column, more) = self.board, step
        if strand is None or not board.allows(strand, place, column, more):
            return None
        if column == OTHERS:
            return Walk(0, (step,))
        question = strand.question
        cell = board.cell(question, place, column)
        if cell == board.cell(question, place, column, more=more):
            return Walk(0, (step,))
        state = needed_state(board, question, place, column, more)
        return _priced(step, board.count(question, place, column), state)

    def _arcs(self, strand: Strand, section: int, node: Node) -> list[Arc]:
        """Leaving a line puts a person into a cell, leaving a column takes one out."""
        version, key = self.board.versions[strand.question], (strand, section, node)
        known = self._arcs_known.get(key)
        if known is None or known[0] != version:
            known = self._arcs_known[key] = version, list(self._new_arcs(strand, section, node))
        return known[1]

    def _new_arcs(self, strand: Strand, section: int, node: Node) -> Iterator[Arc]:
        kind, number = node
        if kind == "line":
            for index in range(len(strand.columns)):
                walk = self._step(strand, (section, number), index, 1)
                if walk is not None:
                    yield ("column", index), walk
        else:
            for line in range(len(self.board.lines[section])):
                walk = self._step(strand, (section, line), number, -1)
                if walk is not None:
                    yield ("line", line), walk

    def _closing_arcs(self, strand: Strand, section: int, node: Node) -> Iterator[Arc]:
        """Ways to balance a margin elsewhere: an answer in the other sections, a line in the other
        questions. Each may be used once, as two of a kind might need the same cell."""
        kind, number = node
        if kind == "column":
            for index in range(len(strand.columns)):
                walk = self._answer_swap(strand, section, index, number)
                if walk is not None:
                    yield ("column", index), walk
        elif not strand.ticks:
            for line in range(len(self.board.lines[section])):
                walk = self._line_swap(section, line, number, strand)
                if walk is not None:
                    yield ("line", line), walk

    def _walk(
        self, strand: Strand, section: int, start: Node, end: Node, avoid: tuple[int, int] | None
    ) -> Walk | None:
        """Dijkstra from `start` to `end`; with `avoid`, (line, index), margins may be balanced."""
        heap: list[_Reached] = [_Reached(0, 0, start, frozenset(), NOTHING, None)]
        seen: set[tuple[Node, frozenset[str]]] = set()
        pushed = 0
        while heap:
            here = heappop(heap)
            if here.node == end:
                return here.walk()
            if (here.node, here.used) in seen:
                continue
            seen.add((here.node, here.used))
            for to, arc, used in self._leaving(strand, section, here, avoid):
                if (to, used) not in seen:
                    pushed += 1
                    heappush(heap, _Reached(here.cost + arc.cost, pushed, to, used, arc, here))
        return None

    def _leaving(
        self, strand: Strand, section: int, here: "_Reached", avoid: tuple[int, int] | None
    ) -> Iterator[tuple[Node, Walk, frozenset[str]]]:
        for to, arc in self._arcs(strand, section, here.node):
            if avoid is None or avoid != _cell_of(here.node, to):
                yield to, arc, here.used
        if avoid is not None and here.node[0] not in here.used:
            used = here.used | {here.node[0]}
            for to, arc in self._closing_arcs(strand, section, here.node):
                yield to, arc, used

    def _answer_swap(self, strand: Strand, section: int, less: int, more: int) -> Walk | None:
        """One person changes her answer, seen in all sections but this one."""

        def find() -> Walk | None:
            start, end = ("column", less), ("column", more)
            others = (s for s in range(len(self.board.lines)) if s != section)
            return _total(self._walk(strand, other, start, end, None) for other in others)

        version = self.board.versions[strand.question]
        return self._remember((strand, section, less, more), version, find)

    def _line_swap(
        self, section: int, more: int, less: int, besides: Strand | None, with_roster: bool = False
    ) -> Walk | None:
        """One participant belongs to line `more` instead of `less`, in all strands but one."""
        here, there = (section, more), (section, less)
        group = self.board.group(here)
        full = group.of is not None and group.n + 1 > group.of

        def find() -> Walk | None:
            numbers = [self._number_step(here, 1), self._number_step(there, -1)]
            if full or with_roster:
                numbers += [self._roster_step(here, 1), self._roster_step(there, -1)]
            if None in numbers:
                return None
            strands = (s for s in self.board.strands if s != besides and not s.ticks)
            return _total([*numbers, *(self._line_way(s, section, more, less) for s in strands)])

        if not self.board.hides_numbers(section):
            return None
        version = self.board.versions.total()
        return self._remember((section, more, less, besides, with_roster), version, find)

    def _line_way(self, strand: Strand, section: int, more: int, less: int) -> Walk | None:
        """The same, as seen in one strand."""
        version = self.board.versions[strand.question]
        start, end = ("line", more), ("line", less)
        return self._remember(
            (strand, section, start, end),
            version,
            lambda: self._walk(strand, section, start, end, None),
        )

    def _roster_swap(self, section: int, more: int, less: int) -> Walk | None:
        """One who did not take part belongs to line `more` instead of `less`."""
        here, there = (section, more), (section, less)
        group = self.board.group(there)
        if group.of is None or group.of <= group.n:
            return None
        return _total([self._roster_step(here, 1), self._roster_step(there, -1)])

    def _number_step(self, place: Place, more: int) -> Walk | None:
        board, n = self.board, self.board.group(place).n
        if n + more < 0 or not self._rows_keep_faces(place, more):
            return None
        step = Step(None, place, PEOPLE, more)
        if board.n_cell(place) == board.n_cell(place, more):
            return Walk(0, (step,))
        return _priced(step, n, needed_n_state(board, place, more))

    def _roster_step(self, place: Place, more: int) -> Walk | None:
        board, of = self.board, self.board.group(place).of or 0
        if of + more < 0:
            return None
        step = Step(None, place, ROSTER, more)
        if board.of_cell(place) == board.of_cell(place, more):
            return Walk(0, (step,))
        return _priced(step, of, needed_of_state(board, place, more))

    def _rows_keep_faces(self, place: Place, more: int) -> bool:
        """Whether no mark such as "<5" in this line would show the changed number of people."""
        board = self.board
        if place in board.n_dark:
            return True
        if board.reason(place) != board.reason(place, more):
            return False
        return all(
            board.cell(question, place, column, more=change)
            == board.cell(question, place, column, more=change, n_more=more)
            for question, table in enumerate(board.tables.tables)
            for column in range(table.width)
            for change in (0, more)
        )


def _cell_of(node: Node, to: Node) -> tuple[int, int]:
    line, column = (node, to) if node[0] == "line" else (to, node)
    return line[1], column[1]


def needed_state(board: Board, question: int, place: Place, column: int, more: int) -> int | None:
    """The finest coarser state in which one more or less would not show; None if there is none."""
    table, count = board.tables.tables[question], board.count(question, place, column)
    n, several = board.group(place).n, table.most > 0 and column < table.options
    now = board.states.get((question, place, column), OPEN)
    for state in states_after(now, board.profile):
        faces = {face(c, n, state, board.profile, several=several) for c in (count, count + more)}
        if len(faces) == 1:
            return state
    return None


def needed_n_state(board: Board, place: Place, more: int) -> int | None:
    """The same for the number of people in a line."""
    return _needed_total(board, board.group(place).n, more, board.n_states.get(place, OPEN))


def needed_of_state(board: Board, place: Place, more: int) -> int | None:
    """The same for the number of people on the roster of a line."""
    return _needed_total(board, board.group(place).of or 0, more, board.of_states.get(place, OPEN))


def _needed_total(board: Board, count: int, more: int, now: int) -> int | None:
    for state in states_after(now, board.profile):
        one, other = (total_face(c, state, board.profile) for c in (count, count + more))
        if one == other:
            return state
    return None
