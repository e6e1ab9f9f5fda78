"""Acknowledging a dossier and answering it: drafts that keep everything, versions that stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from participation.deliveries.completeness import OUTCOMES, AnswerText, ReplyText, lacks
from participation.deliveries.days import parse_day
from participation.deliveries.happenings import ReceiptGiven, ReplyGiven
from participation.deliveries.models import Dossier, Point, PointAnswer, Reply
from participation.deliveries.policies import may_acknowledge, may_give_reply
from participation.deliveries.queries import newest_of, reply_of, seen_mark
from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words

__all__ = ["AnswerText", "ReplyText", "acknowledge", "give_reply", "save_reply"]

MOST_KEPT = 20_000
"""Characters of one text that a draft keeps; far more than a reply may have."""
SOMEONE_ELSE = _l("这份回音刚刚在别的地方改过。你写的都在下面，看一看再存一次。")
NOTHING_NEW = _l("和已经给孩子的那一版一样，没有要更正的。")


def acknowledge(who: Any, dossier: Dossier) -> Dossier:
    """Give the receipt (签收). Refused for others and a second time. Announces `ReceiptGiven`."""
    locked = _locked(dossier)
    may_acknowledge.require(who, locked, now())
    locked.receipt_at, locked.receipt_by = now(), who.person_id
    session().flush()
    announce(
        ReceiptGiven(
            subject=_subject(locked), by=who.person_id, dossier_id=locked.id, unit_id=locked.unit_id
        )
    )
    return locked


def save_reply(who: Any, dossier: Dossier, text: ReplyText, *, seen: str | None = None) -> Reply:
    """Keep what was typed as the draft, whatever is missing or wrong in it.

    `seen` is the `seen_mark` of the newest reply that the writer had before her; refused with
    `RuleBroken` where another one was saved meanwhile. None: don't ask.
    """
    locked = _locked(dossier)
    may_give_reply.require(who, locked, now())
    return _write(locked, text, seen)


def give_reply(who: Any, dossier: Dossier, text: ReplyText, *, seen: str | None = None) -> Reply:
    """Give the reply to every child who took part; from here on it is never changed.

    Refused with `RulesBroken`, one named sentence for each missing or wrong part (R4). Without a
    receipt, answering acknowledges too. A later reply is a new version; the old ones stay. One that
    says nothing new is refused with `RuleBroken`. Announces `ReplyGiven`.
    """
    locked = _locked(dossier)
    may_give_reply.require(who, locked, now())
    places = {point.id: point.place for point in _points(locked)}
    broken = lacks(
        text,
        places,
        sealed_on=city_day(locked.sealed_at),
        given_on=city_day(locked.replied_at or now()),
    )
    if broken:
        raise RulesBroken(broken)
    before = reply_of(_subject(locked))
    reply = _write(locked, text, seen)
    if before is not None and _said(reply) == _said(before):
        raise RuleBroken(NOTHING_NEW)
    if locked.receipt_at is None:
        acknowledge(who, locked)
    reply.given_by, reply.given_at = who.person_id, now()
    locked.replied_at = locked.replied_at or reply.given_at
    session().flush()
    announce(
        ReplyGiven(
            subject=_subject(locked),
            by=who.person_id,
            dossier_id=locked.id,
            unit_id=locked.unit_id,
            version=reply.version,
        )
    )
    return reply


def _locked(dossier: Dossier) -> Dossier:
    """The row as it stands now, held until the end of this unit: officials take turns."""
    session().execute(select(Dossier.id).where(Dossier.id == dossier.id).with_for_update())
    held = session().get_one(Dossier, dossier.id)
    session().refresh(held, ["receipt_at", "receipt_by", "replied_at"])
    return held


def _points(dossier: Dossier) -> list[Point]:
    found = select(Point).where(Point.dossier_id == dossier.id).order_by(Point.place)
    return list(session().scalars(found))


def _subject(dossier: Dossier) -> Subject:
    return Subject(dossier.subject_kind, dossier.subject_id)


def _write(dossier: Dossier, text: ReplyText, seen: str | None) -> Reply:
    moment = now()
    newest = newest_of(dossier.id)
    if seen is not None and seen != seen_mark(newest):
        raise RuleBroken(SOMEONE_ELSE)
    if newest is None or newest.given_at is not None:
        draft = _new_draft(dossier, moment, 1 + (newest.version if newest else 0))
    else:
        draft = newest
    draft.greeting = _words(text.greeting_zh, text.greeting_en)
    draft.saved_at = moment
    kept = {answer.point_id: answer for answer in draft.answers}
    known = {point.id for point in _points(dossier)}
    for typed in text.answers:
        if typed.point_id in known:
            _fill(kept.get(typed.point_id) or _new_answer(draft, typed.point_id), typed, dossier)
    session().flush()
    return draft


def _said(reply: Reply) -> tuple[Any, ...]:
    """All that a reply says, for telling two of them apart."""
    answers = [
        (one.point_id, one.outcome, one.reason, one.next_step, one.next_on, dict(one.for_children))
        for one in sorted(reply.answers, key=lambda one: one.point_id)
    ]
    return dict(reply.greeting), answers


def _new_draft(dossier: Dossier, moment: datetime, version: int) -> Reply:
    draft = Reply(
        dossier_id=dossier.id,
        version=version,
        greeting=Words(),
        saved_at=moment,
        answers=[],
    )
    session().add(draft)
    session().flush()
    return draft


def _new_answer(draft: Reply, point_id: int) -> PointAnswer:
    answer = PointAnswer(reply_id=draft.id, point_id=point_id)
    draft.answers.append(answer)
    return answer


def _fill(answer: PointAnswer, typed: AnswerText, dossier: Dossier) -> None:
    answer.outcome = typed.outcome if typed.outcome in OUTCOMES else ""
    answer.reason = typed.reason[:MOST_KEPT]
    answer.next_step = typed.next_step[:MOST_KEPT]
    answer.typed_on = typed.next_on[:60]
    answer.next_on = parse_day(typed.next_on, since=city_day(dossier.sealed_at))
    answer.for_children = _words(typed.children_zh, typed.children_en)


def _words(chinese: str, english: str) -> Words:
    both = {"zh": chinese[:MOST_KEPT], "en": english[:MOST_KEPT]}
    return Words({locale: text for locale, text in both.items() if text})
