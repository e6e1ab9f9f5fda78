"""Whether the answer listened: a child says so, and sums are published in protected batches."""

import json
from collections import Counter
from typing import Any, Final

from sqlalchemy import func, select

from participation.accounts.identity import Identity
from participation.consultations.happenings import HearingGiven
from participation.consultations.minimums import public_profile
from participation.consultations.models import LISTENED, AnswerSheet, Hearing, HearingSum
from participation.consultations.policies import Listening, may_say_listened
from participation.consultations.queries.answers import key_of, own_in
from participation.consultations.topic import Topic
from participation.deliveries.queries import standing_of
from participation.figures.batches import Edition, may_renew, renew
from participation.figures.publish import Published, protect
from participation.figures.tables import Group, Table, Tables
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.jobs import Deed
from participation.kernel.rows import put_row

CHOOSE: Final = _l("选一个：听到了、听到一部分、没有听到")


def listening_of(who: Any, topic: Topic) -> Listening:
    """What the right to say it depends on: her own sheet, and a reply that was given."""
    standing = standing_of(topic.subject)
    return Listening(
        took_part=own_in(who, topic).has_given,
        is_answered=standing is not None and standing.state == "answered",
    )


def say_listened(who: Identity, topic: Topic, listened: str) -> None:
    """Say whether the answer listened; said again, it takes the place of the earlier word.

    Refuses (`NotAllowed`) who did not take part or before the reply, `RuleBroken` on the field
    `listened` any other word than yes, partly or no.
    """
    may_say_listened.require(who, listening_of(who, topic), now())
    if listened not in LISTENED:
        raise RuleBroken(CHOOSE, field="listened")
    row = {
        "consultation_id": topic.id,
        "participant": key_of(who.person_id, topic.id),
        "listened": listened,
    }
    put_row(Hearing, row, key=("consultation_id", "participant"))
    announce(HearingGiven(subject=topic.subject))


def publish_hearings(_arguments: dict[str, Any]) -> Deed:
    """The daily timer: publish a new sum where enough more have spoken since the last (R73)."""
    said = session().execute(
        select(Hearing.consultation_id, Hearing.listened, func.count()).group_by(
            Hearing.consultation_id, Hearing.listened
        )
    )
    counts: dict[int, Counter[str]] = {}
    for consultation_id, listened, count in said:
        counts.setdefault(consultation_id, Counter())[listened] = count
    last = {row.consultation_id: row for row in session().scalars(select(HearingSum))}
    due = {
        key: count
        for key, count in counts.items()
        if may_renew(_edition(last.get(key)), today(), count.total())
    }
    rows = [
        _row(key, count, _renewed(last.get(key), _figures(count, _schools(key))))
        for key, count in sorted(due.items())
    ]

    def write() -> None:
        for row in rows:
            put_row(HearingSum, row, key=("consultation_id",))

    return write


def _edition(last: HearingSum | None) -> Edition | None:
    return None if last is None else Edition(last.published_on, last.n)


def _renewed(last: HearingSum | None, fresh: Published) -> Published:
    return fresh if last is None else renew(Published.from_json(json.loads(last.figures)), fresh)


def _schools(consultation_id: int) -> int:
    """From how many schools those come who have said something (R70)."""
    spoke = (
        select(func.count(AnswerSheet.school.distinct()))
        .join(
            Hearing,
            (Hearing.consultation_id == AnswerSheet.consultation_id)
            & (Hearing.participant == AnswerSheet.participant),
        )
        .where(Hearing.consultation_id == consultation_id)
    )
    return session().scalar(spoke) or 0


def _figures(count: Counter[str], schools: int) -> Published:
    answers = tuple(str(place) for place in range(1, len(LISTENED) + 1))
    total = tuple(count[listened] for listened in LISTENED)
    table = Table("listened", "single", answers, total)
    everyone = Group("all", count.total(), schools=schools)
    return protect(Tables(everyone, {}, (table,)), public_profile())


def _row(consultation_id: int, count: Counter[str], figures: Published) -> dict[str, Any]:
    return {
        "consultation_id": consultation_id,
        "published_on": today(),
        "n": count.total(),
        "figures": json.dumps(figures.to_json(), ensure_ascii=False),
    }
