"""Beginning, changing, publishing, putting off and closing a call, on both databases."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from participation import wiring
from participation.audit.models import Entry as Recorded
from participation.contests.actions.closing import close_call
from participation.contests.actions.drafting import (
    change_call,
    draft_call,
    extend_call,
    publish_call,
    with_usual,
)
from participation.contests.defaults import USUAL
from participation.contests.models import KINDS, Call, CallTheme, Criterion, Use
from participation.contests.outline import CallOutline
from participation.contests.queries import call, open_calls, over_calls
from participation.contests.queries.calls import whole_call
from participation.contests.queries.drafts import managed_calls, outline_of
from participation.kernel import jobs
from participation.kernel.calendar import is_working_day, working_days_between
from participation.kernel.clock import city_day, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.tables import Words
from participation.kernel.working import Timer, ring
from participation.settings import Settings
from tests.contests.calling import drafted, outline, published, who
from tests.support.cast import Cast

DAY = timedelta(days=1)


def recorded(what: str) -> int:
    return session().scalar(select(func.count()).where(Recorded.what == what)) or 0


class TestDraft:
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_begins_with_what_is_usual_for_its_kind(
        self, kind: str, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = draft_call(who(cast.secretary, settings), kind, Words(zh="新的征集"))
        found = outline_of(whole_call(row.id))
        usual = USUAL[kind]
        assert (found.kind, found.pictures_most, found.recording) == (
            kind,
            usual.pictures_most,
            usual.recording,
        )
        assert found.criteria == usual.criteria and 3 <= len(found.criteria) <= 5
        assert found.opens_at and found.closes_at and found.answer_due
        assert found.notice_from and found.notice_until and found.shows_until
        assert is_working_day(city_day(found.opens_at))
        assert working_days_between(found.notice_from, found.notice_until) == 7
        assert city_day(found.closes_at) < found.notice_from < found.answer_due

    def test_only_a_secretary(self, cast: Cast, settings: Settings, unit: None) -> None:
        for person in (cast.child, cast.official, cast.juror, cast.administrator):
            with pytest.raises(NotAllowed):
                draft_call(who(person, settings), "logo", Words(zh="x"))

    def test_what_was_written_is_read_back(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        wanted = outline(cast, district_ids=(cast.district.id,))
        row = drafted(cast, settings, district_ids=(cast.district.id,))
        found = outline_of(whole_call(row.id))
        for name in CallOutline.__slots__:
            if not name.endswith("_at"):
                assert getattr(found, name) == getattr(wanted, name), name

    def test_lists_are_written_anew(self, cast: Cast, settings: Settings, unit: None) -> None:
        row = drafted(cast, settings)
        change_call(
            who(cast.secretary, settings),
            row,
            outline(cast, themes=(), uses=(), criteria=USUAL["logo"].criteria),
            version=row.version,
        )
        counts = [
            session().scalar(select(func.count()).select_from(table))
            for table in (Criterion, CallTheme, Use)
        ]
        assert counts == [4, 0, 0]

    def test_two_secretaries_do_not_overwrite_each_other(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        secretary, old = who(cast.secretary, settings), row.version
        change_call(secretary, row, outline(cast), version=old)
        with pytest.raises(RuleBroken, match="别人刚改过"):
            change_call(secretary, row, outline(cast, sign="园"), version=old)

    def test_no_dates_the_wrong_way_round(self, cast: Cast, settings: Settings, unit: None) -> None:
        row = drafted(cast, settings)
        turned = outline(cast, opens_at=now() + 90 * DAY)
        with pytest.raises(RulesBroken):
            change_call(who(cast.secretary, settings), row, turned, version=row.version)

    def test_usual_things_of_another_kind(self, cast: Cast) -> None:
        found = with_usual(outline(cast, kind="lyrics"))
        assert (found.pictures_most, found.recording) == (0, True)
        assert found.criteria == USUAL["lyrics"].criteria

    def test_the_desk_lists_by_age(self, cast: Cast, settings: Settings, unit: None) -> None:
        ids = [drafted(cast, settings).id for _call in range(3)]
        assert [row.id for row in managed_calls(most=2)] == ids[::-1]
        assert [row.id for row in managed_calls(before=ids[1])] == [ids[0]]


class TestPublishing:
    def test_it_is_public_and_stays_as_it_is(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        secretary = who(cast.secretary, settings)
        with pytest.raises(Missing):
            call(row.id)
        publish_call(secretary, row.id)
        found = call(row.id)
        assert (found.state, found.official, found.unit) == (
            "published",
            cast.official.legal_name,
            cast.unit.name,
        )
        for deed in (
            lambda: publish_call(secretary, row.id),
            lambda: change_call(secretary, row, outline(cast), version=row.version),
        ):
            with pytest.raises(NotAllowed):
                deed()
        assert recorded("CallPublished") == 1

    def test_every_gap_at_once(self, cast: Cast, settings: Settings, unit: None) -> None:
        row = drafted(
            cast,
            settings,
            rules=Words(),
            prizes=Words(zh="中考加分"),
            official_id=cast.far_official.id,
        )
        with pytest.raises(RulesBroken) as refusal:
            publish_call(who(cast.secretary, settings), row.id)
        assert [one.field for one in refusal.value.broken] == [
            "rules_zh",
            "prizes_zh",
            "official_id",
        ]

    def test_no_two_open_calls_with_one_sign(
        self, cast: Cast, settings: Settings, app: object
    ) -> None:
        published(cast, settings)
        with pytest.raises(RulesBroken) as refusal:
            published(cast, settings)
        assert [one.field for one in refusal.value.broken] == ["sign"]


class TestExtending:
    def test_only_later_and_before_what_follows(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        row = drafted(cast, settings)
        publish_call(secretary, row.id)
        old = row.closes_at
        assert old and row.notice_from
        for moment in (old, old - DAY, old + 30 * DAY):
            with pytest.raises(RuleBroken) as refusal:
                extend_call(secretary, row, moment)
            assert refusal.value.field == "closes_at"
        extend_call(secretary, row, old + DAY)
        assert call(row.id).closes_at == old + DAY

    def test_not_into_the_childrens_choice(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        row = drafted(cast, settings)
        assert row.closes_at
        window = {
            "choice": "any_school",
            "choice_opens_at": row.closes_at + 3 * DAY,
            "choice_closes_at": row.closes_at + 6 * DAY,
        }
        change_call(secretary, row, outline(cast, **window), version=row.version)
        publish_call(secretary, row.id)
        with pytest.raises(RuleBroken):
            extend_call(secretary, row, row.closes_at + 5 * DAY)
        extend_call(secretary, row, row.closes_at + 2 * DAY)


def work() -> None:
    ring([timer for timer in wiring.TIMERS if timer.kind in ("close-calls", "end-rehearsals")])
    while jobs.run_one(wiring.HANDLERS):
        pass


class TestClosing:
    def test_the_clock_closes_once(self, cast: Cast, settings: Settings, app: object) -> None:
        made = published(cast, settings)
        assert made.closes_at
        with time_machine.travel(made.closes_at - timedelta(minutes=2), tick=False):
            work()
            with unit_of_work():
                assert call(made.id).state == "published"
                assert not close_call(made.id)
        for late in (timedelta(0), timedelta(minutes=2), 9 * DAY):
            with time_machine.travel(made.closes_at + late, tick=False):
                work()
        with time_machine.travel(made.closes_at + 9 * DAY, tick=False), unit_of_work():
            found = call(made.id)
            row = session().get_one(Call, made.id)
            assert (found.state, recorded("CallClosed")) == ("closed", 1)
            assert row.closed_at == made.closes_at
            assert open_calls().calls == () and over_calls().calls == (found,)

    def test_the_timer_is_wound(self) -> None:
        assert Timer("close-calls", 60) in wiring.TIMERS
