"""What becomes of a work at the desk: approved, returned, appealed, reported, undone, escalated."""

import pytest

from participation.accounts.identity import Identity
from participation.contests.actions import entries, verdicts
from participation.contests.call import ShownCall
from participation.contests.models import Assignment, Juror, Round
from participation.contests.queries.own import own_work
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.tables import Words
from participation.moderation.actions import claim_next, decide, undo
from tests.contests.hands import (
    FIELDS,
    SEEN,
    WORDS,
    Judge,
    begun,
    cases,
    hand_in,
    row,
    row_in_unit,
)
from tests.media.stage import stored
from tests.media.stage import work as run_worker
from tests.support.cast import Cast


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
