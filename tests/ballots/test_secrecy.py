"""Trying to find out who chose what, from whatever the house keeps; it must be no better than luck.

The order of voting and the choices have a fixed seed; the keys are random, as they are in the city,
so the limits are set where chance comes once in 10¹² runs.
"""

import json
import logging
from datetime import timedelta

import pytest
from flask import Flask
from psycopg.errors import LockNotAvailable
from sqlalchemy import delete, inspect, select, text
from sqlalchemy.exc import OperationalError

from participation.audit.models import Entry
from participation.ballots.actions import (
    cast_ballot,
    close_voting,
    forget_rolls,
    stir_all_due,
    stir_due,
    stir_job,
)
from participation.ballots.actions.stirring import stir_voting
from participation.ballots.models import RollLine, SealedPaper, Voting
from participation.ballots.queries import voter_of, voting_by_id
from participation.ballots.sweeping import StillRead, sweep
from participation.kernel.clock import at
from participation.kernel.database import database, session, unit_of_work
from participation.kernel.errors import NotAllowed
from participation.kernel.jobs import Job
from participation.kernel.working import work_off
from participation.settings import Settings
from participation.wiring import WORKSHOP
from tests.ballots.pairing import (
    LUCK,
    STEP,
    VOTERS,
    Poll,
    everything,
    files,
    likeness,
    orders,
    papers_in,
    piles_in,
    poll,
    receipts_in,
    right_pairs,
    roll_in,
    rows,
)
from tests.ballots.polls import close_and_count, opened, over

WRITTEN = {"ballots_roll", "ballots_papers"}
"""The tables that casting writes to, and no other."""
ONLY_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def voted(app: Flask) -> Poll:
    return poll()


def stirred(voting_id: int) -> None:
    with unit_of_work():
        assert stir_voting(voting_id) is not database().is_sqlite


class TestOneCopyWhileItRuns:
    def test_no_order_pairs_lines_with_papers_even_with_the_keys(self, voted: Poll) -> None:
        stirred(voted.voting_id)
        true_choices = [voted.chosen[person] for person in voted.order]
        with unit_of_work(writes=False):
            for name, order in orders().items():
                people, choices = roll_in(order, voted), papers_in(order, voted)
                assert right_pairs(people, choices, voted) <= LUCK, name
                assert abs(likeness(people, voted.order)) < STEP, name
                assert abs(likeness(choices, true_choices)) < STEP, name
                for other in orders().values():
                    assert right_pairs(people, papers_in(other, voted), voted) <= LUCK, name

    @ONLY_POSTGRESQL
    def test_the_attack_bites_where_nothing_was_stirred(self, voted: Poll) -> None:
        """Else the test above would prove nothing: this is why the room stirs."""
        with unit_of_work(writes=False):
            order = orders()["by transaction"]
            people, choices = roll_in(order, voted), papers_in(order, voted)
            assert right_pairs(people, choices, voted) == VOTERS
            assert likeness(people, voted.order) == 1

    @ONLY_POSTGRESQL
    def test_after_stirring_all_is_of_one_transaction(self, voted: Poll) -> None:
        stirred(voted.voting_id)
        with unit_of_work(writes=False):
            said = (
                "SELECT xmin::text FROM ballots_roll WHERE voting_id = :id"
                " UNION ALL SELECT xmin::text FROM ballots_papers WHERE voting_id = :id"
            )
            assert len({row[0] for row in rows(said, voted.voting_id)}) == 1

    @ONLY_SQLITE
    def test_sqlite_has_no_numbers_of_rows(self, voted: Poll) -> None:
        for table in ("ballots_roll", "ballots_papers", "ballots_piles", "ballots_receipts"):
            with unit_of_work(writes=False), pytest.raises(OperationalError, match="rowid"):
                session().execute(text(f"SELECT rowid FROM {table}"))  # noqa: S608

    def test_without_the_keys_no_paper_says_anything(self, voted: Poll) -> None:
        with unit_of_work(writes=False):
            sealed = [bytes(one) for one in session().scalars(select(SealedPaper.sealed))]
            voting = session().scalars(select(Voting)).one()
        assert {len(one) for one in sealed} == {288} and len(set(sealed)) == 2 * VOTERS
        whole = b"".join(sealed) + (voting.opener or b"") + (voting.roll_key or b"")
        assert b"quokka" not in whole and b'"c"' not in whole
        spread = [whole.count(byte) for byte in range(256)]
        assert max(spread) < 1.5 * min(spread), "sealed bytes are even"

    def test_no_table_of_the_room_has_a_time_or_a_counting_number(self, app: Flask) -> None:
        found = inspect(database().engine)
        for table in ("ballots_roll", "ballots_papers", "ballots_piles", "ballots_receipts"):
            kinds = {c["name"]: str(c["type"]) for c in found.get_columns(table)}
            assert not any("TIME" in kind or "DATE" in kind for kind in kinds.values()), table
            numbers = {name for name, kind in kinds.items() if "INT" in kind}
            assert numbers <= {"voting_id", "papers"}, table
            assert "papers" not in numbers or table in ("ballots_piles", "ballots_receipts")
            assert {c["name"] for c in found.get_indexes(table)} == set(), table


