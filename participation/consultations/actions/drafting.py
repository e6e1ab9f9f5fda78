"""The secretary's deeds: beginning, changing and publishing a consultation, a later close."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import delete, select, update

from participation.accounts.identity import Identity
from participation.accounts.queries import district_list, officials_of
from participation.consultations.codec import CellSpace
from participation.consultations.happenings import (
    ConsultationChanged,
    ConsultationDrafted,
    ConsultationPublished,
)
from participation.consultations.models import Consultation, InDistrict, Option, Question, Theme
from participation.consultations.outline import (
    ENDS_FIRST,
    Outline,
    PlannedQuestion,
    PlannedTheme,
    ends_first,
    gaps,
)
from participation.consultations.policies import (
    may_change_topic,
    may_draft_topic,
    may_extend_topic,
    may_publish_topic,
)
from participation.consultations.queries.drafts import outline_of, whole_consultation
from participation.consultations.topic import layout_of, subject_of, version_name
from participation.kernel import versions
from participation.kernel.announcing import announce
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import CITY_ZONE, city_day, now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.tables import Words

USUAL_DAYS: Final = timedelta(days=30)
ANSWER_WORKING_DAYS: Final = 15
"""Three weeks of work after the close: the city's promise of an answer within thirty days (R8)."""
FOLLOW_UP_DAYS: Final = timedelta(days=90)
CHANGED_MEANWHILE: Final = _l("别人刚改过这份草稿。请打开新的再改，你写的还在这一页上。")
TAKEN_SIGN: Final = _l("这个字正用在另一件事上，请换一个")
NOT_OF_UNIT: Final = _l("这个人不在这个单位，请再选")
NOT_LATER: Final = _l("新的结束时间要比原来的晚")
AFTER_ANSWER: Final = _l("要早于答应回音的日子")


def usual_dates(opens_on: date) -> tuple[datetime, datetime, date, date]:
    """Opening, close (30 days), answer (15 working days) and follow-up (90 days) for a first day.

    The city's hours: from eight in the morning of the first day to eight in the evening.
    """
    opens = datetime.combine(opens_on, time(8), tzinfo=CITY_ZONE)
    closes = datetime.combine(opens_on + USUAL_DAYS, time(20), tzinfo=CITY_ZONE)
    answer = add_working_days(city_day(closes), ANSWER_WORKING_DAYS).date
    return opens, closes, answer, answer + FOLLOW_UP_DAYS


def draft_topic(who: Identity, title: Words, sign: str = "") -> Consultation:
    """Begin a consultation with the usual dates, counted from the next working day."""
    may_draft_topic.require(who, None, now())
    opens, closes, answer, follow_up = usual_dates(add_working_days(today(), 1).date)
    row = Consultation(
        title=title,
        sign=sign,
        summary=Words(),
        decided=Words(),
        changeable=Words(),
        short_reason=Words(),
        opens_at=opens,
        closes_at=closes,
        answer_due=answer,
        follow_up_on=follow_up,
        made_by=who.person_id,
        made_at=now(),
    )
    session().add(row)
    session().flush()
    announce(ConsultationDrafted(subject=subject_of(row.id), by=who.person_id))
    return row


def change_topic(who: Identity, row: Consultation, outline: Outline, *, version: int) -> None:
    """Write a draft as it stands now.

    Raises `RuleBroken` when it is not the `version` read, or is to close before it opens.
    """
    may_change_topic.require(who, row, now())
    if ends_first(outline):
        raise RuleBroken(ENDS_FIRST, field="closes_at")
    step = update(Consultation).where(
        Consultation.id == row.id, Consultation.version == version, Consultation.state == "draft"
    )
    if not session().execute(step.values(version=version + 1)).rowcount:  # type: ignore[attr-defined]
        raise RuleBroken(CHANGED_MEANWHILE)
    for name in _PLAIN:
        setattr(row, name, getattr(outline, name))
    row.version = version + 1
    session().flush()
    _write_districts(row.id, outline.district_ids)
    keys = _write_questions(row.id, outline.questions)
    _write_themes(row.id, outline.themes, keys)
    announce(ConsultationChanged(subject=subject_of(row.id), by=who.person_id, version=version + 1))


_PLAIN: Final = (
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
    "unit_id",
    "official_id",
    "answer_due",
    "follow_up_on",
)


def _write_districts(consultation_id: int, district_ids: Sequence[int]) -> None:
    session().execute(delete(InDistrict).where(InDistrict.consultation_id == consultation_id))
    session().add_all(
        InDistrict(consultation_id=consultation_id, district_id=district)
        for district in district_ids
    )


