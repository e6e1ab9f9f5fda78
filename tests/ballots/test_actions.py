"""Opening a voting and casting in it, on both databases."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from participation.ballots.actions import (
    Entitled,
    Rules,
    cast_ballot,
    draft_voting,
    open_voting,
)
from participation.ballots.models import RollLine, SealedPaper
from participation.ballots.policies import ALREADY, NOT_NOW
from participation.ballots.queries import (
    choices_for,
    circles_of,
    may_cast,
    outcome_of,
    voter_of,
    voting_about,
    voting_by_id,
)
from participation.kernel.clock import at, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.kernel.subjects import Subject
from tests.ballots.polls import LAST, OPTIONS, close_and_count, drafted, opened


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
