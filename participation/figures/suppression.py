"""Secondary suppression: coarsens what stands around a hidden cell until nobody can work it out.

After `shield`, for every hidden number there is a second set of tables, different in that number,
that would have been published exactly alike (R71). Cells are rounded before others are hidden,
small ones before large ones, whole breakdowns last; equal inputs give equal outputs.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from participation.figures.board import NUMBERS, Board, Place
from participation.figures.paths import (
    PEOPLE,
    ROSTER,
    Paths,
    Step,
    Walk,
    cheapest,
    needed_n_state,
    needed_of_state,
    needed_state,
)


class _Target(NamedTuple):
    """A hidden number: a cell of a question, or (without a question) PEOPLE or ROSTER of a line."""

    question: int | None
    place: Place
    column: int


def shield(board: Board) -> None:
    """Coarsen the board until every hidden number is safe. Changes the board in place.

    With fewer people than the threshold there is nothing to show and nothing to work out.
    """
    if board.n_cell((0, 0)).is_hidden:
        board.darken_all()
        return
    paths = Paths(board)
    checked: set[_Target] = set()
    while waiting := [target for target in _hidden(board) if target not in checked]:
        for target in waiting:
            _secure(board, paths, target)
        checked.update(waiting)
        for question in range(len(board.tables.tables)):
            board.tidy(question)


def _hidden(board: Board) -> Iterator[_Target]:
    """Hidden numbers of people first, then the hidden cells of each question, top to bottom."""
    places = list(board.places())
    for place in places:
        on_roster = board.of_cell(place)
        if on_roster is not None and on_roster.is_hidden:
            yield _Target(None, place, ROSTER)
        if board.n_cell(place).is_hidden:
            yield _Target(None, place, PEOPLE)
    for question in range(len(board.tables.tables)):
        for place in places:
            for column, cell in enumerate(board.row(question, place)):
                if cell.is_hidden:
                    yield _Target(question, place, column)


def _secure(board: Board, paths: Paths, target: _Target) -> None:
    """Coarsen along the cheapest walk; where there is none, hide more and more of the whole."""
    for widen in _widenings(board, target):
        walk = _walk(paths, target)
        if walk is not None:
            _coarsen(board, walk)
            return
        widen()


def _walk(paths: Paths, target: _Target) -> Walk | None:
    question, place, column = target
    if question is None:
        if column == ROSTER:
            return paths.between_rosters(place)
        return paths.between_lines(place)
    return cheapest(
        paths.through(strand, place, strand.columns.index(column))
        for strand in paths.board.strands
        if strand.question == question and column in strand.columns
    )


def _widenings(board: Board, target: _Target) -> list[Callable[[], None]]:
    question, (section, _), _ = target
    numbers = [lambda: board.darken_numbers(section), board.darken_all]
    if question is None:
        return [lambda: board.darken_roster(section), *numbers]
    return [
        lambda: board.darken_section(question, section),
        lambda: board.darken_question(question),
        *numbers,
    ]


def _coarsen(board: Board, walk: Walk) -> None:
    for step in walk.steps:
        if _shows(board, step):
            _coarsen_step(board, step)


def _shows(board: Board, step: Step) -> bool:
    """Whether a reader of what is published now would notice this step."""
    strand, place, column, more = step
    if strand is None and column == PEOPLE:
        return board.n_cell(place) != board.n_cell(place, more)
    if strand is None:
        return board.of_cell(place) != board.of_cell(place, more)
    if column < 0:
        return False
    now = board.cell(strand.question, place, column)
    return now != board.cell(strand.question, place, column, more=more)


def _coarsen_step(board: Board, step: Step) -> None:
    strand, place, column, more = step
    if strand is not None:
        state = needed_state(board, strand.question, place, column, more)
        board.states[strand.question, place, column] = state or 0
    elif column == PEOPLE:
        board.n_states[place] = needed_n_state(board, place, more) or 0
    else:
        board.of_states[place] = needed_of_state(board, place, more) or 0
    board.versions[NUMBERS if strand is None else strand.question] += 1
