"""Giving an opinion, changing it, taking it back, keeping a draft: rows, journal, record."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from participation.accounts.identity import Identity
from participation.audit.models import Entry
from participation.consultations.actions import give_opinion, save_draft, withdraw_opinion
from participation.consultations.codec import DONT_KNOW, SKIPPED, Answer, Cell, unpack
from participation.consultations.models import AnswerDraft, AnswerSheet, OpenWords, SheetChange
from participation.consultations.queries import own_in, topic
from participation.consultations.queries.answers import fields_of, given_fields, others_in
from participation.consultations.topic import Said, Topic
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken, TooMany
from participation.moderation.models import Case
from participation.settings import Settings
from tests.consultations.stage import published, who
from tests.support.cast import Cast

FIRST: Sequence[Answer] = (2, (1, 3), DONT_KNOW)
SECOND: Sequence[Answer] = (5, (2,), 1)


@pytest.fixture
def child(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.middle_child, settings)


def give(
    who: Identity, matter: Topic, answers: Sequence[Answer], text: str = "", **more: Any
) -> bool:
    said = {matter.words_questions[0].id: Said(text, more.get("may_quote", False))}
    with unit_of_work():
        return give_opinion(who, topic(matter.id), answers, said)


def count(table: Any) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


class TestFirst:
    def test_one_sheet_without_a_person(self, matter: Topic, child: Identity, cast: Cast) -> None:
        assert give(child, matter, FIRST) is False
        with unit_of_work(writes=False):
            row = session().scalars(select(AnswerSheet)).one()
            assert unpack(matter.layout, row.answers) == FIRST
            assert matter.space is not None
            cell = matter.space.cell(row.cell)
            assert cell == Cell("b", cast.district.id, "m", "primary")
            assert len(row.participant) == 16 and len(row.school) == 8
            assert count(SheetChange) == count(OpenWords) == 0

    def test_the_record_does_not_say_who(self, matter: Topic, child: Identity) -> None:
        give(child, matter, FIRST, "把斑马线画成钢琴键")
        with unit_of_work(writes=False):
            entry = session().scalars(select(Entry).where(Entry.what == "OpinionGiven")).one()
            assert entry.by is None
            assert entry.facts == '{"replaced": false}'
            said = " ".join(e.facts + e.subject_id for e in session().scalars(select(Entry)))
            assert "钢琴" not in said

    def test_the_same_child_is_somebody_else_in_another_matter(
        self, matter: Topic, child: Identity, cast: Cast, settings: Settings
    ) -> None:
        other = published(cast, settings, sign="园")
        give(child, matter, FIRST)
        give(child, other, FIRST)
        with unit_of_work(writes=False):
            rows = session().scalars(select(AnswerSheet)).all()
            assert len({row.participant for row in rows}) == 2
            assert len({row.school for row in rows}) == 2

    def test_saying_nothing_is_no_opinion(self, matter: Topic, child: Identity) -> None:
        with pytest.raises(RuleBroken, match="还没有说"):
            give(child, matter, (SKIPPED, SKIPPED, SKIPPED))
        assert give(child, matter, (SKIPPED, SKIPPED, DONT_KNOW)) is False

    def test_one_sentence_is_enough(self, matter: Topic, child: Identity) -> None:
        give(child, matter, (SKIPPED, SKIPPED, SKIPPED), "一句话")
        with unit_of_work(writes=False):
            assert count(AnswerSheet) == count(Case) == 1

    def test_an_answer_that_was_not_offered(self, matter: Topic, child: Identity) -> None:
        with pytest.raises(RuleBroken) as refusal:
            give(child, matter, (1, (1,), 9))
        assert refusal.value.field == matter.questions[2].name

    @pytest.mark.parametrize("name", ["unconsented", "secretary", "moderator", "teacher"])
    def test_who_may_not(self, name: str, matter: Topic, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            person = who(getattr(cast, name), settings)
        with pytest.raises(NotAllowed):
            give(person, matter, FIRST)
        with unit_of_work(writes=False):
            assert count(AnswerSheet) == count(AnswerDraft) == 0

    def test_not_after_the_close(self, matter: Topic, child: Identity) -> None:
        assert matter.closes_at is not None
        with time_machine.travel(matter.closes_at, tick=False), pytest.raises(NotAllowed):
            give(child, matter, FIRST)

    def test_a_flood_is_slowed_down(self, matter: Topic, child: Identity) -> None:
        with time_machine.travel(now(), tick=False):
            for _turn in range(1 + 40):
                give(child, matter, FIRST)
            with pytest.raises(TooMany):
                give(child, matter, FIRST)

    def test_so_is_giving_and_taking_back(self, matter: Topic, child: Identity) -> None:
        with time_machine.travel(now(), tick=False):
            for _turn in range(40):
                give(child, matter, FIRST)
                with unit_of_work():
                    withdraw_opinion(child, topic(matter.id))
            give(child, matter, FIRST)
            with pytest.raises(TooMany), unit_of_work():
                withdraw_opinion(child, topic(matter.id))


class TestAgain:
    def test_the_new_one_replaces_the_old_and_the_journal_knows(
        self, matter: Topic, child: Identity
    ) -> None:
        give(child, matter, FIRST)
        assert give(child, matter, SECOND) is True
        with unit_of_work(writes=False):
            row = session().scalars(select(AnswerSheet)).one()
            change = session().scalars(select(SheetChange)).one()
            assert unpack(matter.layout, row.answers) == SECOND
            assert change.sheet_id == row.id
            assert unpack(matter.layout, change.old_answers) == FIRST
            assert change.new_answers == row.answers
            assert (change.old_cell, change.new_cell) == (row.cell, row.cell)

    def test_the_same_again_leaves_no_trace(self, matter: Topic, child: Identity) -> None:
        give(child, matter, FIRST)
        assert give(child, matter, FIRST) is True
        with unit_of_work(writes=False):
            assert count(SheetChange) == 0

    def test_two_posts_at_once_make_one_sheet(self, matter: Topic, child: Identity) -> None:
        gate, problems = threading.Barrier(4), []

        def run(answers: Sequence[Answer]) -> None:
            gate.wait()
            try:
                give(child, matter, answers, f"第{answers[0]}句")
            except Exception as problem:
                problems.append(problem)

        tries = [FIRST, SECOND, (3, (1,), 2), (1, SKIPPED, 2)]
        threads = [threading.Thread(target=run, args=(answers,)) for answers in tries]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        with unit_of_work(writes=False):
            row = session().scalars(select(AnswerSheet)).one()
            changes = session().scalars(select(SheetChange).order_by(SheetChange.id)).all()
            assert len(changes) == 3
            steps = [change.old_answers for change in changes] + [row.answers]
            assert [change.new_answers for change in changes] == steps[1:]
            assert count(OpenWords) == 1
            waiting = select(func.count()).select_from(Case).where(Case.state == "waiting")
            assert session().scalar(waiting) == 1


class TestTakingBack:
    def test_everything_goes_and_the_journal_takes_it_off(
        self, matter: Topic, child: Identity
    ) -> None:
        give(child, matter, FIRST, "我的话", may_quote=True)
        with unit_of_work():
            withdraw_opinion(child, topic(matter.id))
        with unit_of_work(writes=False):
            assert count(AnswerSheet) == 0
            change = session().scalars(select(SheetChange)).one()
            assert change.new_answers is None and change.new_cell is None
            words = session().scalars(select(OpenWords)).one()
            assert (words.standing, words.text, words.may_quote) == ("withdrawn", "", False)
            assert session().scalars(select(Case.state)).one() == "withdrawn"
            assert not own_in(child, topic(matter.id)).has_given

    def test_and_one_may_speak_again(self, matter: Topic, child: Identity) -> None:
        give(child, matter, FIRST, "我的话")
        with unit_of_work():
            old = session().scalars(select(AnswerSheet.id)).one()
            withdraw_opinion(child, topic(matter.id))
        assert give(child, matter, SECOND, "又想说") is False
        with unit_of_work(writes=False):
            assert session().scalars(select(AnswerSheet.id)).one() > old
            words = session().scalars(select(OpenWords)).one()
            assert (words.standing, words.text, words.turns) == ("waiting", "又想说", 2)

    def test_only_what_is_there_and_only_before_the_close(
        self, matter: Topic, child: Identity
    ) -> None:
        with pytest.raises(RuleBroken, match="还没有说过"), unit_of_work():
            withdraw_opinion(child, topic(matter.id))
        give(child, matter, FIRST)
        assert matter.closes_at is not None
        with (
            time_machine.travel(matter.closes_at, tick=False),
            pytest.raises(NotAllowed),
            unit_of_work(),
        ):
            withdraw_opinion(child, topic(matter.id))

    def test_without_consent_it_can_still_be_taken_back(
        self, matter: Topic, child: Identity
    ) -> None:
        give(child, matter, FIRST)
        fields = {name: getattr(child, name) for name in Identity.__slots__}
        later = Identity(**(fields | {"consent": False}))
        with unit_of_work():
            withdraw_opinion(later, topic(matter.id))
        with unit_of_work(writes=False):
            assert count(AnswerSheet) == 0


class TestDraft:
    def draft(self, child: Identity, matter: Topic, fields: dict[str, list[str]]) -> None:
        with unit_of_work():
            save_draft(child, topic(matter.id), fields)

    def test_it_is_shown_until_it_is_given(self, matter: Topic, child: Identity) -> None:
        name = matter.questions[3].name
        self.draft(child, matter, {name: ["写到一半"]})
        with unit_of_work(writes=False):
            own = own_in(child, topic(matter.id))
            assert fields_of(matter, own) == {name: ["写到一半"]}
            assert own.saved_at is not None
        give(child, matter, FIRST, "写完了")
        with unit_of_work(writes=False):
            own = own_in(child, topic(matter.id))
            assert own.draft is None
            assert fields_of(matter, own)[name] == ["写完了"]

    def test_a_newer_draft_wins_over_what_was_given(self, matter: Topic, child: Identity) -> None:
        give(child, matter, FIRST)
        self.draft(child, matter, {matter.questions[0].name: ["4"]})
        with unit_of_work(writes=False):
            own = own_in(child, topic(matter.id))
            assert fields_of(matter, own) == {matter.questions[0].name: ["4"]}

    def test_a_late_copy_of_what_was_given_is_no_draft(
        self, matter: Topic, child: Identity
    ) -> None:
        give(child, matter, FIRST, "好", may_quote=True)
        with unit_of_work(writes=False):
            same = dict(given_fields(matter, own_in(child, topic(matter.id))))
        self.draft(child, matter, same)
        with unit_of_work(writes=False):
            assert count(AnswerDraft) == 0

    def test_one_row_however_often(self, matter: Topic, child: Identity) -> None:
        for text in ("一", "一二", "一二三"):
            self.draft(child, matter, {matter.questions[3].name: [text]})
        with unit_of_work(writes=False):
            assert count(AnswerDraft) == 1

    def test_not_before_consent(self, matter: Topic, cast: Cast, settings: Settings) -> None:
        with unit_of_work():
            person = who(cast.unconsented, settings)
        with pytest.raises(NotAllowed):
            self.draft(person, matter, {matter.questions[3].name: ["x"]})


class TestOthers:
    def test_nobody_is_counted_below_ten_and_then_in_fives(
        self, matter: Topic, child: Identity
    ) -> None:
        give(child, matter, FIRST)
        for many, shown in ((9, 0), (10, 10), (14, 10), (15, 15)):
            with unit_of_work():
                have = count(AnswerSheet) - 1
                for number in range(have, many):
                    session().add(
                        AnswerSheet(
                            consultation_id=matter.id,
                            participant=number.to_bytes(16, "big"),
                            school=bytes(8),
                            cell=0,
                            answers=bytes(matter.layout.size),
                        )
                    )
                session().flush()
                assert others_in(child, matter) == shown
