"""A class's batch on a real database: slips, photos that find their child, rows, and the end."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from PIL import Image
from sqlalchemy import select

from participation.accounts.happenings import ConsentWithdrawn, about_person
from participation.accounts.identity import Identity
from participation.accounts.models import Consent, Person
from participation.audit.models import Entry as Told
from participation.contests.actions import entries
from participation.contests.actions.batches import ending, photos, rows, sheets
from participation.contests.actions.entries import WorkFields
from participation.contests.actions.licences import decide_licence
from participation.contests.brought import ASKS, NOT_NOW, RowFields
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.models import Author, Batch, BatchSheet, Call, Entry
from participation.contests.naming import author_key, entry_subject
from participation.contests.queries import batches as questions
from participation.contests.queries.batches import Bring, bringing
from participation.contests.queries.own import draft_in, own_work, own_works
from participation.contests.slips import slip_text
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.media.queries import files_of
from participation.moderation.models import Case
from participation.settings import Settings
from tests.contests.snapping import ink_in, photo_of, sheet_with, snap
from tests.contests.stage import published_call, who
from tests.media.stage import image_of, picture, stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast

WHOLE = RowFields(title="会唱歌的斑马线", words="我想让车慢下来。", ai="none", own=True, shown=True)
Begin = Callable[..., Bring]


@pytest.fixture
def teacher(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.teacher, settings)


def look(teacher: Identity, cast: Cast, call: ShownCall) -> Bring:
    """The batch as it is now, in the present unit."""
    return bringing(teacher, cast.school_class.id, call.id)


@pytest.fixture
def slips(teacher: Identity, cast: Cast, drawings: ShownCall) -> list[sheets.PrintedSlip]:
    with unit_of_work():
        return sheets.print_slips(teacher, look(teacher, cast, drawings))


def sheet_of(person: Person) -> BatchSheet:
    with unit_of_work(writes=False):
        return session().scalars(select(BatchSheet).where(BatchSheet.person_id == person.id)).one()


def send(teacher: Identity, cast: Cast, call: ShownCall, *contents: bytes) -> None:
    with unit_of_work():
        for content in contents:
            photos.take_photo(teacher, look(teacher, cast, call), io.BytesIO(content))
    run_worker()


def entries_now() -> list[Entry]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(Entry).order_by(Entry.id)))


def entry_of(person: Person) -> Entry:
    entry_id = sheet_of(person).entry_id
    assert entry_id is not None
    with unit_of_work(writes=False):
        return session().get_one(Entry, entry_id)


def loose(teacher: Identity, cast: Cast, call: ShownCall) -> list[questions.Loose]:
    with unit_of_work(writes=False):
        return questions.loose_photos(look(teacher, cast, call))


def hand_in(
    teacher: Identity, cast: Cast, call: ShownCall, *people: Person, fields: RowFields = WHOLE
) -> rows.Brought:
    typed = {sheet_of(person).id.hex(): fields for person in people}
    with unit_of_work():
        bring = look(teacher, cast, call)
        return rows.hand_in_rows(teacher, bring, rows.save_rows(teacher, bring, typed))


def matched(teacher: Identity, cast: Cast, call: ShownCall, *people: Person) -> None:
    """A photo of each, found by its code and covered."""
    photographed = [
        photo_of(sheet_of(person).id, seed=place + 1) for place, person in enumerate(people)
    ]
    send(teacher, cast, call, *photographed)


def row_of(teacher: Identity, cast: Cast, call: ShownCall, person: Person) -> questions.Row:
    with unit_of_work(writes=False):
        bring = look(teacher, cast, call)
        assert bring.batch is not None
        found = questions.rows_of(bring, questions.sheets_of(bring.batch.id))
        return next(one for one in found if one.sheet.person_id == person.id)


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


def sheet_key(cast: Cast, call: ShownCall) -> str:
    """The key of the child's sheet in the batch of this call."""
    with unit_of_work(writes=False):
        found = session().scalars(
            select(BatchSheet)
            .join(Batch, Batch.id == BatchSheet.batch_id)
            .where(Batch.call_id == call.id, BatchSheet.person_id == cast.child.id)
        )
        return found.one().id.hex()


def no_consent(person: Person) -> None:
    """The guardian takes it back."""
    with unit_of_work():
        row = {"person_id": person.id, "decision": "withdrawn", "channel": "paper"}
        session().add(Consent(**row, notice_version=1, at=now()))


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
            announce(ConsentWithdrawn(subject=about_person(cast.child.id)))
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
                decide_licence(slips[0].code, "agreed", ())
            decide_licence(slips[1].code, "agreed", ())
        with unit_of_work():
            again = sheets.print_licences(teacher, look(teacher, cast, drawings), days=30)
            with pytest.raises(Missing):
                decide_licence(again[1].code, "withdrawn", ())


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
