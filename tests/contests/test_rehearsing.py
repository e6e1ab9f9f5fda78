"""A rehearsal: everything can be tried, nobody outside learns of it, and all of it goes."""

import secrets
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from participation import wiring
from participation.audit.models import Entry as Recorded
from participation.contests.actions import rehearsing
from participation.contests.actions.closing import close_call
from participation.contests.actions.removing import remove_call
from participation.contests.happenings import calls as happenings
from participation.contests.models import (
    Assignment,
    Author,
    Batch,
    BatchSheet,
    Call,
    CallDistrict,
    CallTheme,
    Certificate,
    Conflict,
    Criterion,
    Entry,
    Judgement,
    Juror,
    Licence,
    Objection,
    Outcome,
    RehearsalGuest,
    Round,
    Score,
    Use,
)
from participation.contests.naming import entry_subject
from participation.contests.queries import call, coming_calls, open_calls, over_calls
from participation.contests.queries.calls import whole_call
from participation.contests.queries.drafts import guests_of, outline_of, rehearsal_for
from participation.kernel import jobs
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken, RulesBroken
from participation.kernel.mail import Letter
from participation.kernel.tables import Words, random_key
from participation.kernel.working import ring
from participation.media.queries.files import files_of_many
from participation.settings import Settings
from tests.contests.calling import drafted, published, rehearsed, who
from tests.support.browser import Browser
from tests.support.cast import Cast

DAY = timedelta(days=1)
NAME = "我家门前的路"
TABLES = (
    *(Assignment, Author, Batch, BatchSheet, CallDistrict, CallTheme, Certificate, Conflict),
    *(Criterion, Entry, Judgement, Juror, Licence, Objection, Outcome, RehearsalGuest, Round),
    *(Score, Use),
)


def rows() -> dict[str, int]:
    return {
        table.__tablename__: session().scalar(select(func.count()).select_from(table)) or 0
        for table in TABLES
    }


def judged(call_id: int, cast: Cast) -> None:
    """Something in every table that a rehearsal can fill."""
    works = list(session().scalars(select(Entry).where(Entry.call_id == call_id)))
    criterion = session().scalars(select(Criterion).where(Criterion.call_id == call_id)).first()
    author = session().scalars(select(Author).where(Author.call_id == call_id)).first()
    assert criterion and author
    first = Round(
        call_id=call_id,
        panel="adult",
        stage="first",
        way="rubric",
        instructions=Words(),
        rule={},
        seed=secrets.token_bytes(16),
    )
    juror = Juror(call_id=call_id, person_id=cast.juror.id, panel="adult", alias=1)
    batch = Batch(
        call_id=call_id,
        class_id=cast.school_class.id,
        teacher_id=cast.teacher.id,
        made_on=today(),
    )
    session().add_all([first, juror, batch])
    session().flush()
    given = Assignment(round_id=first.id, juror_id=juror.id, entry_id=works[0].id, place=1)
    session().add(given)
    session().flush()
    session().add_all(
        [
            Judgement(assignment_id=given.id, steps={}, liked_id=criterion.id),
            Conflict(juror_id=juror.id, entry_id=works[1].id, why="school"),
            Score(round_id=first.id, entry_id=works[0].id, judged=1),
            Outcome(entry_id=works[0].id, call_id=call_id, level="selected", liked_id=criterion.id),
            Certificate(
                author_id=author.id,
                code="X",
                name_form="nickname",
                name_mark=random_key(),
                made_on=today(),
            ),
            Objection(
                call_id=call_id,
                entry_id=works[0].id,
                number="1",
                secret=random_key(),
                text="x",
                made_on=today(),
                due_on=today(),
            ),
            BatchSheet(batch_id=batch.id, person_id=cast.child.id, code=random_key(), fields={}),
            CallDistrict(call_id=call_id, district_id=cast.district.id),
        ]
    )
    session().flush()


def work() -> None:
    while jobs.run_one(wiring.HANDLERS):
        pass


class TestPictures:
    def test_drawings_are_made_and_go_again(
        self, app: Flask, cast: Cast, settings: Settings
    ) -> None:
        number = rehearsed(cast, settings)
        with unit_of_work():
            rehearsing.fill_rehearsal(who(cast.secretary, settings), whole_call(number))
            ids = session().scalars(select(Entry.id).where(Entry.call_id == number)).all()
        subjects = [entry_subject(one) for one in ids]
        with unit_of_work(writes=False):
            assert all(len(files) == 1 for files in files_of_many(subjects).values())
        with unit_of_work():
            rehearsing.end_rehearsal(who(cast.secretary, settings), whole_call(number))
        work()
        with unit_of_work(writes=False):
            assert not any(files_of_many(subjects).values())
        assert not [path for path in settings.var_dir.rglob("*") if path.is_file()]


