"""One cell of a roster → one value: numbers, names, months, grades, classes as people write them.

Each reader takes the cell's text and gives the value, or raises `CellError` with a code of
`problems`.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from participation.kernel.words import folded, tidy

MOST_NAME: Final = 60
MOST_NUMBER: Final = 40
YOUNGEST: Final = 4
OLDEST: Final = 20
"""Ages in years outside of which a month of birth is a slip of the pen."""

_FORMULA: Final = "=+@"
"""With these a spreadsheet begins to reckon; no name begins so."""

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z._-]*", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.ASCII)
_RESIDENT = re.compile(r"[GL]?(\d{17}[\dX])", re.ASCII)
_HAN_SIGN = r"[\u2e80-\u9fff\U00020000-\U0003ffff]"
_HAN_GAP = re.compile(rf"(?<={_HAN_SIGN}) (?={_HAN_SIGN})")
_GENDERS: Final = {
    "m": ("男", "男生", "男性", "m", "male", "boy", "1"),
    "f": ("女", "女生", "女性", "f", "female", "girl", "2"),
    "x": ("未知", "未说明", "其他", "不便说", "x", "other", "unknown", "0", "9"),
}
_GENDER_OF: Final = {word: code for code, words in _GENDERS.items() for word in words}
_HAN: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_NUMERAL = r"[0-9零〇一二三四五六七八九十]"
_DATE_GAP = re.compile(r" ?([-/.年月日]) ?")
_YMD = re.compile(
    rf"((?:19|20)\d\d|[一二]{_NUMERAL}{{3}})[-/.年]({_NUMERAL}{{1,3}})"
    rf"(?:[-/.月]({_NUMERAL}{{1,3}})日?|月)?"
    r"(?:[ t]?\d\d?:\d\d(?::\d\d)?(?:\.0+)?)?"
)
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?")
_SERIAL = re.compile(r"([2-5]\d{4})(?:\.0+)?")
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_NAMED_MONTH = re.compile(r"([a-z]{3})[a-z]*[-/ ]((?:20)?\d\d)")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_STAGES: Final = {"": (0, 12), "小": (0, 6), "初": (6, 3), "高": (9, 3)}
"""Years of school before a stage begins, and how many it has."""
_GRADE = (
    rf"(?:(?:([小初高])[学中]?)?({_NUMERAL}{{1,3}})(?:年级|年)?|(?:grade|g)\.?({_NUMERAL}{{1,3}}))"
)
_GRADE_ALONE = re.compile(_GRADE)
_CLASS_ALONE = re.compile(rf"(?:class)?\(?({_NUMERAL}{{1,3}})\)?班?")
_BREAK = r"(?:(?<=[级年])|(?=\()|(?=class)|(?<=[一二三四五六七八九])(?=\d))"
_GRADE_AND_CLASS = re.compile(rf"{_GRADE}{_BREAK}(?:class)?\(?({_NUMERAL}{{1,3}})\)?班?")
_PACKED_CLASS = re.compile(r"(\d{1,2})(\d\d)班?", re.ASCII)
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"


class CellError(ValueError):
    """A cell can't be read; `code` and `value` as in `problems`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value


def _plain(cell: str) -> str:
    return folded(cell).replace(" ", "")


def pupil_number(cell: str) -> str:
    """A pupil number in capitals, 1–40 characters; a resident's ID number is refused (R48)."""
    plain = folded(cell).upper().replace(" ", "").lstrip("'")
    if not plain:
        raise CellError("missing")
    if _SCIENTIFIC.fullmatch(plain):
        raise CellError("lost_digits", cell)
    if len(plain) > MOST_NUMBER:
        raise CellError("too_long", str(MOST_NUMBER))
    if not _NUMBER.fullmatch(plain):
        raise CellError("bad_number", cell)
    if is_resident_id(plain):
        raise CellError("resident_id")
    return plain


def is_resident_id(plain: str) -> bool:
    """An ID number of GB 11643 by form and check digit, also behind the G or L of a 学籍号."""
    found = _RESIDENT.fullmatch(plain)
    if not found:
        return False
    digits = found.group(1)
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == digits[17]


