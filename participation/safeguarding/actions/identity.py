"""Who stands behind a pseudonym: one officer asks with a reason, another agrees, the first looks.

R41: an identified view needs an approved ticket with reason and end, and every step is on record.
Only here does anybody ask `kernel.finders`.
"""

from typing import Any, Final

from participation.accounts.models import Person
from participation.accounts.queries import person
from participation.kernel import finders
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.working import SEE_FIRST
from participation.safeguarding.happenings import IdentityAsked, IdentityDecided, IdentitySeen
from participation.safeguarding.models import Concern, IdentityRequest
from participation.safeguarding.policies import (
    may_ask_identity,
    may_decide_identity,
    may_see_identity,
)
from participation.safeguarding.queries.officers import fit_officers
from participation.safeguarding.sealing import contents_of, seal_fields

MOST_REASON: Final = 2000
NOBODY_BEHIND: Final = _l("这一条没有可以查的笔名")


def ask_identity(who: Any, concern: Concern, reason: str) -> IdentityRequest:
    """Ask to see who wrote it. Raises `RuleBroken` on `why` without a reason."""
    may_ask_identity.require(who, concern, now())
    if concern.state == "new":
        raise RuleBroken(SEE_FIRST, field="why")
    _findable(concern)
    if not reason:
        raise RuleBroken(_l("写一下为什么一定要知道是谁"), field="why")
    request = IdentityRequest(
        concern_id=concern.id, state="asked", asked_by=who.person_id, asked_at=now()
    )
    seal_fields(request, {"reason": reason[:MOST_REASON]})
    told = {"step": "asked", "request": request.id, "reason": reason[:MOST_REASON]}
    write_line(concern, "identity", who.person_id, told)
    others = tuple(each.id for each in fit_officers() if each.id != who.person_id)
    announce(
        IdentityAsked(
            subject=subject_of(concern), by=who.person_id, request_id=request.id, to=others
        )
    )
    return request


def _findable(concern: Concern) -> Subject:
    """The subject of pseudonymous words; `RuleBroken` where no room can say who wrote them."""
    contents = contents_of(concern)
    subject = Subject.parse(contents.subject) if contents.has_subject else None
    if subject is None or not finders.can_find(subject.kind):
        raise RuleBroken(NOBODY_BEHIND, field="why")
    return subject


def decide_identity(
    who: Any, concern: Concern, request: IdentityRequest, *, approved: bool
) -> None:
    """A second officer agrees or not; from then on the first has an hour to look, once."""
    may_decide_identity.require(who, request, now())
    request.state = "approved" if approved else "refused"
    request.decided_by, request.decided_at = who.person_id, now()
    write_line(concern, "identity", who.person_id, {"step": request.state, "request": request.id})
    announce(
        IdentityDecided(
            subject=subject_of(concern),
            by=who.person_id,
            request_id=request.id,
            approved=approved,
        )
    )


def see_identity(who: Any, concern: Concern, request: IdentityRequest) -> Person:
    """Who it is, with school and class: once, for the officer who asked, within the hour.

    Raises `RuleBroken` where nobody is found (the words are of a child who was erased); that look
    does not count.
    """
    may_see_identity.require(who, request, now())
    found_id = finders.person_behind(_findable(concern))
    found = person(found_id) if found_id else None
    if found is None:
        raise RuleBroken(_l("没有找到是谁写的"))
    request.state, request.seen_at = "seen", now()
    write_line(concern, "identity", who.person_id, {"step": "seen", "request": request.id})
    announce(IdentitySeen(subject=subject_of(concern), by=who.person_id, request_id=request.id))
    session().flush()
    return found
