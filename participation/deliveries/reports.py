"""A sealed report as pages show it: its sections with their charts numbered."""

import json
from collections.abc import Iterator
from typing import Any, Final

from participation.kernel.charts.drawing import PAPER_FONTS
from participation.kernel.errors import Missing
from participation.kernel.i18n import current_locale

_TONGUE: Final = {"zh-Hans": "zh", "en": "en"}


def report_of(contents: str) -> dict[str, Any]:
    """The report in the reader's language; each chart block gets its `number`, from 1."""
    report: dict[str, Any] = json.loads(contents)["reports"][_TONGUE[current_locale()]]
    for number, chart in enumerate(_charts(report), 1):
        chart["number"] = number
    return report


def chart_of(contents: str, number: int) -> str:
    """The SVG of one chart of the report; `Missing` where there is none of this number.

    A browser may lack the fonts of the paper, so any sans-serif will do for it.
    """
    for chart in _charts(report_of(contents)):
        if chart["number"] == number:
            return str(chart["svg"]).replace(PAPER_FONTS, f"{PAPER_FONTS}, sans-serif")
    raise Missing


def people_in(contents: str) -> int | None:
    """How many answers the contents rest on; None where they are too few to be told."""
    count: int | None = json.loads(contents)["n"]
    return count


def _charts(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in report["sections"]:
        yield from (block for block in section["blocks"] if block["type"] == "chart")
