"""Judging: the one place that changes where a text stands."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import update

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.exhibits import exhibits_of
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.actions.gold import gold_of
from participation.moderation.actions.holding import GONE
from participation.moderation.actions.opening import day_of, let_go
from participation.moderation.actions.sealing import seal_original
from participation.moderation.happenings import CaseDecided, GoldJudged
from participation.moderation.models import Case, Verdict
from participation.moderation.policies import may_judge
from participation.moderation.reasons import child_sentence, known, language_of
from participation.moderation.redaction import Span, blacked_out, merged
from participation.moderation.targets import due

MOST_SENTENCE: Final = 1000
LOOK_FIRST: Final = _l("每一样都看过、勾上了，才能通过")
NOT_READY: Final = _l("还有图或声音在处理，做好了才能通过")
VERDICTS_OF: Final = {
    "text": ("approved", "returned", "refused", "escalated"),
    "report": ("approved", "returned", "refused", "escalated"),
    "appeal": ("approved", "refused", "escalated"),
    "gold": ("approved", "returned", "refused", "escalated"),
}
"""What may be decided on each kind of case; refusing an appeal leaves things as they are."""


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
    bars: Sequence[Span] = (),
) -> Verdict:
    """Judge the case that `who` holds; only here a text's standing changes.

    `version` is that of the page read. To return or to refuse needs a reason (R12); an empty
    `sentence` is filled from the reasons. Approving takes every mark that the opener needs, and
    pictures that are ready. `bars` are places (start, end) of the text to black out
    on approval; to approve what may hold personal data elsewhere `who` has to say that she is
    `sure`. Raises `RulesBroken` on `reasons`, `marks`, `sure` and `verdict`, `RuleBroken` (409)
    when the case changed hands or was judged meanwhile.
    """
    may_judge.require(who, None, now())
    case = session().get(Case, case_id)
    if case is None:
        raise Missing
    places = merged(bars, len(case.text)) if verdict == "approved" else []
    given = _checked(case, verdict, known(reasons), sentence, marks, sure=sure, bars=places)
    row = Verdict(case_id=case.id, before="waiting", by=who.id, at=now(), **given)
    row.in_time = now() <= due(case.opened_at, case.queue)
    barred = blacked_out(case.text, places) if places else ""
    if places:
        seal_original(case, places)
    _end(case, who, version, verdict, barred)
    session().add(row)
    session().flush()
    _tell(case, row, barred)
    return row


def _tell(case: Case, row: Verdict, barred: str) -> None:
    subject = Subject(case.subject_kind, case.subject_id)
    reasons = tuple(filter(None, row.reasons.split(",")))
    if case.kind == "gold":
        gold = gold_of(case)
        agreed = gold.verdict == row.verdict
        announce(
            GoldJudged(
                subject=subject, by=row.by, case_id=case.id, verdict=row.verdict, agreed=agreed
            )
        )
        return
    announce(
        CaseDecided(
            subject=subject,
            by=row.by,
            case_id=case.id,
            kind=case.kind,
            verdict=row.verdict,
            band=case.band,
            about=case.about,
            reasons=reasons,
            sentence=row.sentence,
            marks=tuple(row.marks),
            bars=row.bars,
            text=barred,
        )
    )


def _checked(
    case: Case,
    verdict: str,
    reasons: tuple[str, ...],
    sentence: str,
    marks: Sequence[str],
    *,
    sure: bool,
    bars: Sequence[Span],
) -> dict[str, Any]:
    """The verdict's own columns, or `RulesBroken` with a sentence for each part that is wrong."""
    _complain(_wrong(case, verdict, reasons, sentence, marks, sure=sure, bars=bars))
    answers = verdict in ("returned", "refused") or (verdict, case.kind) == ("approved", "appeal")
    usual = child_sentence(
        verdict,
        reasons,
        band=case.band,
        locale=language_of(case.text),
        kind=case.kind,
        bars=bool(bars),
    )
    offered = [str(choice["key"]) for choice in case.choices]
    return {
        "verdict": verdict,
        "reasons": "" if verdict == "approved" else ",".join(reasons),
        "sentence": (sentence if answers else "") or usual,
        "marks": [key for key in offered if key in marks] if verdict == "approved" else [],
        "bars": len(bars),
    }


def _wrong(
    case: Case,
    verdict: str,
    reasons: tuple[str, ...],
    sentence: str,
    marks: Sequence[str],
    *,
    sure: bool,
    bars: Sequence[Span],
) -> list[RuleBroken]:
    explains = verdict in ("returned", "refused")
    broken = []
    if verdict not in VERDICTS_OF[case.kind]:
        broken.append(RuleBroken(_l("选一个决定"), field="verdict"))
    if explains and not reasons:
        broken.append(RuleBroken(_l("请改、不发布时，要选一个原因"), field="reasons"))
    if len(sentence) > MOST_SENTENCE:
        broken.append(RuleBroken(_l("这段话太长了，孩子读不完"), field=f"sentence_{verdict}"))
    if verdict == "approved":
        broken += _against_approving(case, reasons, marks, sure=sure, bars=bars)
    return broken


def _against_approving(
    case: Case,
    reasons: tuple[str, ...],
    marks: Sequence[str],
    *,
    sure: bool,
    bars: Sequence[Span],
) -> list[RuleBroken]:
    """One key approves, so a slip must not publish what is marked, nor what has reasons against."""
    broken = []
    if reasons:
        broken.append(RuleBroken(_l("选了原因，就不能通过；要通过，先去掉原因"), field="reasons"))
    if any(one.get("needed") and one["key"] not in marks for one in case.choices):
        broken.append(RuleBroken(LOOK_FIRST, field="marks"))
    if any(not one.ready for one in exhibits_of(Subject(case.subject_kind, case.subject_id))):
        broken.append(RuleBroken(NOT_READY, field="marks"))
    if not sure and any(not _covered(hint, bars) for hint in case.hints):
        sentence = _l("这段话里标出了要留意的地方：看过了，或者遮住了，才能通过")
        broken.append(RuleBroken(sentence, field="sure"))
    return broken


def _covered(hint: dict[str, Any], bars: Sequence[Span]) -> bool:
    return any(start <= int(hint["start"]) and int(hint["end"]) <= end for start, end in bars)


def _complain(broken: list[RuleBroken]) -> None:
    if broken:
        raise RulesBroken(broken)


def _end(case: Case, who: Person, version: int, verdict: str, barred: str) -> None:
    """Let the case end so, if it is still the one that was read; raises `RuleBroken` if not.

    What a safeguarding officer has now is not to be read here any more.
    """
    change: dict[str, Any] = {"state": verdict, "version": version + 1, "ended_at": now()}
    change |= {"opened_at": day_of(case.opened_at), **let_go()}
    if barred:
        change |= {"text": barred, "hints": []}
    if verdict == "escalated" and case.kind != "gold":
        change |= {"text": "", "hints": []}
    ended = session().execute(
        update(Case)
        .where(
            Case.id == case.id,
            Case.state == "waiting",
            Case.version == version,
            Case.held_by == who.id,
        )
        .values(**change)
        .execution_options(synchronize_session=False)
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken(GONE)
    session().refresh(case)
