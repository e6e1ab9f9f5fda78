"""Telling protected figures in words: labels, counts, shares, findings, and the plain table.

Everything here reads `figures.Published` alone, so that nothing can be told which was hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from participation.accounts.ages import BANDS
from participation.consultations.naming import (
    DIMENSIONS,
    FACES,
    GENDERS,
    OTHER_ANSWERS,
    hidden_words,
)
from participation.consultations.topic import Topic, TopicQuestion
from participation.figures.publish import Line, Published, Question, Reach
from participation.figures.words import ALMOST_ALL, ALMOST_NONE, ROUNDED, Cell
from participation.kernel.i18n import LOCALES, _, ngettext, say_number, speaking
from participation.kernel.tables import Words

Districts = Mapping[int, Words]
"""The names of the districts by id."""

LEADING: Final = 3
ALMOST: Final = {ALMOST_NONE: 2.5, ALMOST_ALL: 97.5}
"""Where a bar ends whose share is only known as almost none or almost all."""
TENTH: Final = 10
"""Per cent: a smaller share is fewer than one in ten."""
MISSING_BELOW: Final = 0.5
"""A group is called little heard when it answered less than half as often as everybody."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that sums up a question, and a second one that explains it."""

    text: str
    more: str


def asked(topic: Topic) -> dict[str, TopicQuestion]:
    """The coded questions by the key that figures use."""
    return {str(one.id): one for one in topic.questions if one.slot is not None}


def answer_label(question: TopicQuestion, answer: str) -> str:
    """What an answer's code says, in the current language."""
    if answer in OTHER_ANSWERS:
        return str(OTHER_ANSWERS[answer])
    if question.kind == "faces":
        return str(FACES[answer])
    return next((str(one.label) for one in question.options if str(one.place) == answer), answer)


def line_label(dimension: str, line: str, districts: Districts) -> str:
    """What a line of a breakdown is about, in the current language."""
    if dimension == "band":
        return str(BANDS[line])
    if dimension == "gender":
        return str(GENDERS[line])
    if dimension == "district":
        return str(districts.get(int(line), line))
    return str(DIMENSIONS["all"])


def count_words(cell: Cell | None) -> str:
    """A count as it may be said: exact, about, or a dash where it is hidden."""
    if cell is None or cell.value is None:
        return "—"
    said = say_number(cell.value)
    return f"≈{said}" if cell.how == ROUNDED else said


def answers_words(cell: Cell) -> str:
    """How many answered, as it stands beside a question or a title."""
    if cell.value is None:
        return _("人数太少")
    return _("%(n)s 份回答", n=count_words(cell))


def share_words(cell: Cell) -> str:
    """A share as it may be said; empty where there is none."""
    if cell.share == ALMOST_NONE:
        return _("不到 5%")
    if cell.share == ALMOST_ALL:
        return _("超过 95%")
    return "" if cell.share is None else f"{cell.share}%"


def share_number(cell: Cell) -> float | None:
    """How far a bar reaches, in per cent; None where nothing is known."""
    if isinstance(cell.share, int):
        return float(cell.share)
    return ALMOST.get(cell.share or "")


def tenths(cell: Cell) -> str:
    """A share for the younger ones: about so many out of ten, never more than there are."""
    share = share_number(cell)
    if share is None:
        return ""
    if share < TENTH:
        return _("10 个人里不到 1 个")
    if cell.share == ALMOST_ALL:
        return _("差不多每个人")
    return _("10 个人里大约 %(people)s 个", people=int(share / TENTH + 0.5))


def leaders(question: Question) -> list[str]:
    """The options that most chose, several on a tie; none where that must not be known."""
    shares = {
        answer: share
        for answer, cell in zip(question.answers, question.overall.cells, strict=True)
        if answer not in OTHER_ANSWERS and (share := share_number(cell)) is not None
    }
    most = max(shares.values(), default=0.0)
    return [answer for answer, share in shares.items() if share == most] if most > 5 else []


def cell_of(question: Question, answer: str) -> Cell:
    """The overall cell of one answer."""
    return question.overall.cells[question.answers.index(answer)]


def finding_of(asked_question: TopicQuestion, question: Question, *, young: bool) -> Finding | None:
    """What most chose, in a sentence; None where the figures do not say it."""
    first = leaders(question)
    if not first:
        return None
    labels = _("、").join(f"“{answer_label(asked_question, answer)}”" for answer in first)
    cell = cell_of(question, first[0])
    share = tenths(cell) if young else share_words(cell)
    if len(first) > 1:
        text = _("%(labels)s一样多，都是%(share)s", labels=labels, share=share)
    elif asked_question.kind == "faces":
        text = _("觉得%(labels)s的最多，%(share)s", labels=labels, share=share)
    else:
        text = _("选%(labels)s的最多，%(share)s", labels=labels, share=share)
    wording = (asked_question.easy or asked_question.wording) if young else asked_question.wording
    return Finding(text, str(wording))


def findings(topic: Topic, figures: Published, *, young: bool = False) -> list[Finding]:
    """At most three sentences that sum up a result."""
    by_key = asked(topic)
    found = [
        finding
        for question in figures.questions
        if (finding := finding_of(by_key[question.key], question, young=young)) is not None
    ]
    return [*found, reach_finding(figures)][:LEADING]


