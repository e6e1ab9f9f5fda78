"""What the list of a class's works sends: a few fields for each row, named by the row's key."""

from collections.abc import Mapping
from typing import Any, Final

from participation.contests.brought import KEPT, RowFields
from participation.kernel.words import tidy

MOST_ROWS: Final = 40


def read_rows(sent: Any) -> Mapping[str, RowFields]:
    """The rows that were sent, by key: those that the page names, 40 at most."""
    keys = sent.getlist("row")[:MOST_ROWS]
    return {key: _row(sent, key) for key in keys}


def _row(sent: Any, key: str) -> RowFields:
    return RowFields(
        title=_line(sent.get(f"title-{key}", "")),
        words=_line(sent.get(f"words-{key}", "")),
        ai=sent.get(f"ai-{key}", ""),
        own=f"own-{key}" in sent,
        shown=f"shown-{key}" in sent,
    )


def _line(text: str) -> str:
    return " ".join(tidy(text).split())[:KEPT]
