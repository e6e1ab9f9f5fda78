"""Known texts among the others: whoever reads them can't tell, and agreement is measured by them.

One comes for about every twenty-five texts that a moderator has judged; each moderator gets each of
them once a year at most, and never one that she wrote herself. Nothing follows from its verdict but
the figures (`consistency.py`) and the sentence that explains it, which she reads at once.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_, select

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.moderation.actions.opening import wait
from participation.moderation.happenings import GoldAdded, GoldEnded
from participation.moderation.models import VERDICTS, Case, Gold, Verdict
from participation.moderation.policies import may_keep_gold, may_see_gold
from participation.moderation.reasons import known

EVERY: Final = 25
AGAIN_AFTER: Final = timedelta(days=365)
MOST_TEXT: Final = 500
MOST_WHY: Final = 400
GOLD: Final = "gold"


def gold_case_for(who: Person, until: datetime) -> Case | None:
    """A known text for this moderator, held by her, when one is due; else None."""
    return next_gold_case(who, until) if _judged_since_gold(who.id) >= EVERY else None


def next_gold_case(who: Person, until: datetime) -> Case | None:
    """The first known text that she has not judged within a year, held by her; else None."""
    gold = _unseen_by(who.id)
    return None if gold is None else _case_of(gold, who, until)


def _judged_since_gold(person_id: int) -> int:
    """How many texts she has judged since her last known one."""
    mine = select(Verdict.id).join(Case).where(Verdict.by == person_id, Case.kind == GOLD)
    last = session().scalar(mine.order_by(Verdict.id.desc()).limit(1)) or 0
    later = select(Verdict.id).where(Verdict.by == person_id, Verdict.id > last).limit(EVERY)
    return len(session().scalars(later).all())


def _unseen_by(person_id: int) -> Gold | None:
    seen = (
        select(Case.subject_id)
        .join(Verdict, Verdict.case_id == Case.id)
        .where(Case.kind == GOLD, Verdict.by == person_id, Verdict.at > now() - AGAIN_AFTER)
    )
    ids = [int(one) for one in session().scalars(seen)]
    others = or_(Gold.by.is_(None), Gold.by != person_id)
    free = select(Gold).where(Gold.ended_at.is_(None), others, Gold.id.not_in(ids))
    return session().scalar(free.order_by(Gold.id).limit(1))


def _case_of(gold: Gold, who: Person, until: datetime) -> Case:
    return wait(
        GOLD,
        Subject(GOLD, str(gold.id)),
        about=_about_now(gold),
        band=gold.band,
        text=gold.text,
        choices=[],
        held_by=who.id,
        held_until=until,
    )


def _about_now(gold: Gold) -> Mapping[str, str]:
    """What a text that waits now is about, so that a known one doesn't stand out."""
    oldest = select(Case.about, Case.about_en).where(Case.state == "waiting", Case.kind == "text")
    found = session().execute(oldest.order_by(Case.rank, Case.id).limit(1)).one_or_none()
    return {"zh": found.about, "en": found.about_en} if found else gold.about


def gold_of(case: Case) -> Gold:
    """The known text behind a case of this kind."""
    found = session().get(Gold, int(case.subject_id))
    if found is None:
        raise Missing
    return found


def add_gold(
    who: Person,
    *,
    about: Mapping[str, str],
    band: str,
    text: str,
    verdict: str,
    reasons: Sequence[str],
    why: str,
) -> Gold:
    """Add a made-up text with its right verdict and the sentence (≤ 400 characters) that says why.

    Raises `RulesBroken` with a sentence for each part that is missing.
    """
    may_keep_gold.require(who, None, now())
    named = known(reasons)
    broken = _missing(text, verdict, named, why)
    if broken:
        raise RulesBroken(broken)
    gold = Gold(
        about=dict(about),
        band=band,
        text=text[:MOST_TEXT],
        verdict=verdict,
        reasons=",".join(named) if verdict in ("returned", "refused") else "",
        why=why[:MOST_WHY],
        by=who.id,
        at=now(),
    )
    session().add(gold)
    session().flush()
    announce(GoldAdded(subject=Subject(GOLD, str(gold.id)), by=who.id))
    return gold


def _missing(text: str, verdict: str, reasons: tuple[str, ...], why: str) -> list[RuleBroken]:
    tried: list[tuple[Any, Any, str]] = [
        (text, _l("写一段编出来的话"), "text"),
        (verdict in VERDICTS[:4], _l("选一个决定"), "verdict"),
        (
            reasons or verdict not in ("returned", "refused"),
            _l("请改、不发布时，要选一个原因"),
            "reasons",
        ),
        (why, _l("写一句为什么，读的人马上能看到"), "why"),
    ]
    return [RuleBroken(sentence, field=name) for holds, sentence, name in tried if not holds]


def end_gold(who: Person, gold_id: int) -> None:
    """Show a known text to nobody any more; what was judged of it stays in the figures."""
    may_keep_gold.require(who, None, now())
    gold = session().get(Gold, gold_id)
    if gold is None or gold.ended_at is not None:
        raise RuleBroken(_l("这一条已经不用了。"))
    may_see_gold.require(who, gold, now())
    gold.ended_at = now()
    announce(GoldEnded(subject=Subject(GOLD, str(gold.id)), by=who.id))
