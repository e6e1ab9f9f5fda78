"""Rows of a class's batch on a real database: handed in, undone by the child, and the end."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from participation.accounts.happenings import ConsentWithdrawn, about_person
from participation.accounts.identity import Identity, Nobody
from participation.audit.models import Entry as Told
from participation.contests.actions import entries
from participation.contests.actions.batches import ending, photos, rows, sheets
from participation.contests.actions.licences import decide_licence
from participation.contests.brought import ASKS, NOT_NOW, RowFields
from participation.contests.call import ShownCall
from participation.contests.models import Batch, BatchSheet, Call, Entry
from participation.contests.naming import entry_subject
from participation.contests.queries.own import own_works
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.media.queries import files_of
from participation.moderation.models import Case
from participation.settings import Settings
from tests.contests.batching import (
    WHOLE,
    entries_now,
    entry_of,
    hand_in,
    look,
    loose,
    matched,
    no_consent,
    row_of,
    send,
    sheet_key,
    sheet_of,
)
from tests.contests.stage import published_call, who
from tests.media.stage import picture, stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast


@pytest.mark.usefixtures("slips")
class TestRows:
    def test_only_whole_rows_go(self, teacher: Identity, cast: Cast, drawings: ShownCall) -> None:
        matched(teacher, cast, drawings, cast.child)
        said = hand_in(teacher, cast, drawings, cast.child, cast.middle_child)
        assert (said.handed, said.left) == (1, 1)
        entry = entry_of(cast.child)
        assert (entry.standing, entry.title, entry.helper) == ("waiting", WHOLE.title, True)
        assert entry.words == WHOLE.words and entry.ai == "none" and entry.shown
        assert row_of(teacher, cast, drawings, cast.middle_child).fields.title == WHOLE.title

    def test_a_moderator_reads_it_without_the_slip(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        hand_in(teacher, cast, drawings, cast.child)
        with unit_of_work(writes=False):
            (case,) = session().scalars(select(Case)).all()
            (file,) = files_of(entry_subject(entry_of(cast.child).id))
        assert WHOLE.title in case.text and "小满" not in case.text
        assert not file.undoable, "nobody can take the cover off the slip any more"

    def test_a_handed_row_tells_no_more(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        hand_in(teacher, cast, drawings, cast.child)
        before = row_of(teacher, cast, drawings, cast.child)
        assert before.fields == RowFields(title=WHOLE.title, handed=True) and before.file is None
        for standing in ("approved", "returned", "refused", "withdrawn"):
            with unit_of_work():
                session().get_one(Entry, entry_of(cast.child).id).standing = standing
            after = row_of(teacher, cast, drawings, cast.child)
            assert (after.fields, after.file, after.gaps, after.said) == (
                before.fields,
                None,
                before.gaps,
                before.said,
            )

    def test_a_handed_row_can_t_be_changed(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        hand_in(teacher, cast, drawings, cast.child)
        again = hand_in(teacher, cast, drawings, cast.child, fields=replace(WHOLE, title="别的"))
        assert again.handed == 0 and entry_of(cast.child).title == WHOLE.title
        with unit_of_work(), pytest.raises(RuleBroken):
            key = sheet_of(cast.child).id.hex()
            photos.unmatch_photo(teacher, look(teacher, cast, drawings), key)

    def test_without_the_child_s_own_box_it_stays(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        said = hand_in(teacher, cast, drawings, cast.child, fields=replace(WHOLE, own=False))
        assert said.handed == 0 and entry_of(cast.child).standing == "draft"

    def test_words_that_tell_too_much_are_asked_about_once(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        told = replace(WHOLE, words="打我电话 13812345678")
        assert hand_in(teacher, cast, drawings, cast.child, fields=told).handed == 0
        assert list(row_of(teacher, cast, drawings, cast.child).said) == [ASKS]
        assert entry_of(cast.child).standing == "draft" and entry_of(cast.child).title == ""
        assert hand_in(teacher, cast, drawings, cast.child, fields=told).handed == 1

    def test_what_the_child_has_in_already_is_hers_to_know(
        self, teacher: Identity, cast: Cast, settings: Settings
    ) -> None:
        one = published_call(cast, entries_most=1)
        with unit_of_work():
            sheets.print_slips(teacher, look(teacher, cast, one))
            child = who(cast.child, settings)
            own = entries.begin_work(child, one)
            session().get_one(Entry, own.entry.id).standing = "approved"
        with unit_of_work():
            photos.take_photo(teacher, look(teacher, cast, one), io.BytesIO(picture()))
        run_worker()
        (waits,) = loose(teacher, cast, one)
        key = sheet_key(cast, one)
        with unit_of_work():
            bring = look(teacher, cast, one)
            photos.match_photo(teacher, bring, waits.file.id, key)
        with unit_of_work():
            bring = look(teacher, cast, one)
            brought = rows.hand_in_rows(
                teacher, bring, rows.save_rows(teacher, bring, {key: WHOLE})
            )
        assert brought.handed == 0
        row = row_of(teacher, cast, one, cast.child)
        assert list(row.said) == [NOT_NOW] and row.gaps == []

    def test_consent_that_is_gone_takes_the_draft_and_bars_the_row(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        no_consent(cast.child)
        with unit_of_work():
            announce(
                ConsentWithdrawn(
                    subject=about_person(cast.child.id), channel="paper", notice_version=1
                )
            )
        assert entries_now() == []
        assert hand_in(teacher, cast, drawings, cast.child).handed == 0


@pytest.mark.usefixtures("slips")
class TestChild:
    def test_she_takes_it_back_and_nobody_is_told(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        hand_in(teacher, cast, drawings, cast.child)
        before = row_of(teacher, cast, drawings, cast.child)
        with unit_of_work():
            child = who(cast.child, settings)
            (own,) = own_works(child)
            entries.disown_work(child, own)
        run_worker()
        assert entry_of(cast.child).standing == "withdrawn" and stored() == []
        after = row_of(teacher, cast, drawings, cast.child)
        assert (after.fields, after.gaps, after.said) == (before.fields, before.gaps, before.said)

    def test_what_she_made_herself_she_can_t_disown(
        self, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        with unit_of_work():
            child = who(cast.child, settings)
            own = entries.begin_work(child, drawings)
            with pytest.raises(NotAllowed):
                entries.disown_work(child, own)


@pytest.mark.usefixtures("slips")
class TestLicences:
    def test_one_for_each_row_that_is_in_whatever_became_of_it(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        with unit_of_work(), pytest.raises(RuleBroken):
            sheets.print_licences(teacher, look(teacher, cast, drawings), days=30)
        matched(teacher, cast, drawings, cast.child, cast.middle_child)
        hand_in(teacher, cast, drawings, cast.child, cast.middle_child)
        with unit_of_work():
            child = who(cast.child, settings)
            entries.disown_work(child, own_works(child)[0])
        with unit_of_work():
            slips = sheets.print_licences(teacher, look(teacher, cast, drawings), days=30)
        assert [one.name for one in slips] == ["王小满", "李一林"]
        with unit_of_work():
            with pytest.raises(Missing):
                decide_licence(Nobody(), slips[0].code, "agreed", ())
            decide_licence(Nobody(), slips[1].code, "agreed", ())
        with unit_of_work():
            again = sheets.print_licences(teacher, look(teacher, cast, drawings), days=30)
            with pytest.raises(Missing):
                decide_licence(Nobody(), again[1].code, "withdrawn", ())


@pytest.mark.usefixtures("slips")
class TestEnd:
    def test_names_go_and_what_is_in_stays(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child, cast.middle_child)
        send(teacher, cast, drawings, picture())
        hand_in(teacher, cast, drawings, cast.child)
        kept = entry_of(cast.child).id
        with unit_of_work():
            ending.end_batch_of(teacher, look(teacher, cast, drawings))
        run_worker()
        assert [one.id for one in entries_now()] == [kept]
        with unit_of_work(writes=False):
            assert session().scalars(select(BatchSheet)).all() == []
            assert session().scalars(select(Batch)).all() == []
            mine = files_of(entry_subject(kept))
        assert {key.split("/")[2] for key in stored()} == {one.id for one in mine}

    @pytest.mark.parametrize(("days", "left"), [(13, 1), (14, 0)])
    def test_fourteen_days(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, days: int, left: int
    ) -> None:
        with time_machine.travel(now() + timedelta(days=days), tick=False), unit_of_work():
            ending.end_batches({})()
        with unit_of_work(writes=False):
            assert len(session().scalars(select(Batch)).all()) == left

    def test_with_its_call(self, drawings: ShownCall) -> None:
        with unit_of_work():
            session().get_one(Call, drawings.id).state = "closed"
        with unit_of_work():
            ending.end_batches({})()
        with unit_of_work(writes=False):
            assert session().scalars(select(Batch)).all() == []

    def test_twice_is_once(self, teacher: Identity, cast: Cast, drawings: ShownCall) -> None:
        with unit_of_work():
            ending.end_batch_of(teacher, look(teacher, cast, drawings))
        with unit_of_work():
            ending.end_batch(1)
            with pytest.raises(Missing):
                ending.end_batch_of(teacher, look(teacher, cast, drawings))

    def test_the_record_keeps_no_minute_and_no_child(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        hand_in(teacher, cast, drawings, cast.child)
        with unit_of_work(writes=False):
            told = session().scalars(select(Told)).all()
        handed = next(one for one in told if one.what == "WorkHandedIn")
        assert handed.by is None
        names = {"SlipsPrinted", "PhotoMatched", "WorksBrought"}
        assert names <= {one.what for one in told}
