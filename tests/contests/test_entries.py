"""The road of a work on a real database: begun, handed in, asked about, taken back."""

import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.happenings import ConsentWithdrawn, about_person
from participation.accounts.identity import Identity
from participation.contests.actions import entries, files
from participation.contests.actions.closing import close_call
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.models import Author, Entry
from participation.contests.naming import entry_subject
from participation.contests.queries.own import draft_in, own_work, works_in
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.exhibits import exhibits_of
from participation.media.queries import files_of
from participation.moderation.models import Case
from participation.safeguarding.happenings import ConcernReleased
from participation.safeguarding.models import Concern
from participation.screening.asking import AskFirst
from participation.settings import Settings
from tests.contests.hands import (
    HURT,
    SEEN,
    WORDS,
    Judge,
    begun,
    cases,
    hand_in,
    owned,
    owned_subject,
    row,
)
from tests.contests.stage import approved, handed_in, published_call, who
from tests.media.stage import picture, sound, stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast


class TestHandingIn:
    def test_it_waits_for_its_files_then_for_a_moderator(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings)
        assert row(key).standing == "draft" and cases() == []
        code = row(key).code
        assert not hand_in(child, key)
        assert (row(key).standing, cases()) == ("pressing", [])
        assert row(key).code != code and row(key).handed_on == today()
        run_worker()
        assert row(key).standing == "waiting"
        text = "《会唱歌的斑马线》\n我想让车慢下来。\n（三个孩子走在斑马线上。）"
        assert cases() == [("text", "waiting", text)]

    def test_ready_files_go_at_once(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        run_worker()
        hand_in(child, key)
        assert row(key).standing == "waiting" and len(cases()) == 1

    def test_the_desk_knows_theme_ticks_and_school_but_no_child(
        self, child: Identity, drawings: ShownCall, cast: Cast
    ) -> None:
        key = begun(child, drawings)
        run_worker()
        hand_in(child, key)
        with unit_of_work(writes=False):
            case = session().scalars(select(Case)).one()
        needed = [one["key"] for one in case.choices if one.get("needed")]
        assert needed == list(SEEN) and case.queue == "texts" and case.school is not None
        assert [one["key"] for one in case.choices if "needed" not in one] == [
            f"theme:{one.id}" for one in drawings.themes
        ]

    def test_one_draft_a_child(self, child: Identity, drawings: ShownCall) -> None:
        first = begun(child, drawings)
        assert begun(child, drawings) == first
        with unit_of_work(writes=False):
            assert draft_in(child, drawings) is not None
            assert len(session().scalars(select(Entry)).all()) == 1

    def test_not_more_works_than_the_call_takes(
        self, child: Identity, drawings: ShownCall, cast: Cast
    ) -> None:
        handed_in(drawings, cast.child)
        with unit_of_work(), pytest.raises(NotAllowed):
            entries.begin_work(child, drawings)

    def test_what_is_missing_is_named(self, child: Identity, drawings: ShownCall) -> None:
        with unit_of_work():
            own = entries.begin_work(child, drawings)
        with pytest.raises(RulesBroken) as broken:
            hand_in(child, own.entry.id.hex())
        assert [one.field for one in broken.value.broken] == ["files", "title", "ai"]

    def test_what_is_too_long_is_kept_and_named(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings, words=WorkWords("长" * 21, "长" * 101, "长" * 101))
        assert row(key).title == "长" * 21
        with pytest.raises(RulesBroken) as broken:
            hand_in(child, key)
        assert [one.field for one in broken.value.broken] == ["title", "words", "alt"]

    def test_lyrics_keep_their_lines(self, cast: Cast, child: Identity) -> None:
        call = published_call(cast, "lyrics")
        key = begun(child, call, words=WorkWords("斑马线", text="走呀走\r\n\r\n叮咚 "))
        assert row(key).text == "走呀走\n\n叮咚"
        hand_in(child, key)
        assert cases()[0][2] == "《斑马线》\n\n\n\n走呀走\n\n叮咚"
        with unit_of_work(writes=False):
            choices = session().scalars(select(Case.choices)).one()
        assert not [one for one in choices if one.get("needed")]

    def test_lyrics_with_a_recording(self, cast: Cast, child: Identity) -> None:
        call = published_call(cast, "lyrics")
        key = begun(child, call, words=WorkWords("斑马线", text="走呀走"))
        with unit_of_work():
            files.take_recording(child, own_work(child, key), io.BytesIO(sound()))
        with unit_of_work(), pytest.raises(RuleBroken):
            files.take_picture(child, own_work(child, key), io.BytesIO(picture()))
        run_worker()
        hand_in(child, key)
        with unit_of_work(writes=False):
            case = session().scalars(select(Case)).one()
            shown = exhibits_of(owned(child, key).subject)
        assert [one["key"] for one in case.choices if one.get("needed")] == ["heard:names"]
        assert [(one.kind, one.ready, one.change) for one in shown] == [("sound", True, "")]

    def test_a_call_without_recording_takes_none(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings)
        with unit_of_work(), pytest.raises(RuleBroken):
            files.take_recording(child, own_work(child, key), io.BytesIO(sound()))

    def test_a_refused_file_loses_nothing(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        with pytest.raises(RuleBroken) as refusal, unit_of_work():
            files.take_picture(child, own_work(child, key), io.BytesIO(b"no picture"))
        assert refusal.value.field == "file"
        assert row(key).title == WORDS.title
        with unit_of_work(writes=False):
            assert [file.slot for file in files_of(entry_subject(bytes.fromhex(key)))] == [
                "picture-1"
            ]

    def test_so_many_pictures_and_no_more(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        for seed in (2, 3):
            with unit_of_work():
                files.take_picture(child, own_work(child, key), io.BytesIO(picture(seed)))
        with pytest.raises(RuleBroken), unit_of_work():
            files.take_picture(child, own_work(child, key), io.BytesIO(picture(4)))
        with unit_of_work():
            own = own_work(child, key)
            files.take_off(child, own, files.own_files(own).pictures[1].id)
        with unit_of_work(writes=False):
            left = [file.slot for file in files_of(own.subject)]
        assert left == ["picture-1", "picture-3"]

    def test_nobody_takes_off_a_file_of_another_work(
        self, child: Identity, drawings: ShownCall, cast: Cast, settings: Settings
    ) -> None:
        key = begun(child, drawings)
        with unit_of_work():
            other = who(cast.middle_child, settings)
        theirs = begun(other, drawings, picture(9))
        foreign = owned(other, theirs)
        with unit_of_work(), pytest.raises(Missing):
            own = own_work(child, key)
            files.take_off(child, own, files_of(foreign.subject)[0].id)

    def test_a_file_that_cant_be_pressed_brings_it_back(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings, picture()[:-4000])
        hand_in(child, key)
        run_worker()
        found = row(key)
        assert (found.standing, found.reason, cases()) == ("returned", "file", [])
        assert "打不开" in found.sentence
        with pytest.raises(RulesBroken):
            hand_in(child, key)
        with unit_of_work():
            own = own_work(child, key)
            files.take_picture(child, own, io.BytesIO(picture()))
        hand_in(child, key)
        run_worker()
        assert (row(key).standing, row(key).turns) == ("waiting", 2)


class TestAsking:
    def test_she_is_asked_about_places_that_tell_too_much(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings, words=WorkWords("斑马线", "喜欢请打 13800005526。"))
        with pytest.raises(AskFirst) as first:
            hand_in(child, key)
        assert list(first.value.asks) == [1] and row(key).standing == "draft"
        hand_in(child, key, sure={first.value.asks[1].mark})
        assert row(key).standing == "pressing"

    def test_words_of_harm_leave_the_road_at_once(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings, words=WorkWords("家", HURT))
        assert hand_in(child, key)
        found = row(key)
        assert (found.standing, found.reason, found.title, found.words) == (
            "refused",
            "escalated",
            "",
            "",
        )
        assert [case[1:] for case in cases()] == [("escalated", "")]
        with unit_of_work(writes=False), pytest.raises(Missing):
            own_work(child, key)
        with unit_of_work(writes=False):
            assert session().scalars(select(Concern.state)).all() == ["new"]

    def test_given_back_it_waits_with_its_picture(
        self, child: Identity, drawings: ShownCall
    ) -> None:
        key = begun(child, drawings, words=WorkWords("家", HURT))
        hand_in(child, key)
        run_worker()
        subject = f"contest.entry:{key}"
        with unit_of_work():
            announce(
                ConcernReleased(subject=owned_subject(key), about=subject, text=f"《家》\n{HURT}")
            )
        found = row(key)
        assert (found.standing, found.reason, found.words) == ("waiting", "", HURT)
        assert not found.shown
        with unit_of_work(writes=False):
            assert [one.ready for one in exhibits_of(owned_subject(key))] == [True]


class TestEnding:
    def test_taken_back_nothing_stays(
        self, child: Identity, drawings: ShownCall, judge: Judge
    ) -> None:
        key = begun(child, drawings)
        run_worker()
        hand_in(child, key)
        judge("approved")
        with unit_of_work():
            entries.withdraw_work(child, own_work(child, key))
        run_worker()
        found = row(key)
        assert (found.standing, found.title, found.words, found.alt) == ("withdrawn", "", "", "")
        assert stored() == [] and all(case[2] == "" for case in cases())
        with unit_of_work(writes=False):
            assert works_in(child.person_id, drawings.id) == 0

    def test_a_draft_goes_without_a_trace(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        with unit_of_work():
            entries.withdraw_work(child, own_work(child, key))
        run_worker()
        with unit_of_work(writes=False):
            assert session().scalars(select(Entry)).all() == []
            assert session().scalars(select(Author)).all() == []
        assert stored() == []

    def test_a_closed_call_keeps_no_drafts(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        with time_machine.travel(now() + timedelta(days=31), tick=False):
            with unit_of_work():
                assert close_call(drawings.id)
            run_worker()
            with unit_of_work(writes=False):
                assert session().get(Entry, bytes.fromhex(key)) is None
            assert stored() == []

    def test_consent_gone_unread_works_go_and_approved_ones_stay(
        self, child: Identity, cast: Cast
    ) -> None:
        call = published_call(cast, entries_most=3)
        waits, stays = handed_in(call, cast.child), approved(call, cast.child)
        together = handed_in(call, cast.middle_child, cast.child)
        with unit_of_work():
            announce(
                ConsentWithdrawn(
                    subject=about_person(cast.child.id),
                    channel="paper",
                    notice_version=1,
                )
            )
        assert row(waits.id.hex()).standing == "withdrawn"
        assert row(stays.id.hex()).standing == "approved"
        assert row(together.id.hex()).standing == "waiting"
        with unit_of_work(writes=False):
            left = select(Author.lead).where(Author.entry_id == together.id)
            assert session().scalars(left).all() == [True]
