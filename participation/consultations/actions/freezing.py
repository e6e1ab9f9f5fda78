"""Freezing a result: a last full count, protected for both circles of readers, sealed and sent.

Heavy (numpy, charts), so the worker alone loads it. Reading happens in one snapshot without open
writers; the deed that writes is small and happens once, however many workers tried.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select, update

from participation.accounts.queries import district_list, roster_counts
from participation.consultations import folding, segments, tally
from participation.consultations.actions.closing import is_ready, unread_count
from participation.consultations.actions.counting import (
    Deed,
    Frame,
    frame_of,
    fresh_segments,
    is_current,
    nothing,
)
from participation.consultations.codec import Cell
from participation.consultations.dossier import contents, title_of
from participation.consultations.happenings import ResultFrozen
from participation.consultations.minimums import official_profile, public_profile
from participation.consultations.models import (
    Consultation,
    FoldedTally,
    OpenWords,
    Option,
    Result,
    Theme,
)
from participation.consultations.queries import topics
from participation.consultations.report import Facts, Quote
from participation.consultations.tally import Matrix
from participation.consultations.telling import asked
from participation.consultations.topic import Topic, subject_of, version_name
from participation.deliveries.actions import send_dossier
from participation.figures.publish import Published, protect_both
from participation.figures.tables import Tables
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now
from participation.kernel.database import session
from participation.kernel.rows import insert_once

log = logging.getLogger(__name__)

MOST_QUOTES: Final = 40
MOST_OF_FEW: Final = 15
"""At most so many quotes in a result, and so many of them views of a minority."""


@dataclass(frozen=True, slots=True)
class Count:
    """The last count: the matrix, and how many schools stand behind each line."""

    matrix: Matrix
    schools: Mapping[tuple[str, str], int]


def freeze_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `freeze-result`."""
    return freeze(arguments["id"])


def freeze(consultation_id: int) -> Deed:
    """Count, protect and write up a closed consultation; the deed returned freezes and sends it.

    Nothing happens where it is frozen already, or where words came back to a moderator meanwhile.
    """
    with folding.still(consultation_id):
        row = session().get(Consultation, consultation_id)
    if row is None or row.state != "closed" or row.closed_at is None:
        return nothing
    frame = frame_of(consultation_id)
    if frame is None or not is_ready(consultation_id, city_day(row.closed_at)):
        return nothing
    topic, count = topics.topic(consultation_id), count_anew(frame)
    words = _cleared_words(consultation_id)
    tables = tables_of(topic, frame, count)
    official, public = protect_both(tables, official_profile(), public_profile())
    facts = _facts(row, words, official)
    parcel = _parcel(topic, row, official, facts)
    result = _result(consultation_id, count, official, public, _public_facts(facts, words))
    return lambda: _write(topic, result, parcel)


def count_anew(frame: Frame) -> Count:
    """Count every sheet as it stands; say so in the log if folding had come to another count."""
    total = Matrix.empty(frame.layout, frame.space.size)
    parts = list(fresh_segments(frame))
    for part in parts:
        counted = segments.count_segment(part, frame.layout, frame.space.size)
        total.counts[:] += counted.counts
    folded = session().get(FoldedTally, frame.id)
    n = int(total.n_by_cell.sum())
    if folded is not None and is_current(folded) and folded.etag != total.etag:
        log.error("the folded tally differs from the recount", extra={"sheets": n})
    return Count(total, segments.schools_by_line(parts, frame.layout, frame.space))


def tables_of(topic: Topic, frame: Frame, count: Count) -> Tables:
    """The tables with who could have answered, from today's roster.

    A child who answered and has left since still could have: nobody is counted out.
    """
    n_by_cell = count.matrix.n_by_cell.tolist()
    roster = dict(enumerate(n_by_cell))
    for place, could in roster_counts(topic.bands, frame.space.districts).items():
        code = frame.space.code(Cell(*place))
        roster[code] = max(could, roster[code])
    return tally.summary(
        count.matrix,
        frame.layout,
        frame.space,
        list(asked(topic)),
        roster=roster,
        schools=count.schools,
    )


