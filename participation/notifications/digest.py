"""The moderators' digest: how many texts wait, at most once an hour, never what they say."""

from typing import Any, Final

from participation.accounts.queries import staff_with
from participation.accounts.roles import MODERATOR
from participation.kernel.clock import now
from participation.kernel.jobs import Deed
from participation.moderation.queries import MOST_COUNTED, waiting_count
from participation.notifications.letters import post

DIGEST: Final = "moderators-digest"
DESK: Final = "/desk/moderation"


def digest_moderators(_arguments: dict[str, Any]) -> Deed:
    """The job: a letter to each moderator if anything waits when it runs.

    Jobs that stood still and run in the same hour write one letter together.
    """
    hour = f"{now():%Y-%m-%dT%H}"

    def write() -> None:
        count = waiting_count()
        if count:
            facts = {"count": min(count, MOST_COUNTED - 1), "more": count >= MOST_COUNTED}
            post("cases_waiting", staff_with(MODERATOR), key=hour, path=DESK, facts=facts)

    return write
