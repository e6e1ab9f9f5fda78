"""The road of a work on a real database: begun, handed in, looked at, judged, shown, taken back."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from participation.accounts.happenings import ConsentWithdrawn, about_person
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.contests.actions import entries, files, licences, verdicts
from participation.contests.actions.entries import WorkFields
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.models import Assignment, Author, Entry, Juror, Licence, Round
from participation.contests.naming import entry_subject
from participation.contests.queries.hanging import hanging, hangs
from participation.contests.queries.own import Own, draft_in, own_work, works_in
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.exhibits import exhibits_of
from participation.kernel.tables import Words
from participation.media.queries import files_of
from participation.moderation.actions import claim_next, decide, undo
from participation.moderation.models import Case
from participation.safeguarding.happenings import ConcernReleased
from participation.safeguarding.models import Concern
from participation.screening.asking import AskFirst
from participation.settings import Settings
from tests.contests.stage import approved, handed_in, published_call, who, work
from tests.media.stage import picture, sound, stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast

HURT = "爸爸喝酒就打我，昨天又打了"
SEEN = ("seen:people", "seen:names", "seen:own")
WORDS = WorkWords("会唱歌的斑马线", "我想让车慢下来。", "三个孩子走在斑马线上。", "")
FIELDS = WorkFields(words=WORDS, ai="none", shown=True, name_form="nickname")
Judge = Callable[..., Case]


@pytest.fixture
def child(cast: Cast, settings: Settings) -> Identity:
    with unit_of_work():
        return who(cast.child, settings)


@pytest.fixture
def judge(cast: Cast) -> Judge:
    """A moderator takes the next case and decides, with every tick."""

    def deed(verdict: str, by: Person = cast.moderator, **more: Any) -> Case:
        with unit_of_work():
            case = claim_next(by)
            assert case is not None
            ticks = [one["key"] for one in case.choices if one.get("needed")]
            marks = [*ticks, *more.pop("marks", ())]
            decide(by, case.id, version=case.version, verdict=verdict, marks=marks, **more)
            return case

    return deed


def begun(child: Identity, call: ShownCall, content: bytes | None = None, **more: Any) -> str:
    """A draft with a picture and words, in a unit of its own; returns its key."""
    with unit_of_work():
        own = entries.begin_work(child, call)
        if call.takes_pictures:
            files.take_picture(child, own, io.BytesIO(content or picture()))
        fields = FIELDS if not more else WorkFields(**{**_plain(FIELDS), **more})
        return entries.save_work(child, own, fields).entry.id.hex()


def _plain(fields: WorkFields) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in WorkFields.__slots__}


def hand_in(child: Identity, key: str, **more: Any) -> bool:
    with unit_of_work():
        return entries.hand_in(child, own_work(child, key), **more)


def row(key: str) -> Entry:
    with unit_of_work(writes=False):
        found = session().get(Entry, bytes.fromhex(key), populate_existing=True)
        assert found is not None
        return found


def cases() -> list[tuple[str, str, str]]:
    with unit_of_work(writes=False):
        rows = session().scalars(select(Case).order_by(Case.id))
        return [(case.kind, case.state, case.text) for case in rows]


def owned(child: Identity, key: str) -> Own:
    with unit_of_work(writes=False):
        return own_work(child, key)


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


def owned_subject(key: str) -> Any:
    return entry_subject(bytes.fromhex(key))


class TestVerdicts:
    @pytest.fixture
    def key(self, child: Identity, drawings: ShownCall) -> str:
        key = begun(child, drawings)
        run_worker()
        hand_in(child, key)
        return key

    def test_pictures_are_not_approved_without_the_ticks(self, key: str, cast: Cast) -> None:
        with unit_of_work():
            case = claim_next(cast.moderator)
            assert case is not None
            with pytest.raises(RulesBroken) as broken:
                decide(
                    cast.moderator,
                    case.id,
                    version=case.version,
                    verdict="approved",
                    marks=SEEN[:2],
                )
        assert [one.field for one in broken.value.broken] == ["marks"]
        assert row(key).standing == "waiting"

    def test_approved_with_a_theme(self, key: str, judge: Judge, drawings: ShownCall) -> None:
        judge("approved", marks=[f"theme:{drawings.themes[1].id}"])
        assert (row(key).standing, row(key).theme_id) == ("approved", drawings.themes[1].id)

    def test_words_are_blacked_out_in_their_fields(self, key: str, judge: Judge) -> None:
        text = cases()[0][2]
        at = text.index("三个孩子")
        judge("approved", bars=[(at, at + 4)])
        assert row(key).alt == "▇▇▇走在斑马线上。" and row(key).title == WORDS.title

    def test_returned_changed_and_handed_in_again(
        self, key: str, judge: Judge, child: Identity
    ) -> None:
        judge("returned", reasons=["unclear"])
        assert (row(key).standing, bool(row(key).sentence)) == ("returned", True)
        code = row(key).code
        with unit_of_work():
            entries.save_work(child, own_work(child, key), FIELDS)
        hand_in(child, key)
        found = row(key)
        assert (found.standing, found.turns, found.sentence, found.code) == ("waiting", 2, "", code)

    def test_refused_then_appealed_then_granted_by_another(
        self, key: str, judge: Judge, child: Identity, cast: Cast
    ) -> None:
        judge("refused", reasons=["hurtful"])
        with unit_of_work():
            verdicts.appeal_work(child, own_work(child, key))
        assert row(key).appeal == "asked"
        judge("approved", by=cast.second_moderator)
        assert (row(key).standing, row(key).appeal) == ("approved", "granted")

    def test_an_appeal_may_be_upheld(
        self, key: str, judge: Judge, child: Identity, cast: Cast
    ) -> None:
        judge("returned", reasons=["unclear"])
        with unit_of_work():
            verdicts.appeal_work(child, own_work(child, key))
        judge("refused", by=cast.second_moderator, reasons=["unclear"])
        assert (row(key).standing, row(key).appeal) == ("returned", "upheld")

    def test_undone(self, key: str, judge: Judge, cast: Cast) -> None:
        text = cases()[0][2]
        at = text.index("三个孩子")
        case = judge("approved", bars=[(at, at + 4)])
        with unit_of_work():
            undo(cast.moderator, case.id)
        assert (row(key).standing, row(key).alt) == ("waiting", WORDS.alt)

    def test_not_undone_once_a_juror_has_it(self, key: str, judge: Judge, cast: Cast) -> None:
        case = judge("approved")
        with unit_of_work():
            deal(key, cast)
        with pytest.raises(RuleBroken), unit_of_work():
            undo(cast.moderator, case.id)
        assert row(key).standing == "approved"

    def test_escalated_it_leaves_the_room_and_its_files_are_the_officers(
        self, key: str, judge: Judge, child: Identity
    ) -> None:
        judge("escalated")
        found = row(key)
        assert (found.standing, found.reason, found.title) == ("refused", "escalated", "")
        with unit_of_work(writes=False), pytest.raises(Missing):
            own_work(child, key)
        assert stored()

    def test_reported_then_kept_or_taken_in(
        self, key: str, judge: Judge, drawings: ShownCall
    ) -> None:
        judge("approved")
        with unit_of_work():
            assert not verdicts.report_work(drawings, row(key), reason="personal", note="")
        assert row(key).standing == "approved"
        judge("approved")
        assert row(key).standing == "approved"
        with unit_of_work():
            verdicts.report_work(drawings, row(key), reason="personal", note="")
        judge("refused", reasons=["hurtful"])
        assert row(key).standing == "refused"


def deal(key: str, cast: Cast) -> None:
    """A juror has the work in her pack."""
    call_id = row_in_unit(key).call_id
    juror = Juror(call_id=call_id, panel="adult", person_id=cast.juror.id, alias=1)
    turn = Round(
        call_id=call_id,
        panel="adult",
        stage="first",
        way="yes_no",
        instructions=Words(),
        rule={},
        seed=b"s" * 16,
    )
    session().add_all([juror, turn])
    session().flush()
    session().add(
        Assignment(round_id=turn.id, juror_id=juror.id, entry_id=bytes.fromhex(key), place=1)
    )
    session().flush()


def row_in_unit(key: str) -> Entry:
    return session().get_one(Entry, bytes.fromhex(key))


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


class TestHanging:
    def test_statement_and_row_agree_on_everything(self, cast: Cast, settings: Settings) -> None:
        call = published_call(cast)
        secret = published_call(cast, rehearsal=True)
        yesterday = today() - timedelta(days=1)
        one = (call, cast.child)
        two = (call, cast.child, cast.middle_child)
        made = [
            (approved(*one), True),
            (approved(*two), True),
            (approved(*one, until=today()), True),
            (approved(*one, until=yesterday), False),
            (approved(*two, until=yesterday), False),
            (approved(*one, shown=False), False),
            (work(*one, standing="approved"), False),
            (work(*one, standing="approved", guardian="refused"), False),
            (work(*one, standing="draft"), False),
            (handed_in(*one, guardian="agreed"), False),
            (work(*one, standing="disqualified", guardian="agreed"), False),
            (approved(secret, cast.child), False),
        ]
        with unit_of_work():
            invited = made[1][0]
            other = update(Author).where(Author.entry_id == made[4][0].id, Author.lead.is_(False))
            session().execute(other.values(consent="invited"))
        with unit_of_work(writes=False):
            found = set(session().scalars(select(Entry.id).where(hanging(now()))))
            assert found == {entry.id for entry, hung in made if hung}
            assert [hangs(entry, now()) for entry, _hung in made] == [hung for _e, hung in made]
        with unit_of_work():
            session().execute(
                update(Author)
                .where(Author.entry_id == invited.id, Author.lead.is_(False))
                .values(consent="invited")
            )
            assert not hangs(invited, now())
            assert invited.id not in set(session().scalars(select(Entry.id).where(hanging(now()))))

    def test_without_an_author_it_hangs_nowhere(self, drawings: ShownCall, cast: Cast) -> None:
        entry = approved(drawings, cast.child)
        with unit_of_work():
            session().delete(session().scalars(select(Author)).one())
            session().flush()
            assert not hangs(entry, now())
            assert session().scalars(select(Entry.id).where(hanging(now()))).all() == []


class TestLicences:
    @pytest.fixture
    def key(self, drawings: ShownCall, cast: Cast) -> str:
        return work(drawings, cast.child, standing="approved").id.hex()

    def slip(self, child: Identity, key: str) -> str:
        with unit_of_work():
            return licences.print_slip(child, own_work(child, key), days=14)

    def licence(self) -> Licence:
        with unit_of_work(writes=False):
            return session().scalars(select(Licence)).one()

    def hung(self, key: str) -> bool:
        with unit_of_work(writes=False):
            return hangs(row_in_unit(key), now())

    def decide(self, code: str, wish: Any, uses: tuple[int, ...] = ()) -> str:
        with unit_of_work():
            return licences.decide_licence(code, wish, uses)

    def test_yes_hangs_it_and_no_takes_it_down(
        self, key: str, child: Identity, drawings: ShownCall
    ) -> None:
        fresh = self.decide(self.slip(child, key), "agreed")
        assert self.hung(key) and self.licence().until is not None
        again = self.decide(fresh, "refused")
        assert not self.hung(key) and self.licence().guardian == "withdrawn"
        self.decide(again, "agreed")
        assert self.hung(key)

    def test_a_code_works_once_and_a_new_slip_ends_the_old(self, key: str, child: Identity) -> None:
        old, new = self.slip(child, key), self.slip(child, key)
        for code in (old, "ABCD", ""):
            with pytest.raises(Missing):
                self.decide(code, "agreed")
        self.decide(new, "refused")
        assert self.licence().guardian == "refused"
        with pytest.raises(Missing):
            self.decide(new, "agreed")

    def test_a_slip_is_over_after_its_days(self, key: str, child: Identity) -> None:
        code = self.slip(child, key)
        with time_machine.travel(now() + timedelta(days=15), tick=False), pytest.raises(Missing):
            self.decide(code, "agreed")

    def test_only_uses_that_the_child_allowed(
        self, key: str, child: Identity, drawings: ShownCall
    ) -> None:
        first, second = (one.id for one in drawings.uses)
        with unit_of_work():
            session().scalars(select(Licence)).one().uses = [first]
        self.decide(self.slip(child, key), "agreed", (first, second))
        assert self.licence().uses == [first]

    def test_its_years_begin_once(self, key: str, child: Identity) -> None:
        fresh = self.decide(self.slip(child, key), "agreed")
        until = self.licence().until
        with time_machine.travel(now() + timedelta(days=100), tick=False):
            self.decide(fresh, "agreed")
        assert self.licence().until == until

    def test_it_ends_by_its_time_without_a_job(self, key: str, child: Identity) -> None:
        self.decide(self.slip(child, key), "agreed")
        with time_machine.travel(now() + timedelta(days=731), tick=False):
            assert not self.hung(key)
            with unit_of_work():
                licences.end_licences({})()
            assert self.licence().ended_on == self.licence().until
            with unit_of_work():
                licences.end_licences({})()

    def test_a_child_ends_the_use_at_any_time(
        self, key: str, child: Identity, drawings: ShownCall
    ) -> None:
        self.decide(self.slip(child, key), "agreed")
        with unit_of_work():
            licences.end_use(child, own_work(child, key))
        assert not self.hung(key)
        with unit_of_work(), pytest.raises(NotAllowed):
            licences.end_use(child, own_work(child, key))

    def test_no_slip_before_it_is_in(self, child: Identity, drawings: ShownCall) -> None:
        key = begun(child, drawings)
        with unit_of_work(), pytest.raises(RuleBroken):
            licences.print_slip(child, own_work(child, key), days=14)

    def test_no_code_of_a_work_that_went(
        self, key: str, child: Identity, drawings: ShownCall
    ) -> None:
        code = self.slip(child, key)
        with unit_of_work():
            entries.withdraw_work(child, own_work(child, key))
        with pytest.raises(Missing):
            self.decide(code, "agreed")
