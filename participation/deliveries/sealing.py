"""Sealing: contents become canonical JSON with a fingerprint, and a table becomes a safe CSV."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def canonical(contents: Mapping[str, Any]) -> str:
    """The one way to write these contents: sorted keys, no blanks, UTF-8 characters as they are.

    Raises `ValueError` for a number that JSON lacks (NaN) and `TypeError` for anything that is
    not JSON, so that the same contents can never have two fingerprints.
    """
    return json.dumps(
        contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest_of(content: str | bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def csv_bytes(rows: Sequence[Sequence[object]]) -> bytes:
    """A CSV that Excel opens as text: UTF-8 with BOM, CRLF, no cell that could be a formula.

    A text that begins with = + - @ or a tab gets an apostrophe before it (OWASP, CSV injection).
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _safe(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
