"""When running figures may be renewed, so that two editions never give away the newcomer (R73).

Whoever compares yesterday's figures with today's must not see what one more child answered: an
edition waits for enough new answers and for a day, and a number moves by ten or not at all.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from participation.figures.publish import Line, Published, Question, Reach
from participation.figures.words import Cell

NEW_ANSWERS: Final = 10
APART: Final = timedelta(days=1)
LEAST_MOVE: Final = 10


class OtherFigures(ValueError):
    """Two editions that are not about the same questions, lines and readers."""


@dataclass(frozen=True)
class Edition:
    """When figures were last published, and after how many changes to the answers."""

    published_at: datetime
    changes: int


def may_renew(last: Edition | None, now: datetime, changes: int) -> bool:
    """Whether a new edition may come out. `changes` counts answers given, changed and withdrawn."""
    if last is None:
        return changes >= NEW_ANSWERS
    return now - last.published_at >= APART and changes - last.changes >= NEW_ANSWERS


def renew(last: Published, fresh: Published) -> Published:
    """The new edition: `fresh`, but a number that would move by 1 to 9 stays as it was.

    Raises OtherFigures when the two are not editions of the same thing.
    """
    if _shape(last) != _shape(fresh):
        raise OtherFigures("these are no two editions of the same figures")
    return replace(
        fresh,
        reach=_reach(last.reach, fresh.reach),
        reach_by={
            dimension: tuple(map(_reach, last.reach_by[dimension], lines))
            for dimension, lines in fresh.reach_by.items()
        },
        questions=tuple(map(_question, last.questions, fresh.questions)),
    )


def _shape(figures: Published) -> object:
    lines = {d: [reach.line for reach in rows] for d, rows in figures.reach_by.items()}
    questions = [(q.key, q.kind, q.most, q.answers) for q in figures.questions]
    return figures.profile, list(lines.items()), questions


def _steady(last: Cell, fresh: Cell) -> Cell:
    if last.value is None or fresh.value is None:
        return fresh
    return last if abs(fresh.value - last.value) < LEAST_MOVE else fresh


def _reach(last: Reach, fresh: Reach) -> Reach:
    of = fresh.of if last.of is None or fresh.of is None else _steady(last.of, fresh.of)
    return Reach(fresh.line, _steady(last.n, fresh.n), of)


def _line(last: Line, fresh: Line) -> Line:
    cells = tuple(map(_steady, last.cells, fresh.cells))
    return Line(fresh.line, _steady(last.n, fresh.n), cells)


def _question(last: Question, fresh: Question) -> Question:
    by = {d: tuple(map(_line, last.by[d], lines)) for d, lines in fresh.by.items()}
    return replace(fresh, overall=_line(last.overall, fresh.overall), by=by)
