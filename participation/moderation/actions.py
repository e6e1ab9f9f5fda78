"""Opening, claiming, judging: the one place that changes where a text stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy import case as case_when

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now, start_of, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.quick import Quick
from participation.kernel.rows import insert_row
from participation.kernel.subjects import Subject
from participation.moderation.happenings import CaseClaimed, CaseDecided, CaseOpened, CaseReread
from participation.moderation.models import VERDICTS, Case, Verdict
from participation.moderation.policies import may_judge
from participation.moderation.queries import held_case, own_decided_case
from participation.moderation.reasons import child_sentence, known, language_of
from participation.moderation.screening import Hint, screen

LEASE: Final = timedelta(minutes=10)
MOST_SENTENCE: Final = 1000
GONE: Final = _l("这条不用看了：孩子改过或撤回了，别的审核员拿走了，或者已经有了决定。请看下一条。")

_KEPT = Quick(
    "SELECT 1 FROM moderation_cases WHERE subject_kind = :kind AND subject_id = :id"
    " AND (state = 'waiting' OR text <> '') LIMIT 1"
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
) -> None:
    """Let a text wait for a moderator, in place of whatever the subject said before.

    `about` (zh, en: at most 200 characters each) and `band` (a, b, c) are all that the moderator
    learns of the author. `hints` are those of `screen`, where the caller has looked already. `turn`
    counts how often the subject came, from 1: the first finds nothing to replace. `choices` are
    marks offered on approval: `{"key": …, "label": {"zh": …, "en": …}}`.
    """
    moment = now()
    if turn > 1:
        withdraw_case(subject)
    insert_row(
        Case,
        {
            "subject_kind": subject.kind,
            "subject_id": subject.id,
            "turn": turn,
            "about": about.get("zh", "")[:200],
            "about_en": about.get("en", "")[:200],
            "band": band,
            "text": text,
            "hints": screen(text) if hints is None else list(hints),
            "choices": [dict(choice) for choice in choices],
            "opened_at": moment,
        },
    )
    announce(CaseOpened(subject=subject, turn=turn))


def withdraw_case(subject: Subject) -> None:
    """Forget the words of a subject: they are gone from the queue and from every case of it.

    What was decided, why and when stays; what was said is the child's to take back. Of a case that
    still waits only the days are kept: the minute of taking words back is the child's as well.
    """
    if _KEPT.value(kind=subject.kind, id=subject.id) is None:
        return
    same = (Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    waits = select(Case.id, Case.opened_at).where(*same, Case.state == "waiting")
    for case_id, opened_at in session().execute(waits).all():
        gone = update(Case).where(Case.id == case_id, Case.state == "waiting")
        values = {"state": "withdrawn", "ended_at": start_of(today()), **_let_go()}
        session().execute(gone.values(opened_at=_day_of(opened_at), **values))
    session().execute(update(Case).where(*same).values(text="", hints=[]))


def _day_of(moment: datetime) -> datetime:
    """The beginning of a moment's day: as long as a text waits its minute is needed, then not."""
    return start_of(city_day(moment))


