"""The sections of a dossier's report, in the current language, as blocks of report.typ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from participation.consultations.charting import bar_rows, cell_text, order_of
from participation.consultations.naming import (
    DIMENSIONS,
    HEADS,
    band_words,
    breakdown_words,
    hidden_words,
)
from participation.consultations.telling import (
    Districts,
    account,
    answer_label,
    asked,
    cell_of,
    concerns,
    count_words,
    finding_of,
    findings,
    line_label,
    lines_of,
    little_heard,
    share_number,
)
from participation.consultations.topic import Topic, TopicQuestion
from participation.figures.publish import Line, Published, Question, Reach
from participation.figures.words import Cell
from participation.kernel.charts import Bar, bar_chart
from participation.kernel.i18n import _, ngettext, say_date
from participation.moderation.redaction import BAR

Block = dict[str, Any]

ABREAST: Final = 4
"""So many groups stand side by side in a table of A4."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a moderator cleared and the child allowed to be shown; never a nickname.

    `band` is empty where the figures beside it tell nothing of hers: among so few, whoever knows
    a child's age might know her by her words.
    """

    text: str
    band: str
    theme_id: int | None
    minority: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What belongs to a frozen result beside its figures.

    `themes` counts the cleared words under each theme, `options` names the
    (question, answer) that a theme stands for; `unread` are words that no moderator had
    read at the freeze and that are never shown; days are the city's.
    """

    opened_on: date
    closed_on: date
    due_on: date | None
    unread: int
    themes: Mapping[int, int]
    options: Mapping[int, tuple[str, str]]
    quotes: Sequence[Quote]
    districts: Districts
    few: int


def days(facts: Facts) -> str:
    """From the first to the last day."""
    first = say_date(facts.opened_on, year=True)
    return _("%(first)s 至 %(last)s", first=first, last=say_date(facts.closed_on, year=True))


def paragraph(text: str) -> Block:
    """A paragraph."""
    return {"type": "p", "text": text}


def findings_part(topic: Topic, figures: Published) -> Iterator[Block]:
    items = [
        _("%(finding)s。%(more)s", finding=found.text, more=found.more)
        for found in findings(topic, figures)
    ]
    yield {"type": "list", "items": items, "ordered": True}
    yield {
        "type": "stats",
        "items": [
            {"value": count_words(figures.reach.n), "label": _("份回答")},
            {"value": count_words(figures.reach.of), "label": _("个孩子可以回答")},
            _number(
                len(figures.questions), ngettext("道选择题", "道选择题", len(figures.questions))
            ),
            _number(len(topic.themes), ngettext("件事要回答", "件事要回答", len(topic.themes))),
        ],
    }


def _number(value: int, label: str) -> Block:
    return {"value": str(value), "label": label}


def counts_part(topic: Topic, figures: Published, facts: Facts) -> Iterator[Block]:
    by_key = asked(topic)
    if not figures.questions:
        yield paragraph(_("这次没有选择题，只有孩子写的话。"))
    for number, question in enumerate(figures.questions, 1):
        one = by_key[question.key]
        yield {"type": "h", "text": f"{number}. {one.wording}"}
        yield from _chart(one, question)
        for dimension in question.by:
            yield from _breakdown(topic, one, question, dimension, facts.districts)


def _chart(one: TopicQuestion, question: Question) -> Iterator[Block]:
    """The overall figures as bars; where a line is hidden whole, the one sentence why."""
    why = question.overall.hidden_why
    note = _("%(n)s 份回答", n=count_words(question.overall.n))
    if question.most:
        note = _(
            "%(n)s 份回答，每人最多选 %(most)s 个",
            n=count_words(question.overall.n),
            most=question.most,
        )
    if why is not None:
        yield {
            "type": "callout",
            "title": _("不显示"),
            "text": hidden_words(why),
            "tone": "privacy",
        }
        return
    finding = finding_of(one, question, young=False)
    caption = finding.text if finding else str(one.wording)
    bars, full = bars_of(one, question)
    told = _("；").join(f"{bar.label} {bar.text}" for bar in bars)
    yield {
        "type": "chart",
        "svg": bar_chart(bars, title=caption, desc=told, full=full),
        "rows": [asdict(row) for row in bar_rows(one, question)] if full else [],
        "alt": f"{caption}{_('：')}{told}",
        "caption": caption,
        "note": note,
    }


