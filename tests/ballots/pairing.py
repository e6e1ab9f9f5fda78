"""An attacker with a copy of the database: pairs the lines of the roll with papers by every order.

The one here is the strongest that a test can make: it holds the keys of the server and knows the
pseudonym of each child. Everybody chooses something else, so each right pair is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import MetaData, text

from participation.ballots.actions import cast_ballot
from participation.ballots.box import take_out
from participation.ballots.keys import opened_key
from participation.ballots.papers import choice_on, pile_choice
from participation.ballots.queries import voter_of, voting_by_id
from participation.kernel.database import database, session, unit_of_work
from tests.ballots.polls import opened

VOTERS = 200
LUCK = 14
"""Pairs that chance may find. Of 200 blind guesses one is right on average, whatever the order
(Poisson); fifteen or more come once in 10¹² runs."""
STEP = 0.45
"""Rank correlation that chance may show: with 200 rows its spread is 0.07, so this is six of it."""


@dataclass(frozen=True)
class Poll:
    """Who voted in which order, and what each of them chose: what the attacker wants to know."""

    voting_id: int
    order: tuple[int, ...]
    chosen: dict[int, str]
    keys: dict[bytes, int]
    marks: dict[str, int]
    """Whose receipt is which: what children may tell each other."""


def poll(seed: int = 7) -> Poll:
    """Two hundred children vote one after the other, each for an option of her own."""
    chance = Random(seed)
    people, options = list(range(1, VOTERS + 1)), [f"quokka{n:03}" for n in range(VOTERS)]
    with unit_of_work():
        voting = opened(VOTERS, dict.fromkeys(options, ""))
        keys = {voter_of(voting, person).key: person for person in people}
    chance.shuffle(people)
    chance.shuffle(options)
    chosen = dict(zip(people, options, strict=True))
    marks = {}
    for person in people:
        with unit_of_work():
            marks[cast_ballot(voting.id, person, [chosen[person]]).mark] = person
    return Poll(voting.id, tuple(people), chosen, keys, marks)


def orders() -> dict[str, str]:
    """Every order in which this kind of database can be made to give rows."""
    by_key = {"as they lie": "", "by key": " ORDER BY 2", "by key, backwards": " ORDER BY 2 DESC"}
    if database().is_sqlite:
        return by_key
    return {
        **by_key,
        "by place": " ORDER BY ctid",
        "by transaction": " ORDER BY xmin::text::bigint, ctid",
        "by command": " ORDER BY cmin::text::bigint, ctid",
        "by the transaction that deletes": " ORDER BY xmax::text::bigint, ctid",
    }


def rows(statement: str, voting_id: int) -> list[Any]:
    """What a reader with SQL sees."""
    return list(session().execute(text(statement), {"id": voting_id}).all())


def roll_in(order: str, poll: Poll) -> list[int]:
    """The children who have voted, in this order of their lines."""
    said = f"SELECT voting_id, voter FROM ballots_roll WHERE voting_id = :id AND voted{order}"  # noqa: S608
    return [poll.keys[bytes(row.voter)] for row in rows(said, poll.voting_id)]


def papers_in(order: str, poll: Poll) -> list[str]:
    """What was chosen, in this order of the papers: opened with the keys of the server."""
    said = f"SELECT voting_id, id, sealed FROM ballots_papers WHERE voting_id = :id{order}"  # noqa: S608
    voting = voting_by_id(poll.voting_id)
    assert voting.opener is not None
    opener = opened_key(voting.id, "opener", voting.opener)
    found = (choice_on(take_out(opener, voting.id, bytes(r.sealed))) for r in rows(said, voting.id))
    return [choice[0] for choice in found if choice]


def piles_in(order: str, poll: Poll) -> list[str]:
    """What was chosen, in this order of the piles that are left after the count."""
    said = f"SELECT voting_id, choice FROM ballots_piles WHERE voting_id = :id{order}"  # noqa: S608
    return [pile_choice(row.choice)[0] for row in rows(said, poll.voting_id)]


def receipts_in(order: str, poll: Poll) -> list[int]:
    """Whose receipts stand in the list, in this order."""
    said = f"SELECT voting_id, mark FROM ballots_receipts WHERE voting_id = :id{order}"  # noqa: S608
    return [poll.marks[row.mark] for row in rows(said, poll.voting_id)]


def everything() -> dict[str, list[str]]:
    """Every row of every table, as a copy holds it."""
    tables = MetaData()
    with database().engine.connect() as reading:
        tables.reflect(reading)
        return {
            name: sorted(repr(tuple(row)) for row in reading.execute(table.select()))
            for name, table in tables.tables.items()
        }


def files() -> bytes:
    """The bytes of the files of this room: of SQLite the whole file and its log, of PostgreSQL
    every table and index, read by the server itself (the test's user may)."""
    base = database()
    if base.is_sqlite:
        path = Path(base.url.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    base.engine.dispose()
    with base.engine.connect() as reading:
        reading.execute(text("CHECKPOINT"))
        said = (
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class"
            " WHERE relname LIKE '%ballots%' AND relkind IN ('r', 'i')"
        )
        return b"".join(bytes(found) for found in reading.scalars(text(said)))


def right_pairs(people: Sequence[int], choices: Sequence[str], poll: Poll) -> int:
    """How many children are found out by laying the two lists beside each other."""
    assert sorted(people) == sorted(poll.order) and len(choices) == len(people)
    return sum(
        poll.chosen[person] == choice for person, choice in zip(people, choices, strict=True)
    )


def likeness(found: Sequence[Any], true: Sequence[Any]) -> float:
    """Spearman's rank correlation of two orders of the same things, between -1 and 1."""
    place = {one: n for n, one in enumerate(true)}
    n = len(true)
    apart = sum((place[one] - here) ** 2 for here, one in enumerate(found))
    return 1 - 6 * apart / (n * (n * n - 1))
