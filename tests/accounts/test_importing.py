"""What a roster would do, and that it is done whole, once, and by whom it may be."""

import io
import time
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from participation.accounts.actions.roster import clear_drafts, import_roster, keep_draft
from participation.accounts.importing import ADD, CHANGE, LEAVE, REFUSE, KnownPupil, make_plan
from participation.accounts.models import ImportDraft, Person, SchoolClass, SignIn
from participation.accounts.queries.classes import school_year
from participation.accounts.queries.imports import (
    draft_of,
    freeze,
    known_pupils,
    plan_import,
    thaw,
)
from participation.accounts.roster import Roster, RosterRow, read_roster
from participation.accounts.standing import identity_of
from participation.audit.models import Entry
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.kernel.tables import Base, random_key
from participation.settings import Settings
from tests.accounts.test_roster import joined_sample
from tests.support import factories
from tests.support.cast import Cast, make_cast
from tests.support.shared import data

HEAD = "学号,姓名,性别,出生年月,年级,班级"
TODAY = date(2026, 11, 25)


def roster_of(*lines: str, head: str = HEAD) -> Roster:
    text = "\n".join([head, *lines]).encode()
    return read_roster(text, today=TODAY, most_bytes=1 << 21)


def known(number: str, **more: Any) -> KnownPupil:
    values: dict[str, Any] = {
        "person_id": int(number),
        "pupil_number": number,
        "legal_name": "王小满",
        "gender": "f",
        "born": date(2017, 3, 1),
        "year": 2026,
        "grade": 3,
        "number": 2,
    }
    return KnownPupil(**{**values, **more})


def plan_of(roster: Roster, *pupils: KnownPupil, whole: bool = False) -> Any:
    return make_plan(roster, pupils, school_code="HB3X", year=2026, whole=whole)


def test_each_row_has_its_deed() -> None:
    plan = plan_of(
        roster_of(
            "1,王小满,女,2017-03,3,2",
            "2,王小曼,女,2017-04,3,3",
            "3,新同学,,2017-05,3,2",
            "4,谁,女,去年,3,2",
        ),
        known("1"),
        known("2"),
        known("9"),
        known("8", grade=5),
    )
    assert [line.deed for line in plan.lines] == [LEAVE, CHANGE, ADD, REFUSE]
    assert plan.counts == {ADD: 1, CHANGE: 1, LEAVE: 1, REFUSE: 1}
    assert [(c.field, c.before, c.after) for c in plan.lines[1].changes] == [
        ("legal_name", "王小满", "王小曼"),
        ("born", "2017-03", "2017-04"),
        ("class", "2026/3/2", "2026/3/3"),
    ]
    assert [pupil.pupil_number for pupil in plan.missing] == ["9"]


def test_a_gender_that_the_file_does_not_say_stays() -> None:
    roster = roster_of("1,王小满,2017-03,3,2", head="学号,姓名,出生年月,年级,班级")
    assert plan_of(roster, known("1")).lines[0].deed == LEAVE


def test_a_pupil_who_left_comes_back() -> None:
    plan = plan_of(roster_of("1,王小满,女,2017-03,3,2"), known("1", has_left=True))
    assert [change.field for change in plan.lines[0].changes] == ["left"]


def test_a_new_school_year_moves_classes_up_and_misses_who_did_not_come() -> None:
    last_year = {"year": 2025, "grade": 2}
    plan = plan_of(
        roster_of("1,王小满,女,2017-03,3,2"), known("1", **last_year), known("7", **last_year)
    )
    assert plan.lines[0].changes[0].before == "2025/2/2"
    assert [pupil.pupil_number for pupil in plan.missing] == ["7"]


def test_the_whole_school_misses_every_class_and_a_refused_row_misses_nobody() -> None:
    roster = roster_of("1,王小满,女,2017-03,3,2", "5,谁,女,去年,3,2")
    pupils = (known("1"), known("5"), known("8", grade=5), known("9", has_left=True))
    assert plan_of(roster, *pupils).missing == ()
    assert [one.pupil_number for one in plan_of(roster, *pupils, whole=True).missing] == ["8"]


