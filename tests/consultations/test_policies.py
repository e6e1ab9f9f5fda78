"""The rights of this room as matrices: before, while and after it is asked, for the whole cast."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from participation.accounts.identity import Identity, Nobody
from participation.consultations import policies
from participation.consultations.policies import Mending
from participation.consultations.queries.answers import key_of
from participation.kernel import pseudonyms
from participation.kernel.policy import Right

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Thing:
    state: str = "published"
    opens_at: datetime | None = NOW - DAY
    closes_at: datetime | None = NOW + DAY
    bands: str = "ab"
    district_ids: tuple[int, ...] = (1,)


def child(**facts: Any) -> Identity:
    usual = {"band": "a", "district_id": 1, "consent": True, "person_id": 7}
    return Identity(role="child", sign_in="", mark=0, until=0, **(usual | facts))


def staff(role: str) -> Identity:
    return Identity(person_id=9, role=role, sign_in="", mark=0, until=0)


CAST: dict[str, Identity | Nobody] = {
    "nobody": Nobody(),
    "child": child(),
    "middle": child(band="b"),
    "teen_outside": child(band="c", of_age=True),
    "unconsented": child(consent=False),
    "of_age_unconsented": child(band="b", of_age=True, consent=False),
    "far": child(district_id=2),
    "grown_up": child(band=""),
    **{
        role: staff(role)
        for role in (
            "teacher",
            "moderator",
            "safeguarding",
            "secretary",
            "official",
            "administrator",
        )
    },
}
MOMENTS: dict[str, Thing] = {
    "draft": Thing(state="draft"),
    "before": Thing(opens_at=NOW + DAY, closes_at=NOW + 2 * DAY),
    "during": Thing(),
    "after": Thing(closes_at=NOW),
    "closed": Thing(state="closed", closes_at=NOW - DAY),
    "frozen": Thing(state="frozen", closes_at=NOW - DAY),
    "without dates": Thing(opens_at=None, closes_at=None),
}


def may(right: Right, things: dict[str, Any]) -> set[tuple[str, str]]:
    """Every (moment, person) for whom the right holds."""
    return {
        (moment, name)
        for moment, thing in things.items()
        for name, who in CAST.items()
        if right(who, thing, NOW)
    }


EVERYBODY = set(CAST)
CHILDREN = {name for name, who in CAST.items() if who.is_child}


class TestTopics:
    def test_everybody_sees_what_is_published_and_secretaries_see_drafts(self) -> None:
        shown = {(moment, name) for moment in MOMENTS if moment != "draft" for name in EVERYBODY}
        assert may(policies.may_see_topic, MOMENTS) == shown | {("draft", "secretary")}

    def test_only_asked_children_with_consent_give_an_opinion_and_only_while_it_is_open(
        self,
    ) -> None:
        found = may(policies.may_give_opinion, MOMENTS)
        assert found == {("during", "child"), ("during", "middle")}

    def test_any_child_may_take_hers_back_until_the_close(self) -> None:
        found = may(policies.may_withdraw_opinion, MOMENTS)
        assert found == {(m, name) for m in ("before", "during") for name in CHILDREN}

    @pytest.mark.parametrize(
        ("right", "moments"),
        [
            (policies.may_draft_topic, set(MOMENTS)),
            (policies.may_change_topic, {"draft"}),
            (policies.may_publish_topic, {"draft"}),
            (policies.may_extend_topic, {"before", "during"}),
        ],
    )
    def test_the_secretary_manages(self, right: Right, moments: set[str]) -> None:
        assert may(right, MOMENTS) == {(moment, "secretary") for moment in moments}


class TestReasons:
    """The button says why it cannot be pressed, and the reason is the right one."""

    @pytest.mark.parametrize(
        ("who", "thing", "fact"),
        [
            ("nobody", "during", policies.is_signed_in),
            ("secretary", "during", policies.is_child),
            ("child", "before", policies.has_begun),
            ("child", "after", policies.is_not_over),
            ("teen_outside", "during", policies.is_of_asked_age),
            ("far", "during", policies.is_of_asked_district),
            ("unconsented", "during", policies.has_guardians_consent),
            ("of_age_unconsented", "during", policies.has_own_consent),
        ],
    )
    def test_reason(self, who: str, thing: str, fact: Any) -> None:
        refusal = policies.may_give_opinion.refusal(CAST[who], MOMENTS[thing], NOW)
        assert refusal is fact.otherwise

    def test_the_last_second_counts(self) -> None:
        thing = Thing(closes_at=NOW + timedelta(seconds=1))
        assert policies.may_give_opinion(CAST["child"], thing, NOW)
        assert not policies.may_give_opinion(CAST["child"], thing, NOW + timedelta(seconds=1))


class TestMending:
    @pytest.fixture(autouse=True)
    def key(self) -> None:
        pseudonyms.use_key("p" * 40)

    @pytest.fixture
    def mine(self) -> Callable[..., Mending]:
        usual = Mending(3, "published", key_of(7, 3), "returned")
        return lambda **changes: replace(usual, **changes)

    def test_only_who_wrote_them(self, mine: Callable[..., Mending]) -> None:
        other = child(person_id=8)
        assert policies.may_mend_words(CAST["child"], mine(), NOW)
        assert not policies.may_mend_words(other, mine(), NOW)
        assert not policies.may_mend_words(CAST["nobody"], mine(), NOW)
        assert not policies.may_mend_words(CAST["moderator"], mine(), NOW)

    @pytest.mark.parametrize("standing", ["waiting", "published", "refused", "withdrawn"])
    def test_only_returned_ones(self, standing: str, mine: Callable[..., Mending]) -> None:
        assert not policies.may_mend_words(CAST["child"], mine(standing=standing), NOW)

    @pytest.mark.parametrize(
        ("state", "allowed"), [("published", True), ("closed", True), ("frozen", False)]
    )
    def test_until_the_tally_is_frozen(
        self, state: str, allowed: bool, mine: Callable[..., Mending]
    ) -> None:
        assert policies.may_mend_words(CAST["child"], mine(state=state), NOW) is allowed

    @pytest.mark.parametrize("who", ["unconsented", "of_age_unconsented"])
    def test_not_without_consent(self, who: str, mine: Callable[..., Mending]) -> None:
        assert not policies.may_mend_words(CAST[who], mine(), NOW)


class TestListening:
    """Who took part says whether the answer listened, once it is there."""

    @pytest.mark.parametrize("took_part", [True, False])
    @pytest.mark.parametrize("is_answered", [True, False])
    def test_only_who_took_part_and_only_after_the_answer(
        self, took_part: bool, is_answered: bool
    ) -> None:
        thing = policies.Listening(took_part, is_answered)
        found = may(policies.may_say_listened, {"now": thing})
        expected = {("now", name) for name in CHILDREN} if took_part and is_answered else set()
        assert found == expected
