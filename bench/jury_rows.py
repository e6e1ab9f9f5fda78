"""J3, J4: the same round as J1 and J2 on a real database – dealt and written, reckoned and closed.

The baselines of the same process: the driver's plain `executemany` of the same rows into the same
table, and for J4 the pure reckoning of J2 beside it.
"""

import random
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from bench.targets import Measured
from participation.accounts.models import District, Person, School, SchoolClass
from participation.contests.actions.dealing import deal_job
from participation.contests.actions.reckoning import reckon_job, reckoned
from participation.contests.jury.robustness import leave_one_out, sensitivity
from participation.contests.jury.scoring import Tally
from participation.contests.models import (
    Assignment,
    Author,
    Call,
    Conflict,
    Criterion,
    Entry,
    Judgement,
    Juror,
    Round,
    Score,
)
from participation.contests.naming import author_key, call_subject
from participation.contests.rules import BandRule, Rule
from participation.kernel.announcing import follow
from participation.kernel.clock import now
from participation.kernel.database import connect, database, session, unit_of_work
from participation.kernel.migrations import upgrade
from participation.kernel.pseudonyms import school_key, use_key
from participation.kernel.tables import Words, random_key
from participation.wiring import LISTENERS

WORKS: Final = 10_000
JURORS: Final = 40
QUORUM: Final = 4
PUPILS: Final = 600
"""Of each juror's school; a quarter of the works are of these schools."""
LATE: Final = 7
SCORED: Final = "round_id, entry_id, judged, raw"
COLUMNS: Final = "round_id, juror_id, entry_id, place, state"


def measure(rounds: int, address: str = "") -> list[Measured]:
    """Both by turns in the same process; on SQLite unless another address is given."""
    with tempfile.TemporaryDirectory(prefix="bench-jury-") as folder:
        url = address or f"sqlite:///{Path(folder) / 'site.db'}"
        upgrade(url)
        connect(url)
        use_key("k" * 40)
        follow(LISTENERS)
        number = _settle()
        dealt = _dealings(number, rounds)
        _judge(number)
        closed = _closings(number, rounds)
        database().dispose()
    return [dealt, closed]


def _seconds(of: Callable[[], Any]) -> float:
    began = perf_counter()
    of()
    return perf_counter() - began


# The round


def _settle() -> int:
    """A call with its works and its jury; the id of its round."""
    with unit_of_work() as opened:
        opened.add(District(id=1, code="1", name=Words(zh="区")))
        opened.flush()
        for number in range(1, JURORS + 1):
            opened.add(
                School(
                    id=number,
                    district_id=1,
                    code=f"S{number:03}",
                    name=Words(zh=f"学校{number}"),
                    kind="primary",
                )
            )
            opened.flush()
            opened.add(SchoolClass(id=number, school_id=number, year=2026, grade=3, number=1))
        call = Call(
            state="closed",
            kind="drawing",
            made_at=now(),
            **{name: Words(zh="画") for name in ("title", "brief", "brief_small", "brief_older")},
            **{name: Words(zh="画") for name in ("rules", "prizes", "use_for", "use_where")},
        )
        opened.add(call)
        opened.flush()
        criteria = [
            Criterion(call_id=call.id, place=place, title=Words(zh="看"), praise=Words(zh="看"))
            for place in range(3)
        ]
        opened.add_all(criteria)
        rule = Rule({band: BandRule(top=100) for band in "abc"}, "adjusted")
        row = Round(
            call_id=call.id,
            panel="adult",
            stage="first",
            way="rubric",
            quorum=QUORUM,
            instructions=Words(),
            rule=rule.as_data(),
            seed=random_key(),
            state="open",
            busy="dealing",
            opened_at=now(),
        )
        opened.add(row)
        opened.flush()
        children = _people(opened, call.id)
        _works(opened, call.id, children)
        return row.id


def _people(opened: Any, call_id: int) -> list[tuple[int, int]]:
    """Jurors of a school each, and the pupils of these schools."""
    usual = {"locale": "zh-Hans", "gender": "x", "joined_at": now()}
    teachers = [
        {
            "id": n,
            "role": "teacher",
            "legal_name": f"老师{n}",
            "email": f"t{n}@x.example",
            "school_id": n,
        }
        for n in range(1, JURORS + 1)
    ]
    opened.execute(insert(Person), [usual | one for one in teachers])
    pupils = [
        {
            "id": 1000 + n,
            "role": "child",
            "legal_name": "某某",
            "pupil_number": str(n),
            "born": date(2017, 3, 1),
            "school_id": n % JURORS + 1,
            "class_id": n % JURORS + 1,
        }
        for n in range(JURORS * PUPILS)
    ]
    opened.execute(insert(Person), [usual | one for one in pupils])
    seats = [
        {"call_id": call_id, "person_id": n, "panel": "adult", "alias": n, "state": "accepted"}
        for n in range(1, JURORS + 1)
    ]
    opened.execute(insert(Juror), seats)
    return [(one["id"], one["school_id"]) for one in pupils]  # type: ignore[misc]


