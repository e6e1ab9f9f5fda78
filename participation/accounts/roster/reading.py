"""A roster file → its rows: finds the header, knows the columns by many names, reads each row."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from participation.accounts.roster import cells, sheets
from participation.accounts.roster.problems import Problem
from participation.kernel.words import folded

MOST_ROWS: Final = 5000

COLUMNS: Final[Mapping[str, str]] = {
    word: field
    for field, words in {
        "pupil_number": "学号 学籍号 学生编号 学生学号 编号 pupilnumber pupilno pupilid "
        "studentnumber studentno studentid sourcedid usersourcedid",
        "legal_name": "姓名 学生姓名 名字 name fullname pupilname studentname",
        "family_name": "姓 familyname lastname surname",
        "given_name": "名 givenname firstname",
        "gender": "性别 gender sex",
        "born": "出生年月 出生日期 出生年月日 出生月份 生日 birthmonth birthdate birthday "
        "dateofbirth dob born monthofbirth",
        "grade": "年级 grade gradelevel",
        "number": "班级 班 班号 班级名称 所在班级 class classnumber classno classname form",
        "school_code": "学校代码 学校编码 校码 schoolcode",
    }.items()
    for word in words.split()
}
"""Names of columns, folded and without blanks → our field."""

NEEDED: Final = ("pupil_number", "legal_name", "born", "number")
MOST_HEADER: Final = 60
"""Characters of a column's name; a longer cell names none."""
_ASIDE = re.compile(r"\([^()]*\)|\W|_")
"""What may stand in a column's name besides: brackets end at the next one, so that a cell full of
them is read once and not once for each."""
_HAN = re.compile(r"[\u2e80-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One pupil as the file says. `gender` is empty where the file does not say it.

    `row` counts as the sheet does; `born` is the first of the month; `grade` 1–12; `number` 1–99.
    """

    row: int
    pupil_number: str
    legal_name: str
    gender: str
    born: date
    grade: int
    number: int
    school_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """One row that can't be taken, with whatever of it could be read."""

    row: int
    pupil_number: str
    legal_name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """What a file says: rows, refused rows, problems of the whole file, columns left unread."""

    rows: tuple[RosterRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()


def read_roster(data: bytes, *, today: date, most_bytes: int, most_rows: int = MOST_ROWS) -> Roster:
    """Read a file. Never fails: what is wrong with the file or a row stands in the answer.

    `today` is the city's day, for the ages; `most_bytes` and `most_rows` are the limits beyond
    which the whole file is refused.
    """
    try:
        return _read(data, today, most_bytes, most_rows)
    except sheets.SheetError as wrong:
        return Roster(problems=(Problem(0, "", wrong.code, wrong.value),))


def _read(data: bytes, today: date, most_bytes: int, most_rows: int) -> Roster:
    if len(data) > most_bytes:
        raise sheets.SheetError("too_big", str(most_bytes // 1024))
    text = sheets.text_of(data)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise sheets.SheetError("empty_file")
    records = sheets.records_of(text, lambda found: len(_columns_of(found)))
    columns, unread = _header(records)
    missing = [field for field in NEEDED if field not in columns and not _made_up(field, columns)]
    if missing:
        wrong = tuple(Problem(0, field, "no_column", field) for field in missing)
        return Roster(problems=wrong, unread=unread)
    return _read_rows(records, columns, unread, today, most_rows)


def _header(
    records: Iterator[tuple[int, list[str]]],
) -> tuple[dict[str, int], tuple[str, ...]]:
    for number, found in records:
        columns = _columns_of(found)
        if len(columns) > 1:
            used = set(columns.values())
            return columns, tuple(
                name[:MOST_HEADER] for place, name in enumerate(found) if name and place not in used
            )
        if number >= sheets.HEADER_WITHIN:
            break
    raise sheets.SheetError("no_header")


def _columns_of(found: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, name in enumerate(found):
        field = COLUMNS.get(_ASIDE.sub("", folded(name))) if len(name) <= MOST_HEADER else None
        if field:
            columns.setdefault(field, place)
    return columns


def _made_up(field: str, columns: Mapping[str, int]) -> bool:
    return field == "legal_name" and {"family_name", "given_name"} <= columns.keys()


def _read_rows(
    records: Iterator[tuple[int, list[str]]],
    columns: Mapping[str, int],
    unread: tuple[str, ...],
    today: date,
    most_rows: int,
) -> Roster:
    rows: list[RosterRow] = []
    refused: list[RefusedRow] = []
    seen: dict[str, int] = {}
    for number, found in records:
        if len(rows) + len(refused) == most_rows:
            raise sheets.SheetError("too_many", str(most_rows))
        taken = _read_row(number, _Row(found, columns), today, seen)
        if isinstance(taken, RosterRow):
            rows.append(taken)
        else:
            refused.append(taken)
    if not rows and not refused:
        raise sheets.SheetError("no_rows")
    return Roster(rows=tuple(rows), refused=tuple(refused), unread=unread)


class _Row:
    """The cells of one record by field; a short record reads as empty cells."""

    def __init__(self, found: list[str], columns: Mapping[str, int]) -> None:
        self.cells = {field: found[place] for field, place in columns.items() if place < len(found)}

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")

    @property
    def name(self) -> str:
        """The whole name: as one cell, or family and given name in the order of its script."""
        if self["legal_name"]:
            return self["legal_name"]
        family, given = self["family_name"], self["given_name"]
        return f"{family}{given}" if _HAN.search(family + given) else f"{given} {family}".strip()


class _Reading:
    """One row being read: the values found so far, and what is wrong with the others."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.wrong: list[Problem] = []

    def take(self, field: str, read: Callable[[str], Any], cell: str) -> Any:
        """The value of a cell, or None with its problem noted."""
        try:
            return read(cell)
        except cells.CellError as problem:
            self.note(field, problem.code, problem.value)
            return None

    def note(self, field: str, code: str, value: str = "") -> None:
        """Write a problem of this row down."""
        self.wrong.append(Problem(self.number, field, code, value))


def _read_row(number: int, row: _Row, today: date, seen: dict[str, int]) -> RosterRow | RefusedRow:
    reading = _Reading(number)
    take = reading.take
    pupil = take("pupil_number", cells.pupil_number, row["pupil_number"])
    name = take("legal_name", cells.legal_name, row.name)
    gender = take("gender", cells.gender, row["gender"])
    born = take("born", lambda cell: cells.born(cell, today), row["born"])
    place = take("number", cells.school_class, row["number"])
    grade = take("grade", lambda cell: _one_grade(cells.grade(cell), place), row["grade"])
    if pupil is not None and seen.setdefault(pupil, number) != number:
        reading.note("pupil_number", "repeated", str(seen[pupil]))
    known: dict[str, Any] = {"row": number, "pupil_number": pupil or "", "legal_name": name or ""}
    if reading.wrong:
        return RefusedRow(**known, problems=tuple(reading.wrong))
    code = row["school_code"].upper()
    said = {"gender": gender, "born": born, "grade": grade, "number": place[1]}
    return RosterRow(**known, **said, school_code=code)


def _one_grade(said: int, place: tuple[int, int] | None) -> int:
    """The grade of its own column and the one inside the class's name must agree."""
    inside = place[0] if place else 0
    if said and inside and said != inside:
        raise cells.CellError("grade_differs", str(inside))
    if place and not said and not inside:
        raise cells.CellError("missing")
    return said or inside
