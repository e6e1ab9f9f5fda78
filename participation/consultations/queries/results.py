"""What may be told of a result: the frozen public figures, quotes, the road, who felt heard."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from participation.accounts.queries import district_list
from participation.consultations.models import Hearing, HearingSum, OpenWords, Result
from participation.consultations.queries import topics
from participation.consultations.queries.answers import key_of
from participation.consultations.telling import Districts, Row, table_rows
from participation.consultations.topic import Topic
from participation.deliveries.queries import Standing
from participation.figures.publish import Published
from participation.kernel.clock import city_day
from participation.kernel.database import session
from participation.kernel.errors import Missing
from participation.kernel.i18n import _, say_date

Step = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A frozen result as everybody may read it; `quotes` are ids of cleared words.

    `options` names the (question, answer) that a theme stands for.
    """

    consultation_id: int
    figures: Published
    opened_on: date
    closed_on: date
    unread: int
    quotes: tuple[bytes, ...]
    options: Mapping[int, tuple[str, str]]
    frozen_on: date


@dataclass(frozen=True, slots=True)
class PublicQuote:
    """Words for everybody: no name, and an age band only where the figures tell of it.

    `id` names them to whoever wants to report them; it is a random key and tells nothing."""

    id: bytes
    text: str
    band: str
    minority: bool


def outcome_of(consultation_id: int) -> Outcome:
    """The result of a consultation; raises `Missing` while there is none."""
    row = (
        session()
        .execute(
            select(Result.for_public, Result.frozen_at).where(
                Result.consultation_id == consultation_id
            )
        )
        .one_or_none()
    )
    if row is None:
        raise Missing
    return _read(consultation_id, row.for_public, city_day(row.frozen_at))


@lru_cache(maxsize=128)
def _read(consultation_id: int, stored: str, frozen_on: date) -> Outcome:
    """Read the stored text once in each worker: a frozen result never changes."""
    data = json.loads(stored)
    return Outcome(
        consultation_id=consultation_id,
        figures=Published.from_json(data["figures"]),
        opened_on=date.fromisoformat(data["opened_on"]),
        closed_on=date.fromisoformat(data["closed_on"]),
        unread=data["unread"],
        quotes=tuple(bytes.fromhex(each) for each in data["quotes"]),
        options={int(theme): (place[0], place[1]) for theme, place in data["options"].items()},
        frozen_on=frozen_on,
    )


def public_quotes(outcome: Outcome) -> list[PublicQuote]:
    """The quotes of a result that may still be shown, the many first, in their fixed order.

    Only words that stood in the result when it was frozen; one whose standing changed since, or
    that the child no longer shows, is left out.
    """
    found = session().scalars(
        select(OpenWords).where(
            OpenWords.id.in_(outcome.quotes),
            OpenWords.standing == "published",
            OpenWords.may_quote.is_(True),
        )
    )
    by_id = {words.id: words for words in found}
    shown = [by_id[each] for each in outcome.quotes if each in by_id]
    tells = outcome.figures.tells_of
    return [
        PublicQuote(
            words.id, words.text, words.band if tells("band", words.band) else "", words.minority
        )
        for words in shown
    ]


def public_words(words_id: bytes) -> tuple[Topic, OpenWords]:
    """Words that everybody can read on the page of a result; raises `Missing` for any others."""
    words = session().get(OpenWords, words_id)
    if words is None or words.standing != "published" or not words.may_quote:
        raise Missing
    topic = topics.topic(words.consultation_id)
    if topic.state != "frozen" or words.id not in outcome_of(topic.id).quotes:
        raise Missing
    return topic, words


def public_rows(consultation_id: int) -> list[Row]:
    """The public figures as a plain table, the head first."""
    outcome, topic = outcome_of(consultation_id), topics.topic(consultation_id)
    return table_rows(topic, outcome.figures, district_names())


def public_data(consultation_id: int) -> dict[str, Any]:
    """The public figures with what is needed to read them."""
    outcome, topic = outcome_of(consultation_id), topics.topic(consultation_id)
    return {
        "schema": 1,
        "subject": str(topic.subject),
        "title": dict(topic.title),
        "opened_on": outcome.opened_on.isoformat(),
        "closed_on": outcome.closed_on.isoformat(),
        "frozen_on": outcome.frozen_on.isoformat(),
        "questions": [
            {
                "key": str(question.id),
                "wording": dict(question.wording),
                "options": {str(option.place): dict(option.label) for option in question.options},
            }
            for question in topic.questions
            if question.slot is not None
        ],
        "districts": {str(key): dict(name) for key, name in district_names().items()},
        "figures": outcome.figures.to_json(),
    }


def district_names() -> Districts:
    """The names of all districts by id."""
    return {place.id: place.name for place in district_list()}


def hearing_of(person_id: int, consultation_id: int) -> str:
    """What this child said about having been listened to; empty before she did."""
    key = (consultation_id, key_of(person_id, consultation_id))
    row = session().get(Hearing, key)
    return row.listened if row else ""


def hearing_figures(consultation_id: int) -> Published | None:
    """The last published sum of who felt heard; None before the first batch."""
    row = session().get(HearingSum, consultation_id)
    return Published.from_json(json.loads(row.figures)) if row else None


def road(topic: Any, standing: Standing | None) -> Sequence[Step]:
    """The road of a voice for `components/path.html`: what happened, then what is promised.

    `topic` has opens_at, closes_at, state and follow_up_on.
    """
    over = topic.state in ("closed", "frozen")
    sent = standing.sent_on if standing else None
    answered = standing.answered_on if standing else None
    due = standing.due_on if standing else topic.answer_due
    steps = [
        _step("said", _("大家开始说"), _day(topic.opens_at)),
        _step("gathered", _("和大家的放在一起"), _day(topic.closes_at), over),
        _step("sent", _("送到要回答的人手里"), sent, sent is not None),
    ]
    if standing and standing.received_on:
        steps.append(_step("heard", _("收到了，在读"), standing.received_on))
    steps.append(_answer_step(due, answered))
    if topic.follow_up_on:
        steps.append(_step("verify", _("回来看做到没有"), topic.follow_up_on, False))
    return steps


def _answer_step(due: date | None, answered: date | None) -> Step:
    if answered is None and due is not None:
        return {
            "kind": "answered",
            "label": _("给你们回音"),
            "note": _("%(day)s前", day=say_date(due)),
            "next": True,
        }
    return _step("answered", _("给你们回音"), answered, answered is not None)


def _step(kind: str, label: str, day: date | None, done: bool = True) -> Step:
    return {
        "kind": kind,
        "label": label,
        "note": say_date(day) if day else "",
        "next": not done,
    }


def _day(moment: Any) -> date | None:
    return city_day(moment) if moment else None