def reach_finding(figures: Published) -> Finding:
    """How many took part."""
    n = figures.reach.n
    if n.value is None:
        few = figures.profile.few
        return Finding(
            ngettext("回答的不到 %(num)d 个孩子", "回答的不到 %(num)d 个孩子", few),
            _("人这么少，写出数字可能认出是谁，所以都不写。"),
        )
    return Finding(_("%(count)s 个孩子说了", count=count_words(n)), _("每一份回答都数进去了。"))


def little_heard(figures: Published, topic: Topic, districts: Districts) -> list[str]:
    """The groups that could have answered and hardly did (R76), by their names."""
    whole = _rate(figures.reach)
    names = []
    for dimension, rows in figures.reach_by.items():
        for row in rows:
            if not concerns(topic, dimension, row.line) or not _could(row):
                continue
            rate = _rate(row)
            few = row.n.value is None and row.n.why == "few"
            if few or (whole and rate is not None and rate < MISSING_BELOW * whole):
                names.append(line_label(dimension, row.line, districts))
    return names


def _could(reach: Reach) -> bool:
    return reach.of is not None and bool(reach.of.value)


def _rate(reach: Reach) -> float | None:
    if reach.of is None or not reach.of.value or reach.n.value is None:
        return None
    return reach.n.value / reach.of.value


def concerns(topic: Topic, dimension: str, line: str) -> bool:
    """Was the matter put to this line at all? Other bands and districts are left out."""
    return dimension != "band" or line in topic.bands


def lines_of(topic: Topic, question: Question, dimension: str) -> list[Line]:
    """The lines of one breakdown to which the matter was put."""
    return [line for line in question.by[dimension] if concerns(topic, dimension, line.line)]


def account(topic: Topic, figures: Published) -> list[str]:
    """What was hidden and why, one sentence for each table and reason."""
    by_key = asked(topic)
    told = []
    for row in figures.suppressed:
        about = _("参加的人数") if row.question is None else f"“{by_key[row.question].wording}”"
        told.append(
            ngettext(
                "%(about)s（%(by)s）：%(num)d 个格子没有写出来。%(why)s。",
                "%(about)s（%(by)s）：%(num)d 个格子没有写出来。%(why)s。",
                row.cells,
                about=about,
                by=str(DIMENSIONS[row.by]),
                why=hidden_words(row.why),
            )
        )
    return told


HEAD: Final = (
    "question_id",
    "question_zh",
    "question_en",
    "by",
    "line",
    "line_zh",
    "line_en",
    "answer",
    "answer_zh",
    "answer_en",
    "count",
    "share_percent",
    "shown_as",
    "hidden_why",
)
"""The head of the plain table; `by` empty means everybody, without a question it is the reach."""

Row = list[str | int]


def table_rows(topic: Topic, figures: Published, districts: Districts) -> list[Row]:
    """Every figure as one row, for CSV: the head first, then reach, then question by question."""
    rows: list[Row] = [list(HEAD)]
    rows += _reach_rows("", "", (figures.reach,), districts)
    for dimension, reaches in figures.reach_by.items():
        kept = [row for row in reaches if concerns(topic, dimension, row.line)]
        rows += _reach_rows(dimension, dimension, kept, districts)
    by_key = asked(topic)
    for question in figures.questions:
        rows += _question_rows(topic, by_key[question.key], question, districts)
    return rows


def _reach_rows(
    name: str, dimension: str, reaches: Sequence[Reach], districts: Districts
) -> Iterator[Row]:
    for reach in reaches:
        place = [name, *_line_cells(dimension, reach.line, districts)]
        yield ["", "", "", *place, "took_part", "参加的", "took part", *_figure(reach.n)]
        if reach.of is not None:
            yield ["", "", "", *place, "could", "可以参加的", "could have", *_figure(reach.of)]


def _question_rows(
    topic: Topic, asked_question: TopicQuestion, question: Question, districts: Districts
) -> Iterator[Row]:
    wording = asked_question.wording
    head: Row = [question.key, wording.in_locale(LOCALES[0]), wording.in_locale(LOCALES[1])]
    tables = {"": [question.overall], **{d: lines_of(topic, question, d) for d in question.by}}
    for dimension, lines in tables.items():
        for line in lines:
            place = [dimension, *_line_cells(dimension, line.line, districts)]
            for answer, cell in zip(question.answers, line.cells, strict=True):
                yield [*head, *place, answer, *_both(asked_question, answer), *_figure(cell)]


def _line_cells(dimension: str, line: str, districts: Districts) -> list[str]:
    labels = []
    for locale in LOCALES:
        with speaking(locale):
            labels.append(line_label(dimension, line, districts))
    return [line, *labels]


def _both(question: TopicQuestion, answer: str) -> list[str]:
    labels = []
    for locale in LOCALES:
        with speaking(locale):
            labels.append(answer_label(question, answer))
    return labels


def _figure(cell: Cell) -> Row:
    share = "" if cell.share is None else cell.share
    return ["" if cell.value is None else cell.value, share, cell.how, cell.why or ""]
