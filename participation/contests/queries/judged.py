"""What the jurors of a round gave, as the pure reckoning takes it; for the worker alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, select

from participation.contests.jury.ways import (
    Judgement,
    Open,
    Ranking,
    Rating,
    Rubric,
    Vote,
    from_rankings,
    from_ratings,
    from_votes,
    open_rankings,
    open_ratings,
    open_votes,
)
from participation.contests.models import Assignment, Conflict, Criterion, Juror, Round
from participation.contests.models import Judgement as Row
from participation.contests.queries.rounds import works_of
from participation.kernel.database import session


@dataclass(slots=True)
class Given:
    """All of a round: works by band, judgements, ratings, what is still open, what was liked."""

    bands: dict[int, str]
    jurors: list[int]
    criteria: list[int]
    judgements: list[Judgement] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    missing: list[Open] = field(default_factory=list)
    liked: list[tuple[int, int]] = field(default_factory=list)

    def works(self, band: str) -> tuple[int, ...]:
        """The works of a band."""
        return tuple(work for work, its in self.bands.items() if its == band)


def given_in(row: Round) -> Given:
    """What was given in a round so far. What stands in spite of a conflict is left out."""
    bands = {int.from_bytes(one): band for one, band in session().execute(works_of(row))}
    criteria = session().execute(
        select(Criterion.id, Criterion.weight)
        .where(Criterion.call_id == row.call_id)
        .order_by(Criterion.place)
    )
    weights = dict(criteria.all())
    seats = [seat for seat in _seats(row) if seat[0] in bands]
    given = Given(bands, sorted({seat[1] for seat in seats}), list(weights))
    given.liked = [
        (seat[0], seat[6]) for seat in seats if seat[2] == "judged" and seat[6] is not None
    ]
    {"yes_no": _votes, "rubric": _ratings, "ranking": _rankings}[row.way](given, seats, weights)
    return given


Seat = tuple[int, int, str, bool | None, Mapping[str, int] | None, int | None, int | None]
"""Work, juror, state of the assignment; yes, steps, rank, liked."""


def _seats(row: Round) -> list[Seat]:
    """Every seat that counts: finished ones, and open ones of jurors who are still here."""
    barred = exists().where(
        Conflict.juror_id == Assignment.juror_id, Conflict.entry_id == Assignment.entry_id
    )
    found = session().execute(
        select(
            Assignment.entry_id,
            Assignment.juror_id,
            Assignment.state,
            Row.yes,
            Row.steps,
            Row.rank,
            Row.liked_id,
            Juror.state,
        )
        .join(Juror, Juror.id == Assignment.juror_id)
        .outerjoin(Row, Row.assignment_id == Assignment.id)
        .where(
            Assignment.round_id == row.id,
            Assignment.state.in_(("open", "deferred", "judged")),
            ~barred,
        )
    )
    return [
        (int.from_bytes(one[0]), *one[1:7])
        for one in found
        if one[2] == "judged" or one[7] == "accepted"
    ]


def _still_open(seats: Iterable[Seat]) -> list[tuple[int, int]]:
    return [(seat[0], seat[1]) for seat in seats if seat[2] != "judged"]


def _votes(given: Given, seats: Sequence[Seat], _weights: Mapping[int, int]) -> None:
    votes = (Vote(seat[0], seat[1], seat[3]) for seat in seats if seat[2] == "judged")
    given.judgements = list(from_votes(votes))
    given.missing = open_votes(_still_open(seats))


def _ratings(given: Given, seats: Sequence[Seat], weights: Mapping[int, int]) -> None:
    given.ratings = [
        Rating(seat[0], seat[1], tuple((seat[4] or {}).get(str(one)) for one in weights))
        for seat in seats
        if seat[2] == "judged"
    ]
    given.judgements = list(from_ratings(given.ratings, Rubric(tuple(weights.values()))))
    given.missing = open_ratings(_still_open(seats))


def _rankings(given: Given, seats: Sequence[Seat], _weights: Mapping[int, int]) -> None:
    packs: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        packs[seat[1]].append(seat)
    rankings = [
        Ranking(juror, tuple(seat[0] for seat in pack), _order(pack))
        for juror, pack in sorted(packs.items())
    ]
    given.judgements = list(from_rankings(rankings))
    given.missing = open_rankings(rankings)


def _order(pack: Sequence[Seat]) -> tuple[tuple[int, ...], ...]:
    """What she has finished, the best first."""
    placed = [seat for seat in pack if seat[2] == "judged" and seat[5] is not None]
    return tuple((seat[0],) for seat in sorted(placed, key=lambda seat: seat[5] or 0))
