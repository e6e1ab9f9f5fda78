"""A text comes to the desk, in place of what the same subject said before, or is taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now, start_of, today
from participation.kernel.database import session
from participation.kernel.quick import Quick
from participation.kernel.rows import insert_row
from participation.kernel.subjects import Subject
from participation.moderation.actions.clearing import (
    cleared_before,
    clearing,
    goes_aside,
    without_harm,
)
from participation.moderation.happenings import CaseOpened, CaseSetAside
from participation.moderation.models import Case, Original, Verdict
from participation.moderation.origins import kin_mark, school_mark
from participation.moderation.reasons import child_sentence, language_of, tongue_of
from participation.moderation.routing import BY_CODE, HARM, Arrival, Queue, arrival, queue_of
from participation.moderation.wordlist.queries import current_lists
from participation.screening import Hint, screen, urgency

_KEPT = Quick(
    "SELECT 1 FROM moderation_cases WHERE subject_kind = :kind AND subject_id = :id"
    " AND (state = 'waiting' OR text <> '') LIMIT 1"
)
_LAST = Quick(
    "SELECT MAX(id) FROM moderation_cases WHERE subject_kind = :kind AND subject_id = :id"
    " AND state IN ('returned', 'refused', 'approved')"
)


def open_case(
    subject: Subject,
    *,
    about: Mapping[str, str],
    band: str,
    text: str,
    hints: Sequence[Hint] | None = None,
    turn: int = 1,
    choices: Sequence[Mapping[str, Any]] = (),
    school_id: int = 0,
    class_id: int = 0,
    released: bool = False,
) -> None:
    """Let a text wait for a moderator, in place of whatever the subject said before.

    Where it tells of harm that can't wait it does not wait here at all: it goes to a safeguarding
    officer at once. `released` is a text that two officers have read and given back: it waits as
    any other, without its signs of harm, and so does the very same text when it comes again.

    `about` (zh, en: at most 200 characters each) and `band` (a, b, c) are all that the moderator
    learns of the author; school and class are kept as marks that only the server key can make.
    `hints` are those of `screen`, where the caller has looked already. `turn` counts how often the
    subject came, from 1: the first finds nothing to replace. `choices` are marks offered on
    approval: `{"key": …, "label": {"zh": …, "en": …}}`; one with `"needed": True` has to be there.
    """
    earlier = _replace(subject) if turn > 1 else None
    found = screen(text, lists=current_lists()) if hints is None else list(hints)
    cleared_on = today() if released else cleared_before(subject, text, found)
    if cleared_on:
        found = without_harm(found)
    if goes_aside(found):
        _set_aside(subject, about, band, text, found, turn, school_mark(school_id))
        return
    tongue = tongue_of(text)
    queue = _queue_for(arrival(kind="text", turn=turn, text=text, hints=found), choices)
    matter = about.get("zh", "")[:200]
    insert_row(
        Case,
        {
            "kind": "text",
            "queue": queue.code,
            "rank": queue.rank,
            "tongue": tongue,
            "school": school_mark(school_id) if not released else _school_before(subject),
            "kin": kin_mark(class_id, matter),
            "earlier_id": earlier,
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "turn": turn,
            "about": matter,
            "about_en": about.get("en", "")[:200],
            "band": band,
            "text": text,
            "hints": found,
            "choices": [dict(choice) for choice in choices],
            "opened_at": now(),
            **clearing(subject, text, cleared_on),
        },
    )
    announce(CaseOpened(subject=subject, turn=turn))


def _queue_for(text: Arrival, choices: Sequence[Mapping[str, Any]]) -> Queue:
    """The queue of a text; what has to be looked at is never approved with others on one page."""
    queue = queue_of(text)
    if queue.code == "short" and any(choice.get("needed") for choice in choices):
        return BY_CODE["texts"]
    return queue


def wait(
    kind: str,
    subject: Subject,
    *,
    about: Mapping[str, str],
    band: str,
    text: str,
    queue: str = "",
    **more: Any,
) -> Case:
    """Let a text wait for another reason than that it is new; `more` are columns of `Case`.

    `queue` is the queue's code; without it the rules choose as for a new text. The statements of
    `open_case` are flatter because every opinion takes them.
    """
    hints, tongue = screen(text, lists=current_lists()), tongue_of(text)
    cleared_on = cleared_before(subject, text, hints)
    if cleared_on:
        hints = without_harm(hints)
    chosen = BY_CODE.get(queue) or queue_of(arrival(kind="text", turn=1, text=text, hints=hints))
    case = Case(
        kind=kind,
        queue=chosen.code,
        rank=chosen.rank,
        tongue=tongue,
        subject_kind=subject.kind,
        subject_id=subject.id,
        about=about.get("zh", "")[:200],
        about_en=about.get("en", "")[:200],
        band=band,
        text=text,
        hints=[dict(hint) for hint in hints],
        opened_at=now(),
        **clearing(subject, text, cleared_on),
        **more,
    )
    session().add(case)
    session().flush()
    return case


def _set_aside(
    subject: Subject,
    about: Mapping[str, str],
    band: str,
    text: str,
    hints: Sequence[Hint],
    turn: int,
    school: bytes | None,
) -> None:
    """Pass a text on before anybody reads it here; the desk keeps not a word of it."""
    day = start_of(today())
    row = {"subject_kind": subject.kind, "subject_id": subject.id, "turn": turn, "band": band}
    row |= {"about": about.get("zh", "")[:200], "about_en": about.get("en", "")[:200]}
    row |= {"state": "escalated", "school": school, "opened_at": day, "ended_at": day}
    case = Case(**row, text="", hints=[], choices=[])
    session().add(case)
    session().flush()
    session().add(Verdict(case_id=case.id, verdict="escalated", before="waiting", marks=[], at=day))
    announce(
        CaseSetAside(
            subject=subject,
            signs=tuple(sorted({hint["what"] for hint in hints} & HARM)),
            level=urgency(hints),
            band=band,
            about=about.get("zh", ""),
            sentence=child_sentence("escalated", (), band=band, locale=language_of(text)),
        )
    )


def _school_before(subject: Subject) -> bytes | None:
    """The school's mark on the newest case of a subject: who gives a text back does not know it."""
    same = select(Case.school).where(Case.subject_kind == subject.kind)
    same = same.where(Case.subject_id == subject.id).order_by(Case.id.desc())
    return session().scalar(same.limit(1))


