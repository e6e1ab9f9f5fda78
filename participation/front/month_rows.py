"""The public months of moderation as a plain table, for CSV, and the words of its lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from participation.figures.words import Cell
from participation.front.months import PublicMonth
from participation.kernel.i18n import LOCALES, LazyWords, _l, speaking
from participation.kernel.tables import Words
from participation.moderation.reasons import BY_CODE, CLASSES

Row = list[str | int | float]

HEAD: Final = (
    "month",
    "figure",
    "line",
    "line_zh",
    "line_en",
    "count",
    "share_percent",
    "shown_as",
    "hidden_why",
)

LABELS: Final[Mapping[str, LazyWords | Words]] = {
    "read": _l("看过的话"),
    "withdrawn": _l("没看就收回或改过的"),
    "approved": _l("通过"),
    "returned": _l("请孩子改一改"),
    "refused": _l("不发布"),
    "escalated": _l("上报保护老师"),
    "in_time": _l("按时看的"),
    "late": _l("晚了的"),
    "appealed": _l("请另一位老师再看的"),
    "granted": _l("改成通过的"),
    "upheld": _l("维持原来决定的"),
    "reported": _l("有人举报、又看了一次的"),
    "taken_down": _l("收起来的"),
    "kept": _l("留着的"),
    "judged": _l("练习用的话，一年里看过的"),
    "same": _l("和参考的决定一样的"),
    "other": _l("和参考的决定不一样的"),
    "kappa": _l("审核员之间像不像（κ）"),
    **{code: reason.label for code, reason in BY_CODE.items()},
}
"""What each line is called; classes of law have their own (`reasons.CLASSES`)."""


def rows_of(months: Sequence[PublicMonth]) -> list[Row]:
    """Every figure of these months as one row, the head first."""
    return [list(HEAD), *(row for month in months for row in _rows(month))]


def _rows(month: PublicMonth) -> Iterator[Row]:
    yield from _table(month, "texts", {"read": month.read, "withdrawn": month.withdrawn})
    yield from _table(month, "verdicts", month.verdicts)
    yield from _table(month, "times", month.times)
    yield from _table(month, "reasons", month.reasons)
    yield from _table(month, "classes", month.classes, CLASSES)
    yield from _table(month, "appeals", {"appealed": month.appealed, **month.appeals})
    yield from _table(month, "reports", {"reported": month.reported, **month.reports})
    yield from _table(month, "known_texts", {"judged": month.judged, **month.gold})
    if month.kappa is not None:
        yield [month.name, "known_texts", "kappa", *_both(LABELS["kappa"]), month.kappa, "", "", ""]


def _table(
    month: PublicMonth,
    name: str,
    cells: Mapping[str, Cell],
    labels: Mapping[str, LazyWords | Words] = LABELS,
) -> Iterator[Row]:
    for code, cell in cells.items():
        yield [month.name, name, code, *_both(labels[code]), *_figure(cell)]


def _figure(cell: Cell) -> Row:
    share = "" if cell.share is None else cell.share
    return ["" if cell.value is None else cell.value, share, cell.how, cell.why or ""]


def _both(label: LazyWords | Words) -> list[str]:
    said = []
    for locale in LOCALES:
        with speaking(locale):
            said.append(str(label))
    return said
