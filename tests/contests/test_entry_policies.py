"""The rights to works as matrices: moments × the cast, and each reason for a no."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from participation.accounts.identity import Identity, Nobody
from participation.contests.policies import entries as policies
from participation.contests.policies.entries import Beginning, OwnWork
from participation.kernel.policy import Right

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Thing:
    """What the rights ask of a call."""

    state: str = "published"
    opens_at: datetime | None = NOW - DAY
    closes_at: datetime | None = NOW + DAY
    bands: str = "ab"
    district_ids: tuple[int, ...] = (1,)
    ranked: bool = True
    rehearsal: bool = False
    entries_most: int = 1

    def phase(self, now: datetime) -> str:
        if self.state not in ("draft", "published"):
            return "over"
        if self.opens_at is None or now < self.opens_at:
            return "coming"
        return "over" if self.closes_at is None or now >= self.closes_at else "open"


def child(**facts: Any) -> Identity:
    usual = {"band": "a", "district_id": 1, "consent": True, "person_id": 7}
    return Identity(role="child", sign_in="", mark=0, until=0, **(usual | facts))


def staff(role: str) -> Identity:
    return Identity(person_id=9, role=role, sign_in="", mark=0, until=0)


STAFF = (
    "teacher",
    "moderator",
    "safeguarding",
    "secretary",
    "official",
    "administrator",
    "juror",
)
CAST: dict[str, Identity | Nobody] = {
    "nobody": Nobody(),
    "child": child(),
    "middle": child(band="b"),
    "teen_outside": child(band="c", of_age=True),
    "unconsented": child(consent=False),
    "of_age_unconsented": child(band="b", of_age=True, consent=False),
    "far": child(district_id=2),
    "preschooler": child(school_kind="kindergarten"),
    **{role: staff(role) for role in STAFF},
}
MOMENTS: dict[str, Thing] = {
    "draft": Thing(state="draft"),
    "rehearsal": Thing(rehearsal=True),
    "before": Thing(opens_at=NOW + DAY, closes_at=NOW + 2 * DAY),
    "during": Thing(),
    "unranked": Thing(ranked=False),
    "whole city": Thing(district_ids=()),
    "after": Thing(closes_at=NOW),
    "closed": Thing(state="closed", closes_at=NOW - DAY),
    "noticed": Thing(state="noticed", closes_at=NOW - DAY),
    "ended": Thing(state="ended", closes_at=NOW - DAY),
}
OPEN = ("during", "unranked", "whole city")


def may(right: Right, things: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (moment, name)
        for moment, thing in things.items()
        for name, who in CAST.items()
        if right(who, thing, NOW)
    }


def own(**facts: Any) -> dict[str, OwnWork]:
    """A work of whoever asks at each moment."""
    usual: dict[str, Any] = {"standing": "draft", "author": "agreed", "lead": True}
    return {name: OwnWork(call, **(usual | facts)) for name, call in MOMENTS.items()}


ASKED = {("during", n) for n in ("child", "middle")}
ASKED |= {("unranked", n) for n in ("child", "middle", "preschooler")}
ASKED |= {("whole city", n) for n in ("child", "middle", "far")}
UNTIL_OUTCOME = ("draft", "rehearsal", "before", *OPEN, "after", "closed")
CHILDREN = {name for name, who in CAST.items() if who.is_child}
CONSENTED = CHILDREN - {"unconsented", "of_age_unconsented"}


class TestBeginning:
    @pytest.mark.parametrize("right", [policies.may_begin_work, policies.may_join_work])
    def test_only_asked_children_with_consent_while_it_is_open(self, right: Right) -> None:
        assert may(right, {name: Beginning(call) for name, call in MOMENTS.items()}) == ASKED

    def test_not_more_works_than_the_call_takes(self) -> None:
        full = Beginning(Thing(entries_most=2), works=2)
        assert not policies.may_begin_work(CAST["child"], full, NOW)
        assert policies.may_begin_work(CAST["child"], replace(full, works=1), NOW)

    @pytest.mark.parametrize(
        ("who", "moment", "fact"),
        [
            ("nobody", "during", policies.is_signed_in),
            ("juror", "during", policies.is_child),
            ("child", "before", policies.has_begun),
            ("child", "draft", policies.has_begun),
            ("child", "rehearsal", policies.has_begun),
            ("child", "after", policies.is_not_over),
            ("teen_outside", "during", policies.is_of_asked_age),
            ("far", "during", policies.is_of_asked_district),
            ("preschooler", "during", policies.is_not_ranked_preschooler),
            ("unconsented", "during", policies.has_guardians_consent),
            ("of_age_unconsented", "during", policies.has_own_consent),
        ],
    )
    def test_reason(self, who: str, moment: str, fact: Any) -> None:
        refusal = policies.may_begin_work.refusal(CAST[who], Beginning(MOMENTS[moment]), NOW)
        assert refusal is fact.otherwise

    def test_the_last_second_counts(self) -> None:
        thing = Beginning(Thing(closes_at=NOW + timedelta(seconds=1)))
        assert policies.may_begin_work(CAST["child"], thing, NOW)
        assert not policies.may_begin_work(CAST["child"], thing, NOW + timedelta(seconds=1))


class TestOwnWork:
    def test_a_draft_is_changed_and_handed_in_while_the_call_is_open(self) -> None:
        assert may(policies.may_change_work, own()) == ASKED
        assert may(policies.may_hand_in, own()) == ASKED

    def test_a_returned_work_is_mended_until_the_outcome(self) -> None:
        found = may(policies.may_change_work, own(standing="returned"))
        wanted = {(m, n) for m in MOMENTS for n in CONSENTED if (m in UNTIL_OUTCOME)}
        assert found == {(m, n) for m, n in wanted if MOMENTS[m].state in ("published", "closed")}
        assert may(policies.may_hand_in, own(standing="returned")) == found

    @pytest.mark.parametrize("right", [policies.may_change_work, policies.may_hand_in])
    @pytest.mark.parametrize(
        "facts",
        [
            {"author": ""},
            {"lead": False},
            {"standing": "waiting"},
            {"standing": "pressing"},
            {"standing": "approved"},
            {"standing": "refused"},
            {"standing": "withdrawn"},
        ],
    )
    def test_nobody_else_and_not_while_it_is_looked_at(
        self, right: Right, facts: dict[str, Any]
    ) -> None:
        assert may(right, own(**facts)) == set()

    def test_all_authors_have_agreed_before_it_goes(self) -> None:
        waits = own(waits_for=1)["during"]
        assert policies.may_hand_in.refusal(CAST["child"], waits, NOW) is (
            policies.all_agreed.otherwise
        )
        assert may(policies.may_hand_in, own(waits_for=1, standing="returned")) == set()
        assert policies.may_change_work(CAST["child"], waits, NOW)

    def test_an_invited_one_agrees_to_a_draft_and_to_a_mended_work(self) -> None:
        facts = {"author": "invited", "lead": False}
        assert may(policies.may_agree_to_work, own(**facts)) == ASKED
        mended = may(policies.may_agree_to_work, own(standing="returned", **facts))
        assert mended == may(policies.may_change_work, own(standing="returned"))
        assert may(policies.may_agree_to_work, own(standing="waiting", **facts)) == set()

    def test_it_is_taken_back_until_the_outcome_by_who_leads(self) -> None:
        found = may(policies.may_withdraw_work, own(standing="approved"))
        states = ("published", "closed")
        assert found == {(m, n) for m in MOMENTS for n in CHILDREN if MOMENTS[m].state in states}
        for facts in ({"lead": False}, {"author": ""}, {"standing": "withdrawn"}):
            assert may(policies.may_withdraw_work, own(**facts)) == set()
        assert may(policies.may_withdraw_work, own(reason="escalated")) == set()

    def test_who_does_not_lead_leaves(self) -> None:
        found = may(policies.may_leave_work, own(standing="approved", lead=False))
        assert found == may(policies.may_withdraw_work, own(standing="approved"))
        assert may(policies.may_leave_work, own(standing="approved")) == set()

    def test_the_use_ends_at_any_time(self) -> None:
        found = may(policies.may_end_use, own(standing="approved"))
        assert found == {(m, n) for m in MOMENTS for n in CHILDREN}
        assert may(policies.may_end_use, own(standing="approved", use_ends=True)) == set()

    def test_only_its_authors_see_it(self) -> None:
        assert may(policies.may_see_own_work, own()) == {(m, n) for m in MOMENTS for n in CHILDREN}
        for facts in ({"author": ""}, {"reason": "escalated"}, {"standing": "withdrawn"}):
            assert may(policies.may_see_own_work, own(**facts)) == set()

    def test_another_moderator_is_asked_once_about_a_verdict(self) -> None:
        found = may(policies.may_appeal_work, own(standing="refused"))
        assert found == {(m, n) for m in MOMENTS for n in CONSENTED}
        for facts in (
            {"standing": "approved"},
            {"standing": "returned", "reason": "file"},
            {"standing": "refused", "reason": "escalated"},
            {"standing": "refused", "appeal": "asked"},
            {"standing": "refused", "lead": False},
        ):
            assert may(policies.may_appeal_work, own(**facts)) == set()
