"""Secondary suppression: coarsens what stands around a hidden cell until nobody can work it out.

Afterwards, for every hidden number there is a second set of tables, different in that number, that
would have been published exactly alike (R71). Cells are rounded before others are hidden, small
ones before large ones, whole breakdowns last; equal inputs give equal outputs.
"""

from collections.abc import Callable

from participation.figures.board import NUMBERS, PEOPLE, ROSTER, Board, Spot
from participation.figures.paths import Paths, Walk, cheapest
from participation.figures.rounding import BLANK, SHUT
from participation.figures.veils import veils


def shield(board: Board) -> None:
    """Coarsen the board until every hidden number is safe. Changes the board in place."""
    Shield(board).hold()


def shield_both(official: Board, public: Board) -> None:
    """The same for two boards of the same tables whose first circle of readers sees the second.

    What officials may not know must have another value under which neither board would look
    different; what the public may not know, one under which the public board would not. Where a
    step shows on the public board alone, that board pays for it.
    """
    shields = Shield(official, public), Shield(public)
    while any(each.hold() for each in shields):
        pass


class Shield:
    """Keeps what is hidden on a board from readers who see it and the boards beside it.

    For each hidden number it remembers the walk to another set of tables, which every later
    coarsening must leave unseen.
    """

    def __init__(self, board: Board, *beside: Board) -> None:
        self.board, self.boards = board, (board, *beside)
        self._paths = Paths(board, *beside)
        self._walks: dict[Spot, Walk] = {}

    def hold(self) -> bool:
        """Coarsen until a whole round over the hidden numbers changes nothing; whether any did.

        With fewer people than the threshold there is nothing to show and nothing to work out.
        """
        before = self._version()
        if self.board.cell(Spot(NUMBERS, (0, 0), PEOPLE)).is_hidden:
            self.board.darken_all()
        else:
            while self._round():
                for board in self.boards:
                    board.tidy()
        return self._version() != before

    def _version(self) -> int:
        return sum(board.versions.total() for board in self.boards)

    def _round(self) -> bool:
        before = self._version()
        for target in list(self.board.hidden()):
            walk = self._walks.get(target)
            if walk is None or self._shows(walk):
                self._secure(target)
        return self._version() != before

    def _shows(self, walk: Walk) -> bool:
        return any(veils(board, step) != [] for step in walk.steps for board in self.boards)

    def _secure(self, target: Spot) -> None:
        """Coarsen along the cheapest walk; where there is none, hide more and more of the whole."""
        for widen in self._widenings(target):
            walk = self._walk(target)
            if walk is not None:
                self._walks[target] = walk
                self._veil(walk)
                return
            widen()

    def _walk(self, target: Spot) -> Walk | None:
        question, place, column = target
        if question == NUMBERS:
            if column == ROSTER:
                return self._paths.between_rosters(place)
            return self._paths.between_lines(place)
        return cheapest(
            self._paths.through(strand, place, strand.columns.index(column))
            for strand in self.board.strands
            if strand.question == question and column in strand.columns
        )

    def _veil(self, walk: Walk) -> None:
        """Draw the veils one by one: behind one, the next step may be unseen already."""
        for step in walk.steps:
            for board in self.boards:
                for veil in veils(board, step, SHUT if board is self.board else BLANK) or ():
                    veil.draw()

    def _widenings(self, target: Spot) -> list[Callable[[], None]]:
        board, (question, (section, _), _) = self.board, target
        numbers = [lambda: board.darken_numbers(section), self._darken_all]
        if question == NUMBERS:
            return [lambda: board.darken_roster(section), *numbers]
        return [
            lambda: board.darken_section(question, section),
            lambda: board.darken_question(question),
            *numbers,
        ]

    def _darken_all(self) -> None:
        for board in self.boards:
            board.darken_all()