def _forget_questions(consultation_id: int) -> None:
    """Delete questions, options and themes of a draft; nobody can have answered it."""
    old = select(Question.id).where(Question.consultation_id == consultation_id)
    session().execute(delete(Theme).where(Theme.consultation_id == consultation_id))
    session().execute(delete(Option).where(Option.question_id.in_(old)))
    session().execute(delete(Question).where(Question.consultation_id == consultation_id))


def _write_questions(consultation_id: int, planned: Sequence[PlannedQuestion]) -> dict[str, int]:
    """Write the questions anew; returns the ids of the options by their keys."""
    _forget_questions(consultation_id)
    keys: dict[str, Option] = {}
    for place, one in enumerate(planned, start=1):
        question = Question(
            consultation_id=consultation_id,
            place=place,
            kind=one.kind,
            wording=one.wording,
            easy=one.easy,
            most=one.most if one.kind == "several" else 1,
        )
        session().add(question)
        session().flush()
        keys |= _options_of(question.id, one)
    session().add_all(keys.values())
    session().flush()
    return {key: option.id for key, option in keys.items()}


def _options_of(question_id: int, planned: PlannedQuestion) -> dict[str, Option]:
    options = planned.options if planned.has_options else ()
    return {
        one.key: Option(
            question_id=question_id, place=place, label=one.label, easy=one.easy, icon=one.icon
        )
        for place, one in enumerate(options, start=1)
    }


def _write_themes(
    consultation_id: int, planned: Sequence[PlannedTheme], keys: dict[str, int]
) -> None:
    session().add_all(
        Theme(
            consultation_id=consultation_id,
            place=place,
            title=one.title,
            option_id=keys.get(one.option),
        )
        for place, one in enumerate(planned, start=1)
    )
    session().flush()


def publish_topic(who: Identity, consultation_id: int) -> Consultation:
    """Put a consultation to children; its content stays as it is from now on.

    Raises `RulesBroken` with one named sentence for each part that is missing (R1, R3, R5, R14).
    """
    row = whole_consultation(consultation_id, lock=True)
    may_publish_topic.require(who, row, now())
    outline = outline_of(row)
    require_whole(row, outline)
    _fix(row, outline)
    versions.grow(version_name(row.id))
    announce(
        ConsultationPublished(
            subject=subject_of(row.id),
            by=who.person_id,
            unit_id=row.unit_id or 0,
            official_id=row.official_id or 0,
        )
    )
    return row


def require_whole(row: Consultation, outline: Outline) -> None:
    """Raise `RulesBroken` with whatever keeps the draft, written as `outline`, from being put."""
    broken = [*gaps(outline, now()), *_gaps_beside_others(row)]
    if broken:
        raise RulesBroken(broken)


def _fix(row: Consultation, outline: Outline) -> None:
    """Store what the sheets will look like and which groups there are, and let children in."""
    questions = [(one.kind, len(one.options), one.most) for one in outline.questions]
    districts = outline.district_ids or tuple(sorted(place.id for place in district_list()))
    row.layout = layout_of(questions).to_json()
    row.cells = CellSpace(districts).to_json()
    row.state, row.published_at = "published", now()
    session().flush()


def _gaps_beside_others(row: Consultation) -> list[RuleBroken]:
    """What only a look at other rows tells: an official of another unit, a sign in use."""
    broken = []
    if row.unit_id and row.official_id:
        here = {person.id for person in officials_of(row.unit_id)}
        if row.official_id not in here:
            broken.append(RuleBroken(NOT_OF_UNIT, field="official_id"))
    same = select(Consultation.id).where(
        Consultation.sign == row.sign,
        Consultation.id != row.id,
        Consultation.state == "published",
    )
    if row.sign and session().scalar(same.limit(1)) is not None:
        broken.append(RuleBroken(TAKEN_SIGN, field="sign"))
    return broken


def extend_topic(who: Identity, row: Consultation, closes_at: datetime) -> None:
    """Put the close of a published consultation off; nothing else of it can be changed.

    Raises `RuleBroken` on the field `closes_at` for an earlier moment, or one after the answer.
    """
    may_extend_topic.require(who, row, now())
    if row.closes_at is not None and closes_at <= row.closes_at:
        raise RuleBroken(NOT_LATER, field="closes_at")
    if row.answer_due is not None and city_day(closes_at) >= row.answer_due:
        raise RuleBroken(AFTER_ANSWER, field="closes_at")
    row.closes_at = closes_at
    row.version += 1
    session().flush()
    versions.grow(version_name(row.id))
    announce(ConsultationChanged(subject=subject_of(row.id), by=who.person_id, version=row.version))