def test_a_row_of_another_school_is_refused() -> None:
    head = f"{HEAD},学校代码"
    plan = plan_of(roster_of("1,甲,女,2017-03,3,2,hb3x", "2,乙,女,2017-03,3,2,YL1M", head=head))
    assert [line.deed for line in plan.lines] == [ADD, REFUSE]
    assert plan.lines[1].problems[0].code == "other_school"


def test_the_digest_names_what_would_be_done() -> None:
    roster = roster_of("1,王小满,女,2017-03,3,2")
    fresh, there = plan_of(roster), plan_of(roster, known("1"))
    assert fresh.digest == plan_of(roster).digest
    assert len({fresh.digest, there.digest, plan_of(roster, known("1", grade=4)).digest}) == 3
    assert thaw(freeze(roster)) == roster


ROWS = st.builds(
    lambda number, name, gender, grade, place, month: RosterRow(
        row=number + 2,
        pupil_number=f"N{number}",
        legal_name=name,
        gender=gender,
        born=date(2014, month, 1),
        grade=grade,
        number=place,
    ),
    st.integers(0, 12),
    st.sampled_from(["王小满", "李一林", "O'Neil <b>", "𠮷田"]),
    st.sampled_from(["f", "m", "x", ""]),
    st.integers(1, 6),
    st.integers(1, 3),
    st.integers(1, 12),
)
ROSTERS = st.lists(ROWS, max_size=8, unique_by=lambda row: row.pupil_number).map(
    lambda rows: Roster(rows=tuple(rows))
)


def carried_out(roster: Roster, pupils: list[KnownPupil], leaving: set[str]) -> list[KnownPupil]:
    """What would be on record after the plan: the same rules, without a database."""
    plan = make_plan(roster, pupils, school_code="HB3X", year=2026, whole=True)
    after = {pupil.pupil_number: pupil for pupil in pupils}
    for line in plan.lines:
        row, before = line.wanted, after.get(line.pupil_number)
        assert row is not None
        if line.deed in (ADD, CHANGE):
            gender = row.gender or (before.gender if before else "x")
            after[row.pupil_number] = KnownPupil(
                person_id=before.person_id if before else len(after) + 100,
                pupil_number=row.pupil_number,
                legal_name=row.legal_name,
                gender=gender,
                born=row.born,
                year=2026,
                grade=row.grade,
                number=row.number,
            )
    return [one for one in after.values() if one.pupil_number not in leaving]


@given(ROSTERS, ROSTERS)
@settings(deadline=None)
def test_the_second_time_nothing_is_left_to_do(first: Roster, second: Roster) -> None:
    on_record = carried_out(second, carried_out(first, [], set()), set())
    plan = make_plan(second, on_record, school_code="HB3X", year=2026, whole=True)
    assert {line.deed for line in plan.lines} <= {LEAVE}
    named = {row.pupil_number for row in second.rows}
    assert {one.pupil_number for one in plan.missing} == {
        row.pupil_number for row in first.rows
    } - named


@pytest.fixture
def cast(unit: None) -> Cast:
    return make_cast()


def who(person: Person, settings: Settings) -> Any:
    """The light identity of a member of the cast."""
    row = SignIn(id=random_key(), person_id=person.id, began_at=now(), ends_at=now() + HOUR)
    session().add(row)
    session().flush()
    return identity_of(person.id, sign_in=row, mark=0, settings=settings)


HOUR = timedelta(hours=1)
LINES = ("001,王新,女,2017-03,3,2", "002,李新,男,2017-04,3,3")


def take(asker: Any, school_id: int, roster: Roster, **more: Any) -> Any:
    draft = keep_draft(asker, school_id, roster, whole=more.pop("whole", False))
    plan = plan_import(draft)
    return import_roster(asker, draft.id.hex(), digest=plan.digest, **more)


