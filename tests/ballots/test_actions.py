"""A voting from its draft to its end, on both databases."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from participation.ballots.actions import (
    Entitled,
    Rules,
    cast_ballot,
    draft_voting,
    forget_rolls,
    open_voting,
)
from participation.ballots.actions.closing import close_due, close_voting
from participation.ballots.actions.counting import BoxDisagrees, count_job, open_box
from participation.ballots.box import Unreadable
from participation.ballots.models import CountedReceipt, HalfHour, Pile, RollLine, SealedPaper
from participation.ballots.papers import pile_choice
from participation.ballots.policies import ALREADY, NOT_NOW
from participation.ballots.queries import (
    bursts_of,
    choices_for,
    circles_of,
    may_cast,
    outcome_of,
    receipts_of,
    voter_of,
    voting_about,
    voting_by_id,
    was_counted,
)
from participation.ballots.receipts import Receipt
from participation.ballots.tally import count
from participation.kernel.clock import at, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.kernel.jobs import Job
from participation.kernel.subjects import Subject
from participation.kernel.working import work_off
from participation.settings import Settings
from participation.wiring import WORKSHOP
from tests.ballots.polls import LAST, OPTIONS, close_and_count, drafted, opened, over
from tests.support.cast import Cast


class TestOpening:
    def test_the_roll_is_frozen_under_pseudonyms(self, unit: None) -> None:
        voting = opened([Entitled(n, "school-a") for n in range(1, 13)])
        lines = session().scalars(select(RollLine)).all()
        assert len(lines) == 12 and {len(line.voter) for line in lines} == {16}
        assert not any(line.voted for line in lines)
        assert voter_of(voting, 3).circle == "school-a"
        assert not voter_of(voting, 99).is_listed
        assert voting_about(voting.subject) is voting
        assert voting_about(Subject("contest", "8")) is None

    def test_the_same_child_has_another_pseudonym_in_each_voting(self, unit: None) -> None:
        first, second = opened(subject="1"), opened(subject="2")
        assert voter_of(first, 3).key != voter_of(second, 3).key

    def test_one_voting_about_a_subject(self, unit: None) -> None:
        drafted()
        with pytest.raises(RuleBroken):
            drafted()

    @pytest.mark.parametrize("count", [0, 9])
    def test_a_small_roll_is_refused(self, unit: None, count: int) -> None:
        with pytest.raises(RuleBroken) as refused:
            opened(count)
        assert refused.value.field == "roll"

    def test_the_minimum_of_a_roll_may_be_raised_and_not_lowered(self, unit: None) -> None:
        assert drafted(subject="1", roll_least=2).roll_least == 10
        raised = drafted(subject="2", roll_least=50)
        with pytest.raises(RuleBroken):
            open_voting(raised.id, roll=[Entitled(n) for n in range(49)], options=OPTIONS)

    def test_a_small_circle_gets_no_options_of_its_own(self, unit: None) -> None:
        roll = [Entitled(n, "big" if n < 20 else "small") for n in range(29)]
        with pytest.raises(RuleBroken) as refused:
            opened(roll, {"cat": "big", "dog": "small"})
        assert refused.value.field == "options"

    def test_nobody_stands_there_without_a_choice(self, unit: None) -> None:
        roll = [Entitled(n, "a" if n < 20 else "b") for n in range(40)]
        with pytest.raises(RuleBroken):
            opened(roll, {"cat": "a"})

    @pytest.mark.parametrize("options", [{}, {"Ä": ""}, {"": ""}, {"x" * 41: ""}, {"a": "湖滨"}])
    def test_codes_are_short(self, unit: None, options: dict[str, str]) -> None:
        with pytest.raises(ValueError, match="code"):
            opened(options=options)

    def test_a_choice_must_fit_on_a_paper(self, unit: None) -> None:
        with pytest.raises(ValueError, match="paper"):
            opened(options={f"{n}{'x' * 38}": "" for n in range(8)}, most=8)

    def test_rules_that_no_page_offers(self, unit: None) -> None:
        moment = now()
        for rules in (
            Rules(opens_at=moment, closes_at=moment),
            Rules(opens_at=moment, closes_at=moment + LAST, choices_most=0),
        ):
            with pytest.raises(ValueError, match="voting"):
                draft_voting(Subject("contest", "1"), rules)

    def test_it_opens_once_and_in_time(self, unit: None) -> None:
        voting = opened()
        roll = [Entitled(n) for n in range(20)]
        with pytest.raises(RuleBroken):
            open_voting(voting.id, roll=roll, options=OPTIONS)
        late = drafted(subject="2")
        with at(late.closes_at), pytest.raises(RuleBroken):
            open_voting(late.id, roll=roll, options=OPTIONS)
        with pytest.raises(Missing):
            open_voting(99, roll=roll, options=OPTIONS)


class TestCasting:
    def test_one_flag_and_two_papers_of_one_length(self, unit: None) -> None:
        voting = opened()
        receipt = cast_ballot(voting.id, 5, ["cat"])
        papers = session().scalars(select(SealedPaper)).all()
        assert len(papers) == 2 and {len(paper.sealed) for paper in papers} == {288}
        flagged = session().scalars(select(RollLine.voter).where(RollLine.voted)).all()
        assert flagged == [voter_of(voting, 5).key]
        assert len(receipt.pictures) == 4
        assert voter_of(voting, 5).has_voted and not may_cast(voting, 5) and may_cast(voting, 6)

    def test_a_second_vote_is_kindly_refused(self, unit: None) -> None:
        voting = opened()
        cast_ballot(voting.id, 5, ["cat"])
        with pytest.raises(NotAllowed) as refused:
            cast_ballot(voting.id, 5, ["dog"])
        assert str(refused.value) == str(ALREADY)
        assert session().scalar(select(func.count()).select_from(SealedPaper)) == 2

    @pytest.mark.parametrize(
        "choice", [[], ["cat", "dog", "sun"], ["cat", "cat"], ["moon"], ["cat", "moon"]]
    )
    def test_a_choice_is_among_what_is_offered(self, unit: None, choice: list[str]) -> None:
        voting = opened(most=2)
        with pytest.raises(RuleBroken) as refused:
            cast_ballot(voting.id, 5, choice)
        assert refused.value.field == "choice"
        assert not voter_of(voting, 5).has_voted

    def test_each_circle_chooses_among_its_own(self, unit: None) -> None:
        roll = [Entitled(n, "a" if n < 20 else "b") for n in range(40)]
        voting = opened(roll, {"a1": "a", "a2": "a", "b1": "b", "all": ""})
        assert choices_for(voting, "a") == ("a1", "a2", "all")
        assert circles_of(voting.id) == {"a1": "a", "a2": "a", "all": "", "b1": "b"}
        with pytest.raises(RuleBroken):
            cast_ballot(voting.id, 3, ["b1"])
        cast_ballot(voting.id, 30, ["b1"])

    def test_before_after_and_without_a_name_on_the_roll(self, unit: None) -> None:
        voting = opened()
        with pytest.raises(NotAllowed):
            cast_ballot(voting.id, 99, ["cat"])
        for moment in (voting.opens_at - timedelta(seconds=1), voting.closes_at):
            with at(moment), pytest.raises(NotAllowed) as refused:
                cast_ballot(voting.id, 5, ["cat"])
            assert str(refused.value) == str(NOT_NOW)

    def test_two_at_the_same_moment_are_one(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened().id
        start, done = threading.Barrier(2), list[str]()

        def cast() -> None:
            start.wait(30)
            try:
                with unit_of_work():
                    cast_ballot(voting_id, 5, ["cat"])
                done.append("cast")
            except NotAllowed as refused:
                done.append(str(refused))

        threads = [threading.Thread(target=cast) for _each in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(done) == sorted(["cast", str(ALREADY)])
        with unit_of_work():
            assert session().scalar(select(func.count()).select_from(SealedPaper)) == 2

    def test_many_at_the_same_moment_are_all_there(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened().id
        start = threading.Barrier(12)

        def cast(person: int) -> None:
            start.wait(30)
            with unit_of_work():
                cast_ballot(voting_id, person, ["cat" if person % 3 else "dog"])

        threads = [threading.Thread(target=cast, args=(n + 1,)) for n in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        close_and_count(voting_id)
        with unit_of_work():
            assert outcome_of(voting_by_id(voting_id)).counts == {"cat": 8, "dog": 4, "sun": 0}


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
