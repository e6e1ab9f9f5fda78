"""Several authors of a work: they come by a short code, say their own yes, and may leave.

The code is the work's own short name while it is a draft; with the first handing in the work gets
another one, so that no classmate knows under which the jury sees it.
"""

from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from participation.accounts.queries.people import names_of_child
from participation.contests.actions.standing import show_anew
from participation.contests.call import ShownCall
from participation.contests.happenings.entries import WorkLeft
from participation.contests.models import Author, Entry, Licence
from participation.contests.nameforms import NICKNAME, NONE, name_forms
from participation.contests.naming import author_key, blind_code
from participation.contests.policies.entries import (
    may_agree_to_work,
    may_change_work,
    may_join_work,
    may_leave_work,
)
from participation.contests.queries.own import Own, beginning, own_work
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.tables import random_key

NO_SUCH: Final = _l("没有找到这个码。看看有没有写错，或者请同学再念一遍。")
IS_FULL: Final = _l("这个作品的人已经满了。")
ALREADY: Final = _l("这个作品已经交了，现在不能再加人。")
AGREED: Final = "agreed"


def add_author(who: Any, found: ShownCall, entry_id: bytes, *, lead: bool = False) -> None:
    """Write down an author under her pseudonym, with a licence that allows nothing yet."""
    author_id = random_key()
    forms = name_forms(*names_of_child(who.person_id))
    form = NICKNAME if NICKNAME in forms else NONE
    row = {
        "id": author_id,
        "entry_id": entry_id,
        "call_id": found.id,
        "participant": author_key(who.person_id, found.id),
        "lead": lead,
        "band": who.band,
        "consent": AGREED if lead else "invited",
        "name_form": form,
        "shown_as": forms[form][:24],
    }
    with session().begin_nested():
        session().add(Author(**row))
        session().flush()
        session().add(Licence(author_id=author_id, uses=[]))


def forms_for(who: Any) -> dict[str, str]:
    """The forms of her name that she may choose from, each with what would stand there."""
    return name_forms(*names_of_child(who.person_id))


def name_author(who: Any, author: Author, form: str) -> None:
    """Name an author as she wishes; a form that she has not is none at all."""
    forms = forms_for(who)
    chosen = form if form in forms else NONE
    author.name_form, author.shown_as = chosen, forms[chosen][:24]


def join_work(who: Any, found: ShownCall, code: str) -> Own:
    """Come to a classmate's draft by its code: she sees it now, and is no author before her yes.

    Raises `RuleBroken` on `code`. Tries are counted by the caller before anything is looked up.
    """
    may_join_work.require(who, beginning(who, found), now())
    letters = tidy(code)
    wanted = f"{letters[:3]}-{letters[3:]}"
    entry = session().scalar(
        select(Entry)
        .where(Entry.call_id == found.id, Entry.code == wanted)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if entry is None or entry.standing != "draft" or found.authors_most < 2:
        raise RuleBroken(NO_SUCH, field="code")
    authors = select(Author.participant).where(Author.entry_id == entry.id)
    known = session().scalars(authors).all()
    if author_key(who.person_id, found.id) not in known:
        if len(known) >= found.authors_most:
            raise RuleBroken(IS_FULL, field="code")
        try:
            add_author(who, found, entry.id)
        except IntegrityError as problem:
            raise RuleBroken(NO_SUCH, field="code") from problem
    return own_work(who, entry.id.hex())


def agree_to_work(who: Any, own: Own, *, form: str, uses: tuple[int, ...]) -> None:
    """Say yes to being one of the authors of the work as it stands, and how to be named."""
    may_agree_to_work.require(who, own.right, now())
    own.author.consent = AGREED
    name_author(who, own.author, form)
    own.licence.uses = [one.id for one in own.call.uses if one.id in uses]
    session().flush()


def ask_anew(own: Own) -> None:
    """The work changed: whoever had agreed to another one says yes once more."""
    others = (Author.entry_id == own.entry.id, Author.lead.is_(False))
    session().execute(update(Author).where(*others).values(consent="invited"))


def new_code(who: Any, own: Own) -> str:
    """Another code for the draft: the one before leads nowhere any more."""
    may_change_work.require(who, own.right, now())
    if own.entry.standing != "draft":
        raise RuleBroken(ALREADY)
    mark = fingerprint("group", str(who.person_id)).hex()
    limits.allow(f"group:{mark}", most=20, seconds=3600)
    own.entry.code = blind_code()
    session().flush()
    return own.entry.code


def take_author_off(who: Any, own: Own, author_id: str) -> None:
    """The lead takes off one who has not agreed (yet); `Missing` for any other."""
    may_change_work.require(who, own.right, now())
    other = next((one for one in own.others if one.id.hex() == author_id), None)
    if other is None or other.consent == AGREED:
        raise Missing
    _remove(own, other)


def leave_work(who: Any, own: Own) -> None:
    """An author who does not lead leaves: name and licence go, the work stays the others'."""
    may_leave_work.require(who, own.right, now())
    _remove(own, own.author)


def _remove(own: Own, author: Author) -> None:
    session().execute(delete(Author).where(Author.id == author.id))
    if own.entry.standing == "approved":
        show_anew(own.call.id)
    announce(WorkLeft(subject=own.subject))
