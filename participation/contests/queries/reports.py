"""What a closed round came to, for the secretary: scores side by side, jurors by their alias.

Works below the cut are listed by their code, not by their score: nobody reads a place from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from participation.contests.models import Criterion, Entry, Round, Score
from participation.contests.queries.panels import MOST_JURORS
from participation.contests.telling import agreement_words, alias_mark
from participation.kernel.database import session
from participation.kernel.i18n import _
from participation.kernel.tables import Words

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A work and both its scores."""

    code: str
    band: str
    judged: int
    raw: float | None
    adjusted: float | None
    goes_on: bool
    by_lot: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report; `going` are those that went on, by band and code; `rest` a page of the others."""

    report: Mapping[str, Any]
    criteria: Mapping[str, Words]
    jurors: Sequence[Mapping[str, Any]]
    agreement: Sequence[tuple[str, float | None, str]]
    going: Sequence[ScoreLine]
    rest: Sequence[ScoreLine]
    after: str


def report_page(row: Round, *, after: str = "") -> ReportPage:
    """The report of a closed round with a page of its works."""
    report = row.report or {}
    criteria = _criteria(row)
    rest = _lines(row, goes_on=False, after=after, most=PAGE + 1)
    return ReportPage(
        report,
        criteria,
        _jurors(report),
        list(_agreement(report, criteria)),
        _lines(row, goes_on=True, most=5 * PAGE),
        rest[:PAGE],
        rest[PAGE - 1].code if len(rest) > PAGE else "",
    )


def _criteria(row: Round) -> dict[str, Words]:
    found = select(Criterion.id, Criterion.title).where(Criterion.call_id == row.call_id)
    return {str(one): title for one, title in session().execute(found.order_by(Criterion.place))}


def _jurors(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    lines = report.get("jurors", [])
    most = max((one["number"] for one in lines), default=0)
    return [{**one, "mark": alias_mark(one["number"], most)} for one in lines[:MOST_JURORS]]


def _agreement(
    report: Mapping[str, Any], criteria: Mapping[str, Words]
) -> Iterator[tuple[str, float | None, str]]:
    for name, alpha in report.get("agreement", {}).items():
        title = str(criteria[name]) if name in criteria else _("全部")
        yield title, alpha, agreement_words(alpha)


def _lines(row: Round, *, goes_on: bool, most: int, after: str = "") -> list[ScoreLine]:
    """Works by their code, which is drawn and says nothing."""
    wanted = (
        select(
            Entry.code,
            Entry.band,
            Score.judged,
            Score.raw,
            Score.adjusted,
            Score.goes_on,
            Score.by_lot,
        )
        .join(Entry, Entry.id == Score.entry_id)
        .where(Score.round_id == row.id, Score.goes_on.is_(goes_on))
        .order_by(Entry.code)
        .limit(most)
    )
    if after:
        wanted = wanted.where(Entry.code > after)
    return [ScoreLine(*one) for one in session().execute(wanted)]


def report_rows(row: Round) -> list[list[Any]]:
    """The report as the lines of a table: method, jurors by alias, works by code."""
    report = row.report or {}
    head: list[list[Any]] = [
        [_("轮次"), row.panel, row.stage, row.way],
        [_("每件作品要几份评分"), report.get("quorum"), "", ""],
        [_("方法"), report.get("method"), "", ""],
        [_("种子"), row.seed.hex(), "", ""],
    ]
    alphas: list[list[Any]] = [
        [_("一致程度"), title, _told(alpha), words]
        for title, alpha, words in _agreement(report, _criteria(row))
    ]
    jurors: list[list[Any]] = [
        [_("评委"), _("评了几件"), _("平均"), _("比别人严多少"), _("没有她会进"), _("没有她会出")]
    ]
    jurors += [
        [
            one["mark"],
            one["judgements"],
            _told(one["mean"]),
            _told(one["severity"]),
            one["entering"],
            one["leaving"],
        ]
        for one in _jurors(report)
    ]
    works: list[list[Any]] = [
        [_("编号"), _("年龄段"), _("几份评分"), _("原来的分"), _("调整后的分"), _("进下一步")]
    ]
    works += [
        [one.code, one.band, one.judged, _told(one.raw), _told(one.adjusted), int(one.goes_on)]
        for one in _lines(row, goes_on=True, most=5000)
    ]
    return [*head, *alphas, *jurors, *works]


def _told(value: float | None) -> float | str:
    """A number that a spreadsheet reckons with."""
    return "" if value is None else round(value, 3)
