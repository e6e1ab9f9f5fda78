"""Questions about known texts: the list that is kept, and how they were judged."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from participation.kernel.database import session
from participation.moderation.models import Case, Gold, Verdict

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One line: a known text, how often it was judged and how often as it should be."""

    gold: Gold
    judged: int
    agreed: int


def known_texts(*, before: int = 0) -> list[Known]:
    """One page of known texts, newest first, and one more line where another page follows."""
    rows = select(Gold).order_by(Gold.id.desc()).limit(PAGE + 1)
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
