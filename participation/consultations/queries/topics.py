"""Consultations as topics: one by its number, lists by their phase, kept in the worker's memory.

Whoever changes a published consultation grows its version (`topic.version_name`); every worker
then loads it anew with its next request.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from participation.consultations.codec import CellSpace, Layout
from participation.consultations.models import Consultation, InDistrict, Option, Question
from participation.consultations.topic import (
    Topic,
    TopicOption,
    TopicQuestion,
    TopicTheme,
    version_name,
)
from participation.kernel.clock import now, today
from participation.kernel.database import database, session
from participation.kernel.errors import Missing
from participation.kernel.paging import moment_key, read_moment_key
from participation.kernel.tables import Moment, Words
from participation.kernel.versions import Version, version_of

PAGE: Final = 20
_MOST_KEPT: Final = 512


class _Kept:
    """The topics that this worker used last; a name in them is at most a day old."""

    def __init__(self) -> None:
        self._topics: OrderedDict[Any, Topic] = OrderedDict()
        self._lock = Lock()

    def find(self, consultation_id: int, number: int) -> Topic | None:
        """The topic of this version, if it is kept."""
        key = (database().url, consultation_id, number, today())
        with self._lock:
            found = self._topics.get(key)
            if found is not None:
                self._topics.move_to_end(key)
            return found

    def keep(self, topic: Topic) -> None:
        """Keep one more and let the oldest go."""
        with self._lock:
            self._topics[database().url, topic.id, topic.number, today()] = topic
            while len(self._topics) > _MOST_KEPT:
                self._topics.popitem(last=False)


_kept = _Kept()


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Some topics of a list, and the key under which the list goes on (empty at its end)."""

    topics: tuple[Topic, ...]
    after: str


def topic(consultation_id: int) -> Topic:
    """A published consultation, open or over; raises `Missing` for a draft and for none at all.

    One small statement when this worker knows the topic.
    """
    number = version_of(version_name(consultation_id))
    if not number:
        raise Missing
    found = _kept.find(consultation_id, number)
    return found or _load({consultation_id: number})[consultation_id]


def open_topics(
    *, band: str = "", district_id: int = 0, after: str = "", most: int = PAGE
) -> TopicPage:
    """What is being asked now, the soonest to close first; for one band and district if given."""
    moment = now()
    rules = [Consultation.closes_at > moment, Consultation.opens_at <= moment]
    return _page([*rules, *_asked(band, district_id)], after, most, newest=False)


def coming_topics(*, after: str = "", most: int = PAGE) -> TopicPage:
    """What will be asked."""
    moment = now()
    rules = [Consultation.closes_at > moment, Consultation.opens_at > moment]
    return _page(rules, after, most, newest=False)


def over_topics(*, after: str = "", most: int = PAGE) -> TopicPage:
    """What was asked, the latest first."""
    return _page([Consultation.closes_at <= now()], after, most, newest=True)


def _asked(band: str, district_id: int) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = []
    if band:
        rules.append(Consultation.bands.contains(band, autoescape=True))
    if district_id:
        mine = select(1).where(InDistrict.consultation_id == Consultation.id)
        rules.append(
            or_(~mine.exists(), mine.where(InDistrict.district_id == district_id).exists())
        )
    return rules


def _page(rules: list[Any], after: str, most: int, *, newest: bool) -> TopicPage:
    place = (Consultation.closes_at, Consultation.id)
    name = literal("consultation:") + cast(Consultation.id, String)
    wanted = (
        select(Consultation.id, Version.number, Consultation.closes_at)
        .join(Version, Version.name == name)
        .where(Consultation.state != "draft", *rules)
        .order_by(*(column.desc() if newest else column.asc() for column in place))
        .limit(most + 1)
    )
    key = read_moment_key(after)
    if key is not None:
        there, here = tuple_(*place), tuple_(literal(key[0], Moment()), literal(key[1]))
        wanted = wanted.where(there < here if newest else there > here)
    rows = session().execute(wanted).all()
    shown = rows[:most]
    last = shown[-1] if len(rows) > most else None
    return TopicPage(
        tuple(_all({number: version for number, version, _closes in shown})),
        moment_key(last.closes_at, last.id) if last else "",
    )


def _all(numbers: dict[int, int]) -> Iterable[Topic]:
    found = {key: _kept.find(key, number) for key, number in numbers.items()}
    lacking = {key: numbers[key] for key, topic in found.items() if topic is None}
    loaded = _load(lacking) if lacking else {}
    return [found[key] or loaded[key] for key in numbers]


def whole(*rules: ColumnElement[bool]) -> Any:
    """The statement that loads consultations with everything that belongs to them."""
    return (
        select(Consultation)
        .where(and_(*rules))
        .options(
            joinedload(Consultation.unit),
            joinedload(Consultation.official),
            selectinload(Consultation.questions).selectinload(Question.options),
            selectinload(Consultation.themes),
            selectinload(Consultation.districts),
        )
    )


def _load(numbers: dict[int, int]) -> dict[int, Topic]:
    rows = session().scalars(whole(Consultation.id.in_(numbers)))
    loaded = {row.id: topic_of(row, number=numbers[row.id]) for row in rows}
    for made in loaded.values():
        _kept.keep(made)
    return loaded


_AS_STORED: Final = (
    "id",
    "state",
    "title",
    "sign",
    "summary",
    "decided",
    "changeable",
    "bands",
    "minutes",
    "opens_at",
    "closes_at",
    "short_reason",
    "answer_due",
    "follow_up_on",
)


def topic_of(row: Consultation, *, number: int = 0) -> Topic:
    """The topic of a wholly loaded row; without a number it is a draft to be looked at."""
    same: dict[str, Any] = {name: getattr(row, name) for name in _AS_STORED}
    space = CellSpace.from_json(row.cells) if row.cells else None
    return Topic(
        **same,
        number=number,
        unit=row.unit.name if row.unit else Words(),
        official=row.official.legal_name if row.official else "",
        district_ids=space.districts if space else (),
        districts=tuple(district.name for district in row.districts),
        questions=_questions(row.questions),
        themes=tuple(TopicTheme(one.id, one.title, one.option_id) for one in row.themes),
        layout=Layout.from_json(row.layout) if row.layout else Layout(()),
        space=space,
    )


def _questions(rows: Iterable[Question]) -> tuple[TopicQuestion, ...]:
    made: list[TopicQuestion] = []
    slots = 0
    for row in rows:
        coded = row.kind != "words"
        options = tuple(_option(option) for option in row.options)
        place = slots if coded else None
        made.append(
            TopicQuestion(row.id, row.kind, row.wording, row.easy, row.most, options, place)
        )
        slots += coded
    return tuple(made)


def _option(row: Option) -> TopicOption:
    return TopicOption(row.place, row.label, row.easy, row.icon)
