"""Turns counted tables into figures that may be shown, and keeps the account of what was hidden.

The JSON of `Published.to_json` is what results and dossiers freeze and what pages, papers and
downloads read; one shape for the public and for officials, in this order of keys:

    {"version": 1,
     "profile": {"name": "public" | "official", "few": 10, "base": 30, "schools": 3, "step": 5},
     "reach": {"all": Reach, "by": {dimension: [Reach, …]}},
     "questions": [{"key": "q1", "kind": "single" | "several" | "faces", "most": 0,
                    "answers": ["1", "2", …, "dk", "skip"],
                    "all": Line, "by": {dimension: [Line, …]}}],
     "suppressed": [{"question": "q1" | null, "by": "all" | dimension, "why": code, "cells": 4}]}

    Reach = {"line": key, "n": Cell, "of": Cell | null}      took part, could have taken part
    Line  = {"line": key, "n": Cell, "cells": [Cell, …]}     one cell an answer, in their order
    Cell  = {"as": "exact" | "rounded" | "hidden", "value": int | null,
             "share": int | "<5" | ">95" | null, "why": code | null}

`share` is a whole percent of the line's n, worked out from displayed numbers alone; lines keep one
order everywhere. Codes: few, base, schools, secondary, uniform (see `words`). Where all cells of a
line are hidden without a share, the line is hidden whole and all carry one code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from participation.figures.board import NUMBERS, PEOPLE, ROSTER, Board, Place, Spot
from participation.figures.suppression import shield, shield_both
from participation.figures.tables import Tables
from participation.figures.thresholds import Profile
from participation.figures.words import REASONS, Cell, percent

VERSION: Final = 1


class NotFigures(ValueError):
    """Data that `Published.to_json` did not write."""


@dataclass(frozen=True)
class Reach:
    """How many took part in a line and how many could have (None: not known)."""

    line: str
    n: Cell
    of: Cell | None


@dataclass(frozen=True)
class Line:
    """One line of one question: how many people, and a cell for each answer."""

    line: str
    n: Cell
    cells: tuple[Cell, ...]

    @property
    def hidden_why(self) -> str | None:
        """The code when the line is hidden whole, else None."""
        told = any(not cell.is_hidden or cell.share is not None for cell in self.cells)
        return None if told else self.cells[0].why


@dataclass(frozen=True)
class Question:
    """The figures of one question, overall and by each dimension."""

    key: str
    kind: str
    most: int
    answers: tuple[str, ...]
    overall: Line
    by: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Suppressed:
    """So many cells of a question (None: of the reach) were hidden in one table for one reason."""

    question: str | None
    by: str
    why: str
    cells: int


@dataclass(frozen=True)
class Published:
    """Figures that may be shown under `profile`, frozen as they are."""

    profile: Profile
    reach: Reach
    reach_by: Mapping[str, tuple[Reach, ...]]
    questions: tuple[Question, ...]
    suppressed: tuple[Suppressed, ...]

    def tells_of(self, dimension: str, line: str) -> bool:
        """Whether anything is said of the people of a line: how many they are, and an answer.

        Where no question was asked their number is enough.
        """
        reaches = [reach for reach in self.reach_by.get(dimension, ()) if reach.line == line]
        rows = [row for q in self.questions for row in q.by.get(dimension, ()) if row.line == line]
        shown = any(not reach.n.is_hidden for reach in reaches)
        return shown and (not rows or any(row.hidden_why is None for row in rows))

    def to_json(self) -> dict[str, Any]:
        """Plain dicts and lists in a stable order (shape: see the module)."""
        p = self.profile
        return {
            "version": VERSION,
            "profile": {n: getattr(p, n) for n in ("name", "few", "base", "schools", "step")},
            "reach": {
                "all": _reach_json(self.reach),
                "by": {d: [_reach_json(r) for r in rows] for d, rows in self.reach_by.items()},
            },
            "questions": [_question_json(question) for question in self.questions],
            "suppressed": [
                {"question": s.question, "by": s.by, "why": s.why, "cells": s.cells}
                for s in self.suppressed
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Published":
        """Read what `to_json` wrote; NotFigures for anything else."""
        try:
            if data["version"] != VERSION:
                raise NotFigures(f"figures of version {data['version']} are not known here")
            reach = data["reach"]
            return cls(
                Profile(**data["profile"]),
                _reach_from(reach["all"]),
                {d: tuple(map(_reach_from, rows)) for d, rows in reach["by"].items()},
                tuple(map(_question_from, data["questions"])),
                tuple(Suppressed(**row) for row in data["suppressed"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise NotFigures("these are no published figures") from error


def protect(tables: Tables, profile: Profile) -> Published:
    """The figures of these tables that readers of this profile may see.

    Rules: R70 minimum cells, R71 secondary suppression, R72 all-or-nothing answers, R74 rounding.
    The same tables always give the same figures.
    """
    board = Board(tables, profile)
    shield(board)
    return _published(board)


def protect_both(tables: Tables, official: Profile, public: Profile) -> tuple[Published, Published]:
    """The figures for officials and for everybody, safe even from who reads both.

    For each number hidden from officials another is possible under which both editions would be
    the same, for each hidden from the public one under which its own would. In the public edition
    a number hidden as "secondary" may therefore have any size.
    """
    boards = Board(tables, official), Board(tables, public)
    shield_both(*boards)
    return _published(boards[0]), _published(boards[1])


def _published(board: Board) -> Published:
    names = ("all", *board.tables.groups)
    reaches = [
        tuple(_reach(board, (section, line)) for line in range(len(lines)))
        for section, lines in enumerate(board.lines)
    ]
    questions = tuple(_question(board, number, reaches) for number in board.questions)
    cells = [[cell for row in rows for cell in (row.n, row.of) if cell] for rows in reaches]
    return Published(
        board.profile,
        reaches[0][0],
        dict(zip(names[1:], reaches[1:], strict=True)),
        questions,
        (
            *_account(None, zip(names, cells, strict=True)),
            *(row for question in questions for row in _account(question.key, _cells(question))),
        ),
    )


def _reach(board: Board, place: Place) -> Reach:
    group = board.group(place)
    of = None if group.of is None else board.cell(Spot(NUMBERS, place, ROSTER))
    return Reach(group.key, board.cell(Spot(NUMBERS, place, PEOPLE)), of)


def _question(board: Board, number: int, reaches: list[tuple[Reach, ...]]) -> Question:
    table = board.tables.tables[number]
    lines = [
        tuple(
            Line(reach.line, reach.n, with_shares(row, reach.n, board.profile))
            for row, reach in zip(board.rows(number, section), rows, strict=True)
        )
        for section, rows in enumerate(reaches)
    ]
    by = dict(zip(board.tables.groups, lines[1:], strict=True))
    return Question(table.key, table.kind, table.most, table.answers, lines[0][0], by)


def with_shares(cells: Iterable[Cell], n: Cell, profile: Profile) -> tuple[Cell, ...]:
    """The cells of a line of `n` people with the shares of those that show a number."""
    base, rounded = n.value, profile.is_public
    if not base or base < profile.base:
        return tuple([cell if cell.value is None else Cell(cell.how, cell.value) for cell in cells])
    return tuple(
        [
            cell
            if cell.value is None
            else Cell(cell.how, cell.value, percent(cell.value, base, rounded=rounded))
            for cell in cells
        ]
    )


def _cells(question: Question) -> Iterator[tuple[str, list[Cell]]]:
    for name, lines in (("all", (question.overall,)), *question.by.items()):
        yield name, [cell for line in lines for cell in line.cells]


def _account(
    question: str | None, tables: Iterable[tuple[str, list[Cell]]]
) -> Iterator[Suppressed]:
    """The cells that give a reason are those that were hidden."""
    for by, cells in tables:
        counts = Counter([cell.why for cell in cells if cell.why])
        for why in REASONS if counts else ():
            if counts[why]:
                yield Suppressed(question, by, why, counts[why])


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {"as": cell.how, "value": cell.value, "share": cell.share, "why": cell.why}


def _reach_json(reach: Reach) -> dict[str, Any]:
    of = None if reach.of is None else _cell_json(reach.of)
    return {"line": reach.line, "n": _cell_json(reach.n), "of": of}


def _line_json(line: Line) -> dict[str, Any]:
    cells = [_cell_json(cell) for cell in line.cells]
    return {"line": line.line, "n": _cell_json(line.n), "cells": cells}


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "most": question.most,
        "answers": list(question.answers),
        "all": _line_json(question.overall),
        "by": {d: [_line_json(line) for line in lines] for d, lines in question.by.items()},
    }


def _cell_from(data: Mapping[str, Any]) -> Cell:
    return Cell(data["as"], data["value"], data["share"], data["why"])


def _reach_from(data: Mapping[str, Any]) -> Reach:
    of = None if data["of"] is None else _cell_from(data["of"])
    return Reach(data["line"], _cell_from(data["n"]), of)


def _line_from(data: Mapping[str, Any]) -> Line:
    return Line(data["line"], _cell_from(data["n"]), tuple(map(_cell_from, data["cells"])))


def _question_from(data: Mapping[str, Any]) -> Question:
    return Question(
        data["key"],
        data["kind"],
        data["most"],
        tuple(data["answers"]),
        _line_from(data["all"]),
        {d: tuple(map(_line_from, lines)) for d, lines in data["by"].items()},
    )
