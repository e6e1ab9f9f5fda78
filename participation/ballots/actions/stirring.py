"""Stirring: on PostgreSQL the flagged lines and the papers are written anew in a shuffled order.

PostgreSQL tells for each row the transaction that wrote it (`xmin`) and its place in the file
(`ctid`); a dump writes rows in the order of their place. A line that was flagged and the papers
that came with it agree in both, so whoever also held the keys could pair them in one copy. After a
stirring all of them are of one transaction and in no order. What came since the last one is not
covered: five in a hundred of all papers, or those of one hour. SQLite keeps these tables by their
random keys and knows neither, so it needs none.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select, text

from participation.ballots.gate import enter
from participation.ballots.models import Voting
from participation.kernel import jobs
from participation.kernel.clock import now
from participation.kernel.database import database, session
from participation.kernel.errors import NotAllowed

STIR: Final = "stir-voting"
SHARE: Final = 20
"""Stir when one in so many flagged lines is new: each is written about so many times in all."""

_CLAIM = text(
    "UPDATE ballots_votings SET stirred = flagged.n FROM"
    " (SELECT count(*) AS n FROM ballots_roll WHERE voting_id = :id AND voted) AS flagged"
    " WHERE id = :id AND flagged.n > stirred AND (:whole OR flagged.n - stirred > stirred / :share)"
)
"""Counts and compares without a number leaving the database."""
_ROLL = text(
    "WITH gone AS (DELETE FROM ballots_roll WHERE voting_id = :id AND voted"
    " RETURNING voting_id, voter, circle, voted)"
    " INSERT INTO ballots_roll (voting_id, voter, circle, voted)"
    " SELECT voting_id, voter, circle, voted FROM gone ORDER BY gen_random_uuid()"
)
_PAPERS = text(
    "WITH gone AS (DELETE FROM ballots_papers WHERE voting_id = :id RETURNING voting_id, sealed)"
    " INSERT INTO ballots_papers (voting_id, id, sealed)"
    " SELECT voting_id, uuid_send(gen_random_uuid()), sealed FROM gone ORDER BY gen_random_uuid()"
)
_WHOLE_ROLL = text(_ROLL.text.replace(" AND voted RETURNING", " RETURNING"))

Deed = Callable[[], None]


def stir_due(arguments: dict[str, Any]) -> Deed:
    """The timer of stirring; nothing to do on SQLite."""
    return _ask(whole=False)


def stir_all_due(arguments: dict[str, Any]) -> Deed:
    """The timer of the hour: whatever is new is stirred, however little it is."""
    return _ask(whole=True)


def _ask(*, whole: bool) -> Deed:
    if database().is_sqlite:
        return lambda: None
    running = session().scalars(
        select(Voting.id).where(Voting.state == "open", Voting.opens_at <= now())
    )
    found, minute = list(running.all()), f"{now():%Y%m%d%H%M}"

    def ask() -> None:
        for voting_id in found:
            jobs.enqueue(STIR, f"{voting_id}:{minute}", {"id": voting_id, "whole": whole})

    return ask


def stir_job(arguments: dict[str, Any]) -> Deed:
    """The handler of `stir-voting`; one that comes after the close has nothing to do."""

    def stir() -> None:
        try:
            stir_voting(arguments["id"], whole=arguments["whole"])
        except NotAllowed:
            return

    return stir


def stir_voting(voting_id: int, *, whole: bool = True) -> bool:
    """Write flagged lines and papers anew, shuffled; False where too little is new, and on SQLite.

    `whole`: stir whatever is new. Raises `NotAllowed` where the voting is not open.
    """
    enter(voting_id)
    if database().is_sqlite:
        return False
    claim = {"id": voting_id, "whole": whole, "share": SHARE}
    if session().execute(_CLAIM, claim).rowcount != 1:  # type: ignore[attr-defined]
        return False
    session().execute(_ROLL, {"id": voting_id})
    session().execute(_PAPERS, {"id": voting_id})
    return True


def stir_roll(voting_id: int) -> None:
    """The whole roll anew, at the count: nothing of the order of voting is left in it."""
    if not database().is_sqlite:
        session().execute(_WHOLE_ROLL, {"id": voting_id})
