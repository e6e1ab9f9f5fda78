"""Objections to an outcome: made by anybody without an account, answered in plain words.

Nothing of who objects is kept. Where the words tell of harm they go to the safeguarding officers
instead, as complaints do: a secretary's clock is days long.
"""

import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete

from participation.accounts.identity import Nobody
from participation.contests.actions.standing import set_standing
from participation.contests.call import ShownCall
from participation.contests.happenings.notice import (
    ObjectionAnswered,
    ObjectionMade,
    WorkDisqualified,
)
from participation.contests.models import Entry, Objection, Outcome
from participation.contests.naming import call_subject, entry_subject
from participation.contests.policies.notice import (
    may_answer_objection,
    may_disqualify_work,
    may_object,
)
from participation.contests.queries.calls import call_of
from participation.contests.queries.notice import (
    noticed_entry,
    noticing_of,
    objection_by,
    objection_of,
    secret_mark,
)
from participation.kernel import codes
from participation.kernel.announcing import announce
from participation.kernel.calendar import add_working_days
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import FIRST, _, _l, speaking
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.rows import insert_once
from participation.safeguarding.actions import Asked, ask_once
from participation.safeguarding.secretcodes import Secret, code_of, secret_from
from participation.safeguarding.signs import signs_in

MOST_TEXT: Final = 1000
MOST_ANSWER: Final = 1000
DAYS: Final = 5
"""Working days within which an objection is answered."""
DIGITS: Final = 8
DISQUALIFIED: Final = "objection"
"""The reason that a work bears which was taken out of an outcome."""


@dataclass(frozen=True, slots=True)
class Objected:
    """What whoever objected is shown once: the number and the small secret of the answer."""

    number: str
    secret: Secret


def object_to(
    call: ShownCall, text: str, *, entry_id: bytes | None = None, once: str = ""
) -> Objected | Asked:
    """Keep an objection, or, with any sign of harm in it, a message to the officers in its place.

    `once` is random text of the form: the number and the secret follow from it and from the words,
    so that the same form sent twice is one objection with the same answer. Refuses (`NotAllowed`)
    outside the days of notice; raises `RuleBroken` on `text` for none, `Missing` for a work that
    does not stand on the notice.
    """
    may_object.require(Nobody(), noticing_of(call), now())
    if not text:
        raise RuleBroken(_l("写一写哪里不对"), field="text")
    text, once = text[:MOST_TEXT], once[:64] or secrets.token_hex(16)
    if entry_id is not None and not noticed_entry(call, entry_id):
        raise Missing
    if signs_in(text).soon:
        with speaking(FIRST):
            note = _("从“公示异议”写来的，里面有孩子可能受伤害的话，没有经过秘书处。")
        return ask_once(Nobody(), text, visit=once, note=note)
    return _keep(call, text, entry_id, once)


def _keep(call: ShownCall, text: str, entry_id: bytes | None, once: str) -> Objected:
    seed = f"{call.id}|{once}|{text}"
    drawn = fingerprint("objection number", seed)[:DIGITS]
    number = "".join(codes.ALPHABET[byte % len(codes.ALPHABET)] for byte in drawn)
    secret = secret_from(fingerprint("objection secret", seed))
    row = {
        "call_id": call.id,
        "entry_id": entry_id,
        "number": number,
        "secret": secret_mark(number, secret.code),
        "text": text,
        "state": "waiting",
        "answer": "",
        "made_on": today(),
        "due_on": add_working_days(today(), DAYS).date,
    }
    if insert_once(Objection, row):
        announce(ObjectionMade(subject=call_subject(call.id)))
    return Objected(number, secret)


def read_answer(call: ShownCall, number: str, letters: str, pictures: list[str]) -> Objection:
    """The objection with its answer, for who knows number and secret; raises `RuleBroken`."""
    found = objection_by(call.id, codes.tidy(number)[:DIGITS], code_of(letters, pictures))
    if found is None:
        raise RuleBroken(_l("没有找到。看看编号和小暗号对不对。"))
    return found


def answer_objection(
    who: Any, objection_id: int, answer: str, *, disqualify: bool = False
) -> Objection:
    """Answer an objection, and take the work it is about out of the outcome where that is right.

    Raises `RuleBroken` on `answer` without words, and on `disqualify` where no work is meant or it
    does not stand any more. The answer is the reason that its authors read.
    """
    row = objection_of(objection_id, lock=True)
    may_answer_objection.require(who, row, now())
    if not answer:
        raise RuleBroken(_l("写一写答复"), field="answer")
    if disqualify:
        _disqualify(who, row, answer)
    row.state, row.answer = "answered", answer[:MOST_ANSWER]
    row.answered_by, row.answered_on = who.person_id, today()
    session().flush()
    announce(
        ObjectionAnswered(subject=call_subject(row.call_id), by=who.person_id, objection_id=row.id)
    )
    return row


def _disqualify(who: Any, row: Objection, reason: str) -> None:
    """The work leaves the outcome, the wall and every address of its files."""
    may_disqualify_work.require(who, noticing_of(call_of(row.call_id)), now())
    entry = session().get(Entry, row.entry_id) if row.entry_id else None
    if entry is None:
        raise RuleBroken(_l("这条异议没有说是哪件作品"), field="disqualify")
    if not set_standing(entry, "disqualified", reason=DISQUALIFIED, sentence=reason):
        raise RuleBroken(_l("这件作品已经不在了"), field="disqualify")
    session().execute(delete(Outcome).where(Outcome.entry_id == entry.id))
    announce(WorkDisqualified(subject=entry_subject(entry.id), by=who.person_id, reason=reason))
