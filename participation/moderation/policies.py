"""Who may judge a child's text: a moderator whose vetting and training are of the last year, who
does not come from the same school, and who has not read too much today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from participation.accounts.roles import ADMINISTRATOR, MODERATOR
from participation.kernel.clock import city_day
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right
from participation.moderation.welfare import Load

YEAR = timedelta(days=366)
"""Checks and training are renewed every year (未成年人保护法 62)."""


class Reader(Protocol):
    """What the rights ask of a moderator's profile (`queries.profiles.Profile`)."""

    @property
    def person_id(self) -> int: ...
    @property
    def queues(self) -> frozenset[str]: ...
    @property
    def english(self) -> bool: ...
    @property
    def schools(self) -> frozenset[bytes]: ...
    @property
    def load(self) -> Load: ...


class Waits(Protocol):
    """What the rights ask of a case."""

    kind: Any
    queue: Any
    tongue: Any
    school: Any
    not_by: Any


@dataclass(frozen=True, slots=True)
class Taking:
    """A text that a moderator wants to take, and her profile."""

    case: Waits
    profile: Reader


def _fresh(day: date | None, now: datetime) -> bool:
    return day is not None and timedelta(0) <= city_day(now) - day < YEAR


@fact(_l("这里只有审核员能进来。"))
def is_moderator(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who is not None and who.role == MODERATOR and who.left_at is None)


@fact(_l("从业查询记录过期了，请先让管理员更新，再来看孩子的话。"))
def is_vetted(who: Any, thing: Any, now: datetime) -> bool:
    return _fresh(who.vetted_on, now)


@fact(_l("培训记录过期了，请先参加今年的培训，再来看孩子的话。"))
def is_trained(who: Any, thing: Any, now: datetime) -> bool:
    return _fresh(who.trained_on, now)


@fact(_l("今天看得够多了。剩下的交给别的审核员，明天再来。"))
def has_room_today(who: Any, profile: Reader, now: datetime) -> bool:
    return not profile.load.is_full


@fact(_l("这条不是排队的话，不能单独拿。"))
def is_in_the_queue(who: Any, taking: Taking, now: datetime) -> bool:
    return bool(taking.case.kind != "gold")


@fact(_l("这一类由别的审核员来看。"))
def takes_its_queue(who: Any, taking: Taking, now: datetime) -> bool:
    return taking.case.queue in taking.profile.queues


@fact(_l("这条是用英文写的，由看英文的审核员来看。"))
def reads_its_language(who: Any, taking: Taking, now: datetime) -> bool:
    return bool(taking.profile.english or taking.case.tongue != "en")


@fact(_l("这条来自和你有关的学校，由别的审核员来看。"))
def is_of_another_school(who: Any, taking: Taking, now: datetime) -> bool:
    return taking.case.school is None or taking.case.school not in taking.profile.schools


@fact(_l("上一次是你看的，这次请别的审核员来看。"))
def did_not_judge_before(who: Any, taking: Taking, now: datetime) -> bool:
    return bool(taking.case.not_by != taking.profile.person_id)


@fact(_l("这一条你自己还会看到，由管理员来管。"))
def will_not_be_given_it(who: Any, gold: Any, now: datetime) -> bool:
    return gold.ended_at is not None or gold.by == who.id


@fact(_l("这是管理员的工作。"))
def is_administrator(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == ADMINISTRATOR)


may_judge = right("may_judge", (is_moderator, is_vetted, is_trained))
"""`who` is an `accounts.Person` (the light identity has no dates), `thing` a case or None."""

may_read_on = right("may_read_on", (is_moderator, is_vetted, is_trained, has_room_today))
"""`thing` is the profile of `who`."""

may_take = right(
    "may_take",
    (
        is_in_the_queue,
        takes_its_queue,
        reads_its_language,
        is_of_another_school,
        did_not_judge_before,
    ),
)
"""`thing` is a `Taking`; asked after `may_read_on`."""

may_set_skills = right("may_set_skills", (is_administrator,))
may_keep_gold = right("may_keep_gold", (is_administrator,), (is_moderator, is_vetted, is_trained))

may_see_gold = right(
    "may_see_gold",
    (is_administrator,),
    (is_moderator, is_vetted, is_trained, will_not_be_given_it),
)
"""`thing` is a `Gold` with its right verdict: whoever will be given the text does not see it."""
