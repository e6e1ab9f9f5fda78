"""Protected figures as the rows of charts and tables on pages and papers."""

from dataclasses import dataclass

from participation.consultations.naming import (
    DIMENSIONS,
    HEADS,
    OTHER_ANSWERS,
    breakdown_words,
    hidden_words,
)
from participation.consultations.telling import (
    Districts,
    Finding,
    answer_label,
    answers_words,
    asked,
    concerns,
    count_words,
    finding_of,
    leaders,
    line_label,
    lines_of,
    share_number,
    share_words,
    tenths,
)
from participation.consultations.topic import Topic, TopicQuestion
from participation.figures.publish import Published, Question
from participation.figures.words import Cell
from participation.kernel.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One row of `components/tchart.html`; `share` is None where nothing may be shown."""

    label: str
    share: float | None
    value: str
    small: str
    icon: str
    top: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One breakdown as a table: the head, and rows that begin with the line and its n."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One question as it is shown; `why` is the sentence when all of it is hidden."""

    number: int
    title: str
    note: str
    why: str
    rows: tuple[BarRow, ...]
    grids: tuple[Grid, ...]


def order_of(one: TopicQuestion, question: Question) -> list[str]:
    """The answers as they are drawn: faces in their order, options from the most chosen.

    "I don't know" and skipped stand last.
    """
    cells = dict(zip(question.answers, question.overall.cells, strict=True))
    options = [answer for answer in question.answers if answer not in OTHER_ANSWERS]
    if one.kind != "faces":
        options.sort(key=lambda answer: -_size(cells[answer]))
    return [*options, *(answer for answer in question.answers if answer in OTHER_ANSWERS)]


def _size(cell: Cell) -> float:
    share = share_number(cell)
    return share if share is not None else float(cell.value or 0)


def cell_text(cell: Cell) -> str:
    """A cell of a table: count and share, or that it is not shown."""
    share = share_words(cell)
    if cell.value is None:
        return share or _("不显示")
    return (
        _("%(count)s（%(share)s）", count=count_words(cell), share=share)
        if share
        else count_words(cell)
    )


def charts(topic: Topic, figures: Published, districts: Districts, *, young: bool) -> list[Chart]:
    """Every coded question of a result, in the order in which it was asked."""
    by_key = asked(topic)
    return [
        _chart(topic, by_key[question.key], question, districts, number, young=young)
        for number, question in enumerate(figures.questions, 1)
    ]


def _chart(
    topic: Topic,
    one: TopicQuestion,
    question: Question,
    districts: Districts,
    number: int,
    *,
    young: bool,
) -> Chart:
    finding = finding_of(one, question, young=young) or Finding(str(one.wording), "")
    why = question.overall.hidden_why
    return Chart(
        number=number,
        title=finding.text,
        note=base_note(number, one, question),
        why="" if why is None else hidden_words(why),
        rows=() if why is not None else tuple(bar_rows(one, question, young=young)),
        grids=tuple(_grid(topic, one, question, by, districts) for by in question.by),
    )


def base_note(number: int, one: TopicQuestion, question: Question) -> str:
    """The question and its base: what stands under a chart's title."""
    answers, wording = answers_words(question.overall.n), str(one.wording)
    if question.most:
        return _(
            "问题 %(number)s：%(wording)s · %(answers)s · 每人最多选 %(most)s 个",
            number=number,
            wording=wording,
            answers=answers,
            most=question.most,
        )
    return _(
        "问题 %(number)s：%(wording)s · %(answers)s",
        number=number,
        wording=wording,
        answers=answers,
    )


def bar_rows(one: TopicQuestion, question: Question, *, young: bool = False) -> list[BarRow]:
    """The bars of a question, where its line shows shares."""
    cells = dict(zip(question.answers, question.overall.cells, strict=True))
    icons = {str(option.place): option.icon for option in one.options}
    first = leaders(question)
    return [
        BarRow(
            label=answer_label(one, answer),
            share=share_number(cells[answer]),
            value=share_words(cells[answer]),
            small=tenths(cells[answer]) if young else _people(cells[answer]),
            icon=_icon(one, answer, icons),
            top=answer in first,
        )
        for answer in order_of(one, question)
    ]


def _icon(one: TopicQuestion, answer: str, icons: dict[str, str]) -> str:
    if answer in OTHER_ANSWERS:
        return ""
    return f"face-{answer}" if one.kind == "faces" else icons.get(answer, "")


def _people(cell: Cell) -> str:
    return "" if cell.value is None else _("%(count)s 人", count=count_words(cell))


def _grid(
    topic: Topic, one: TopicQuestion, question: Question, dimension: str, districts: Districts
) -> Grid:
    heads = (answer_label(one, answer) for answer in question.answers)
    rows = (
        (
            line_label(dimension, line.line, districts),
            count_words(line.n),
            *(cell_text(cell) for cell in line.cells),
        )
        for line in lines_of(topic, question, dimension)
    )
    return Grid(
        caption=breakdown_words(one.wording, dimension),
        head=(str(HEADS[dimension]), _("份"), *heads),
        rows=tuple(rows),
    )


def reach_grids(topic: Topic, figures: Published, districts: Districts) -> list[Grid]:
    """Who answered and who could have, one table for each breakdown."""
    return [
        Grid(
            caption=_("谁回答了：%(by)s", by=str(DIMENSIONS[dimension])),
            head=(str(HEADS[dimension]), _("回答了"), _("可以回答的")),
            rows=tuple(
                (
                    line_label(dimension, row.line, districts),
                    count_words(row.n),
                    count_words(row.of),
                )
                for row in rows
                if concerns(topic, dimension, row.line)
            ),
        )
        for dimension, rows in figures.reach_by.items()
    ]


def chosen_words(cell: Cell, *, young: bool) -> str:
    """How many chose an option, as it stands under a child's voice; empty where hidden."""
    share = tenths(cell) if young else share_words(cell)
    return _("%(share)s选了它", share=share) if share else ""


def heard_rows(figures: Published | None) -> list[BarRow]:
    """Who felt heard, in the last published batch; nothing before it or where it is hidden."""
    if figures is None or figures.questions[0].overall.hidden_why is not None:
        return []
    cells = figures.questions[0].overall.cells
    labels = (_("听到了"), _("听到一部分"), _("没有听到"))
    return [
        BarRow(
            label=label,
            share=share_number(cell),
            value=share_words(cell),
            small=_people(cell),
            icon="",
            top=False,
        )
        for label, cell in zip(labels, cells, strict=True)
    ]