def test_an_import_adds_makes_classes_and_is_idempotent(cast: Cast, settings: Settings) -> None:
    asker = who(cast.secretary, settings)
    assert take(asker, cast.school.id, roster_of(*LINES)).counts[ADD] == 2
    added = session().scalars(select(Person).where(Person.pupil_number == "002")).one()
    place = session().get_one(SchoolClass, added.class_id)
    assert (place.year, place.grade, place.number) == (2026, 3, 3)
    assert (added.role, added.gender, added.born, added.left_at) == (
        "child",
        "m",
        date(2017, 4, 1),
        None,
    )
    again = take(asker, cast.school.id, roster_of(*LINES))
    assert again.counts == {ADD: 0, CHANGE: 0, LEAVE: 2, REFUSE: 0}
    entries = session().scalars(select(Entry).where(Entry.what == "RosterImported")).all()
    assert [entry.subject_id for entry in entries] == [str(cast.school.id)] * 2
    assert '"added": 2' in entries[0].facts and "王" not in entries[0].facts


def test_changes_and_leaving(cast: Cast, settings: Settings) -> None:
    asker = who(cast.administrator, settings)
    child = cast.child
    line = f"{child.pupil_number},王小曼,,2017-01,3,5"
    child.pupil_number = "777"
    session().flush()
    roster = roster_of(line.replace(line.split(",")[0], "777"), *LINES)
    draft = keep_draft(asker, cast.school.id, roster, whole=True)
    plan = plan_import(draft)
    missing = [pupil.person_id for pupil in plan.missing]
    assert set(missing) == {cast.middle_child.id, cast.unconsented.id}
    import_roster(
        asker,
        draft.id.hex(),
        digest=plan.digest,
        leaving=[cast.middle_child.id, cast.far_child.id, cast.teacher.id],
    )
    session().expire_all()
    assert (child.legal_name, child.gender, child.left_at) == ("王小曼", "f", None)
    assert session().get_one(SchoolClass, child.class_id).number == 5
    assert cast.middle_child.left_at is not None
    assert cast.unconsented.left_at is None
    assert cast.far_child.left_at is None and cast.teacher.left_at is None
    back = f"{cast.middle_child.pupil_number},李一林,男,2015-01,3,2"
    assert session().get(ImportDraft, draft.id) is None
    cast.middle_child.pupil_number = "888"
    session().flush()
    take(asker, cast.school.id, roster_of(back.replace(back.split(",")[0], "888")))
    session().expire_all()
    assert cast.middle_child.left_at is None


def test_refused_rows_have_to_be_agreed_to(cast: Cast, settings: Settings) -> None:
    asker = who(cast.secretary, settings)
    roster = roster_of(*LINES, "003,谁,女,去年,3,2")
    with pytest.raises(RuleBroken) as refused:
        take(asker, cast.school.id, roster)
    assert refused.value.field == "despite"
    assert session().scalar(select(Person.id).where(Person.pupil_number == "001")) is None
    assert take(asker, cast.school.id, roster, despite=True).counts[ADD] == 2


def test_a_school_that_changed_meanwhile_is_shown_again(cast: Cast, settings: Settings) -> None:
    asker, other = who(cast.secretary, settings), who(cast.administrator, settings)
    draft = keep_draft(asker, cast.school.id, roster_of(*LINES), whole=False)
    shown = plan_import(draft).digest
    take(other, cast.school.id, roster_of(LINES[0]))
    with pytest.raises(RuleBroken) as refused:
        import_roster(asker, draft.id.hex(), digest=shown)
    assert refused.value.field == "digest"
    assert session().scalar(select(Person.id).where(Person.pupil_number == "002")) is None


