"""What must be coarsened on a board so that one step of a walk does not show, and what that costs.

A step shows when the board would be published differently after it. A veil is one thing to
coarsen against that. Rounding is cheap, hiding dear; of equals the smaller count goes first.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from participation.figures.board import NUMBERS, PEOPLE, Board, Spot, tells
from participation.figures.rounding import BLANK, SHUT, SOFT, states_after

ROUND_COST: Final = 1_000
HIDE_COST: Final = 1_000_000


class Step(NamedTuple):
    """One more or less of a number; `more` is 1 or −1."""

    spot: Spot
    more: int


class Veil(NamedTuple):
    """One thing to coarsen, what it costs, and the deed that does it."""

    cost: int
    draw: Callable[[], None]


def veils(board: Board, step: Step, last: int = SHUT) -> list[Veil] | None:
    """The finest veils behind which a step does not show: none where it does not show anyhow.

    `last` is the coarsest state that may be used, SHUT or BLANK; None where that is not enough.
    """
    (question, place, column), more = step
    found = []
    if question == NUMBERS and column == PEOPLE:
        rows = _of_rows(board, place, more)
        if last < BLANK and next(rows, None):
            return None
        found = list(rows)
    if board.cell(step.spot) == board.cell(step.spot, more):
        return found
    for state in states_after(board.state(step.spot), board.profile, last):
        if board.cell_in(state, step.spot) == board.cell_in(state, step.spot, more):
            return [*found, _veil(board, step.spot, state)]
    return None


def _of_rows(board: Board, place: tuple[int, int], more: int) -> Iterator[Veil]:
    """A line tells of its size by the reason why it is hidden, and by marks such as "<5"."""
    for question in board.questions:
        if board.tells_reason(question, place, more):
            cost = ROUND_COST + HIDE_COST * sum(map(tells, board.row(question, place)))
            yield Veil(cost, partial(board.blind, question, place))
        else:
            yield from (_veil(board, s, BLANK) for s in board.telling(question, place, more))


def _veil(board: Board, spot: Spot, state: int) -> Veil:
    """What says nothing as it is loses little by being hidden."""
    hides = state > SOFT and tells(board.cell(spot))
    cost = (HIDE_COST if hides else ROUND_COST) + board.count(spot)
    return Veil(cost, partial(board.coarsen, spot, state))
