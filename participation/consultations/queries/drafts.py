"""The secretary's desk: every consultation by its age, and one of them as an outline."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.consultations.models import Consultation, Option, Question
from participation.consultations.outline import (
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
)
from participation.consultations.queries.topics import PAGE, whole
from participation.kernel.database import session
from participation.kernel.errors import Missing


def managed_topics(*, before: int = 0, most: int = PAGE) -> list[Consultation]:
    """One page of all consultations, newest first, and one more row where another page follows."""
    wanted = select(Consultation).options(joinedload(Consultation.unit))
    if before:
        wanted = wanted.where(Consultation.id < before)
    return list(session().scalars(wanted.order_by(Consultation.id.desc()).limit(most + 1)))


def whole_consultation(consultation_id: int, *, lock: bool = False) -> Consultation:
    """One consultation in any state with everything that belongs to it, or `Missing`.

    With `lock` nobody else publishes it meanwhile.
    """
    statement = whole(Consultation.id == consultation_id)
    statement = statement.execution_options(populate_existing=True)
    if lock:
        statement = statement.with_for_update(of=Consultation)
    row: Consultation | None = session().scalar(statement)
    if row is None:
        raise Missing
    return row


def outline_of(row: Consultation) -> Outline:
    """A wholly loaded consultation as an outline; options are named by their ids."""
    return Outline(
        title=row.title,
        sign=row.sign,
        summary=row.summary,
        decided=row.decided,
        changeable=row.changeable,
        bands=row.bands,
        district_ids=tuple(district.id for district in row.districts),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        short_reason=row.short_reason,
        unit_id=row.unit_id,
        official_id=row.official_id,
        answer_due=row.answer_due,
        follow_up_on=row.follow_up_on,
        minutes=row.minutes,
        questions=tuple(_planned(question) for question in row.questions),
        themes=tuple(PlannedTheme(theme.title, str(theme.option_id or "")) for theme in row.themes),
    )


def _planned(row: Question) -> PlannedQuestion:
    options = tuple(_option(option) for option in row.options)
    return PlannedQuestion(row.kind, row.wording, row.easy, row.most, options)


def _option(row: Option) -> PlannedOption:
    return PlannedOption(str(row.id), row.label, row.easy, row.icon)
