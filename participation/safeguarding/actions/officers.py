"""Who is an officer: confirmed by a head before she reads anything, and who leads the others."""

from typing import Any, Final

from participation.accounts.actions import keep_confirmation
from participation.accounts.models import Person
from participation.accounts.queries import staff_with
from participation.accounts.roles import SAFEGUARDING
from participation.accounts.standing import is_vetted
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.rows import insert_once
from participation.kernel.subjects import Subject
from participation.safeguarding.happenings import (
    HeadNamed,
    OfficerConfirmed,
    OfficerRefused,
    OfficerWaits,
)
from participation.safeguarding.models import Head
from participation.safeguarding.policies import may_confirm_officer, may_set_duty
from participation.safeguarding.queries.officers import candidate, fit_officers, heads

NOT_FIT: Final = _l("这位老师现在不能值班：要负责人确认过、在岗，从业查询和培训都在一年以内")


def confirm_officer(who: Any, person_id: int, *, agreed: bool) -> None:
    """A head says yes or no to a new officer, who reads nothing before (R41).

    No single person lets an officer in: an administrator invites, a head confirms, and neither can
    do both. Who was refused may be confirmed later.
    """
    may_confirm_officer.require(who, candidate(person_id), now())
    keep_confirmation(person_id, confirmed=agreed, by=who.person_id)
    told = OfficerConfirmed if agreed else OfficerRefused
    announce(told(subject=_subject(person_id), by=who.person_id))


def note_officer(person_id: int) -> None:
    """Tell the heads that an officer waits for them; nothing where she does not."""
    asked = candidate(person_id)
    if asked.is_officer and asked.state != "confirmed":
        announce(OfficerWaits(subject=_subject(person_id), to=tuple(sorted(asked.heads))))


def end_head(person_id: int) -> None:
    """Whoever is no confirmed officer any more leads nobody; nothing for anybody else."""
    leads = session().get(Head, person_id)
    if leads is not None and candidate(person_id).state != "confirmed":
        session().delete(leads)
        session().flush()


def name_head(who: Any, person_id: int) -> None:
    """Make an officer head; another head does it."""
    may_set_duty.require(who, heads(), now())
    _lead(person_id, by=who.person_id)


def make_head(person_id: int) -> Person:
    """Make an officer head by the shell, which confirms her too: the first one has nobody to ask.

    Refused for anybody who is no officer today, or whose vetting and training are not in date.
    """
    found = [each for each in staff_with(SAFEGUARDING) if each.id == person_id and is_vetted(each)]
    if found and candidate(person_id).state != "confirmed":
        keep_confirmation(person_id, confirmed=True, by=None)
        announce(OfficerConfirmed(subject=_subject(person_id)))
    return _lead(person_id, by=None)


def _lead(person_id: int, *, by: int | None) -> Person:
    officer = next((each for each in fit_officers() if each.id == person_id), None)
    if officer is None:
        raise RuleBroken(NOT_FIT, field="head")
    if insert_once(Head, {"person_id": person_id, "since": now()}):
        announce(HeadNamed(subject=_subject(person_id), by=by))
    return officer


def _subject(person_id: int) -> Subject:
    return Subject("person", str(person_id))
