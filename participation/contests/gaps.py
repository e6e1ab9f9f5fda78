"""What a call still lacks before it can be put to children: one named sentence for each part."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from participation.contests.outline import CallOutline
from participation.contests.promises import rights_for_ever, school_or_money
from participation.kernel.calendar import working_days_between
from participation.kernel.clock import city_day
from participation.kernel.errors import RuleBroken, Sentence
from participation.kernel.i18n import _l
from participation.kernel.words import is_common

FEWEST_CRITERIA: Final = 3
MOST_CRITERIA: Final = 5
MOST_THEMES: Final = 12
MOST_USES: Final = 6
MOST_YEARS: Final = 10
NOTICE_WORKING_DAYS: Final = 5
"""Working days of public notice at least (by analogy with the pupil aid notice, R69)."""
LONGEST_SHOWN: Final = timedelta(days=90)
"""The list of who was chosen comes down at the latest so long after the notice (R69)."""
PICTURED: Final = ("logo", "drawing")
ENDS_FIRST: Final = _l("结束要晚于开始")
CHOICE_ENDS_FIRST: Final = _l("投票结束要晚于投票开始")


def gaps(outline: CallOutline, now: datetime) -> list[RuleBroken]:
    """One named refusal for each part that is missing or wrong before it can be published.

    R64 prizes, R65 nothing is chosen where works are only shown, R66 rights for a use, a place and
    some years, R3 who decides and by when, R69 the notice comes down.
    """
    return [
        *_gaps_of_texts(outline),
        *_gaps_of_audience(outline),
        *_gaps_of_works(outline),
        *_gaps_of_rights(outline),
        *_gaps_of_prizes(outline),
        *_gaps_of_criteria(outline),
        *_gaps_of_time(outline, now),
        *_gaps_of_choice(outline),
        *_gaps_of_notice(outline),
        *_gaps_of_answer(outline),
    ]


def date_gaps(outline: CallOutline) -> list[RuleBroken]:
    """What no draft may say about its dates, however unfinished it is: the table refuses it too."""
    broken = []
    if _ends_first(outline.opens_at, outline.closes_at):
        broken.append(_broken("closes_at", ENDS_FIRST))
    if _ends_first(outline.choice_opens_at, outline.choice_closes_at):
        broken.append(_broken("choice_closes_at", CHOICE_ENDS_FIRST))
    return broken


def _ends_first(opens: datetime | None, closes: datetime | None) -> bool:
    return opens is not None and closes is not None and closes <= opens


def _broken(field_name: str, sentence: Sentence) -> RuleBroken:
    return RuleBroken(sentence, field=field_name)


def _gaps_of_texts(outline: CallOutline) -> Iterator[RuleBroken]:
    if not outline.title.get("zh"):
        yield _broken("title_zh", _l("写上标题"))
    if not is_common(outline.sign):
        yield _broken("sign", _l("选一个常用字作标志，例如“画”“歌”"))
    if not outline.brief.get("zh"):
        yield _broken("brief_zh", _l("写明请孩子做什么"))
    if "a" in outline.bands and not outline.brief_small.get("zh"):
        yield _broken("brief_small_zh", _l("给 6–9 岁的孩子写一份短的说明"))
    if not outline.rules.get("zh"):
        yield _broken("rules_zh", _l("用孩子的话写明有什么要求"))


def _gaps_of_audience(outline: CallOutline) -> Iterator[RuleBroken]:
    if not outline.bands:
        yield _broken("bands", _l("选至少一个年龄段"))
    for place, theme in enumerate(outline.themes):
        if not theme.title.get("zh"):
            yield _broken(f"themes-{place}-title_zh", _l("第 %(n)s 个题材：写上名字", n=place + 1))
    if len(outline.themes) > MOST_THEMES:
        yield _broken("themes", _l("最多 %(most)s 个题材", most=MOST_THEMES))


def _gaps_of_works(outline: CallOutline) -> Iterator[RuleBroken]:
    if outline.kind in PICTURED and not outline.pictures_most:
        yield _broken("pictures_most", _l("这一类作品是图，至少要能交一张"))
    if outline.kind in PICTURED and outline.recording:
        yield _broken("recording", _l("这一类作品是图，不用交录音"))


def _gaps_of_rights(outline: CallOutline) -> Iterator[RuleBroken]:
    if not outline.use_for.get("zh"):
        yield _broken("use_for_zh", _l("写明用作品做什么；没写的，就不能用"))
    if not outline.use_where.get("zh"):
        yield _broken("use_where_zh", _l("写明在哪里用；没写的，就不能用"))
    if not 1 <= outline.years <= MOST_YEARS:
        yield _broken("years", _l("写明用几年（1 到 %(most)s）", most=MOST_YEARS))
    texts = {"use_for": outline.use_for, "use_where": outline.use_where}
    texts |= {f"uses-{place}-title": use.title for place, use in enumerate(outline.uses)}
    for name, words in texts.items():
        for tongue, text in words.items():
            for said in rights_for_ever(text)[:1]:
                yield _broken(
                    f"{name}_{tongue}",
                    _l("作品是孩子的，只能借用一段时间。请去掉“%(word)s”", word=said),
                )
    for place, use in enumerate(outline.uses):
        if not use.title.get("zh"):
            yield _broken(f"uses-{place}-title_zh", _l("另外的第 %(n)s 种用法：写上", n=place + 1))
    if len(outline.uses) > MOST_USES:
        yield _broken("uses", _l("另外的用法最多 %(most)s 种", most=MOST_USES))


def _gaps_of_prizes(outline: CallOutline) -> Iterator[RuleBroken]:
    for tongue, text in outline.prizes.items():
        for said in school_or_money(text)[:1]:
            yield _broken(
                f"prizes_{tongue}",
                _l("征集不给钱、不收钱，也不能和升学有关。请去掉“%(word)s”", word=said),
            )


def _gaps_of_criteria(outline: CallOutline) -> Iterator[RuleBroken]:
    count = len(outline.criteria)
    if outline.ranked and not FEWEST_CRITERIA <= count <= MOST_CRITERIA:
        yield _broken(
            "criteria",
            _l("评委看 %(few)s 到 %(most)s 点", few=FEWEST_CRITERIA, most=MOST_CRITERIA),
        )
    for place, one in enumerate(outline.criteria):
        if not one.title.get("zh"):
            yield _broken(f"criteria-{place}-title_zh", _l("看的第 %(n)s 点：写上", n=place + 1))
        if not one.praise.get("zh"):
            yield _broken(
                f"criteria-{place}-praise_zh",
                _l("看的第 %(n)s 点：写上喜欢时怎么对孩子说", n=place + 1),
            )


def _gaps_of_time(outline: CallOutline, now: datetime) -> Iterator[RuleBroken]:
    if outline.opens_at is None:
        yield _broken("opens_at", _l("写上什么时候开始"))
    if outline.closes_at is None:
        yield _broken("closes_at", _l("写上什么时候结束"))
    elif outline.closes_at <= now:
        yield _broken("closes_at", _l("结束的时间已经过了"))
    elif _ends_first(outline.opens_at, outline.closes_at):
        yield _broken("closes_at", ENDS_FIRST)


def _gaps_of_choice(outline: CallOutline) -> Iterator[RuleBroken]:
    if outline.choice == "none":
        return
    if not outline.ranked:
        yield _broken("choice", _l("只展示、不评选的征集，也不投票"))
    if outline.choice_opens_at is None:
        yield _broken("choice_opens_at", _l("写上孩子从什么时候投票"))
    elif outline.closes_at is not None and outline.choice_opens_at < outline.closes_at:
        yield _broken("choice_opens_at", _l("投票要在征集结束以后"))
    if outline.choice_closes_at is None:
        yield _broken("choice_closes_at", _l("写上投票到什么时候"))
    elif _ends_first(outline.choice_opens_at, outline.choice_closes_at):
        yield _broken("choice_closes_at", CHOICE_ENDS_FIRST)


def _gaps_of_notice(outline: CallOutline) -> Iterator[RuleBroken]:
    if not outline.ranked:
        return
    first, last, down = outline.notice_from, outline.notice_until, outline.shows_until
    if first is None:
        yield _broken("notice_from", _l("写上从哪天公示"))
    elif (end := judged_from(outline)) is not None and first <= end:
        yield _broken("notice_from", _l("公示要在征集和投票都结束以后"))
    if last is None:
        yield _broken("notice_until", _l("写上公示到哪天"))
    elif first is not None and working_days_between(first, last) < NOTICE_WORKING_DAYS:
        yield _broken("notice_until", _l("公示至少 %(days)s 个工作日", days=NOTICE_WORKING_DAYS))
    if down is None:
        yield _broken("shows_until", _l("写上名单挂到哪天"))
    elif last is not None and not last <= down <= last + LONGEST_SHOWN:
        yield _broken(
            "shows_until",
            _l("名单在公示以后最多再挂 %(days)s 天", days=LONGEST_SHOWN.days),
        )


def judged_from(outline: CallOutline) -> date | None:
    """The day on which works and votes are all in; None where it is not said yet."""
    ends = [outline.closes_at]
    if outline.choice != "none":
        ends.append(outline.choice_closes_at)
    known = [city_day(moment) for moment in ends if moment is not None]
    return max(known, default=None)


def _gaps_of_answer(outline: CallOutline) -> Iterator[RuleBroken]:
    if outline.unit_id is None:
        yield _broken("unit_id", _l("选由哪个单位决定怎么用"))
    if outline.official_id is None:
        yield _broken("official_id", _l("选由谁来定、由谁回音"))
    before = outline.notice_until if outline.ranked else judged_from(outline)
    if outline.answer_due is None:
        yield _broken("answer_due", _l("写上哪天以前回音"))
    elif before is not None and outline.answer_due <= before:
        sentence = (
            _l("回音的日子要晚于公示") if outline.ranked else _l("回音的日子要晚于结束的日子")
        )
        yield _broken("answer_due", sentence)
