"""The end of a voting: closed by the clock, counted, kept small, forgotten."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from participation.ballots.actions import (
    Entitled,
    cast_ballot,
    forget_rolls,
    open_voting,
)
from participation.ballots.actions.closing import close_due, close_voting
from participation.ballots.actions.counting import BoxDisagrees, count_job, open_box
from participation.ballots.box import Unreadable
from participation.ballots.models import CountedReceipt, HalfHour, Pile, RollLine, SealedPaper
from participation.ballots.papers import pile_choice
from participation.ballots.queries import (
    bursts_of,
    circles_of,
    outcome_of,
    receipts_of,
    voter_of,
    voting_by_id,
    was_counted,
)
from participation.ballots.receipts import Receipt
from participation.ballots.tally import count
from participation.kernel.clock import at, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.kernel.jobs import Job
from participation.kernel.working import work_off
from participation.settings import Settings
from participation.wiring import WORKSHOP
from tests.ballots.polls import OPTIONS, close_and_count, drafted, opened, over
from tests.support.cast import Cast


def voted(count: int = 25, *, most: int = 1) -> tuple[int, list[Receipt]]:
    """A voting in which so many cast: two of five for the cat, the others for the dog."""
    with unit_of_work():
        voting_id = opened(most=most).id
    receipts = []
    for person in range(1, count + 1):
        with unit_of_work():
            receipts.append(cast_ballot(voting_id, person, ["cat" if person % 5 < 2 else "dog"]))
    return voting_id, receipts


class TestClosing:
    def test_it_ends_by_the_clock_and_the_worker(self, app: Flask, settings: Settings) -> None:
        voting_id, receipts = voted()
        with at(over(voting_id)):
            with unit_of_work(writes=False):
                ask = close_due({})
            with unit_of_work():
                ask()
            work_off(WORKSHOP, settings)
        with unit_of_work():
            voting = voting_by_id(voting_id)
            assert (voting.state, voting.opener) == ("counted", None)
            outcome = outcome_of(voting)
            assert outcome.counts == {"cat": 10, "dog": 15, "sun": 0}
            assert (outcome.papers, outcome.places().chosen) == (25, ("dog",))
            assert outcome.counts_told == {"cat": 10, "dog": 15, "sun": None}
            counted = receipts_of(voting)
            assert sorted(r.mark for r in receipts) == [r.mark for r in counted.receipts]
            assert was_counted(voting, receipts[3])
            assert not was_counted(voting, Receipt(receipts[3].pictures, "77"))
            assert session().scalars(select(SealedPaper)).all() == []
            assert not session().scalars(select(Job).where(Job.state != "done")).all()
            assert {"close-voting", "count-voting", "sweep-ballots"} == {
                job.kind for job in session().scalars(select(Job))
            }

    def test_it_is_not_closed_early_or_twice(self, unit: None) -> None:
        voting = opened()
        assert not close_voting(voting.id)
        with at(voting.closes_at):
            assert close_voting(voting.id) and not close_voting(voting.id)
            with pytest.raises(NotAllowed):
                cast_ballot(voting.id, 5, ["cat"])

    def test_the_close_waits_for_whoever_is_casting(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened().id
        inside, closing = threading.Event(), threading.Event()
        told: list[str] = []

        def close() -> None:
            inside.wait(30)
            closing.set()
            with at(over(voting_id)), unit_of_work():
                close_voting(voting_id)
            told.append("closed")

        thread = threading.Thread(target=close)
        thread.start()
        with unit_of_work():
            cast_ballot(voting_id, 5, ["cat"])
            inside.set()
            closing.wait(30)
            thread.join(0.3)
            told.append("cast")
        thread.join(60)
        assert told == ["cast", "closed"]
        with unit_of_work():
            assert open_box(voting_by_id(voting_id)).piles == {("cat",): 1}

    def test_a_second_count_changes_nothing(self, app: Flask) -> None:
        voting_id, _receipts = voted()
        with at(over(voting_id)), unit_of_work():
            close_voting(voting_id)
        with unit_of_work(writes=False):
            first, second = count_job({"id": voting_id}), count_job({"id": voting_id})
        for deed in (first, second):
            with unit_of_work():
                deed()
        with unit_of_work():
            assert outcome_of(voting_by_id(voting_id)).papers == 25
            count_job({"id": voting_id})()

    def test_a_counted_result_stands(self, app: Flask) -> None:
        voting_id, _receipts = voted()
        close_and_count(voting_id)
        with pytest.raises(RuntimeError), unit_of_work():
            voting_by_id(voting_id).result = "{}"

    def test_the_piles_can_be_counted_again(self, app: Flask) -> None:
        voting_id, _receipts = voted(most=2)
        close_and_count(voting_id)
        with unit_of_work():
            piles = {pile_choice(p.choice): p.papers for p in session().scalars(select(Pile))}
            again = count(piles, circles_of(voting_id), 2)
            assert again.counts == outcome_of(voting_by_id(voting_id)).counts

    def test_a_box_that_differs_from_the_roll_is_not_counted(self, app: Flask) -> None:
        voting_id, _receipts = voted(12)
        with unit_of_work():
            one = session().scalars(select(SealedPaper.id).order_by(SealedPaper.id)).first()
            session().execute(delete(SealedPaper).where(SealedPaper.id == one))
        with pytest.raises(BoxDisagrees):
            close_and_count(voting_id)
        with unit_of_work():
            assert voting_by_id(voting_id).state == "closed"

    def test_a_paper_that_somebody_changed_is_not_counted(self, app: Flask) -> None:
        voting_id, _receipts = voted(12)
        with unit_of_work():
            session().execute(update(SealedPaper).values(sealed=b"\0" * 288))
        with at(over(voting_id)), unit_of_work():
            close_voting(voting_id)
        with unit_of_work(), pytest.raises(Unreadable):
            open_box(voting_by_id(voting_id))


class TestSmall:
    def test_fewer_than_ten_papers_tell_nothing(self, app: Flask) -> None:
        voting_id, receipts = voted(9)
        close_and_count(voting_id)
        with unit_of_work():
            voting = voting_by_id(voting_id)
            outcome = outcome_of(voting)
            assert outcome.few and outcome.counts is None and outcome.papers == 0
            assert outcome.places().chosen == () and outcome.counts_told == {}
            assert receipts_of(voting).receipts == () and not was_counted(voting, receipts[0])
            for table in (Pile, CountedReceipt, HalfHour, SealedPaper):
                assert session().scalar(select(func.count()).select_from(table)) == 0
            assert "9" not in voting.result

    def test_a_circle_with_few_papers_is_hidden_whole(self, app: Flask) -> None:
        roll = [Entitled(n, "a" if n < 20 else "b") for n in range(40)]
        with unit_of_work():
            voting_id = opened(roll, {"a1": "a", "a2": "a", "b1": "b", "b2": "b"}).id
        for person in [*range(12), *range(20, 25)]:
            with unit_of_work():
                cast_ballot(voting_id, person, ["a1" if person < 20 else "b1"])
        close_and_count(voting_id)
        with unit_of_work():
            outcome = outcome_of(voting_by_id(voting_id))
            assert outcome.counts == {"a1": 12, "a2": 0} and outcome.hidden == ("b1", "b2")
            assert outcome.counts_told == {"a1": 10, "a2": None, "b1": None, "b2": None}
            assert outcome.places(circle="a").chosen == ("a1",)
            assert outcome.places(circle="b").chosen == ()
            assert [pile.choice for pile in session().scalars(select(Pile))] == ['["a1"]']

    def test_the_schema_keeps_the_minimum(self, unit: None) -> None:
        voting = opened()
        row = {"voting_id": voting.id, "circle": "a", "starts": now(), "papers": 9}
        with pytest.raises(IntegrityError), session().begin_nested():
            session().execute(insert(HalfHour), row)


class TestBursts:
    def test_a_class_that_voted_in_one_lesson_is_seen(self, app: Flask, cast: Cast) -> None:
        with unit_of_work():
            tuesday = now().replace(year=2026, month=6, day=16, hour=2, minute=5)
            voting = drafted(opens_at=tuesday)
            roll = [Entitled(n, "a" if n < 20 else "b") for n in range(40)]
            with at(tuesday):
                open_voting(voting.id, roll=roll, options=OPTIONS)
        for person in [*range(15), *range(20, 24)]:
            with at(tuesday + timedelta(minutes=person % 20)), unit_of_work():
                cast_ballot(voting.id, person, ["cat"])
        close_and_count(voting.id)
        with unit_of_work():
            (burst,) = bursts_of(cast.secretary, voting_by_id(voting.id))
            assert (burst.circle, burst.papers, burst.in_lesson) == ("a", 15, True)
            assert burst.starts == tuesday.replace(minute=0, second=0, microsecond=0)
            with pytest.raises(NotAllowed):
                bursts_of(cast.teacher, voting_by_id(voting.id))


class TestForgetting:
    def test_after_thirty_days_nobody_stood_on_the_roll(self, app: Flask) -> None:
        voting_id, _receipts = voted(12)
        close_and_count(voting_id)
        with at(over(voting_id) + timedelta(days=29)), unit_of_work():
            forget_rolls()
            assert voter_of(voting_by_id(voting_id), 3).has_voted
        with at(over(voting_id) + timedelta(days=31)), unit_of_work():
            forget_rolls()
            voting = voting_by_id(voting_id)
            assert voting.roll_key is None and not voter_of(voting, 3).is_listed
            assert session().scalars(select(RollLine)).all() == []
            assert outcome_of(voting).papers == 12


def test_a_long_list_of_receipts_comes_in_pages(app: Flask) -> None:
    voting_id, receipts = voted(25)
    close_and_count(voting_id)
    with unit_of_work():
        voting, found, after = voting_by_id(voting_id), list[str](), ""
        while True:
            page = receipts_of(voting, after=after, size=10)
            found += [receipt.mark for receipt in page.receipts]
            after = page.after
            if not after:
                break
    assert found == sorted(receipt.mark for receipt in receipts)
