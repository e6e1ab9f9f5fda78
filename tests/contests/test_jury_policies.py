"""The rights of juries, as matrices: who × place × moment."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from participation.accounts.identity import Identity, Nobody
from participation.contests.policies import juries
from participation.contests.policies.juries import Bench, Chair, Seat
from participation.kernel.policy import Right

NOW: Final = datetime(2026, 11, 3, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Call:
    state: str = "closed"
    ranked: bool = True


def someone(role: str, person_id: int = 1, **more: Any) -> Identity:
    return Identity(person_id=person_id, role=role, sign_in="s", mark=0, until=0, **more)


SECRETARY: Final = someone("secretary")
JUROR: Final = someone("juror", 7)
CHILD: Final = someone("child", 7, consent=True)
OTHERS: Final = [
    *(someone(role, 9) for role in ("child", "teacher", "moderator", "safeguarding")),
    *(someone(role, 9) for role in ("official", "administrator", "juror")),
    Nobody(),
]


def holds(right: Right, thing: Any, who: Any = SECRETARY) -> bool:
    return right(who, thing, NOW)


class TestDesk:
    @pytest.mark.parametrize("state", ["draft", "published", "closed", "noticed", "ended"])
    @pytest.mark.parametrize("right", [juries.may_seat_jury, juries.may_plan_round])
    def test_a_jury_is_seated_between_publishing_and_notice(self, right: Right, state: str) -> None:
        assert holds(right, Call(state)) == (state in ("published", "closed"))
        assert not holds(right, Call(state, ranked=False))
        assert not any(holds(right, Call(state), who) for who in OTHERS)

    @pytest.mark.parametrize("state", ["published", "closed", "noticed"])
    @pytest.mark.parametrize("of", ["planned", "open", "closed"])
    @pytest.mark.parametrize("busy", ["", "dealing", "weighing", "closing"])
    def test_rounds(self, state: str, of: str, busy: str) -> None:
        bench = Bench(Call(state), of, busy)
        planned, closed = of == "planned", state == "closed"
        assert holds(juries.may_change_round, bench) == planned
        assert holds(juries.may_open_round, bench) == (planned and closed)
        assert holds(juries.may_steer_round, bench) == (of == "open" and not busy)
        assert holds(juries.may_read_report, bench) == (of == "closed")
        for right in ("change_round", "open_round", "steer_round", "read_report"):
            held = getattr(juries, f"may_{right}")
            assert not any(holds(held, bench, who) for who in OTHERS)

    @pytest.mark.parametrize("state", ["published", "closed", "noticed", "ended"])
    @pytest.mark.parametrize("ranked", [True, False])
    def test_outcomes_are_settled_between_close_and_notice(self, state: str, ranked: bool) -> None:
        right, call = juries.may_settle_outcomes, Call(state, ranked)
        assert holds(right, call) == (state == "closed")
        assert not any(holds(right, call, who) for who in OTHERS)


class TestChair:
    @pytest.mark.parametrize("who", [JUROR, CHILD])
    @pytest.mark.parametrize("state", ["invited", "accepted", "declined", "left"])
    @pytest.mark.parametrize("call", ["published", "closed", "noticed", "ended"])
    def test_she_answers_for_herself(self, who: Identity, state: str, call: str) -> None:
        chair, before = Chair(7, state, call), call in ("published", "closed")
        asked = before and state == "invited"
        assert holds(juries.may_answer_invitation, chair, who) == asked
        assert holds(juries.may_decline_invitation, chair, who) == asked
        assert holds(juries.may_leave_panel, chair, who) == (before and state == "accepted")
        for right in ("answer_invitation", "decline_invitation", "leave_panel"):
            held = getattr(juries, f"may_{right}")
            assert not any(holds(held, chair, other) for other in (*OTHERS, SECRETARY))

    def test_a_child_needs_a_guardians_yes_to_say_yes(self) -> None:
        chair, child = Chair(7, "invited", "closed"), replace(CHILD, consent=False)
        assert not holds(juries.may_answer_invitation, chair, child)
        assert holds(juries.may_decline_invitation, chair, child)


class TestSeat:
    @pytest.mark.parametrize("who", [JUROR, CHILD])
    @pytest.mark.parametrize("juror", ["invited", "accepted", "declined", "left"])
    @pytest.mark.parametrize("of", ["planned", "open", "closed"])
    @pytest.mark.parametrize("busy", ["", "dealing", "weighing", "closing"])
    @pytest.mark.parametrize("held", ["open", "judged", "deferred", "recused", "ended"])
    def test_a_work_is_hers_to_see_and_to_judge(
        self, who: Identity, juror: str, of: str, busy: str, held: str
    ) -> None:
        seat = Seat(7, juror, of, busy, held)
        sees = (
            juror == "accepted"
            and held in ("open", "judged", "deferred")
            and of != "planned"
            and busy != "dealing"
        )
        assert holds(juries.may_see_work, seat, who) == sees
        judges = sees and of == "open" and busy != "closing"
        assert holds(juries.may_judge_work, seat, who) == judges
        assert not holds(juries.may_see_work, replace(seat, here=False), who)
        for other in (*OTHERS, SECRETARY):
            assert not holds(juries.may_see_work, seat, other)
            assert not holds(juries.may_judge_work, seat, other)
