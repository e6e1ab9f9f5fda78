"""A consultation while it is being written: its parts, moving them about, what is still missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from participation.consultations.codec import BANDS
from participation.kernel.clock import city_day, start_of
from participation.kernel.errors import RuleBroken, Sentence
from participation.kernel.i18n import _l
from participation.kernel.tables import Words
from participation.kernel.words import is_common

MOST_QUESTIONS: Final = 10
MOST_OPTIONS: Final = 12
SMALL_QUESTIONS: Final = 3
SMALL_OPTIONS: Final = 6
USUAL_DAYS: Final = 30
"""Days a public consultation takes; fewer need a published reason (决策条例 art. 15)."""
MOST_MINUTES: Final = 20


@dataclass(frozen=True, slots=True)
class PlannedOption:
    """One answer to choose; `key` names it inside the draft, whatever place it moves to."""

    key: str
    label: Words = field(default_factory=Words)
    easy: Words = field(default_factory=Words)
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question; those with an easy wording are also put to 6–9."""

    kind: str = "single"
    wording: Words = field(default_factory=Words)
    easy: Words = field(default_factory=Words)
    most: int = 1
    options: tuple[PlannedOption, ...] = ()

    @property
    def has_options(self) -> bool:
        return self.kind in ("single", "several")


@dataclass(frozen=True, slots=True)
class PlannedTheme:
    """A point that the unit must answer; may stand for the option with this key."""

    title: Words = field(default_factory=Words)
    option: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Everything a secretary writes, complete or not."""

    title: Words = field(default_factory=Words)
    sign: str = ""
    summary: Words = field(default_factory=Words)
    decided: Words = field(default_factory=Words)
    changeable: Words = field(default_factory=Words)
    bands: str = ""
    district_ids: tuple[int, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    short_reason: Words = field(default_factory=Words)
    unit_id: int | None = None
    official_id: int | None = None
    answer_due: date | None = None
    follow_up_on: date | None = None
    minutes: int = 4
    questions: tuple[PlannedQuestion, ...] = ()
    themes: tuple[PlannedTheme, ...] = ()


def _moved(things: Sequence[Any], move: str, place: int) -> tuple[Any, ...]:
    """The things after one was moved up, down or away; a place that is not there moves nothing."""
    left = list(things)
    if not 0 <= place < len(left):
        return tuple(left)
    if move == "remove":
        del left[place]
    else:
        other = place + (-1 if move == "up" else 1)
        if 0 <= other < len(left):
            left[place], left[other] = left[other], left[place]
    return tuple(left)


def moved(outline: Outline, button: str, fresh_key: str) -> Outline:
    """The outline after a button was pressed; an unknown button changes nothing.

    Buttons: `add-question`, `add-theme`, `add-option:2`, and `up-`, `down-`, `remove-` with
    `question:2`, `theme:0` or `option:2.1` (question and option, from 0).
    """
    what, _colon, where = button.partition(":")
    move, _dash, thing = what.partition("-")
    places = [int(part) for part in where.split(".") if part.isdecimal()]
    if what == "add-question":
        pair = (PlannedOption(f"{fresh_key}-1"), PlannedOption(f"{fresh_key}-2"))
        return replace(outline, questions=(*outline.questions, PlannedQuestion(options=pair)))
    if what == "add-theme":
        return replace(outline, themes=(*outline.themes, PlannedTheme()))
    if thing == "option" and places:
        return replace(outline, questions=_with_option(outline, move, places, fresh_key))
    if move in ("up", "down", "remove") and len(places) == 1:
        if thing == "question":
            return replace(outline, questions=_moved(outline.questions, move, places[0]))
        if thing == "theme":
            return replace(outline, themes=_moved(outline.themes, move, places[0]))
    return outline


def _with_option(
    outline: Outline, move: str, places: list[int], fresh_key: str
) -> tuple[PlannedQuestion, ...]:
    questions = list(outline.questions)
    if places[0] >= len(questions):
        return outline.questions
    old = questions[places[0]]
    if move == "add":
        options: tuple[PlannedOption, ...] = (*old.options, PlannedOption(fresh_key))
    elif len(places) == 2 and move in ("up", "down", "remove"):
        options = _moved(old.options, move, places[1])
    else:
        options = old.options
    questions[places[0]] = replace(old, options=options)
    return tuple(questions)


ENDS_FIRST: Final = _l("结束要晚于开始")


def gaps(outline: Outline, now: datetime) -> list[RuleBroken]:
    """One named refusal for each part that is missing or wrong before it can be published.

    R1 summary, bands, dates, decided, changeable; R3 who will read; R5 only what can still change
    is a consultation; R14 the follow-up; R19 thirty days or a reason.
    """
    return [
        *_gaps_of_texts(outline),
        *_gaps_of_audience(outline),
        *_gaps_of_time(outline, now),
        *_gaps_of_follow_up(outline),
        *_gaps_of_questions(outline),
        *_gaps_of_themes(outline),
    ]


def _broken(field_name: str, sentence: Sentence) -> RuleBroken:
    return RuleBroken(sentence, field=field_name)


def _gaps_of_texts(outline: Outline) -> Iterator[RuleBroken]:
    if not outline.title.get("zh"):
        yield _broken("title_zh", _l("写上标题"))
    if not is_common(outline.sign):
        yield _broken("sign", _l("选一个常用字作标志，例如“路”“园”"))
    if not outline.summary.get("zh"):
        yield _broken("summary_zh", _l("写一段孩子看得懂的说明"))
    if not outline.decided.get("zh"):
        yield _broken("decided_zh", _l("写明哪些已经定了；没有就写“都还没有定”"))
    if not outline.changeable.get("zh"):
        yield _broken(
            "changeable_zh",
            _l("什么都不能改，就只能叫“告知”，不能叫征求意见。写明还能改变什么"),
        )


def _gaps_of_audience(outline: Outline) -> Iterator[RuleBroken]:
    if not outline.bands:
        yield _broken("bands", _l("选至少一个年龄段"))
    if outline.unit_id is None:
        yield _broken("unit_id", _l("选由哪个单位回音"))
    if outline.official_id is None:
        yield _broken("official_id", _l("选由谁来读、由谁回音"))
    if not 1 <= outline.minutes <= MOST_MINUTES:
        yield _broken("minutes", _l("写明大约要几分钟（1 到 %(most)s）", most=MOST_MINUTES))


def _gaps_of_time(outline: Outline, now: datetime) -> Iterator[RuleBroken]:
    if outline.opens_at is None:
        yield _broken("opens_at", _l("写上什么时候开始"))
    if outline.closes_at is None:
        yield _broken("closes_at", _l("写上什么时候结束"))
    elif outline.closes_at <= now:
        yield _broken("closes_at", _l("结束的时间已经过了"))
    elif ends_first(outline):
        yield _broken("closes_at", ENDS_FIRST)
    elif _is_short(outline, now) and not outline.short_reason.get("zh"):
        yield _broken(
            "short_reason_zh",
            _l("少于 %(days)s 天，要写明理由，理由会公开", days=USUAL_DAYS),
        )


def ends_first(outline: Outline) -> bool:
    """Is it to close before it opens?"""
    if outline.opens_at is None or outline.closes_at is None:
        return False
    return outline.closes_at <= outline.opens_at


def _is_short(outline: Outline, now: datetime) -> bool:
    """Have children fewer days than usual? Those before today do not count: nobody could answer."""
    if outline.opens_at is None or outline.closes_at is None:
        return False
    begins = max(outline.opens_at, start_of(city_day(now)))
    return outline.closes_at - begins < timedelta(days=USUAL_DAYS)


def _gaps_of_follow_up(outline: Outline) -> Iterator[RuleBroken]:
    if outline.answer_due is None:
        yield _broken("answer_due", _l("写上哪天以前回音"))
    elif outline.closes_at is not None and outline.answer_due <= city_day(outline.closes_at):
        yield _broken("answer_due", _l("回音的日子要晚于结束的日子"))
    if outline.follow_up_on is None:
        yield _broken("follow_up_on", _l("写上哪天回头看做得怎么样"))
    elif outline.answer_due is not None and outline.follow_up_on <= outline.answer_due:
        yield _broken("follow_up_on", _l("回头看的日子要晚于回音的日子"))


def _gaps_of_questions(outline: Outline) -> Iterator[RuleBroken]:
    if all(question.kind == "words" for question in outline.questions):
        yield _broken("questions", _l("至少要有一个点一点就能回答的问题"))
    if len(outline.questions) > MOST_QUESTIONS:
        yield _broken("questions", _l("最多 %(most)s 个问题", most=MOST_QUESTIONS))
    for place, question in enumerate(outline.questions):
        yield from _gaps_of_question(f"questions-{place}", place + 1, question, outline.bands)
    if BANDS[0] in outline.bands:
        small = sum(bool(question.easy) for question in outline.questions)
        if not 1 <= small <= SMALL_QUESTIONS:
            yield _broken(
                "questions",
                _l("给 6–9 岁的问题要有 1 到 %(most)s 个（有简易问法的）", most=SMALL_QUESTIONS),
            )


def _gaps_of_question(
    name: str, number: int, question: PlannedQuestion, bands: str
) -> Iterator[RuleBroken]:
    if not question.wording.get("zh"):
        yield _broken(f"{name}-wording_zh", _l("第 %(n)s 题：写上问题", n=number))
    if not question.has_options:
        return
    count = len(question.options)
    if not 2 <= count <= MOST_OPTIONS:
        yield _broken(
            f"{name}-options",
            _l("第 %(n)s 题：要有 2 到 %(most)s 个选项", n=number, most=MOST_OPTIONS),
        )
    if any(not option.label.get("zh") for option in question.options):
        yield _broken(f"{name}-options", _l("第 %(n)s 题：有选项还没写字", n=number))
    if question.kind == "several" and not 2 <= question.most <= count:
        yield _broken(
            f"{name}-most", _l("第 %(n)s 题：最多选几个，要在 2 和选项个数之间", n=number)
        )
    if BANDS[0] in bands and question.easy and count > SMALL_OPTIONS:
        yield _broken(
            f"{name}-options",
            _l("第 %(n)s 题：给 6–9 岁的最多 %(most)s 个选项", n=number, most=SMALL_OPTIONS),
        )


def _gaps_of_themes(outline: Outline) -> Iterator[RuleBroken]:
    if not outline.themes:
        yield _broken("themes", _l("至少写一条要单位逐条回答的事"))
    for place, theme in enumerate(outline.themes):
        if not theme.title.get("zh"):
            yield _broken(
                f"themes-{place}-title_zh", _l("要回答的第 %(n)s 件事：写上内容", n=place + 1)
            )
