"""When running figures may be renewed, so that two editions never give away the newcomer (R73).

Whoever compares yesterday's figures with today's must not see what one more child answered: an
edition waits for enough new answers and for a day, and a number moves by ten or not at all.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from participation.figures.publish import Line, Published, Question, Reach, with_shares
from participation.figures.thresholds import Profile
from participation.figures.words import Cell

NEW_ANSWERS: Final = 10
LEAST_MOVE: Final = 10


class OtherFigures(ValueError):
    """Two editions that are not about the same questions, lines and readers."""


@dataclass(frozen=True)
class Edition:
    """On which day figures were last published, and how many had answered by then."""

    published_on: date
    answers: int


def may_renew(last: Edition | None, today: date, answers: int) -> bool:
    """Whether a new edition may come out, now that there are so many answers."""
    if last is None:
        return answers >= NEW_ANSWERS
    return today > last.published_on and answers - last.answers >= NEW_ANSWERS


def renew(last: Published, fresh: Published) -> Published:
    """The new edition: `fresh`, but a number that would move by 1 to 9 stays as it was.

    Shares are of the numbers that are shown. When thresholds were raised meanwhile, a new series
    begins. Raises OtherFigures when the two are not editions of the same thing.
    """
    if _shape(last) != _shape(fresh):
        raise OtherFigures("these are no two editions of the same figures")
    if last.profile != fresh.profile:
        return fresh
    return replace(
        fresh,
        reach=_reach(last.reach, fresh.reach),
        reach_by={
            dimension: tuple(map(_reach, last.reach_by[dimension], lines))
            for dimension, lines in fresh.reach_by.items()
        },
        questions=tuple(
            _question(*both, fresh.profile)
            for both in zip(last.questions, fresh.questions, strict=True)
        ),
    )


def _shape(figures: Published) -> object:
    lines = {d: [reach.line for reach in rows] for d, rows in figures.reach_by.items()}
    questions = [(q.key, q.kind, q.most, q.answers) for q in figures.questions]
    return figures.profile.name, list(lines.items()), questions


def _steady(last: Cell, fresh: Cell) -> Cell:
    if last.value is None or fresh.value is None:
        return fresh
    return last if abs(fresh.value - last.value) < LEAST_MOVE else fresh


def _reach(last: Reach, fresh: Reach) -> Reach:
    of = fresh.of if last.of is None or fresh.of is None else _steady(last.of, fresh.of)
    return Reach(fresh.line, _steady(last.n, fresh.n), of)


def _question(last: Question, fresh: Question, profile: Profile) -> Question:
    def line(before: Line, now: Line) -> Line:
        n = _steady(before.n, now.n)
        return Line(now.line, n, with_shares(map(_steady, before.cells, now.cells), n, profile))

    by = {d: tuple(map(line, last.by[d], lines)) for d, lines in fresh.by.items()}
    return replace(fresh, overall=line(last.overall, fresh.overall), by=by)
