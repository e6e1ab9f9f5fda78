"""The story of the demo city, told through the deeds of the house with the clock set back."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from participation import wiring
from participation.accounts.identity import Identity
from participation.consultations import actions as consultations
from participation.consultations import queries
from participation.consultations.codec import DONT_KNOW, SKIPPED, Answer
from participation.consultations.outline import (
    USUAL_DAYS,
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
)
from participation.consultations.queries.drafts import whole_consultation
from participation.consultations.topic import Said, Topic, TopicQuestion
from participation.deliveries import actions as deliveries
from participation.deliveries import queries as delivered
from participation.deliveries.completeness import AnswerText, ReplyText
from participation.demo.calls import make_calls
from participation.demo.city import City
from participation.demo.matters import BUS, LIBRARY, LUNCH, ROAD, SCREEN, Ask, Matter, Two
from participation.demo.people import staff_identity
from participation.demo.reading import (
    COUNT,
    appeal_twice,
    count_months,
    judge_all,
    practise_all,
)
from participation.demo.sayings import SAYINGS, Saying
from participation.demo.watch import keep_watch
from participation.kernel import jobs
from participation.kernel.clock import at, city_day, now
from participation.kernel.database import unit_of_work
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from participation.kernel.working import ring

PHONE = "斑马线应该画成钢琴键！我的电话是 138 0013 8000，你们可以打给我。"
FACES = (1, 2, 3, 4, 5)
FACE_WEIGHTS = (9, 17, 24, 31, 19)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TERM: Two = ("书要赶在开学前送到", "The books must arrive before term starts")
"""Why the matter that is asked for less than thirty days is (R19)."""
NO_REASON: Two = ("", "")
EVERY = 8
"""Of so many children one writes something short."""


def tell_story(city: City, chance: random.Random) -> None:
    """One matter answered, one overdue, one open, one that closes within the hour, one to come; two
    calls for works."""
    start = now()
    practise_all(city, start - 79 * DAY)
    _answered(city, chance, start)
    _overdue(city, chance, start)
    _open(city, chance, start)
    with at(start - 20 * DAY):
        library = _publish(city, LIBRARY, start - 19 * DAY, start + HOUR, due=start + 30 * DAY)
    with at(start - 2 * DAY):
        _answer(city.children[::4], library, LIBRARY, chance)
    with at(start):
        _publish(city, SCREEN, start + 5 * DAY, start + 40 * DAY, due=start + 70 * DAY)
    make_calls(city, start)
    count_months(start)
    keep_watch(staff_identity(city.staff["zheng"]), staff_identity(city.staff["xu"]), start)


def _answered(city: City, chance: random.Random, start: datetime) -> None:
    lunch = _through(city, LUNCH, chance, start - 80 * DAY, due=start - 10 * DAY)
    subject = Subject("consultation", str(lunch))
    official = staff_identity(city.staff["han"])
    with at(start - 30 * DAY), unit_of_work():
        deliveries.acknowledge(official, delivered.dossier_for(official, _number(subject)))
    with at(start - 12 * DAY), unit_of_work():
        dossier = delivered.dossier_for(official, _number(subject))
        deliveries.give_reply(official, dossier, _reply(LUNCH, dossier, start))


def _overdue(city: City, chance: random.Random, start: datetime) -> None:
    bus = _through(city, BUS, chance, start - 78 * DAY, due=start - 4 * DAY)
    official = staff_identity(city.staff["chen"])
    with at(start - 25 * DAY), unit_of_work():
        number = _number(Subject("consultation", str(bus)))
        deliveries.acknowledge(official, delivered.dossier_for(official, number))


def _open(city: City, chance: random.Random, start: datetime) -> None:
    with at(start - 25 * DAY):
        road = _publish(city, ROAD, start - 24 * DAY, start + 9 * DAY, due=start + 45 * DAY)
    with at(start - 10 * DAY):
        _answer(city.children[::3], road, ROAD, chance)
        judge_all(city)
    with at(start - HOUR):
        _answer(city.children[1:40:5], road, ROAD, chance, words=[PHONE, *_texts(ROAD)])


def _through(
    city: City, matter: Matter, chance: random.Random, opens: datetime, *, due: datetime
) -> int:
    """A matter from its publication to its dossier."""
    closes = opens + 35 * DAY
    with at(opens - DAY):
        number = _publish(city, matter, opens, closes, due=due)
    with at(opens + 20 * DAY):
        asked = city.children[: int(len(city.children) * 0.9)]
        short = SAYINGS if matter is LUNCH else ()
        _answer(asked, number, matter, chance, short=short)
        judge_all(city)
        if short:
            appeal_twice(city, number)
    with at(closes + 2 * HOUR):
        ring([timer for timer in wiring.TIMERS if timer.kind != COUNT])
        while jobs.run_one(wiring.HANDLERS):
            pass
    return number


def _publish(
    city: City, matter: Matter, opens: datetime, closes: datetime, *, due: datetime
) -> int:
    secretary = staff_identity(city.staff["feng"])
    official = next(
        person for person in city.staff.values() if person.unit_id == city.units[matter.unit].id
    )
    outline = Outline(
        title=_words(matter.title),
        sign=matter.sign,
        summary=_words(matter.summary),
        decided=_words(matter.decided),
        changeable=_words(matter.changeable),
        bands=matter.bands,
        opens_at=opens,
        closes_at=closes,
        short_reason=_words(TERM if closes - opens < USUAL_DAYS * DAY else NO_REASON),
        unit_id=official.unit_id,
        official_id=official.id,
        answer_due=city_day(due),
        follow_up_on=city_day(due + 60 * DAY),
        minutes=matter.minutes,
        questions=tuple(_question(place, ask) for place, ask in enumerate(matter.asks)),
        themes=tuple(
            PlannedTheme(_words(title), f"{_chosen(matter)}-{option}")
            for title, option in matter.themes
        ),
    )
    with unit_of_work():
        row = consultations.draft_topic(secretary, outline.title, matter.sign)
        row = whole_consultation(row.id)
        consultations.change_topic(secretary, row, outline, version=row.version)
    with unit_of_work():
        consultations.publish_topic(secretary, row.id)
    return row.id


def _chosen(matter: Matter) -> int:
    """The place of the first question with options, which themes refer to."""
    return next(place for place, ask in enumerate(matter.asks) if ask.choices)


def _words(two: Two) -> Words:
    return Words(zh=two[0], en=two[1]) if two[0] else Words()


def _question(place: int, ask: Ask) -> PlannedQuestion:
    return PlannedQuestion(
        kind=ask.kind,
        wording=_words(ask.wording),
        easy=_words(ask.easy),
        most=ask.most,
        options=tuple(
            PlannedOption(
                f"{place}-{number}", _words(choice.label), _words(choice.easy), choice.icon
            )
            for number, choice in enumerate(ask.choices, start=1)
        ),
    )


def _texts(matter: Matter) -> list[str]:
    return [text for text, _theme, _minority in matter.words]


def _answer(
    children: Iterable[Identity],
    number: int,
    matter: Matter,
    chance: random.Random,
    *,
    words: list[str] | None = None,
    short: Sequence[Saying] = (),
) -> None:
    """These children answer, by the weights of the matter; the first of them also write.

    Of the others every few write something short, which is never quoted.
    """
    texts = list(_texts(matter) if words is None else words)
    left, quoted = list(short), True
    with unit_of_work():
        topic = queries.topic(number)
        for place, child in enumerate(children):
            if child.band not in topic.bands:
                continue
            if left and not texts and place % EVERY == EVERY - 1:
                texts, quoted = [left.pop(0).text], False
            asked = {question.slot: question for question in topic.questions_for(child.band)}
            answers = [
                _pick(matter, topic, asked.get(slot), chance)
                for slot in range(len(topic.layout.slots))
            ]
            said = {
                question.id: Said(texts.pop(0) if texts else "", may_quote=quoted)
                for question in topic.questions_for(child.band)
                if question.kind == "words"
            }
            consultations.give_opinion(child, topic, answers, said)


def _pick(
    matter: Matter, topic: Topic, question: TopicQuestion | None, chance: random.Random
) -> Answer:
    if question is None:
        return SKIPPED
    if chance.random() < 0.04:
        return DONT_KNOW
    if question.kind == "faces":
        return chance.choices(FACES, FACE_WEIGHTS)[0]
    ask = matter.asks[topic.questions.index(question)]
    places = range(1, len(ask.choices) + 1)
    weights = [choice.weight for choice in ask.choices]
    if question.kind == "single":
        return chance.choices(places, weights)[0]
    liked = [
        place
        for place, weight in zip(places, weights, strict=True)
        if chance.random() * 100 < weight
    ]
    return tuple(liked[: question.most]) or DONT_KNOW


def _number(subject: Subject) -> int:
    dossier = delivered.dossier_of(subject)
    if dossier is None:
        raise LookupError(f"no dossier about {subject}")
    return dossier.id


def _reply(matter: Matter, dossier: object, start: datetime) -> ReplyText:
    days = [start + 30 * DAY, start + 60 * DAY, start]
    return ReplyText(
        greeting_zh="谢谢你们，每一条我们都读了。",
        greeting_en="Thank you. We read every one of them.",
        answers=[
            AnswerText(
                point_id=point.id,
                outcome=outcome,
                reason=reason,
                next_step=step,
                next_on="" if outcome == "not" else city_day(day).isoformat(),
                children_zh=words[0],
                children_en=words[1],
            )
            for point, day, (outcome, reason, step, words) in zip(
                dossier.points,  # type: ignore[attr-defined]
                days,
                matter.answers,
                strict=True,
            )
        ],
    )