def legal_name(cell: str) -> str:
    """A name of 1–60 characters as written; blanks that only align Chinese names go."""
    plain = _HAN_GAP.sub("", tidy(cell))
    if not plain:
        raise CellError("missing")
    if folded(plain)[0] in _FORMULA:
        raise CellError("formula", plain[:20])
    if len(plain) > MOST_NAME:
        raise CellError("too_long", str(MOST_NAME))
    return plain


def gender(cell: str) -> str:
    """f, m or x; empty where the cell is. Digits as in GB/T 2261.1."""
    plain = _plain(cell)
    if plain and plain not in _GENDER_OF:
        raise CellError("bad_gender", cell)
    return _GENDER_OF.get(plain, "")


def born(cell: str, today: date) -> date:
    """The first day of the month of birth; the day is dropped here and never kept (R48)."""
    plain = _DATE_GAP.sub(r"\1", tidy(folded(cell)))
    if not plain:
        raise CellError("missing")
    month = next(filter(None, (read(plain) for read in _MONTH_READERS)), None)
    if month is None:
        raise CellError("bad_date", cell)
    if not YOUNGEST <= today.year - month.year - (today.month < month.month) <= OLDEST:
        raise CellError("bad_age", f"{month:%Y-%m}")
    return month


def _first_of(year: int, month: int, day: int = 1) -> date | None:
    try:
        return date(year, month, day).replace(day=1)
    except ValueError:
        return None


def _written(plain: str) -> date | None:
    found = _YMD.fullmatch(plain)
    if not found:
        return None
    year = int("".join(str(_HAN.get(sign, sign)) for sign in found.group(1)))
    return _first_of(year, numeral(found.group(2)), numeral(found.group(3) or "1"))


def _packed(plain: str) -> date | None:
    found = _PACKED.fullmatch(plain)
    return _first_of(*(int(part) for part in found.groups("1"))) if found else None


def _serial(plain: str) -> date | None:
    found = _SERIAL.fullmatch(plain)
    return (_EXCEL_ZERO + timedelta(days=int(found.group(1)))).replace(day=1) if found else None


def _named(plain: str) -> date | None:
    found = _NAMED_MONTH.fullmatch(plain)
    place, rest = divmod(_MONTHS.find(found.group(1)), 3) if found else (-1, 0)
    return _first_of(2000 + int(found.group(2)) % 2000, place + 1) if found and not rest else None


_MONTH_READERS: Final[tuple[Callable[[str], date | None], ...]] = (
    _written,
    _packed,
    _serial,
    _named,
)


def numeral(text: str) -> int:
    """A number below 100 in digits or Chinese numerals (十二); -1 where it is none."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.get(text, -1)
    high, low = _HAN.get(tens, -1) if tens else 1, _HAN.get(ones, -1) if ones else 0
    return -1 if min(high, low) < 0 else high * 10 + low


def _grade_of(stage: str | None, count: str | None, english: str | None) -> int:
    before, most = _STAGES[stage or ""]
    year = numeral(count or english or "")
    return before + year if 1 <= year <= most else -1


def grade(cell: str) -> int:
    """A grade 1–12: 3, 三年级, 小三, 初一 (7), 高二 (11), Grade 3; 0 where the cell is empty."""
    plain = _plain(cell)
    if not plain:
        return 0
    found = _GRADE_ALONE.fullmatch(plain)
    count = _grade_of(*found.groups()) if found else -1
    if count < 0:
        raise CellError("bad_grade", cell)
    return count


def school_class(cell: str) -> tuple[int, int]:
    """Grade (0 where it is not said) and number of a class: 2, 2班, (2)班, 三年级2班, 302班."""
    plain = _plain(cell).replace("〔", "(").replace("〕", ")").replace("[", "(").replace("]", ")")
    if not plain:
        raise CellError("missing")
    count, number = _read_class(plain)
    if not (0 <= count <= 12 and 1 <= number <= 99):
        raise CellError("bad_class", cell)
    return count, number


def _read_class(plain: str) -> tuple[int, int]:
    packed = _PACKED_CLASS.fullmatch(plain)
    if packed:
        return int(packed.group(1)), int(packed.group(2))
    both = _GRADE_AND_CLASS.fullmatch(plain)
    if both:
        stage, count, english, number = both.groups()
        return _grade_of(stage, count, english), numeral(number)
    alone = _CLASS_ALONE.fullmatch(plain)
    return (0, numeral(alone.group(1))) if alone else (-1, -1)