def test_a_draft_is_its_makers_alone_and_lasts_an_hour(cast: Cast, settings: Settings) -> None:
    asker, other = who(cast.secretary, settings), who(cast.administrator, settings)
    draft = keep_draft(asker, cast.school.id, roster_of(*LINES), whole=False)
    assert draft_of(asker, draft.id.hex()) is draft
    for stranger, name in ((other, draft.id.hex()), (asker, "00" * 16), (asker, "no hex")):
        with pytest.raises(Missing):
            draft_of(stranger, name)
    clear_drafts()
    assert session().get(ImportDraft, draft.id) is not None
    with time_machine.travel(now() + HOUR, tick=False):
        with pytest.raises(Missing):
            draft_of(asker, draft.id.hex())
        clear_drafts()
    session().expire_all()
    assert session().get(ImportDraft, draft.id) is None
    with pytest.raises(RuleBroken, match="表头"):
        keep_draft(asker, cast.school.id, roster_of(head="a,b"), whole=False)
    with pytest.raises(Missing):
        keep_draft(asker, 0, roster_of(*LINES), whole=False)


def test_who_may_import(cast: Cast, settings: Settings) -> None:
    may = {"secretary", "administrator"}
    for person in (cast.secretary, cast.administrator, cast.teacher, cast.moderator, cast.official):
        asker = who(person, settings)
        if person.role in may:
            assert keep_draft(asker, cast.school.id, roster_of(*LINES), whole=False)
        else:
            with pytest.raises(NotAllowed):
                keep_draft(asker, cast.school.id, roster_of(*LINES), whole=False)
    with pytest.raises(NotAllowed):
        keep_draft(who(cast.stranger, settings), cast.school.id, roster_of(*LINES), whole=False)


def test_two_thousand_rows_are_planned_and_done_quickly(cast: Cast, settings: Settings) -> None:
    asker = who(cast.secretary, settings)
    lines = [f"P{n},学生{n},女,2016-05,{n % 6 + 1},{n % 9 + 1}" for n in range(2000)]
    began = time.perf_counter()
    draft = keep_draft(asker, cast.school.id, roster_of(*lines), whole=True)
    plan = plan_import(draft)
    assert plan.counts[ADD] == 2000
    assert time.perf_counter() - began < 3
    import_roster(asker, draft.id.hex(), digest=plan.digest)
    assert len(known_pupils(cast.school.id)) == 2003
    changed = [line.replace("学生", "同学") for line in lines]
    assert take(asker, cast.school.id, roster_of(*changed)).counts[CHANGE] == 2000


def test_no_password_of_the_sample_is_in_any_table(cast: Cast, settings: Settings) -> None:
    with zipfile.ZipFile(data("roster-sds21/microsoft_sds_v2p1_sample.zip")) as sample:
        tables = {name: sample.read(name) for name in sample.namelist()}
    with time_machine.travel("2014-11-25T04:00:00+00:00", tick=False):
        roster = read_roster(joined_sample(tables), today=date(2014, 11, 25), most_bytes=1 << 20)
        assert len(roster.rows) == 3
        asker = who(cast.secretary, settings)
        keep_draft(asker, cast.school.id, roster, whole=False)
        assert take(asker, cast.school.id, roster, despite=True).counts[ADD] == 3
        keep_draft(asker, cast.school.id, roster, whole=False)
    out = io.StringIO()
    for table in Base.metadata.sorted_tables:
        for row in session().execute(select(table)):
            out.write(repr(tuple(row)))
    assert "Alice Smithee" in out.getvalue()
    assert "P@ssword" not in out.getvalue()


def test_school_years() -> None:
    assert school_year(date(2026, 7, 31)) == 2025
    assert school_year(date(2026, 8, 1)) == school_year(date(2027, 1, 1)) == 2026


def test_the_same_number_in_two_schools_is_two_pupils(cast: Cast, settings: Settings) -> None:
    asker = who(cast.secretary, settings)
    take(asker, cast.school.id, roster_of(LINES[0]))
    far = factories.school(cast.far_district, "YL2M", "云岭二中", "Cloud Ridge Two")
    take(asker, far.id, roster_of(LINES[0]))
    found = session().scalar(select(func.count()).where(Person.pupil_number == "001"))
    assert found == 2