def bars_of(one: TopicQuestion, question: Question) -> tuple[list[Bar], float | None]:
    """A bar for each answer: shares where the line carries any, else counts."""
    cells = dict(zip(question.answers, question.overall.cells, strict=True))
    by_share = any(share_number(cell) is not None for cell in cells.values())
    bars = [
        Bar(
            label=answer_label(one, answer),
            value=_percent(cells[answer]) if by_share else cells[answer].value,
            text=cell_text(cells[answer]),
        )
        for answer in order_of(one, question)
    ]
    return bars, 1.0 if by_share else None


def _percent(cell: Cell) -> float | None:
    share = share_number(cell)
    return None if share is None else share / 100


def _table_cell(cell: Cell) -> str | Block:
    text = cell_text(cell)
    return {"text": text, "hidden": True} if cell.is_hidden and cell.share is None else text


def _breakdown(
    topic: Topic, one: TopicQuestion, question: Question, dimension: str, districts: Districts
) -> Iterator[Block]:
    """One breakdown: an answer a row, a group a column, at most `ABREAST` groups on one sheet."""
    lines = lines_of(topic, question, dimension)
    starts = range(0, len(lines), ABREAST)
    for number, first in enumerate(starts, 1):
        part = lines[first : first + ABREAST]
        caption = breakdown_words(one.wording, dimension)
        heads = [line_label(dimension, line.line, districts) for line in part]
        base: list[str | Block] = [_("份"), *(count_words(line.n) for line in part)]
        yield {
            "type": "table",
            "caption": f"{caption}{_('（')}{number}/{len(starts)}{_('）')}"
            if starts[1:]
            else caption,
            "columns": [
                {"label": _("回答")},
                *({"label": head, "align": "end"} for head in heads),
            ],
            "rows": [base, *_answer_rows(one, question, part)],
        }


def _answer_rows(
    one: TopicQuestion, question: Question, lines: Sequence[Line]
) -> Iterator[list[str | Block]]:
    for place, answer in enumerate(question.answers):
        yield [answer_label(one, answer), *(_table_cell(line.cells[place]) for line in lines)]


def themes_part(topic: Topic, figures: Published, facts: Facts) -> Iterator[Block]:
    rows = [
        [
            f"{number}. {theme.title}",
            _option_share(figures, facts.options.get(theme.id)),
            few_words(facts.themes.get(theme.id, 0), facts.few),
        ]
        for number, theme in enumerate(topic.themes, 1)
    ]
    if not rows:
        yield paragraph(_("这次没有列出要点，请整个回答。"))
        return
    yield paragraph(_("请一点一点回答：采纳、部分采纳、列入计划，还是做不到；为什么；哪一天。"))
    yield {
        "type": "table",
        "caption": _("要回答的每一点"),
        "columns": [
            {"label": _("要点")},
            {"label": _("选了它的孩子"), "align": "end"},
            {"label": _("写到它的话"), "align": "end"},
        ],
        "rows": rows,
    }


def _option_share(figures: Published, place: tuple[str, str] | None) -> str:
    """How many chose the option that a theme stands for; a dash where it stands for none."""
    for question in figures.questions:
        if place is not None and question.key == place[0]:
            return cell_text(cell_of(question, place[1]))
    return "—"


def few_words(count: int, few: int) -> str:
    """A count of texts: below the threshold only that it is below (R70)."""
    if count < few:
        return ngettext("不到 %(num)d 条", "不到 %(num)d 条", few)
    return ngettext("%(num)d 条", "%(num)d 条", count)


