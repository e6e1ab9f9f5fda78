"""A file of separated values as people send it → its text → its records, whatever wrote it.

Known: UTF-8 with and without a byte order mark, UTF-16 ("Unicode text" of Excel), GB18030 (which
holds GBK and GB2312); comma, semicolon, tab and full-width comma; quoted newlines; `sep=;` lines.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

SEPARATORS: Final = ",;\t，"
HEADER_WITHIN: Final = 10
"""A title and blank rows may stand above the header."""
MOST_COLUMNS: Final = 200
MOST_LINES: Final = 20_000
"""Lines with the blank ones; `MOST_ROWS` counts the pupils."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_SEPARATOR_LINE = re.compile(r"\A\"?sep=(.)\"?\r?\n")
_EXCEL_TEXT = re.compile(r'\A="(.*)"\Z', re.DOTALL)
_BLANKS = re.compile(r"[\s\u3000]+")


class SheetError(ValueError):
    """The file can't be read as a sheet; `code` and `value` say why, as in `problems`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = value


def text_of(data: bytes) -> str:
    """The text of a file. Raises `SheetError` not_text or unreadable."""
    if data.startswith(_BINARY):
        raise SheetError("not_text")
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("unreadable")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\x00" in data[:4096]:
        odd, even = data[1:4096:2].count(0), data[0:4096:2].count(0)
        return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return ("utf-8", "gb18030")


def records_of(text: str, is_header: Callable[[list[str]], int]) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every record that is not blank, counted as a sheet counts its rows.

    The separator is the one under which `is_header` (how many columns it knows in a record) knows
    most. Raises `SheetError` quotes where a quotation mark is never closed, too_wide where a row
    has more cells than a roster can have.
    """
    named = _SEPARATOR_LINE.match(text)
    if named:
        return _split(text[named.end() :], named.group(1), first=2)
    return _split(text, max(SEPARATORS, key=lambda mark: _known(text, mark, is_header)), first=1)


def _known(text: str, separator: str, is_header: Callable[[list[str]], int]) -> int:
    try:
        found = _split(text, separator, first=1, most=HEADER_WITHIN)
        return max((is_header(cells) for _number, cells in found), default=0)
    except SheetError:
        return 0


def _split(
    text: str, separator: str, *, first: int, most: int = 0
) -> Iterator[tuple[int, list[str]]]:
    """The records that are not blank; of the first `most` lines where that is given."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = first - 1
    try:
        for cells in islice(reader, most or MOST_LINES + 1):
            number += 1
            _check_size(number, len(cells))
            found = [cell_of(cell) for cell in cells] if any(cells) else []
            if any(found):
                yield number, found
    except csv.Error as problem:
        raise SheetError("quotes", str(number + 1)) from problem


def _check_size(number: int, columns: int) -> None:
    """A small file can hold very many blank lines or cells: reading ends where no roster goes."""
    if columns > MOST_COLUMNS:
        raise SheetError("too_wide", str(MOST_COLUMNS))
    if number > MOST_LINES:
        raise SheetError("too_many", str(MOST_LINES))


def cell_of(raw: str) -> str:
    """One cell: blanks folded to one, and the `="00123"` by which Excel keeps a text undone."""
    plain = raw.replace("\x00", "").strip()
    kept = _EXCEL_TEXT.match(plain)
    return _BLANKS.sub(" ", kept.group(1) if kept else plain).strip(" \ufeff")