class TestTwoCopies:
    def test_a_single_vote_between_them_shows_one_flag_and_two_sealed_papers(
        self, app: Flask
    ) -> None:
        with unit_of_work():
            voting_id = opened(options={"quokka": "", "wombat": ""}).id
        before = everything()
        with unit_of_work():
            cast_ballot(voting_id, 5, ["quokka"])
            flagged = voter_of(voting_by_id(voting_id), 5).key
        after = everything()
        changed = {name for name in after if after[name] != before[name]}
        assert changed == WRITTEN
        new = [row for row in after["ballots_papers"] if row not in before["ballots_papers"]]
        assert len(new) == 2 and all("quokka" not in row for row in new)
        flags = [row for row in after["ballots_roll"] if row not in before["ballots_roll"]]
        assert len(flags) == 1 and repr(flagged) in flags[0]

    def test_no_paper_of_an_earlier_copy_is_in_a_later_one(self, voted: Poll) -> None:
        with unit_of_work(writes=False):
            voting = session().scalars(select(Voting)).one()
            earlier = [bytes(one) for one in session().scalars(select(SealedPaper.sealed))]
            opener = voting.opener or b"?"
        assert opener in files()
        close_and_count(voted.voting_id)
        bytes_now = files()
        assert not any(one[:40] in bytes_now or one[-40:] in bytes_now for one in earlier)
        assert opener not in bytes_now

    def test_the_search_of_the_files_bites(self, voted: Poll) -> None:
        with unit_of_work(writes=False):
            earlier = [bytes(one) for one in session().scalars(select(SealedPaper.sealed))]
        bytes_now = files()
        assert all(one in bytes_now for one in earlier)

    def test_while_somebody_reads_the_old_pages_it_is_swept_later(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened().id
        with database().engine.connect() as reader:
            reader.execute(select(Voting.id)).all()
            with unit_of_work():
                cast_ballot(voting_id, 5, ["cat"])
            with pytest.raises((StillRead, LockNotAvailable)):
                sweep()
        sweep()


class TestAfterTheCount:
    def test_nothing_that_is_left_belongs_to_one_child(self, voted: Poll) -> None:
        close_and_count(voted.voting_id)
        with unit_of_work(writes=False):
            for name, order in orders().items():
                people, receipts = roll_in(order, voted), receipts_in(order, voted)
                for other in orders().values():
                    piles = piles_in(other, voted)
                    assert right_pairs(people, piles, voted) <= LUCK, name
                    assert right_pairs(receipts, piles, voted) <= LUCK, name
                for found in (people, receipts):
                    assert abs(likeness(found, voted.order)) < STEP, name

    @ONLY_POSTGRESQL
    def test_the_roll_is_of_one_transaction(self, voted: Poll) -> None:
        close_and_count(voted.voting_id)
        with unit_of_work(writes=False):
            said = "SELECT DISTINCT xmin::text FROM ballots_roll WHERE voting_id = :id"
            assert len(rows(said, voted.voting_id)) == 1

    def test_both_keys_end_and_with_them_every_name(self, voted: Poll) -> None:
        close_and_count(voted.voting_id)
        with at(over(voted.voting_id) + timedelta(days=31)), unit_of_work():
            forget_rolls()
        with unit_of_work(writes=False):
            voting = voting_by_id(voted.voting_id)
            assert (voting.opener, voting.roll_key) == (None, None)
            assert session().scalars(select(RollLine)).all() == []


class TestElsewhere:
    def test_casting_is_not_told_logged_or_counted(
        self, app: Flask, caplog: pytest.LogCaptureFixture
    ) -> None:
        with unit_of_work():
            voting_id = opened(options={"quokka": "", "wombat": ""}).id
        before = everything()
        with caplog.at_level(logging.DEBUG), unit_of_work():
            cast_ballot(voting_id, 5, ["quokka"])
        with caplog.at_level(logging.DEBUG), pytest.raises(NotAllowed), unit_of_work():
            cast_ballot(voting_id, 5, ["wombat"])
        assert caplog.records == []
        after = everything()
        for name in ("audit_entries", "kernel_jobs", "kernel_letters", "kernel_windows"):
            assert after[name] == before[name], name
        assert {name for name in after if after[name] != before[name]} == WRITTEN

    def test_the_record_of_deeds_knows_the_voting_and_nobody_in_it(self, voted: Poll) -> None:
        close_and_count(voted.voting_id)
        with unit_of_work(writes=False):
            told = session().execute(select(Entry.what, Entry.facts, Entry.by)).all()
        assert sorted(row.what for row in told) == ["VotingClosed", "VotingCounted", "VotingOpened"]
        assert {name for row in told for name in json.loads(row.facts)} == {"voting_id", "few"}

    def test_a_failed_count_names_no_paper(
        self, app: Flask, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        with unit_of_work():
            voting_id = opened(options={"quokka": ""}).id
            cast_ballot(voting_id, 5, ["quokka"])
            session().execute(delete(SealedPaper))
        with at(over(voting_id)):
            with unit_of_work():
                close_voting(voting_id)
            work_off(WORKSHOP, settings, most=3)
        assert "BoxDisagrees" in caplog.text and "quokka" not in caplog.text
        with unit_of_work(writes=False):
            assert "quokka" not in repr(everything()["kernel_jobs"])


class TestStirring:
    @ONLY_POSTGRESQL
    def test_it_waits_until_one_in_twenty_is_new(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened(60).id
            assert not stir_voting(voting_id)
        done = []
        for person in range(1, 45):
            with unit_of_work():
                cast_ballot(voting_id, person, ["cat"])
            with unit_of_work():
                done.append(stir_voting(voting_id, whole=False))
        assert done[:20] == [True] * 20 and not all(done[20:])
        with unit_of_work():
            assert stir_voting(voting_id) is not done[-1]
            assert not stir_voting(voting_id)

    def test_the_worker_stirs_and_nothing_is_lost(self, app: Flask, settings: Settings) -> None:
        with unit_of_work():
            voting_id = opened().id
            cast_ballot(voting_id, 5, ["cat"])
        for timer in (stir_due, stir_all_due):
            with unit_of_work(writes=False):
                ask = timer({})
            with unit_of_work():
                ask()
            work_off(WORKSHOP, settings)
        with unit_of_work():
            assert voter_of(voting_by_id(voting_id), 5).has_voted
            assert len(session().scalars(select(SealedPaper.id)).all()) == 2
            assert len(session().scalars(select(RollLine.voter)).all()) == 40
            assert not session().scalars(select(Job).where(Job.state != "done")).all()
            with pytest.raises(NotAllowed):
                cast_ballot(voting_id, 5, ["dog"])

    def test_after_the_close_nothing_is_stirred(self, app: Flask) -> None:
        with unit_of_work():
            voting_id = opened().id
        with at(over(voting_id)), unit_of_work():
            close_voting(voting_id)
            stir_job({"id": voting_id, "whole": True})()
            with pytest.raises(NotAllowed):
                stir_voting(voting_id)