def minority_part(facts: Facts) -> Iterator[Block]:
    few = [quote for quote in facts.quotes if quote.minority]
    if few:
        yield paragraph(_("和多数人不一样，但一样重要。请也想一想。"))
        yield {"type": "quotes", "items": [_quote_block({}, quote) for quote in few]}
    else:
        yield paragraph(_("审核时没有标出不一样的看法。上面选的人少的选项，也是少数人的看法。"))


def quotes_part(topic: Topic, facts: Facts) -> Iterator[Block]:
    themes = {theme.id: str(theme.title) for theme in topic.themes}
    many = [quote for quote in facts.quotes if not quote.minority]
    yield paragraph(_("审核过，没有改字，孩子同意给大家看。不写名字和笔名。"))
    if any(BAR in quote.text for quote in many):
        yield paragraph(_("有的话里遮住了几个字：名字、电话这样的。"))
    if many:
        yield {"type": "quotes", "items": [_quote_block(themes, quote) for quote in many]}
    else:
        yield paragraph(_("没有可以给别人看的原话。"))


def _quote_block(themes: Mapping[int, str], quote: Quote) -> Block:
    by = (band_words(quote.band), themes.get(quote.theme_id or 0, ""))
    block: Block = {"text": quote.text, "by": " · ".join(filter(None, by))}
    if quote.minority:
        block["tag"] = _("少数人的看法")
    return block


def reach_part(topic: Topic, figures: Published, facts: Facts) -> Iterator[Block]:
    yield {
        "type": "facts",
        "items": [
            {"label": _("回答了"), "value": count_words(figures.reach.n)},
            {"label": _("可以回答的"), "value": count_words(figures.reach.of)},
            {"label": _("日子"), "value": days(facts)},
            {"label": _("渠道"), "value": _("网上，用学校发的卡")},
        ],
    }
    for dimension, rows in figures.reach_by.items():
        shown = [row for row in rows if concerns(topic, dimension, row.line)]
        yield {
            "type": "table",
            "caption": _("谁回答了：%(by)s", by=str(DIMENSIONS[dimension])),
            "columns": [
                {"label": str(HEADS[dimension])},
                {"label": _("回答了"), "align": "end"},
                {"label": _("可以回答的"), "align": "end"},
            ],
            "rows": [_reach_row(dimension, row, facts.districts) for row in shown],
        }


def _reach_row(dimension: str, row: Reach, districts: Districts) -> list[str | Block]:
    cells = [row.n, row.of]
    return [
        line_label(dimension, row.line, districts),
        *("—" if cell is None else _table_cell(cell) for cell in cells),
    ]


def missing_part(topic: Topic, figures: Published, facts: Facts) -> Iterator[Block]:
    names = little_heard(figures, topic, facts.districts)
    if names:
        yield paragraph(_("这些孩子可以回答，但回答的比别人少一半还多，或者不到几个人："))
        yield {"type": "list", "items": names}
    else:
        yield paragraph(_("每一组孩子都说到了话，没有哪一组比别人少一半还多。"))
    yield paragraph(_("没有学校发的卡的孩子、没有家里大人同意的孩子，这次说不到话。"))


def hidden_part(topic: Topic, figures: Published, facts: Facts) -> Iterator[Block]:
    told = account(topic, figures)
    yield paragraph(
        ngettext(
            "少于 %(num)d 个人的格子，和能推算出它们的格子，都不写出来，免得认出是谁。",
            "少于 %(num)d 个人的格子，和能推算出它们的格子，都不写出来，免得认出是谁。",
            figures.profile.few,
        )
    )
    if told:
        yield {"type": "list", "items": told}
    if facts.unread:
        yield paragraph(
            ngettext(
                "还有 %(num)d 句话到汇总时没有人审核完，没有放进来，以后也不会显示。",
                "还有 %(num)d 句话到汇总时没有人审核完，没有放进来，以后也不会显示。",
                facts.unread,
            )
        )
