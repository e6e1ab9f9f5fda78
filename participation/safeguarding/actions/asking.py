"""Somebody asks for help: her message becomes a concern, and a small secret opens the answer."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from participation.accounts.paper import class_name
from participation.accounts.queries import person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import FIRST, _l, speaking
from participation.safeguarding.actions.lines import subject_of
from participation.safeguarding.actions.reminding import call
from participation.safeguarding.actions.writing import (
    EMPTY,
    MOST_CONTACT,
    MOST_TEXT,
    keep_concern,
)
from participation.safeguarding.happenings import HelpAsked
from participation.safeguarding.models import Concern
from participation.safeguarding.sealing import (
    Contents,
    answer_mark,
    contents_of,
    seed_of,
    writer_mark,
)
from participation.safeguarding.secretcodes import Secret, new_secret, secret_from
from participation.safeguarding.signs import Signs, signs_in

WISHES: Final = ("here", "adult", "none")
WHOSE: Final = ("me", "friend")
NO_ADULT: Final = _l("写一下想请谁来，比如“林老师”。不想写，就选别的办法。")
AGAIN: Final = timedelta(minutes=5)
"""So long the same message from the same visit is one that was sent twice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that was kept: the concern, the secret that opens its answer, its signs."""

    concern: Concern
    secret: Secret
    signs: Signs


def ask_for_help(
    who: Any, text: str, contact: str = "", *, wish: str = "", whose: str = ""
) -> Concern:
    """Keep a message of the help door; anyone may write, with or without consent on record.

    A signed-in writer's name and school are sealed with it, so that help can come; of `Nobody`
    nothing is known. `wish` is how to be answered, `whose` about whom it is. The words may make it
    more urgent (`Signs.level`). Raises `RuleBroken` on `text` when there is none, and on `contact`
    where an adult is wished for and none is named; not where there is any sign of harm in the
    words, which are kept as they come.
    """
    contents, signs = _heard(who, text, contact, wish=wish, whose=whose)
    return _told(_kept(who, contents, signs))


def ask_once(who: Any, text: str, contact: str = "", *, visit: str, **more: str) -> Asked:
    """`ask_for_help`, but the same message twice within minutes of one visit stays one concern.

    `visit` is random text that tells one visit from another; nothing of it is kept. `more` are
    `wish` and `whose`, and in `note` what the officers should know beside the words. The secret
    follows from the visit and the words, so that the schema itself refuses the second message, also
    where both come at one moment, and whoever sent it sees the same secret again. Where another
    message has the same secret by chance the next one is tried.
    """
    contents, signs = _heard(who, text, contact, **more)
    for turn in count():
        secret = secret_from(seed_of(visit, contents.text, turn))
        try:
            with session().begin_nested():
                concern = _kept(who, contents, signs, secret)
        except IntegrityError:
            known = _behind(secret)
            if known is None:
                raise
            if contents_of(known) == contents and now() - known.written_at < AGAIN:
                return Asked(known, secret, signs)
        else:
            return Asked(_told(concern), secret, signs)
    raise AssertionError("counting has no end")


def promise_answer(concern: Concern) -> Secret:
    """The small secret by which the answer to a message is read; shown once and kept as a mark."""
    secret = new_secret()
    concern.answer_mark = answer_mark(secret.code)
    return secret


def _behind(secret: Secret) -> Concern | None:
    found = select(Concern).where(Concern.answer_mark == answer_mark(secret.code))
    return session().scalars(found).first()


def _heard(
    who: Any, text: str, contact: str, *, wish: str = "", whose: str = "", note: str = ""
) -> tuple[Contents, Signs]:
    """What will be sealed, and the signs in it; refuses what can't be answered."""
    signs = signs_in(text)
    if not text:
        raise RuleBroken(EMPTY, field="text")
    if wish == "adult" and not (contact or who.person_id or signs.soon):
        raise RuleBroken(NO_ADULT, field="contact")
    contents = Contents(
        text=text[:MOST_TEXT],
        contact=contact[:MOST_CONTACT],
        wish=wish if wish in WISHES else "",
        whose=whose if whose in WHOSE else "",
        signs=signs.kinds,
        note=note,
        **_writer(who),
    )
    return contents, signs


def _kept(who: Any, contents: Contents, signs: Signs, secret: Secret | None = None) -> Concern:
    return keep_concern(
        "help",
        signs.level,
        contents,
        writer_mark=writer_mark(who.person_id) if who.person_id else None,
        answer_mark=answer_mark(secret.code) if secret else None,
    )


def _told(concern: Concern) -> Concern:
    announce(HelpAsked(subject=subject_of(concern)))
    call(concern, "first")
    return concern


def _writer(who: Any) -> dict[str, Any]:
    """Name, school and class of a signed-in writer, in the first language, as they stand now."""
    found = person(who.person_id) if who.person_id else None
    if found is None:
        return {}
    with speaking(FIRST):
        return {
            "person_id": found.id,
            "name": found.legal_name,
            "school_id": found.school_id or 0,
            "school": str(found.school.name) if found.school else "",
            "class_name": class_name(found.school_class) if found.school_class else "",
        }
