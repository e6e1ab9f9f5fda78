"""Questions about known texts: the list that is kept, and how they were judged."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from participation.accounts.models import Person
from participation.accounts.roles import ADMINISTRATOR
from participation.kernel.database import session
from participation.moderation.models import Case, Gold, Verdict

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One line: a known text, how often it was judged and how often as it should be."""

    gold: Gold
    judged: int
    agreed: int


def seen_by(who: Person) -> ColumnElement[bool]:
    """The same as `policies.may_see_gold`, as a condition of a query (a test holds them equal)."""
    if who.role == ADMINISTRATOR:
        return true()
    return or_(Gold.ended_at.is_not(None), Gold.by == who.id)


def unseen_count(who: Person) -> int:
    """How many known texts are kept from her because she will be given them."""
    if who.role == ADMINISTRATOR:
        return 0
    hers = and_(Gold.ended_at.is_(None), or_(Gold.by.is_(None), Gold.by != who.id))
    return session().scalar(select(func.count()).select_from(Gold).where(hers)) or 0


def known_texts(who: Person, *, before: int = 0) -> list[Known]:
    """One page of the known texts that `who` may see with their right verdicts, newest first, and
    one more line where another page follows."""
    rows = select(Gold).where(seen_by(who)).order_by(Gold.id.desc()).limit(PAGE + 1)
    if before:
        rows = rows.where(Gold.id < before)
    found = list(session().scalars(rows))
    judged = _judged([str(gold.id) for gold in found])
    return [
        Known(
            gold,
            sum(count for (gold_id, _verdict), count in judged.items() if gold_id == str(gold.id)),
            judged.get((str(gold.id), gold.verdict), 0),
        )
        for gold in found
    ]


def _judged(ids: list[str]) -> dict[tuple[str, str], int]:
    """How often each of these was given each verdict."""
    counted = (
        select(Case.subject_id, Verdict.verdict, func.count())
        .join(Verdict, Verdict.case_id == Case.id)
        .where(Case.kind == "gold", Case.subject_id.in_(ids), Verdict.verdict == Case.state)
        .group_by(Case.subject_id, Verdict.verdict)
    )
    return {(gold_id, verdict): count for gold_id, verdict, count in session().execute(counted)}