class TestDeeds:
    def test_a_copy_with_dates_of_its_own(self, cast: Cast, settings: Settings, unit: None) -> None:
        row = drafted(cast, settings)
        copied = rehearsing.begin_rehearsal(who(cast.secretary, settings), row.id)
        found, wanted = outline_of(whole_call(copied.id)), outline_of(whole_call(row.id))
        for name in ("title", "brief", "criteria", "uses", "themes", "unit_id", "prizes"):
            assert getattr(found, name) == getattr(wanted, name)
        assert copied.rehearsal and copied.state == "published"
        assert found.opens_at and found.opens_at <= now() < (found.closes_at or now())
        assert session().get_one(Call, row.id).state == "draft"

    def test_not_of_half_a_call_nor_of_a_rehearsal(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        with pytest.raises(RulesBroken):
            rehearsing.begin_rehearsal(secretary, drafted(cast, settings, rules=Words()).id)
        copied = rehearsing.begin_rehearsal(secretary, drafted(cast, settings).id)
        with pytest.raises(NotAllowed):
            rehearsing.begin_rehearsal(secretary, copied.id)
        with pytest.raises(NotAllowed):
            rehearsing.begin_rehearsal(who(cast.official, settings), drafted(cast, settings).id)

    def test_it_is_filled_once_with_twelve(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        source = drafted(cast, settings, kind="lyrics", pictures_most=0)
        row = whole_call(rehearsing.begin_rehearsal(secretary, source.id).id)
        assert rehearsing.fill_rehearsal(secretary, row) == 12
        works = list(session().scalars(select(Entry).where(Entry.call_id == row.id)))
        assert {one.standing for one in works} == {"approved"} and all(one.text for one in works)
        assert {one.band for one in works} == set("abc")
        assert len({one.code for one in works}) == 12
        assert len({one.district_id for one in works}) > 1
        licences = list(session().scalars(select(Licence)))
        assert len(licences) == 12 and {one.guardian for one in licences} == {"agreed"}
        with pytest.raises(RuleBroken):
            rehearsing.fill_rehearsal(secretary, row)

    def test_dates_are_free_and_it_closes_at_once(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        row = whole_call(rehearsing.begin_rehearsal(secretary, drafted(cast, settings).id).id)
        past = rehearsing.Dates(
            opens_at=now() + DAY,
            closes_at=now() + 2 * DAY,
            choice_opens_at=None,
            choice_closes_at=None,
            notice_from=today() - 5 * DAY,
            notice_until=today() - DAY,
            shows_until=today() - DAY,
        )
        rehearsing.change_rehearsal(secretary, row, past)
        assert row.notice_from == today() - 5 * DAY
        rehearsing.close_rehearsal(secretary, row)
        session().refresh(row)
        assert row.state == "closed" and row.closed_at is not None
        with pytest.raises(RulesBroken):
            turned = rehearsing.Dates(
                **dict.fromkeys(past.__slots__) | {"opens_at": now(), "closes_at": now() - DAY}
            )
            rehearsing.change_rehearsal(secretary, row, turned)

    def test_nobody_runs_a_real_call_like_that(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary, row = who(cast.secretary, settings), drafted(cast, settings)
        for deed in (
            rehearsing.fill_rehearsal,
            rehearsing.close_rehearsal,
            rehearsing.end_rehearsal,
        ):
            with pytest.raises(NotAllowed):
                deed(secretary, row)
        with pytest.raises(Missing):
            remove_call(row.id)
        assert session().get(Call, row.id) is not None


class TestEnd:
    def test_it_goes_with_all_that_was_in_it_and_nothing_else(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        source = drafted(cast, settings)
        before = rows()
        row = whole_call(rehearsing.begin_rehearsal(secretary, source.id).id)
        rehearsing.fill_rehearsal(secretary, row)
        rehearsing.share_rehearsal(secretary, row, cast.official.id)
        judged(row.id, cast)
        assert all(count > before[name] for name, count in rows().items())
        rehearsing.end_rehearsal(secretary, row)
        assert rows() == before
        assert session().get(Call, row.id) is None
        assert session().get(Call, source.id) is not None

    def test_by_itself_after_thirty_days(self, app: Flask, cast: Cast, settings: Settings) -> None:
        number = rehearsed(cast, settings)
        for days, left in ((29, 1), (30, 0)):
            with time_machine.travel(now() + timedelta(days=days, minutes=5), tick=False):
                ring([timer for timer in wiring.TIMERS if timer.kind == "end-rehearsals"])
                work()
                with unit_of_work(writes=False):
                    found = select(func.count()).where(Call.id == number)
                    assert session().scalar(found) == left
        with unit_of_work(writes=False):
            ended = select(func.count()).where(Recorded.what == "RehearsalEnded")
            assert session().scalar(ended) == 1


class TestSilence:
    """Nothing of it in a public list, a figure, a letter, open data."""

    def test_no_public_page_knows_it(
        self, app: Flask, cast: Cast, settings: Settings, browser: Browser
    ) -> None:
        number = rehearsed(cast, settings)
        with unit_of_work():
            rehearsing.fill_rehearsal(who(cast.secretary, settings), whole_call(number))
        pages = ("/", "/calls", "/calls?when=coming", "/calls?when=over", "/open-data", "/topics")
        people = (None, cast.child, cast.stranger, cast.juror, cast.official, cast.teacher)
        for person in people:
            visitor = browser.as_(person) if person else browser
            for page in (*pages, "/me") if person is cast.child else pages:
                assert NAME not in visitor.get(page).text
            visitor.get(f"/calls/{number}", status=404)
        with unit_of_work(writes=False):
            with pytest.raises(Missing):
                call(number)
            for listed in (open_calls, coming_calls, over_calls):
                assert listed().calls == ()

    def test_no_letter_and_nothing_that_others_listen_to(
        self, app: Flask, cast: Cast, settings: Settings
    ) -> None:
        number = rehearsed(cast, settings)
        with unit_of_work():
            secretary, row = who(cast.secretary, settings), whole_call(number)
            rehearsing.fill_rehearsal(secretary, row)
            rehearsing.close_rehearsal(secretary, row)
            assert not close_call(number)
        with unit_of_work():
            rehearsing.end_rehearsal(who(cast.secretary, settings), whole_call(number))
        with unit_of_work(writes=False):
            told = {name for name in vars(happenings) if name.startswith("Call")}
            published_or_closed = told - {"CallDrafted", "CallChanged"}
            said = set(session().scalars(select(Recorded.what)))
            assert not said & published_or_closed
            assert session().scalar(select(func.count()).select_from(Letter)) == 0

    def test_its_sign_is_not_taken(self, app: Flask, cast: Cast, settings: Settings) -> None:
        rehearsed(cast, settings)
        assert published(cast, settings).state == "published"


class TestWhoSeesIt:
    def test_guests_and_jurors_and_no_one_else(
        self, cast: Cast, settings: Settings, unit: None
    ) -> None:
        secretary = who(cast.secretary, settings)
        row = whole_call(rehearsing.begin_rehearsal(secretary, drafted(cast, settings).id).id)
        rehearsing.share_rehearsal(secretary, row, cast.official.id)
        session().add(Juror(call_id=row.id, person_id=cast.juror.id, panel="adult", alias=1))
        session().flush()
        for person in (cast.secretary, cast.official, cast.juror):
            assert rehearsal_for(who(person, settings), row.id).id == row.id
        for person in (cast.child, cast.moderator, cast.teacher, cast.administrator):
            with pytest.raises(Missing):
                rehearsal_for(who(person, settings), row.id)
        assert [one.id for one in guests_of(row.id)] == [cast.official.id]
        rehearsing.share_rehearsal(secretary, row, cast.official.id, seen=False)
        with pytest.raises(Missing):
            rehearsal_for(who(cast.official, settings), row.id)

    def test_only_colleagues_are_let_in(self, cast: Cast, settings: Settings, unit: None) -> None:
        secretary = who(cast.secretary, settings)
        row = whole_call(rehearsing.begin_rehearsal(secretary, drafted(cast, settings).id).id)
        for person_id in (cast.child.id, 0, 999_999):
            with pytest.raises(RuleBroken):
                rehearsing.share_rehearsal(secretary, row, person_id)
