"""The outcome as a dossier: what it tells the unit, what it never tells, and the adopted work."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation.accounts.models import Person
from participation.contests.actions.outcome import name_adopted, send_outcome, take_back_adopted
from participation.contests.call import ShownCall
from participation.contests.happenings.notice import CallEnded
from participation.contests.models import Entry, Outcome, Round
from participation.contests.queries.adopted import adopted_of
from participation.deliveries.models import Dossier
from participation.deliveries.papers import set_papers
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken
from participation.settings import Settings
from tests.contests.recognising import answered, call_of_work, judged, moved_to
from tests.contests.stage import approved, published_call, who
from tests.support.cast import Cast


def ended(call: ShownCall, **changes: Any) -> ShownCall:
    """The call has ended, and whatever follows from that has followed."""
    found = moved_to(call, "ended", **changes)
    with unit_of_work():
        announce(CallEnded(subject=found.subject))
    return found


def dossiers() -> list[Dossier]:
    with unit_of_work(writes=False):
        return list(session().scalars(select(Dossier)))


def told() -> str:
    """All that the one dossier tells."""
    return dossiers()[0].contents


def level_of(entry: Entry) -> str:
    with unit_of_work(writes=False):
        return session().get_one(Outcome, entry.id).level


class TestDossier:
    def test_goes_to_the_named_official_with_one_question_each(
        self, cast: Cast, drawings: ShownCall
    ) -> None:
        ended(drawings)
        sent = dossiers()[0]
        assert (sent.subject_kind, sent.subject_id) == ("contest", str(drawings.id))
        assert (sent.unit_id, sent.official_id) == (cast.unit.id, cast.official.id)
        assert sent.due_on == drawings.answer_due
        assert [one["key"] for one in json.loads(sent.contents)["points"]] == ["use"]

    def test_of_a_logo_it_asks_which_one_the_city_adopts(self, cast: Cast) -> None:
        ended(published_call(cast, "logo"))
        assert [one["key"] for one in json.loads(told())["points"]] == ["adopt", "use"]

    def test_once_only(self, drawings: ShownCall) -> None:
        ended(drawings)
        with unit_of_work():
            send_outcome(drawings.id)
        assert len(dossiers()) == 1

    def test_nothing_of_a_rehearsal(self, cast: Cast) -> None:
        ended(published_call(cast, rehearsal=True))
        assert dossiers() == []

    def test_chosen_works_with_what_their_children_say(
        self, cast: Cast, drawings: ShownCall
    ) -> None:
        chosen = approved(drawings, cast.middle_child, title="桥", words="我想慢下来")
        judged(chosen, "selected")
        other = approved(drawings, cast.child, title="河", words="别人的话")
        judged(other, "shown")
        ended(drawings)
        for words in ("桥", "我想慢下来", chosen.code, cast.middle_child.nickname):
            assert words in told()
        for words in ("河", "别人的话", other.code):
            assert words not in told()

    @pytest.mark.parametrize("changes", [{"guardian": "refused"}, {"shown": False}])
    def test_of_a_work_that_does_not_hang_only_its_code(
        self, cast: Cast, drawings: ShownCall, changes: dict[str, Any]
    ) -> None:
        entry = approved(drawings, cast.middle_child, title="桥", words="我想慢下来", **changes)
        judged(entry, "selected")
        ended(drawings)
        assert entry.code in told() and entry.id.hex() not in told()
        for words in ("桥", "我想慢下来", cast.middle_child.nickname):
            assert words not in told()

    def test_few_children_are_not_counted(self, cast: Cast, drawings: ShownCall) -> None:
        for child in (cast.child, cast.middle_child):
            approved(drawings, child)
        ended(drawings)
        sealed = json.loads(told())
        assert sealed["n"] is None
        stats = sealed["reports"]["zh"]["sections"][0]["blocks"][0]["items"]
        assert [one["value"] for one in stats[:3]] == ["—", "—", "不到 3"]

    def test_many_are_counted_once_each_and_small_groups_hidden(
        self, cast: Cast, drawings: ShownCall
    ) -> None:
        with unit_of_work():
            pupils = [_pupil(cast, number) for number in range(6)]
        for child in pupils:
            approved(drawings, child, band="b")
        approved(drawings, pupils[0], band="b")
        approved(drawings, cast.child, band="a")
        ended(drawings)
        sealed = json.loads(told())
        by_band = {one["line"]: one["n"]["as"] for one in sealed["figures"]["reach"]["by"]["band"]}
        assert sealed["n"] == 7 and by_band["a"] == "hidden"
        missing = next(
            one for one in sealed["reports"]["zh"]["sections"] if one["part"] == "missing"
        )
        assert "14–17 岁" in json.dumps(missing, ensure_ascii=False)

    def test_the_jury_by_its_aliases(self, cast: Cast, drawings: ShownCall) -> None:
        with unit_of_work():
            session().add(_round(drawings, state="closed"))
            session().add(_round(drawings, stage="final", state="open"))
        ended(drawings)
        assert "甲" in told() and "初审" in told() and "终审" not in told()
        assert cast.juror.legal_name not in told()

    @pytest.mark.parametrize("over", [True, False])
    def test_the_childrens_choice_after_its_end_alone(
        self, cast: Cast, drawings: ShownCall, over: bool
    ) -> None:
        entry = approved(drawings, cast.middle_child, title="桥")
        judged(entry, "selected", by_children=True)
        ends = now() + timedelta(days=-1 if over else 1)
        window = {"choice_opens_at": ends - timedelta(days=3), "choice_closes_at": ends}
        ended(drawings, choice="any_school", **window)
        part = next(
            one
            for one in json.loads(told())["reports"]["zh"]["sections"]
            if one["part"] == "choice"
        )
        assert (entry.code in json.dumps(part, ensure_ascii=False)) is over
        assert ("还没有结束" in json.dumps(part, ensure_ascii=False)) is not over
        assert ("孩子们选的" in json.dumps(_works(told()), ensure_ascii=False)) is over

    def test_an_unranked_one_has_no_jury(self, cast: Cast) -> None:
        ended(published_call(cast, ranked=False))
        assert "这次不评" in told()

    def test_its_papers_can_be_set(self, cast: Cast, drawings: ShownCall) -> None:
        judged(approved(drawings, cast.middle_child), "selected")
        with unit_of_work():
            session().add(_round(drawings, state="closed"))
        ended(drawings)
        with unit_of_work(writes=False):
            kinds = {(one.kind, one.locale) for one in set_papers(dossiers()[0])}
        assert kinds == {("pdf", "zh-Hans"), ("pdf", "en"), ("csv", "any"), ("json", "any")}


def _works(contents: str) -> Any:
    sections = json.loads(contents)["reports"]["zh"]["sections"]
    return next(one for one in sections if one["part"] == "works")


def _pupil(cast: Cast, number: int) -> Person:
    like = cast.middle_child
    one = Person(
        role="child",
        legal_name=f"童{number}",
        nickname=f"小鸟{number}",
        born=like.born,
        school_id=like.school_id,
        class_id=like.class_id,
        joined_at=like.joined_at,
    )
    session().add(one)
    session().flush()
    return one


def _round(call: ShownCall, *, stage: str = "first", state: str) -> Round:
    report = {"works": 9, "fewest": 3, "jurors": [{"number": 1, "judgements": 9}]}
    return Round(
        call_id=call.id,
        panel="adult",
        stage=stage,
        way="yes_no",
        rule={},
        seed=b"0" * 16,
        state=state,
        report=report,
    )


class TestAdopted:
    @pytest.fixture
    def chosen(self, cast: Cast, settings: Settings) -> Entry:
        """The selected work of a logo call that was answered."""
        call = published_call(cast, "logo")
        entry = approved(call, cast.middle_child)
        judged(entry, "selected")
        ended(call)
        answered(call, cast, settings)
        return entry

    @pytest.fixture
    def logo(self, chosen: Entry) -> ShownCall:
        return call_of_work(chosen)

    def test_named_by_the_secretary(
        self, cast: Cast, settings: Settings, chosen: Entry, logo: ShownCall
    ) -> None:
        with unit_of_work():
            name_adopted(who(cast.secretary, settings), logo, chosen.code)
        assert level_of(chosen) == "adopted"
        with unit_of_work(writes=False):
            found = adopted_of(logo)
        assert found is not None and found.code == chosen.code

    def test_one_only_and_a_mistake_is_mended(
        self, cast: Cast, settings: Settings, chosen: Entry, logo: ShownCall
    ) -> None:
        with unit_of_work():
            secretary = who(cast.secretary, settings)
            name_adopted(secretary, logo, chosen.code)
            with pytest.raises(NotAllowed):
                name_adopted(secretary, logo, chosen.code)
            take_back_adopted(secretary, logo)
        assert level_of(chosen) == "selected"
        with unit_of_work(), pytest.raises(NotAllowed):
            take_back_adopted(who(cast.secretary, settings), logo)

    @pytest.mark.parametrize("changes", [{"level": "shortlisted"}, {"code": "K7M-222"}])
    def test_no_other_work(
        self,
        cast: Cast,
        settings: Settings,
        chosen: Entry,
        logo: ShownCall,
        changes: dict[str, str],
    ) -> None:
        judged(chosen, changes.get("level", "selected"))
        with unit_of_work(), pytest.raises(RuleBroken):
            code = changes.get("code", chosen.code)
            name_adopted(who(cast.secretary, settings), logo, code)

    def test_not_before_the_answer(self, cast: Cast, settings: Settings) -> None:
        call = published_call(cast, "logo")
        entry = approved(call, cast.middle_child)
        judged(entry, "selected")
        call = ended(call)
        with unit_of_work(), pytest.raises(NotAllowed):
            name_adopted(who(cast.secretary, settings), call, entry.code)
