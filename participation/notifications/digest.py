"""The moderators' digest: how many texts wait for each, at most once an hour and only in school
hours, never what they say."""

from datetime import datetime
from typing import Any, Final

from participation.accounts.models import Person
from participation.accounts.queries import staff_with
from participation.accounts.roles import MODERATOR
from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.jobs import Deed
from participation.moderation.policies import may_judge
from participation.moderation.queries import MOST_COUNTED, scope_of, waiting_counts
from participation.moderation.targets import is_open, reopens
from participation.notifications.letters import post

DIGEST: Final = "moderators-digest"
DESK: Final = "/desk/moderation"


def digest_moderators(_arguments: dict[str, Any]) -> Deed:
    """The job: a letter to each moderator for whom something waits when it runs.

    Jobs that stood still and run in the same hour write one letter together; those of a night or a
    day off wait for the morning.
    """
    moment = now()

    def write() -> None:
        if not is_open(moment):
            _put_off(reopens(moment))
            return
        for reader in staff_with(MODERATOR):
            if may_judge(reader, None, moment):
                _tell(reader, f"{moment:%Y-%m-%dT%H}")

    return write


def _put_off(opening: datetime) -> None:
    jobs.enqueue(DIGEST, f"opening:{opening:%Y-%m-%d}", {}, after=opening)


def _tell(reader: Person, hour: str) -> None:
    counts = waiting_counts(scope_of(reader.id, reader.school_id or 0))
    if counts.mine:
        facts = {
            "count": min(counts.mine, MOST_COUNTED - 1),
            "more": counts.mine >= MOST_COUNTED,
            "others": min(counts.others, MOST_COUNTED - 1),
        }
        post("cases_waiting", [reader], key=hour, path=DESK, facts=facts)
