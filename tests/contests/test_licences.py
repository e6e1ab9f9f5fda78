"""What a guardian allows, and what may hang: on a real database."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select, update

from participation.accounts.identity import Identity, Nobody
from participation.contests.actions import entries, licences
from participation.contests.call import ShownCall
from participation.contests.models import Author, Entry, Licence
from participation.contests.queries.hanging import hanging, hangs
from participation.contests.queries.own import own_work
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, NotAllowed, RuleBroken
from participation.settings import Settings
from tests.contests.hands import (
    begun,
    row_in_unit,
)
from tests.contests.stage import approved, handed_in, published_call, work
from tests.support.browser import Browser
from tests.support.cast import Cast


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
            return licences.decide_licence(Nobody(), code, wish, uses)

    def test_yes_hangs_it_and_no_takes_it_down(
        self, key: str, child: Identity, drawings: ShownCall
    ) -> None:
        fresh = self.decide(self.slip(child, key), "agreed")
        assert self.hung(key) and self.licence().until is not None
        again = self.decide(fresh, "refused")
        assert not self.hung(key) and self.licence().guardian == "withdrawn"
        self.decide(again, "agreed")
        assert self.hung(key)

    def test_a_child_does_not_sign_for_her_guardian(
        self, key: str, child: Identity, cast: Cast, browser: Browser
    ) -> None:
        code = self.slip(child, key)
        with pytest.raises(NotAllowed), unit_of_work():
            licences.decide_licence(child, code, "agreed", ())
        browser.as_(cast.child).get(f"/licence/{code}", status=403)
        assert self.licence().guardian == "waiting"
        browser.get(f"/licence/{code}")  # who holds the slip and is not signed in may

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
