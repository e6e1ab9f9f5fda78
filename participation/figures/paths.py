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

from participation.figures.board import NUMBERS, OTHERS, PEOPLE, ROSTER, Board, Place, Spot, Strand
from participation.figures.rounding import BLANK, SHUT
from participation.figures.veils import Step, veils


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
    """Walks that a reader of all boards would not notice, remembered until one grows coarser.

    The first board is the one whose hidden numbers are to be kept; the others show more coarsely
    what would give it away, in the last resort as BLANK.
    """

    def __init__(self, *boards: Board) -> None:
        self.boards, self.board = boards, boards[0]
        self._known: dict[tuple[object, ...], tuple[int, Walk | None]] = {}
        self._arcs_known: dict[tuple[Strand, int, Node], tuple[int, list[Arc]]] = {}
        self._steps: dict[tuple[object, ...], Walk | None] = {}

    def _version(self, question: int) -> int:
        return sum(board.versions[question] for board in self.boards)

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
        spot = Spot(strand.question, place, strand.columns[index])
        coarse = [(b.state(spot), b.is_dark(spot.question, place)) for b in self.boards]
        key = (strand, spot, more, *coarse)
        if key not in self._steps:
            self._steps[key] = self._new_step(strand, spot, more)
        return self._steps[key]

    def _new_step(self, strand: Strand, spot: Spot, more: int) -> Walk | None:
        if not self.board.allows(strand, spot.place, spot.column, more):
            return None
        return NOTHING if spot.column == OTHERS else self._priced(Step(spot, more))

    def _arcs(self, strand: Strand, section: int, node: Node) -> list[Arc]:
        """Leaving a line puts a person into a cell, leaving a column takes one out."""
        version, key = self._version(strand.question), (strand, section, node)
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

        version = self._version(strand.question)
        return self._remember((strand, section, less, more), version, find)

    def _line_swap(
        self, section: int, more: int, less: int, besides: Strand | None, with_roster: bool = False
    ) -> Walk | None:
        """One participant belongs to line `more` instead of `less`, in all strands but one."""
        group = self.board.group((section, more))
        full = group.of is not None and group.n + 1 > group.of

        def find() -> Walk | None:
            columns = (PEOPLE, ROSTER) if full or with_roster else (PEOPLE,)
            numbers = [self._number_swap(section, more, less, column) for column in columns]
            if None in numbers:
                return None
            strands = (s for s in self.board.strands if s != besides and not s.ticks)
            return _total([*numbers, *(self._line_way(s, section, more, less) for s in strands)])

        if not self.board.hides_numbers(section):
            return None
        version = sum(board.versions.total() for board in self.boards)
        return self._remember((section, more, less, besides, with_roster), version, find)

    def _line_way(self, strand: Strand, section: int, more: int, less: int) -> Walk | None:
        """The same, as seen in one strand."""
        version = self._version(strand.question)
        start, end = ("line", more), ("line", less)
        return self._remember(
            (strand, section, start, end),
            version,
            lambda: self._walk(strand, section, start, end, None),
        )

    def _roster_swap(self, section: int, more: int, less: int) -> Walk | None:
        """One who did not take part belongs to line `more` instead of `less`."""
        group = self.board.group((section, less))
        if group.of is None or group.of <= group.n:
            return None
        return self._number_swap(section, more, less, ROSTER)

    def _number_swap(self, section: int, more: int, less: int, column: int) -> Walk | None:
        """One more in the number of one line, and one less in that of another."""
        here, there = (Spot(NUMBERS, (section, line), column) for line in (more, less))
        if not self.board.count(there):
            return None
        return _total([self._priced(Step(here, 1)), self._priced(Step(there, -1))])

    def _priced(self, step: Step) -> Walk | None:
        """A step at the price of all veils that hide it; None where it cannot be hidden."""
        cost = 0
        for board in self.boards:
            found = veils(board, step, SHUT if board is self.board else BLANK)
            if found is None:
                return None
            cost += sum(veil.cost for veil in found)
        return Walk(cost, (step,))


def _cell_of(node: Node, to: Node) -> tuple[int, int]:
    line, column = (node, to) if node[0] == "line" else (to, node)
    return line[1], column[1]
