"""What a reply still lacks: one named sentence for each missing or wrong part, no empty closing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from participation.deliveries.days import parse_day
from participation.kernel.errors import RuleBroken, Sentence
from participation.kernel.i18n import _l

OUTCOMES: Final = ("adopted", "partly", "not", "scheduled")
WITH_A_DAY: Final = ("adopted", "partly", "scheduled")
MOST: Final = 2000
"""Characters of one text of a reply."""
MOST_YEARS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerText:
    """What was typed for one point; `next_on` is the day as typed."""

    point_id: int
    outcome: str = ""
    reason: str = ""
    next_step: str = ""
    next_on: str = ""
    children_zh: str = ""
    children_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyText:
    """What was typed for a whole reply."""

    greeting_zh: str = ""
    greeting_en: str = ""
    answers: Sequence[AnswerText] = ()


def lacks(
    reply: ReplyText, places: dict[int, int], *, sealed_on: date, given_on: date
) -> list[RuleBroken]:
    """Every part that is missing or wrong, in the order of the page (R4).

    A promise is for `given_on`, the day of the (first) reply, or later. `places` maps the id of
    each point that must be answered to its number on the page. Fields are named
    `p<point id>-<part>`, those of the greeting as they are.
    """
    given = {answer.point_id: answer for answer in reply.answers}
    broken = [
        found
        for point_id, place in places.items()
        for found in _of_point(
            given.get(point_id, AnswerText(point_id=point_id)), place, (sealed_on, given_on)
        )
    ]
    for name in ("greeting_zh", "greeting_en"):
        if len(getattr(reply, name)) > MOST:
            broken.append(RuleBroken(_l("太长了，最多 %(most)s 个字", most=MOST), field=name))
    return broken


def _of_point(answer: AnswerText, place: int, days: tuple[date, date]) -> Iterator[RuleBroken]:
    yield from _empty_parts(answer, place)
    if answer.outcome in WITH_A_DAY:
        yield from _of_day(answer, place, *days)
    for part in ("reason", "next_step", "children_zh", "children_en"):
        if len(getattr(answer, part)) > MOST:
            yield _broken(answer, part, _l("太长了，最多 %(most)s 个字", most=MOST))


def _empty_parts(answer: AnswerText, place: int) -> Iterator[RuleBroken]:
    if answer.outcome not in OUTCOMES:
        yield _broken(answer, "outcome", _l("第 %(place)s 条：选一个决定", place=place))
    if not answer.reason:
        yield _broken(answer, "reason", _l("第 %(place)s 条：写上理由", place=place))
    if not answer.next_step:
        words = (
            _l("第 %(place)s 条：这次做不到，就写上换个什么办法", place=place)
            if answer.outcome == "not"
            else _l("第 %(place)s 条：写上下一步做什么", place=place)
        )
        yield _broken(answer, "next_step", words)
    if not answer.children_zh:
        yield _broken(answer, "children_zh", _l("第 %(place)s 条：写上给孩子看的话", place=place))


def _of_day(
    answer: AnswerText, place: int, sealed_on: date, given_on: date
) -> Iterator[RuleBroken]:
    if not answer.next_on:
        yield _broken(answer, "next_on", _l("第 %(place)s 条：写上做到的日子", place=place))
        return
    day = parse_day(answer.next_on, since=sealed_on)
    if day is None:
        yield _broken(
            answer, "next_on", _l("第 %(place)s 条：日子写成这样：2026-09-30", place=place)
        )
    elif day < given_on:
        words = _l("第 %(place)s 条：这一天已经过去了。已经做到的，写今天", place=place)
        yield _broken(answer, "next_on", words)
    elif day.year > sealed_on.year + MOST_YEARS:
        yield _broken(answer, "next_on", _l("第 %(place)s 条：看一看日子对不对", place=place))


def _broken(answer: AnswerText, part: str, sentence: Sentence) -> RuleBroken:
    return RuleBroken(sentence, field=f"p{answer.point_id}-{part}")
