"""Complaints: those with a sign of harm go to the officers, the others to the secretaries."""

import secrets
from dataclasses import replace
from typing import Any, Final

from participation.accounts.identity import Nobody
from participation.kernel import codes
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import FIRST, _, _l, speaking
from participation.kernel.rows import insert_once
from participation.safeguarding import clocks
from participation.safeguarding.actions.asking import Asked, ask_once
from participation.safeguarding.actions.lines import subject_of, write_line
from participation.safeguarding.actions.reminding import call
from participation.safeguarding.actions.working import MOST_NOTE, SEE_FIRST
from participation.safeguarding.actions.writing import (
    EMPTY,
    MOST_CONTACT,
    MOST_TEXT,
    keep_concern,
)
from participation.safeguarding.happenings import (
    ComplaintHandedOver,
    ComplaintMade,
    ComplaintTaken,
)
from participation.safeguarding.models import Complaint, Concern
from participation.safeguarding.policies import may_hand_to_officers, may_take_complaint
from participation.safeguarding.sealing import Contents, contents_of, seal_contents
from participation.safeguarding.signs import signs_in

DIGITS: Final = 8
"""Characters of a complaint's number, five bits each."""


def hear_complaint(text: str, contact: str = "", *, visit: str) -> Asked | Concern:
    """Keep a complaint, or, with any sign of harm in it, a message to the officers in its place.

    Harm never lies on the desk of a secretary: her clock has fifteen working days. Who it is about
    and who wrote it is for the officers to find out. `visit` as in `ask_once`.
    """
    if not signs_in(text).soon:
        return complain(text, contact)
    with speaking(FIRST):
        note = _("从“投诉和举报”写来的，里面有孩子可能受伤害的话，没有经过秘书处。")
    return ask_once(Nobody(), text, contact, visit=visit, note=note)


def complain(text: str, contact: str = "") -> Concern:
    """Keep a complaint or report (网络保护条例 art. 7); nothing about the writer is kept (R9)."""
    if not text:
        raise RuleBroken(EMPTY, field="text")
    contents = Contents(text=text[:MOST_TEXT], contact=contact[:MOST_CONTACT])
    concern = keep_concern("complaint", 0, contents)
    while not insert_once(Complaint, {"concern_id": concern.id, "number": _number()}):
        pass  # two complaints rarely draw the same number, and then the second draws again
    announce(ComplaintMade(subject=subject_of(concern)))
    return concern


def _number() -> str:
    return "".join(secrets.choice(codes.ALPHABET) for _place in range(DIGITS))


def take_complaint(who: Any, complaint: Concern) -> None:
    """ "I am on it": the others see who deals with it. May be taken over from another secretary."""
    may_take_complaint.require(who, complaint, now())
    if complaint.state == "new":
        raise RuleBroken(SEE_FIRST)
    if complaint.taken_by == who.person_id:
        raise RuleBroken(_l("这一条已经在你手里了"))
    complaint.taken_by = who.person_id
    complaint.taken_at = complaint.taken_at or now()
    complaint.state = "taken"
    announce(ComplaintTaken(subject=subject_of(complaint), by=who.person_id))
    session().flush()


def hand_to_officers(who: Any, complaint: Concern, reason: str) -> None:
    """Pass a complaint to the officers: it is a concern from now on, with its own clock and calls.

    It leaves the secretaries' list, and nobody can give it back to them. The reason is sealed into
    the log. Raises `RuleBroken` on `why` without a reason.
    """
    may_hand_to_officers.require(who, complaint, now())
    if not reason:
        raise RuleBroken(_l("写一句为什么要交给保护老师"), field="why")
    contents = contents_of(complaint)
    signs = signs_in(contents.text)
    moment = now()
    complaint.kind, complaint.state, complaint.level = "help", "new", signs.level
    complaint.clock_at, complaint.due_at = moment, clocks.due(signs.level, moment)
    complaint.seen_by = complaint.seen_at = complaint.taken_by = complaint.taken_at = None
    with speaking(FIRST):
        note = _("从“投诉和举报”写来的，秘书处交给了保护老师。")
        handed = _("秘书处交给保护老师：%(reason)s", reason=reason[:MOST_NOTE])
    seal_contents(complaint, replace(contents, note=note, signs=signs.kinds))
    write_line(complaint, "note", who.person_id, {"text": handed})
    announce(ComplaintHandedOver(subject=subject_of(complaint), by=who.person_id, reason=reason))
    call(complaint, "first")
