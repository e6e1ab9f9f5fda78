"""Putting decisions about taking part on record: from paper, by a one-time code, by oneself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from participation.accounts.actions.lockouts import reserve, window_of
from participation.accounts.consent import WITHDRAWN, ConsentSlip, Wish, becomes
from participation.accounts.happenings import (
    ConsentFormsPrinted,
    ConsentRecorded,
    ConsentWithdrawn,
    about_class,
    about_person,
)
from participation.accounts.models import Consent, ConsentCode, Person
from participation.accounts.notice import NOTICE_VERSION
from participation.accounts.policies import (
    may_decide_for_oneself,
    may_print_consent_forms,
    may_record_consent,
)
from participation.accounts.queries.cards import pupils_for_cards
from participation.accounts.queries.consents import (
    ChildConsent,
    code_holder,
    code_key,
    consent_of,
    latest_code,
    standings_of,
)
from participation.accounts.queries.rights import facts_of_class, facts_of_person
from participation.accounts.roles import CHILD
from participation.accounts.standing import note_change
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import is_sound, new_code
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l

CHANGE_OF_MIND = timedelta(days=400)
"""How long the code for a change of mind works: past the next school year."""
FAILURES = 30
"""Codes that one address may try in vain in a quarter of an hour."""

NOBODY_WAITS = _l("这个班不用再印告知书了：不满 14 岁的孩子都有决定了")
CODE_OVER = _l("这个码用不了：可能写错了，用过了，或者过期了。请找班主任再要一张。")
PRINTED_ALREADY = _l("这张告知书刚刚印过了，没有再印一次。刚才下载的那张还能用。")
GROWN = _l("孩子满 14 岁了，由孩子自己决定")


def print_consent_forms(
    who: Any, class_id: int, *, days: int, everyone: bool = False
) -> list[ConsentSlip]:
    """One-time codes for the forms of a class's children under 14, good for `days`.

    Only for those without a decision, unless `everyone`: who has said no is not asked again.
    Raises `RuleBroken` when there is nobody to ask. Source: R34, R35, R39.
    """
    may_print_consent_forms.require(who, facts_of_class(class_id), now())
    standings = standings_of(pupils_for_cards(class_id))
    asked = [one for one in standings if not one.of_age and (everyone or not one.decision)]
    if not asked:
        raise RuleBroken(NOBODY_WAITS)
    slips = [_slip(one, days) for one in asked]
    announce(ConsentFormsPrinted(subject=about_class(class_id), by=who.person_id, count=len(slips)))
    return slips


def print_consent_form(who: Any, person_id: int, *, days: int, after: int) -> ConsentSlip:
    """A fresh code for the guardian of one child, whatever was decided; her earlier codes end.

    `after` is the `latest_code` of the page that asked: a second click ends no code that was
    printed meanwhile. Raises `Missing` for who has left, `RuleBroken` from 14 on.
    """
    facts = facts_of_person(person_id)
    may_print_consent_forms.require(who, facts, now())
    child = session().get_one(Person, person_id, with_for_update=True)
    (standing,) = standings_of([child])
    if facts.has_left or facts.role != CHILD:
        raise Missing
    if standing.of_age:
        raise RuleBroken(GROWN)
    if after != latest_code(person_id):
        raise RuleBroken(PRINTED_ALREADY)
    old = update(ConsentCode).where(
        ConsentCode.person_id == person_id, ConsentCode.used_at.is_(None)
    )
    session().execute(old.values(used_at=now()))
    announce(ConsentFormsPrinted(subject=about_class(facts.class_id), by=who.person_id, count=1))
    return _slip(standing, days)


def _slip(child: ChildConsent, days: int) -> ConsentSlip:
    return ConsentSlip(child.person_id, child.name, _new_code(child.person_id, timedelta(days)))


def _new_code(person_id: int, good_for: timedelta) -> str:
    code = new_code()
    session().add(
        ConsentCode(
            person_id=person_id, code=code_key(code), issued_at=now(), ends_at=now() + good_for
        )
    )
    session().flush()
    return code


def record_consents(who: Any, class_id: int, wishes: Mapping[int, Wish]) -> int:
    """Put what the paper forms say on record; returns how many decisions were new.

    `wishes` maps a child's id to "agreed" or "refused". Raises `Missing` when a child is not of
    this class.
    """
    may_record_consent.require(who, facts_of_class(class_id), now())
    pupils = {pupil.id: pupil for pupil in pupils_for_cards(class_id)}
    if not wishes.keys() <= pupils.keys():
        raise Missing
    standings = standings_of([pupils[person_id] for person_id in wishes])
    return sum(
        _record(one.person_id, one.decision, wishes[one.person_id], "paper", who.person_id)
        for one in standings
    )


def decide_for_oneself(who: Any, wish: Wish) -> bool:
    """A child of 14 and more decides for herself; True when that changed something."""
    may_decide_for_oneself.require(who, None, now())
    return _record(who.person_id, consent_of(who.person_id), wish, "self", None)


def find_code(code: str, *, address: str) -> None:
    """Check a typed code. Raises `RuleBroken` (field `code`) for one that does not work, counting
    the failure, and `TooMany` after many; a slip of the finger is not counted.
    """
    if not is_sound(code):
        raise RuleBroken(CODE_OVER, field="code")
    attempt = reserve(window_of("guardian", address, FAILURES))
    try:
        code_holder(code)
    except Missing as missing:
        raise RuleBroken(CODE_OVER, field="code") from missing
    attempt.succeeded()


def decide_by_code(code: str, wish: Wish) -> str:
    """A guardian decides; the code is used up and a fresh one for a change of mind returned.

    Raises `Missing` for a code that is over, `RuleBroken` once the child decides for herself.
    """
    holder = code_holder(code)
    if holder.of_age:
        raise RuleBroken(GROWN)
    used = update(ConsentCode).where(
        ConsentCode.code == code_key(code), ConsentCode.used_at.is_(None)
    )
    if session().execute(used.values(used_at=now())).rowcount != 1:  # type: ignore[attr-defined]
        raise Missing
    _record(holder.person_id, holder.decision, wish, "code", None)
    return _new_code(holder.person_id, CHANGE_OF_MIND)


def _record(person_id: int, standing: str, wish: Wish, channel: str, by: int | None) -> bool:
    """The one place where a decision is written: row, standing, and what the house is told."""
    decision = becomes(standing, wish)
    if not decision:
        return False
    how: dict[str, Any] = {"channel": channel, "notice_version": NOTICE_VERSION}
    row = Consent(person_id=person_id, decision=decision, recorded_by=by, at=now(), **how)
    session().add(row)
    note_change(person_id)
    whose = about_person(person_id)
    if decision == WITHDRAWN:
        announce(ConsentWithdrawn(subject=whose, by=by, **how))
    else:
        announce(ConsentRecorded(subject=whose, by=by, decision=decision, **how))
    return True
