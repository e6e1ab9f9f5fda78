"""A class's batch on a real database: its slips, and photos that find their child."""

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from participation.accounts.identity import Identity
from participation.contests.actions import entries
from participation.contests.actions.batches import photos, sheets
from participation.contests.actions.entries import WorkFields
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.models import Author, BatchSheet
from participation.contests.naming import author_key, entry_subject
from participation.contests.queries import batches as questions
from participation.contests.queries.own import draft_in, own_work, own_works
from participation.contests.slips import slip_text
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.media.queries import files_of
from participation.settings import Settings
from tests.contests.batching import (
    entries_now,
    entry_of,
    look,
    loose,
    matched,
    no_consent,
    row_of,
    send,
    sheet_key,
    sheet_of,
)
from tests.contests.snapping import ink_in, photo_of, sheet_with, snap
from tests.contests.stage import published_call, who
from tests.media.stage import image_of, picture, stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast


@pytest.mark.usefixtures("slips")
class TestSlips:
    def test_one_for_each_with_consent(self, cast: Cast, slips: list[Any]) -> None:
        assert [one.name for one in slips] == ["王小满", "李一林"]
        assert [one.text for one in slips] == [
            slip_text(sheet_of(one).id) for one in (cast.child, cast.middle_child)
        ]

    def test_no_name_is_in_the_code_or_in_what_is_kept_of_it(self, slips: list[Any]) -> None:
        with unit_of_work(writes=False):
            kept = session().scalars(select(BatchSheet.code)).all()
        for one in slips:
            assert one.name not in one.text and one.text.encode() not in kept

    def test_printed_again_the_codes_are_the_same(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, slips: list[Any]
    ) -> None:
        with unit_of_work():
            again = sheets.print_slips(teacher, look(teacher, cast, drawings))
        assert again == slips

    def test_who_lacks_consent_is_told_by_number_alone(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        with unit_of_work(writes=False):
            left = questions.left_out(look(teacher, cast, drawings))
        assert left.consent == [cast.unconsented.pupil_number] and left.others == []

    def test_who_is_of_another_age_has_none(self, teacher: Identity, cast: Cast) -> None:
        small = published_call(cast, bands="a")
        with unit_of_work():
            bring = look(teacher, cast, small)
            assert [one.name for one in sheets.print_slips(teacher, bring)] == ["王小满"]
            left = questions.left_out(bring)
        assert left.others == [cast.middle_child.pupil_number]

    def test_nobody_to_print_for(self, teacher: Identity, cast: Cast) -> None:
        old = published_call(cast, bands="c")
        with unit_of_work(), pytest.raises(RuleBroken):
            sheets.print_slips(teacher, look(teacher, cast, old))


class TestWhose:
    def test_another_teacher_finds_nothing(
        self, cast: Cast, settings: Settings, drawings: ShownCall
    ) -> None:
        with unit_of_work():
            other = who(cast.far_teacher, settings)
            with pytest.raises(Missing):
                look(other, cast, drawings)

    def test_a_rehearsal_is_unknown(self, teacher: Identity, cast: Cast) -> None:
        secret = published_call(cast, rehearsal=True)
        with unit_of_work(writes=False), pytest.raises(Missing):
            look(teacher, cast, secret)

    def test_nothing_when_the_call_is_over(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        later = time_machine.travel(now() + timedelta(days=40), tick=False)
        with later, unit_of_work(), pytest.raises(NotAllowed):
            sheets.print_slips(teacher, look(teacher, cast, drawings))

    def test_only_calls_with_pictures_are_offered(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        published_call(cast, "lyrics")
        published_call(cast, rehearsal=True)
        with unit_of_work(writes=False):
            _place, found = questions.calls_for(teacher, cast.school_class.id)
        assert [one.id for one in found] == [drawings.id]


@pytest.mark.usefixtures("slips")
class TestPhotos:
    @pytest.mark.parametrize(
        "how",
        [
            {},
            {"turned": 90.0, "scale": 0.6},
            {"turned": 197.0, "scale": 0.7, "blur": 1.2},
            {"turned": 8.0, "scale": 0.5, "blur": 1.0},
        ],
    )
    def test_a_photo_finds_its_child_and_the_slip_is_covered(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, how: dict[str, float]
    ) -> None:
        content = photo_of(sheet_of(cast.child).id, **how)
        send(teacher, cast, drawings, content)
        entry = entry_of(cast.child)
        assert entry.helper and entry.standing == "draft" and entry.band == "a"
        with unit_of_work(writes=False):
            authors = session().scalars(select(Author)).all()
            (file,) = files_of(entry_subject(entry.id))
        assert [one.participant for one in authors] == [author_key(cast.child.id, drawings.id)]
        assert file.is_ready and file.slot == "picture-1" and len(file.covers) == 1
        for name in ("medium", "print"):
            assert ink_in(image_of(file, name)) == 0

    def test_the_photo_showed_handwriting_before(self, cast: Cast) -> None:
        from_camera = snap(sheet_with(slip_text(sheet_of(cast.child).id)))
        with Image.open(io.BytesIO(from_camera)) as image:
            assert ink_in(image) > 500

    def test_each_of_several_finds_its_own(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child, cast.middle_child)
        assert entry_of(cast.child).id != entry_of(cast.middle_child).id
        assert loose(teacher, cast, drawings) == []

    def test_without_a_code_it_waits_for_a_hand(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        send(teacher, cast, drawings, picture())
        (one,) = loose(teacher, cast, drawings)
        assert not one.reads and one.of == "" and entries_now() == []
        with unit_of_work():
            bring = look(teacher, cast, drawings)
            photos.match_photo(teacher, bring, one.file.id, sheet_of(cast.child).id.hex())
        assert entry_of(cast.child).helper

    def test_two_codes_wait_for_a_hand(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        both = [slip_text(sheet_of(one).id) for one in (cast.child, cast.middle_child)]
        send(teacher, cast, drawings, snap(sheet_with(*both)))
        assert len(loose(teacher, cast, drawings)) == 1 and entries_now() == []

    def test_a_strange_code_is_none(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        send(teacher, cast, drawings, snap(sheet_with(slip_text(b"0" * 16))))
        assert len(loose(teacher, cast, drawings)) == 1 and entries_now() == []

    def test_a_second_photo_waits_and_says_whose_it_is(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        sheet_id = sheet_of(cast.child).id
        send(teacher, cast, drawings, photo_of(sheet_id))
        first = entry_of(cast.child).id
        send(teacher, cast, drawings, photo_of(sheet_id, seed=5))
        (one,) = loose(teacher, cast, drawings)
        assert one.of == "王小满" and entry_of(cast.child).id == first
        with unit_of_work(), pytest.raises(RuleBroken):
            bring = look(teacher, cast, drawings)
            photos.match_photo(teacher, bring, one.file.id, sheet_id.hex())

    def test_the_same_drawing_twice_is_offered(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        send(teacher, cast, drawings, picture(3), picture(3))
        first, second = loose(teacher, cast, drawings)
        with unit_of_work():
            bring = look(teacher, cast, drawings)
            photos.match_photo(teacher, bring, first.file.id, sheet_of(cast.child).id.hex())
        (left,) = loose(teacher, cast, drawings)
        assert left.file.id == second.file.id and left.like == ["王小满"]
        with unit_of_work():
            bring = look(teacher, cast, drawings)
            photos.match_photo(teacher, bring, left.file.id, sheet_of(cast.middle_child).id.hex())
            assert questions.twins(look(teacher, cast, drawings)) == [("王小满", "李一林")]

    def test_a_wrong_match_is_undone_and_stays_so(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        matched(teacher, cast, drawings, cast.child)
        key = sheet_of(cast.child).id.hex()
        with unit_of_work():
            photos.unmatch_photo(teacher, look(teacher, cast, drawings), key)
        run_worker()
        assert entries_now() == [] and len(loose(teacher, cast, drawings)) == 1
        with unit_of_work():
            photos.unmatch_photo(teacher, look(teacher, cast, drawings), key)
        assert len(loose(teacher, cast, drawings)) == 1

    def test_a_child_s_own_draft_is_not_touched_and_not_told(
        self, teacher: Identity, cast: Cast, drawings: ShownCall, settings: Settings
    ) -> None:
        with unit_of_work():
            child = who(cast.child, settings)
            own = entries.begin_work(child, drawings)
            entries.save_work(child, own, WorkFields(words=WorkWords(title="我自己的")))
        matched(teacher, cast, drawings, cast.child)
        with unit_of_work(writes=False):
            found = draft_in(child, drawings)
            assert found is not None and found.entry.title == "我自己的"
            assert [one.entry.helper for one in own_works(child)] == [False]
            with pytest.raises(Missing):
                own_work(child, entry_of(cast.child).id.hex())
        row = row_of(teacher, cast, drawings, cast.child)
        assert "我自己的" not in repr((row.fields, row.gaps, row.said))

    def test_a_photo_of_another_batch_is_unknown(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        other = published_call(cast)
        with unit_of_work():
            sheets.print_slips(teacher, look(teacher, cast, other))
        send(teacher, cast, other, picture())
        (one,) = loose(teacher, cast, other)
        key = sheet_key(cast, drawings)
        with unit_of_work():
            bring = look(teacher, cast, drawings)
            for deed in (photos.match_photo, photos.drop_photo):
                with pytest.raises(Missing):
                    deed(
                        teacher, bring, one.file.id, *([key] if deed is photos.match_photo else [])
                    )
            with pytest.raises(Missing):
                questions.sheet_in(look(teacher, cast, other), key)
            with pytest.raises(Missing):
                questions.sheet_in(bring, "zz")

    def test_a_photo_is_dropped(self, teacher: Identity, cast: Cast, drawings: ShownCall) -> None:
        send(teacher, cast, drawings, picture())
        (one,) = loose(teacher, cast, drawings)
        with unit_of_work():
            photos.drop_photo(teacher, look(teacher, cast, drawings), one.file.id)
        run_worker()
        assert loose(teacher, cast, drawings) == [] and stored() == []

    def test_what_is_no_picture_is_refused(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        with unit_of_work(), pytest.raises(RuleBroken):
            photos.take_photo(teacher, look(teacher, cast, drawings), io.BytesIO(b"no picture"))

    def test_a_child_without_consent_by_now_gets_none(
        self, teacher: Identity, cast: Cast, drawings: ShownCall
    ) -> None:
        no_consent(cast.child)
        send(teacher, cast, drawings, photo_of(sheet_of(cast.child).id))
        assert entries_now() == [] and len(loose(teacher, cast, drawings)) == 1
