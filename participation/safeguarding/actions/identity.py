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
from participation.safeguarding.actions.lines import hold, subject_of, write_line
from participation.safeguarding.actions.working import SEE_FIRST
from participation.safeguarding.happenings import (
    EmergencyJudged,
    IdentityAsked,
    IdentityDecided,
    IdentitySeen,
    IdentitySeenAlone,
)
from participation.safeguarding.models import Concern, Emergency, IdentityRequest
from participation.safeguarding.policies import (
    may_ask_identity,
    may_decide_identity,
    may_judge_emergency,
    may_see_alone,
    may_see_identity,
)
from participation.safeguarding.queries.concerns import has_read
from participation.safeguarding.queries.emergencies import danger_of, judging, told_of_emergency
from participation.safeguarding.queries.officers import fit_officers
from participation.safeguarding.sealing import contents_of, seal_fields

MOST_REASON: Final = 2000
SEE_REASON: Final = _l("先打开看原因，再决定")
NOBODY_BEHIND: Final = _l("这一条没有可以查的笔名")


def ask_identity(who: Any, concern: Concern, reason: str) -> IdentityRequest:
    """Ask to see who wrote it. Raises `RuleBroken` on `why` without a reason."""
    may_ask_identity.require(who, concern, now())
    if not has_read(concern, who.person_id):
        raise RuleBroken(SEE_FIRST, field="why")
    _findable(concern, field="why")
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


def _findable(concern: Concern, *, field: str) -> Subject:
    """The subject of pseudonymous words; `RuleBroken` where no room can say who wrote them."""
    contents = contents_of(concern)
    subject = Subject.parse(contents.subject) if contents.has_subject else None
    if subject is None or not finders.can_find(subject.kind):
        raise RuleBroken(NOBODY_BEHIND, field=field)
    return subject


def _behind(concern: Concern, *, field: str) -> Person:
    found_id = finders.person_behind(_findable(concern, field=field))
    found = person(found_id) if found_id else None
    if found is None:
        raise RuleBroken(_l("没有找到是谁写的"), field=field)
    return found


def decide_identity(
    who: Any, concern: Concern, request: IdentityRequest, *, approved: bool
) -> None:
    """A second officer agrees, after she has opened the reason, or not; the first gets a letter.

    From a yes on she has an hour to look, once.
    """
    hold(request)
    may_decide_identity.require(who, request, now())
    if approved and not has_read(concern, who.person_id, request.asked_at):
        raise RuleBroken(SEE_REASON)
    request.state = "approved" if approved else "refused"
    request.decided_by, request.decided_at = who.person_id, now()
    write_line(concern, "identity", who.person_id, {"step": request.state, "request": request.id})
    announce(
        IdentityDecided(
            subject=subject_of(concern),
            by=who.person_id,
            request_id=request.id,
            approved=approved,
            to=(request.asked_by,) if request.asked_by else (),
        )
    )


def see_identity(who: Any, concern: Concern, request: IdentityRequest) -> Person:
    """Who it is, with school and class: once, for the officer who asked, within the hour.

    Raises `RuleBroken` where nobody is found (the words are of a child who was erased); that look
    does not count.
    """
    hold(request)
    may_see_identity.require(who, request, now())
    found = _behind(concern, field="")
    request.state, request.seen_at = "seen", now()
    write_line(concern, "identity", who.person_id, {"step": "seen", "request": request.id})
    announce(IdentitySeen(subject=subject_of(concern), by=who.person_id, request_id=request.id))
    session().flush()
    return found


def see_alone(who: Any, concern: Concern, reason: str) -> Person:
    """The officer on duty sees who it is without a second one: level 1 alone, and never in silence.

    A child is in danger now and the second officer does not wake up. 未成年人保护法 art. 11 has the
    report made at once; 个人信息保护法 art. 13(4) allows what an emergency needs to protect a life.
    The heads and the stand-in get a letter at once; it stands in red until a head has judged it.
    Raises `RuleBroken` on `alone` without a reason or where nobody is found.
    """
    hold(concern)
    may_see_alone.require(who, danger_of(concern), now())
    if not has_read(concern, who.person_id):
        raise RuleBroken(SEE_FIRST, field="alone")
    if not reason:
        raise RuleBroken(_l("写一下为什么等不了另一位保护老师"), field="alone")
    found = _behind(concern, field="alone")
    seen = Emergency(concern_id=concern.id, seen_by=who.person_id, seen_at=now())
    session().add(seen)
    session().flush()
    told = {"reason": reason[:MOST_REASON], "emergency": seen.id}
    write_line(concern, "seen_alone", who.person_id, told)
    announce(
        IdentitySeenAlone(
            subject=subject_of(concern),
            by=who.person_id,
            emergency_id=seen.id,
            to=told_of_emergency(who.person_id),
        )
    )
    return found


def judge_emergency(who: Any, concern: Concern, emergency: Emergency, words: str) -> None:
    """A head, who has opened the concern since, writes what she thinks of a look alone.

    Also of a concern that is closed by now. Raises `RuleBroken` on `judgement` without words.
    """
    hold(emergency)
    may_judge_emergency.require(who, judging(emergency), now())
    if not has_read(concern, who.person_id, emergency.seen_at):
        raise RuleBroken(SEE_REASON, field="judgement")
    if not words:
        raise RuleBroken(_l("写一下你的判断"), field="judgement")
    emergency.judged_by, emergency.judged_at = who.person_id, now()
    told = {"text": words[:MOST_REASON], "emergency": emergency.id}
    write_line(concern, "judged", who.person_id, told)
    announce(
        EmergencyJudged(subject=subject_of(concern), by=who.person_id, emergency_id=emergency.id)
    )