def _works(opened: Any, call_id: int, children: list[tuple[int, int]]) -> None:
    """A quarter by pupils of the jurors' schools, the others by children of elsewhere."""
    entries, authors = [], []
    for number in range(WORKS):
        known = number % 4 == 0
        child, school = children[number] if known else (10**6 + number, 10**6)
        key = random_key()
        entries.append(
            {
                "id": key,
                "call_id": call_id,
                "code": f"{number:06}",
                "standing": "approved",
                "band": "abc"[number % 3],
                "district_id": 1,
                "school": school_key(school, call_subject(call_id)),
                "shuffle": number,
            }
        )
        authors.append(
            {
                "id": random_key(),
                "entry_id": key,
                "call_id": call_id,
                "participant": author_key(child, call_id),
                "lead": True,
                "band": "a",
            }
        )
    opened.execute(insert(Entry), entries)
    opened.execute(insert(Author), authors)


# J3


def _deal(number: int) -> None:
    """What the worker does with `deal-round`."""
    with unit_of_work(writes=False):
        deed = deal_job({"id": number})
    with unit_of_work():
        deed()


def _empty(number: int) -> None:
    with unit_of_work() as opened:
        opened.execute(delete(Assignment))
        opened.execute(delete(Conflict))
        opened.execute(update(Round).values(busy="dealing", state="open"))


def _plain(rows: list[Any], columns: str, table: str) -> None:
    """The driver's `executemany`, in one transaction."""
    taken = database().take()
    mark = "?" if database().is_sqlite else "%s"
    marks = ", ".join([mark] * len(rows[0]))
    with taken.cursor() if not database().is_sqlite else _Cursor(taken) as cursor:
        cursor.execute("BEGIN")
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        cursor.execute("COMMIT")
    database().give_back(taken)


class _Cursor:
    """A cursor of sqlite3 that closes itself."""

    def __init__(self, connection: Any) -> None:
        self.cursor = connection.cursor()

    def __enter__(self) -> Any:
        return self.cursor

    def __exit__(self, *_problem: object) -> None:
        self.cursor.close()


def _dealings(number: int, rounds: int) -> Measured:
    ours, theirs = [], []
    for _turn in range(rounds):
        _empty(number)
        ours.append(_seconds(lambda: _deal(number)))
        with unit_of_work(writes=False):
            found = session().execute(
                select(
                    Assignment.round_id,
                    Assignment.juror_id,
                    Assignment.entry_id,
                    Assignment.place,
                    Assignment.state,
                )
            )
            rows = [tuple(one) for one in found]
        assert len(rows) == WORKS * QUORUM
        with unit_of_work() as opened:
            opened.execute(delete(Assignment))
        theirs.append(_seconds(partial(_plain, rows, COLUMNS, "contests_assignments")))
    figures = {"s": min(ours), "of executemany": min(theirs), "rows": WORKS * QUORUM}
    return Measured("J3", tuple(a / b for a, b in zip(ours, theirs, strict=True)), figures)


# J4


def _judge(number: int) -> None:
    """Ratings of works of some quality by jurors of some severity; one has a quarter to go."""
    chance = random.Random(1)
    with unit_of_work() as opened:
        criteria = [str(one) for one in opened.scalars(select(Criterion.id))]
        seats = opened.execute(select(Assignment.id, Assignment.juror_id, Assignment.entry_id))
        worth: dict[bytes, float] = {}
        rows, judged = [], []
        for seat, juror, entry in seats.all():
            if juror == LATE and chance.random() < 0.25:
                continue
            middle = worth.setdefault(entry, chance.gauss(3, 0.8)) + (juror % 5 - 2) / 4
            steps = {c: min(5, max(1, round(middle + chance.gauss(0, 0.6)))) for c in criteria}
            rows.append({"assignment_id": seat, "steps": steps})
            judged.append(seat)
        opened.execute(insert(Judgement), rows)
        opened.execute(update(Assignment).values(state="open"))
        for first in range(0, len(judged), 500):
            some = judged[first : first + 500]
            opened.execute(update(Assignment).where(Assignment.id.in_(some)).values(state="judged"))
        opened.execute(update(Round).where(Round.id == number).values(busy=""))


def _close(number: int) -> None:
    """What the worker does with `reckon-round`."""
    with unit_of_work(writes=False):
        deed = reckon_job({"id": number, "close": True, "by": 1})
    with unit_of_work():
        deed()


def _pure(number: int) -> Callable[[], Any]:
    """The reckoning alone, on what was read."""
    with unit_of_work(writes=False):
        row = session().get(Round, number)
        assert row is not None
        come_to = reckoned(row)
        seed, given = row.seed, come_to.given

    def reckon() -> None:
        tally = Tally(given.bands, given.judgements, given.jurors)
        sensitivity(tally, come_to.plan, given.missing, seed)
        leave_one_out(tally, come_to.plan, seed)

    return reckon


def _closings(number: int, rounds: int) -> Measured:
    ours, theirs = [], []
    for _turn in range(rounds):
        with unit_of_work() as opened:
            opened.execute(delete(Score))
            opened.execute(
                update(Round).where(Round.id == number).values(state="open", busy="closing")
            )
        ours.append(_seconds(lambda: _close(number)))
        with unit_of_work() as opened:
            found = opened.execute(select(Score.round_id, Score.entry_id, Score.judged, Score.raw))
            rows = [tuple(one) for one in found]
            opened.execute(delete(Score))
        assert len(rows) == WORKS
        written = _seconds(partial(_plain, rows, SCORED, "contests_scores"))
        theirs.append(written + _seconds(_pure(number)))
    figures = {"s": min(ours), "of J2's reckoning and rows": min(theirs)}
    return Measured("J4", tuple(a / b for a, b in zip(ours, theirs, strict=True)), figures)