def withdraw_case(subject: Subject) -> None:
    """Forget the words of a subject: they are gone from the queue and from every case of it.

    What was decided, why and when stays; what was said is the child's to take back. Of a case that
    still waits only the days are kept: the minute of taking words back is the child's as well.
    """
    if _KEPT.value(kind=subject.kind, id=subject.id) is None:
        return
    _end_waiting(subject)
    same = (Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    session().execute(update(Case).where(*same).values(text="", hints=[]))
    drop_originals(select(Case.id).where(*same))


def drop_originals(case_ids: Any) -> None:
    """Let the sealed originals of these cases go."""
    session().execute(delete(Original).where(Original.case_id.in_(case_ids)))


def _replace(subject: Subject) -> int | None:
    """Another turn: what nobody has read yet is gone, what was judged stays to be compared with.

    Returns the id of the case judged last.
    """
    _end_waiting(subject)
    last: int | None = _LAST.value(kind=subject.kind, id=subject.id)
    return last


def _end_waiting(subject: Subject) -> None:
    same = (Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    waits = select(Case.id, Case.opened_at).where(*same, Case.state == "waiting")
    for case_id, opened_at in session().execute(waits).all():
        gone = update(Case).where(Case.id == case_id, Case.state == "waiting")
        values: dict[str, Any] = {"state": "withdrawn", "ended_at": start_of(today()), **let_go()}
        values |= {"text": "", "hints": [], "opened_at": day_of(opened_at)}
        session().execute(gone.values(**values))


def day_of(moment: datetime) -> datetime:
    """The beginning of a moment's day: as long as a text waits its minute is needed, then not."""
    return start_of(city_day(moment))


def let_go() -> dict[str, None]:
    """The columns of a case that nobody holds."""
    return {"held_by": None, "held_until": None, "draft": None}