def claim_next(who: Person, *, after: int = 0) -> Case | None:
    """Take the oldest free case with an id above `after`; None where there is none.

    A moderator who still holds a case gets that one again, for another lease of ten minutes.
    """
    may_judge.require(who, None, now())
    held = held_case(who.id)
    if held is not None:
        return _taken(who, Case.id == held.id)
    oldest = (
        select(Case.id)
        .where(Case.state == "waiting", _free(now()), Case.id > after)
        .order_by(Case.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return _taken(who, Case.id == oldest)


def claim(who: Person, case_id: int) -> Case:
    """Take this case; raises `RuleBroken` when somebody else holds it or it waits no more.

    Whatever else the moderator held goes back to the queue.
    """
    may_judge.require(who, None, now())
    held = held_case(who.id)
    if held is not None and held.id != case_id:
        put_back(who, held.id)
    taken = _taken(who, Case.id == case_id)
    if taken is None:
        raise RuleBroken(GONE)
    return taken


def put_back(who: Person, case_id: int) -> None:
    """Give a held case back to the queue, where it keeps its place."""
    may_judge.require(who, None, now())
    session().execute(
        update(Case)
        .where(Case.id == case_id, Case.state == "waiting", Case.held_by == who.id)
        .values(version=Case.version + 1, **_let_go())
    )


def reread(who: Person, case_id: int) -> Case:
    """Open once more what `who` decided herself; every opening goes on record.

    `Missing` for a case of somebody else, and for her own after `queries.REREAD_FOR`.
    """
    may_judge.require(who, None, now())
    case = own_decided_case(who.id, case_id)
    if case is None:
        raise Missing
    subject = Subject(case.subject_kind, case.subject_id)
    announce(CaseReread(subject=subject, by=who.id, case_id=case.id))
    return case


def renew(who: Person, case_id: int) -> None:
    """Keep a held case for another lease: its reader is still at it."""
    may_judge.require(who, None, now())
    session().execute(
        update(Case)
        .where(Case.id == case_id, Case.state == "waiting", Case.held_by == who.id)
        .values(held_until=now() + LEASE)
    )


def decide(
    who: Person,
    case_id: int,
    *,
    version: int,
    verdict: str,
    reasons: Sequence[str] = (),
    sentence: str = "",
    marks: Sequence[str] = (),
    sure: bool = False,
) -> Verdict:
    """Judge the case that `who` holds; only here a text's standing changes.

    `version` is that of the page read. To return or to refuse needs a reason (R12); an empty
    `sentence` is filled from the reasons. To approve what may hold personal data `who` has to say
    that she is `sure`. Raises `RulesBroken` on `reasons` and `sure`, `RuleBroken` (409) when the
    case changed hands or was judged meanwhile.
    """
    may_judge.require(who, None, now())
    case = session().get(Case, case_id)
    if case is None:
        raise Missing
    named = known(reasons)
    if verdict == "approved":
        _approvable(case, named, sure=sure)
    given = _checked(case, verdict, named, sentence, marks)
    _end(case, who, version, verdict)
    row = Verdict(case_id=case.id, before="waiting", by=who.id, at=now(), **given)
    session().add(row)
    session().flush()
    announce(
        CaseDecided(
            subject=Subject(case.subject_kind, case.subject_id),
            by=who.id,
            case_id=case.id,
            verdict=verdict,
            reasons=tuple(filter(None, row.reasons.split(","))),
            sentence=row.sentence,
            marks=tuple(row.marks),
        )
    )
    return row


def _approvable(case: Case, reasons: tuple[str, ...], *, sure: bool) -> None:
    """One key approves, so a slip must not publish what is marked, nor what has reasons against."""
    broken = []
    if reasons:
        broken.append(RuleBroken(_l("选了原因，就不能通过；要通过，先去掉原因"), field="reasons"))
    if case.hints and not sure:
        broken.append(RuleBroken(_l("这段话里标出了疑似个人信息：看过了，才能通过"), field="sure"))
    if broken:
        raise RulesBroken(broken)


def _checked(
    case: Case, verdict: str, reasons: tuple[str, ...], sentence: str, marks: Sequence[str]
) -> dict[str, Any]:
    """The verdict's own columns, or `RulesBroken` with a sentence for each part that is wrong."""
    explains = verdict in ("returned", "refused")
    broken = []
    if verdict not in VERDICTS:
        broken.append(RuleBroken(_l("选一个决定"), field="verdict"))
    if explains and not reasons:
        broken.append(RuleBroken(_l("请改、不发布时，要选一个原因"), field="reasons"))
    if explains and len(sentence) > MOST_SENTENCE:
        broken.append(RuleBroken(_l("这段话太长了，孩子读不完"), field=f"sentence_{verdict}"))
    if broken:
        raise RulesBroken(broken)
    locale = language_of(case.text)
    usual = child_sentence(verdict, reasons, band=case.band, locale=locale)
    offered = [str(choice["key"]) for choice in case.choices]
    return {
        "verdict": verdict,
        "reasons": "" if verdict == "approved" else ",".join(reasons),
        "sentence": (sentence if explains else "") or usual,
        "marks": [key for key in offered if key in marks] if verdict == "approved" else [],
    }


def _end(case: Case, who: Person, version: int, verdict: str) -> None:
    ended = session().execute(
        update(Case)
        .where(
            Case.id == case.id,
            Case.state == "waiting",
            Case.version == version,
            Case.held_by == who.id,
        )
        .values(
            state=verdict,
            version=version + 1,
            opened_at=_day_of(case.opened_at),
            ended_at=now(),
            **_let_go(),
        )
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(GONE)


def _free(moment: datetime) -> ColumnElement[bool]:
    return or_(Case.held_by.is_(None), Case.held_until.is_(None), Case.held_until < moment)


def _taken(who: Person, which: ColumnElement[bool]) -> Case | None:
    """Take a free or own case by one statement, so that two moderators never hold the same one."""
    moment = now()
    taken = session().scalar(
        update(Case)
        .where(which, Case.state == "waiting", or_(Case.held_by == who.id, _free(moment)))
        .values(held_by=who.id, held_until=moment + LEASE, version=_next_version(who))
        .returning(Case)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    if taken is not None:
        subject = Subject(taken.subject_kind, taken.subject_id)
        announce(CaseClaimed(subject=subject, by=who.id, case_id=taken.id))
    return taken


def _next_version(who: Person) -> ColumnElement[int]:
    """A case that changes hands gets a new version; taking one's own case again does not."""
    return case_when((Case.held_by == who.id, Case.version), else_=Case.version + 1)


def _let_go() -> dict[str, None]:
    return {"held_by": None, "held_until": None}
