"""Beginning, changing, publishing and extending a consultation, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from participation.audit.models import Entry
from participation.consultations.actions import (
    change_topic,
    draft_topic,
    extend_topic,
    publish_topic,
)
from participation.consultations.codec import CellSpace, Layout
from participation.consultations.models import Consultation, Option, Question, Theme
from participation.consultations.outline import moved
from participation.consultations.queries import (
    coming_topics,
    open_topics,
    over_topics,
    topic,
)
from participation.consultations.queries.drafts import (
    managed_topics,
    outline_of,
    whole_consultation,
)
from participation.kernel.calendar import is_working_day, working_days_between
from participation.kernel.clock import city_day, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.tables import Words
from participation.settings import Settings
from tests.consultations.stage import drafted, outline, published, who
from tests.support import factories
from tests.support.cast import Cast


class TestDraft:
    def test_it_begins_with_the_usual_dates(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = draft_topic(who(cast.secretary, settings), Words(zh="新的事"))
        assert row.opens_at and row.closes_at and row.answer_due and row.follow_up_on
        assert is_working_day(city_day(row.opens_at))
        assert (city_day(row.closes_at) - city_day(row.opens_at)).days == 30
        assert working_days_between(city_day(row.closes_at), row.answer_due) == 15
        assert (row.follow_up_on - row.answer_due).days == 90

    def test_only_a_secretary(self, cast: Cast, settings: Settings, unit: None) -> None:
        for person in (cast.child, cast.official, cast.moderator, cast.administrator):
            with pytest.raises(NotAllowed):
                draft_topic(who(person, settings), Words(zh="x"))

    def test_what_was_written_is_read_back(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings, district_ids=(cast.district.id,))
        found = outline_of(whole_consultation(row.id))
        wanted = outline(cast, district_ids=(cast.district.id,))
        assert found.title == wanted.title
        assert found.bands == "abc"
        assert found.district_ids == (cast.district.id,)
        assert [one.kind for one in found.questions] == [one.kind for one in wanted.questions]
        assert found.questions[1].options[2].label["en"] == "Pavements"
        assert found.themes[0].option == found.questions[1].options[0].key
        assert found.themes[1].option == ""

    def test_a_theme_follows_its_option_wherever_it_moves(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        secretary = who(cast.secretary, settings)
        for button in ("down-option:1.0", "up-question:1", "remove-question:3"):
            row = whole_consultation(row.id)
            change_topic(secretary, row, moved(outline_of(row), button, ""), version=row.version)
        found = outline_of(whole_consultation(row.id))
        light = next(one for one in found.questions[0].options if one.icon == "t-light")
        assert found.themes[0].option == light.key
        assert len(found.questions) == 3
        assert session().scalar(select(func.count()).select_from(Option)) == 5

    def test_two_secretaries_do_not_overwrite_each_other(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        secretary, old = who(cast.secretary, settings), row.version
        change_topic(secretary, row, outline(cast), version=old)
        with pytest.raises(RuleBroken, match="别人刚改过"):
            change_topic(secretary, row, outline(cast, sign="园"), version=old)


class TestPublish:
    def test_it_fixes_layout_and_cells_and_can_be_seen(
        self, cast: Cast, settings: Settings, app: object
    ) -> None:
        found = published(cast, settings)
        with unit_of_work():
            row = session().get_one(Consultation, found.id)
            kinds = [slot.kind for slot in Layout.from_json(row.layout).slots]
            assert kinds == ["faces", "several", "single"]
            assert CellSpace.from_json(row.cells).districts == (
                cast.district.id,
                cast.far_district.id,
            )
            assert row.published_at
            assert topic(found.id).number == 1
            entry = session().scalar(select(Entry).where(Entry.what == "ConsultationPublished"))
            assert entry is not None and entry.by == cast.secretary.id

    def test_a_draft_is_missing_for_everybody(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        with pytest.raises(Missing):
            topic(row.id)
        assert open_topics().topics == ()

    def test_every_gap_is_named_at_once(self, cast: Cast, settings: Settings, unit: None) -> None:
        row = drafted(cast, settings, summary=Words(), bands="", themes=())
        with pytest.raises(RulesBroken) as refusal:
            publish_topic(who(cast.secretary, settings), row.id)
        assert [one.field for one in refusal.value.broken] == ["summary_zh", "bands", "themes"]
        assert whole_consultation(row.id).state == "draft"

    def test_the_official_works_in_that_unit(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings, official_id=cast.far_official.id)
        with pytest.raises(RulesBroken) as refusal:
            publish_topic(who(cast.secretary, settings), row.id)
        assert [one.field for one in refusal.value.broken] == ["official_id"]

    def test_two_open_matters_never_share_a_sign(self, cast: Cast, settings: Settings) -> None:
        published(cast, settings)
        with unit_of_work():
            row = drafted(cast, settings)
            with pytest.raises(RulesBroken) as refusal:
                publish_topic(who(cast.secretary, settings), row.id)
            assert [one.field for one in refusal.value.broken] == ["sign"]

    def test_content_stays_as_it_is(self, cast: Cast, settings: Settings) -> None:
        found = published(cast, settings)
        with unit_of_work():
            row, secretary = whole_consultation(found.id), who(cast.secretary, settings)
            with pytest.raises(NotAllowed):
                change_topic(secretary, row, outline(cast), version=row.version)
            with pytest.raises(NotAllowed):
                publish_topic(secretary, found.id)


class TestExtend:
    def test_a_later_close_shows_at_once(self, cast: Cast, settings: Settings) -> None:
        found = published(cast, settings)
        later = (found.closes_at or now()) + timedelta(days=3)
        with unit_of_work():
            row = whole_consultation(found.id, lock=True)
            version = row.version
            extend_topic(who(cast.secretary, settings), row, later)
            assert row.version == version + 1
        with unit_of_work(writes=False):
            assert topic(found.id).closes_at == later
            assert topic(found.id).number == 2

    def test_only_later_and_before_the_answer(self, cast: Cast, settings: Settings) -> None:
        found = published(cast, settings)
        with unit_of_work():
            row, secretary = whole_consultation(found.id), who(cast.secretary, settings)
            for days in (0, -1, 40):
                with pytest.raises(RuleBroken) as refusal:
                    extend_topic(secretary, row, found.closes_at + timedelta(days=days))  # type: ignore[operator]
                assert refusal.value.field == "closes_at"


class TestLists:
    def test_each_phase_has_its_list(self, cast: Cast, settings: Settings) -> None:
        ahead = {"opens_at": now() + timedelta(days=5), "closes_at": now() + timedelta(days=40)}
        late = {"answer_due": city_day(now() + timedelta(days=60))}
        now_open = published(cast, settings)
        coming = published(cast, settings, sign="园", **ahead, **late)
        with unit_of_work():
            over = published_over(cast, settings)
            assert [one.id for one in open_topics().topics] == [now_open.id]
            assert [one.id for one in coming_topics().topics] == [coming.id]
            assert [one.id for one in over_topics().topics] == [over]

    def test_for_a_band_and_a_district(self, cast: Cast, settings: Settings) -> None:
        near = published(cast, settings, bands="b", district_ids=(cast.district.id,))
        city = published(cast, settings, sign="园")
        with unit_of_work(writes=False):
            here = open_topics(band="b", district_id=cast.district.id).topics
            there = open_topics(band="b", district_id=cast.far_district.id).topics
            small = open_topics(band="a", district_id=cast.district.id).topics
        assert {one.id for one in here} == {near.id, city.id}
        assert [one.id for one in there] == [city.id]
        assert [one.id for one in small] == [city.id]

    def test_pages_follow_one_another_without_gap(self, cast: Cast, settings: Settings) -> None:
        numbers = [published(cast, settings, sign=sign).id for sign in "路园餐网书"]
        seen: list[int] = []
        after = ""
        with unit_of_work(writes=False):
            while True:
                page = open_topics(after=after, most=2)
                seen += [one.id for one in page.topics]
                after = page.after
                if not after:
                    break
            assert open_topics(after="nonsense").topics
            assert open_topics(after="2026-01-01T00:00:00~1").topics
        assert sorted(seen) == numbers

    def test_the_desk_sees_everything_newest_first(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        first, second = drafted(cast, settings), drafted(cast, settings)
        assert [row.id for row in managed_topics()] == [second.id, first.id]
        assert [row.id for row in managed_topics(before=second.id)] == [first.id]


def published_over(cast: Cast, settings: Settings) -> int:
    """One that was closed already."""
    row = drafted(cast, settings, sign="网")
    publish_topic(who(cast.secretary, settings), row.id)
    row.opens_at, row.closes_at = now() - timedelta(days=40), now() - timedelta(days=2)
    row.state = "closed"
    session().flush()
    return row.id


class TestRows:
    def test_questions_of_a_draft_go_with_it(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        row = drafted(cast, settings)
        change_topic(
            who(cast.secretary, settings),
            row,
            outline(cast, questions=(), themes=()),
            version=row.version,
        )
        for table in (Question, Option, Theme):
            assert session().scalar(select(func.count()).select_from(table)) == 0

    def test_a_new_district_does_not_shift_the_cells(self, cast: Cast, settings: Settings) -> None:
        found = published(cast, settings)
        with unit_of_work():
            factories.district("330900", "新区", "New District")
        with unit_of_work(writes=False):
            assert topic(found.id).district_ids == found.district_ids
