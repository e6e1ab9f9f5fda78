"""What became of calls that have ended: where the dossier is, and what the unit answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import String, cast, literal, select

from participation.contests.call import ShownCall
from participation.contests.dossier.facts import ListedWork
from participation.contests.models import Call
from participation.contests.queries.adopted import adopted_of
from participation.contests.queries.calls import calls_by_number
from participation.deliveries.queries import Standing, standings_of
from participation.deliveries.queries.latest import replies_of
from participation.kernel.database import session
from participation.kernel.i18n import ngettext, say_date
from participation.kernel.tables import Words
from participation.kernel.versions import Version

PAGE: Final = 20


@dataclass(frozen=True, eq=False)
class CallAnswer:
    """A call with the standing of its dossier, and the latest reply where one was given.

    `answers` are those of the deliveries: point, outcome, reason, next step, words for children.
    `adopted` is the work that the city adopts, as long as it hangs.
    """

    call: ShownCall
    standing: Standing
    greeting: Words
    answers: Sequence[Any]
    adopted: ListedWork | None = None

    @property
    def is_answered(self) -> bool:
        return self.standing.state == "answered"

    @property
    def by(self) -> list[str]:
        """Who answered, when, and how late; nothing where nobody has."""
        if self.standing.answered_on is None:
            return []
        late = self.standing.late_days
        return [
            str(self.standing.unit),
            say_date(self.standing.answered_on),
            *([ngettext("晚了 %(num)d 天", "晚了 %(num)d 天", late)] if late else ()),
        ]


def answers_of(calls: Iterable[ShownCall]) -> dict[int, CallAnswer]:
    """What became of each of these calls, by its id; one without a dossier is left out."""
    sent = [one for one in calls if one.state == "ended"]
    standings = standings_of(one.subject for one in sent)
    replies = replies_of(standings)
    return {
        one.id: CallAnswer(
            call=one,
            standing=standings[one.subject],
            greeting=reply.greeting if (reply := replies.get(one.subject)) else Words(),
            answers=reply.answers if reply else (),
        )
        for one in sent
        if one.subject in standings
    }


def answer_of(call: ShownCall) -> CallAnswer | None:
    """The same of one call, with the work that the city adopts."""
    found = answers_of([call]).get(call.id)
    if found is None:
        return None
    return CallAnswer(call, found.standing, found.greeting, found.answers, adopted_of(call))


def ended_calls(most: int = PAGE) -> list[CallAnswer]:
    """What became of the latest calls that have ended, the newest first."""
    name = literal("contest:") + cast(Call.id, String)
    rows = session().execute(
        select(Call.id, Version.number)
        .join(Version, Version.name == name)
        .where(Call.state == "ended", Call.rehearsal.is_(False))
        .order_by(Call.closes_at.desc(), Call.id.desc())
        .limit(most)
    )
    calls = calls_by_number({row.id: row.number for row in rows})
    return list(answers_of(calls).values())
