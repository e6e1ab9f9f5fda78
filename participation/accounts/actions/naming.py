"""Choosing a nickname out of those that are safe by construction."""

from typing import Any

from sqlalchemy import select

from participation.accounts.happenings import PersonChanged, about_person
from participation.accounts.models import Person
from participation.accounts.nicknames import is_made_here, tells_name
from participation.accounts.policies import may_choose_nickname
from participation.accounts.standing import note_change
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

CHANGES_A_DAY = 20
NOT_OFFERED = _l("请从这些名字里挑一个")
TAKEN = _l("这个名字刚刚有人选了，换一个吧")


def choose_nickname(who: Any, nickname: str) -> None:
    """Give the child who asks this nickname.

    Raises `RuleBroken` (field `nickname`) for one that was not offered, that tells her name, or
    that another child of her school has.
    """
    may_choose_nickname.require(who, None, now())
    child = session().get_one(Person, who.person_id)
    if nickname == child.nickname:
        return
    if not is_made_here(nickname) or tells_name(nickname, child.legal_name):
        raise RuleBroken(NOT_OFFERED, field="nickname")
    if _is_taken(nickname, child):
        raise RuleBroken(TAKEN, field="nickname")
    limits.allow(f"nickname:{child.id}", most=CHANGES_A_DAY, seconds=86_400)
    child.nickname = nickname
    note_change(child.id)
    announce(PersonChanged(subject=about_person(child.id), what=("nickname",)))


def _is_taken(nickname: str, child: Person) -> bool:
    found = select(Person.id).where(
        Person.school_id == child.school_id, Person.nickname == nickname, Person.id != child.id
    )
    return session().scalar(found.limit(1)) is not None