def _cleared_words(consultation_id: int) -> list[OpenWords]:
    """Approved words that may be shown: a fixed choice, as many of a minority as there is room.

    Their ids are random keys, so that their order says nothing and never changes.
    """
    cleared = (
        select(OpenWords)
        .where(
            OpenWords.consultation_id == consultation_id,
            OpenWords.standing == "published",
            OpenWords.may_quote.is_(True),
        )
        .order_by(OpenWords.id)
    )
    few = session().scalars(cleared.where(OpenWords.minority.is_(True)).limit(MOST_OF_FEW)).all()
    room = MOST_QUOTES - len(few)
    many = session().scalars(cleared.where(OpenWords.minority.is_(False)).limit(room)).all()
    return [*many, *few]


def _facts(row: Consultation, words: Sequence[OpenWords], figures: Published) -> Facts:
    """What stands beside the official figures; a quote tells no band of which they tell nothing."""
    assert row.opens_at is not None and row.closes_at is not None  # noqa: S101 - it was published
    return Facts(
        opened_on=city_day(row.opens_at),
        closed_on=city_day(row.closes_at),
        due_on=row.answer_due,
        unread=unread_count(row.id),
        themes=_words_by_theme(row.id),
        options=_option_places(row.id),
        quotes=[
            Quote(
                one.text,
                one.band if figures.tells_of("band", one.band) else "",
                one.theme_id,
                one.minority,
            )
            for one in words
        ],
        districts={place.id: place.name for place in district_list()},
        few=official_profile().few,
    )


def _words_by_theme(consultation_id: int) -> dict[int, int]:
    found = session().execute(
        select(OpenWords.theme_id, func.count())
        .where(OpenWords.consultation_id == consultation_id, OpenWords.standing == "published")
        .group_by(OpenWords.theme_id)
    )
    return {theme_id: count for theme_id, count in found if theme_id is not None}


def _option_places(consultation_id: int) -> dict[int, tuple[str, str]]:
    """Which (question, answer) a theme stands for."""
    found = session().execute(
        select(Theme.id, Option.question_id, Option.place)
        .join(Option, Option.id == Theme.option_id)
        .where(Theme.consultation_id == consultation_id)
    )
    return {theme: (str(question), str(place)) for theme, question, place in found}


def _public_facts(facts: Facts, words: Sequence[OpenWords]) -> dict[str, Any]:
    return {
        "opened_on": facts.opened_on.isoformat(),
        "closed_on": facts.closed_on.isoformat(),
        "unread": facts.unread,
        "quotes": [one.id.hex() for one in words],
        "options": {str(theme): list(place) for theme, place in facts.options.items()},
    }


def _result(
    consultation_id: int, count: Count, official: Published, public: Published, facts: Any
) -> dict[str, Any]:
    for_officials = json.dumps(official.to_json(), ensure_ascii=False)
    for_public = json.dumps({"figures": public.to_json(), **facts}, ensure_ascii=False)
    return {
        "consultation_id": consultation_id,
        "sheets": int(count.matrix.n_by_cell.sum()),
        "schools": count.schools[tally.EVERYONE],
        "matrix": count.matrix.to_bytes(),
        "for_officials": for_officials,
        "for_public": for_public,
    }


def _parcel(topic: Topic, row: Consultation, figures: Published, facts: Facts) -> dict[str, Any]:
    """What is sent to whom, as `send_dossier` takes it."""
    points = [(f"theme:{theme.id}", theme.title) for theme in topic.themes]
    return {
        "title": title_of(topic, figures, facts),
        "contents": contents(topic, figures, facts),
        "points": points or [("whole", topic.title)],
        "unit_id": row.unit_id,
        "official_id": row.official_id,
        "due_on": row.answer_due,
    }


def _write(topic: Topic, result: Mapping[str, Any], parcel: Mapping[str, Any]) -> None:
    """Freeze and send in one transaction; the second worker finds it done and does nothing."""
    frozen = session().execute(
        update(Consultation)
        .where(Consultation.id == topic.id, Consultation.state == "closed")
        .values(state="frozen")
    )
    if frozen.rowcount != 1:  # type: ignore[attr-defined]
        return
    insert_once(Result, {**result, "frozen_at": now()})
    versions.grow(version_name(topic.id))
    subject = subject_of(topic.id)
    announce(ResultFrozen(subject=subject, sheets=result["sheets"]))
    send_dossier(subject, **parcel)
