"""The help door and the complaint page for everyone; the safeguarding desk for those who answer."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.identity import Nobody
from participation.accounts.queries import named_adult_of, person
from participation.accounts.roles import SAFEGUARDING, SECRETARY
from participation.kernel import limits
from participation.kernel.clock import today
from participation.kernel.doors import Door, anyone, door
from participation.kernel.errors import RuleBroken, TooMany
from participation.kernel.forms import Form
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import see
from participation.safeguarding import actions, queries
from participation.safeguarding.forms import ComplaintForm, HelpForm, NoteForm
from participation.safeguarding.models import Concern
from participation.safeguarding.promises import COMPLAINT_DAYS, due_of, read_by, settled_by

pages = Blueprint("safeguarding", __name__)

concern_readers = Door(
    "concern_readers", frozenset({SAFEGUARDING, SECRETARY}), sign_in="accounts.staff_sign_in"
)
A_SCHOOL_AN_HOUR = 120
"""Messages an hour from one address: a whole school may stand behind it."""


@pages.route("/help", endpoint="help", methods=["GET", "POST"])
@door(anyone)
def ask_for_help() -> Any:
    """The help door: numbers to call now, and a message to the safeguarding officers."""
    form = HelpForm()
    if not form.validate_on_submit():
        return _help_page(form, 422 if form.is_submitted() else 200)
    who = current_user if form.named.data else Nobody()
    try:
        _count("help")
        actions.ask_for_help(who, form.text.data or "", form.contact.data or "")
    except (RuleBroken, TooMany) as refusal:
        return _help_page(form, _taken(form, refusal))
    return see(url_for(".helped"))


@pages.get("/help/thanks")
@door(anyone)
def helped() -> Any:
    """What happens with the message now."""
    return render_template("safeguarding/helped.html", read_by=read_by(today()))


@pages.route("/complain", methods=["GET", "POST"])
@door(anyone)
def complain() -> Any:
    """Complain or report, without signing in (R9)."""
    form = ComplaintForm()
    if not form.validate_on_submit():
        return _complaint_page(form, 422 if form.is_submitted() else 200)
    try:
        _count("complain")
        actions.complain(form.text.data or "", form.contact.data or "")
    except (RuleBroken, TooMany) as refusal:
        return _complaint_page(form, _taken(form, refusal))
    return see(url_for(".complained"))


@pages.get("/complain/thanks")
@door(anyone)
def complained() -> Any:
    """What happens with the complaint now."""
    return render_template("safeguarding/complained.html", settled_by=settled_by(today()))


@pages.get("/desk/concerns")
@door(concern_readers)
def concerns() -> Any:
    """What waits for this reader, newest first; the words themselves are not shown here."""
    state = request.args.get("state", "")
    before = read_key(request.args.get("before"))
    found = queries.concerns_for(current_user, state=state, before=before)
    shown = found[: queries.PAGE]
    more = len(found) > queries.PAGE
    return render_template(
        "safeguarding/concerns.html",
        concerns=shown,
        state=state,
        before=before,
        older=shown[-1].id if more else 0,
        due_of=due_of,
    )


@pages.get("/desk/concerns/<int:concern_id>")
@door(concern_readers)
def concern(concern_id: int) -> Any:
    """One concern with its words still covered: to open them is a deed on record."""
    found = _concern(concern_id)
    return _concern_page(found, NoteForm(obj=found), opened=False)


@pages.post("/desk/concerns/<int:concern_id>/read")
@door(concern_readers)
def read_concern(concern_id: int) -> Any:
    """Open the words; shown in the answer to this very request, so that no reading is unseen."""
    found = actions.read_concern(current_user, _concern(concern_id))
    return _concern_page(found, NoteForm(formdata=None, obj=found), opened=True)


@pages.post("/desk/concerns/<int:concern_id>/note")
@door(concern_readers)
def note_concern(concern_id: int) -> Any:
    """Write down what is being done, or that it is done."""
    form, found = NoteForm(), _concern(concern_id)
    deed = actions.finish_concern if "done" in request.form else actions.note_concern
    try:
        if not form.validate():
            return _concern_page(found, form, opened=False), 422
        deed(current_user, found, form.note.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return _concern_page(found, form, opened=False), 422
    flash(_("记下了"), "thanks")
    return see(url_for(".concern", concern_id=found.id))


def _concern(concern_id: int) -> Concern:
    found = queries.concern_for(current_user, concern_id)
    if found is None:
        abort(404)
    return found


def _count(what: str) -> None:
    address = fingerprint("address", request.remote_addr or "").hex()
    limits.allow(f"{what}:{address}", most=A_SCHOOL_AN_HOUR, seconds=3600)


def _taken(form: Form, refusal: RuleBroken | TooMany) -> int:
    """Put a refusal on the form, so that what was typed stays; gives the status to answer with."""
    if isinstance(refusal, TooMany):
        form.form_errors.append(str(refusal))
        return refusal.status
    form.take(refusal)
    return 422


def _help_page(form: HelpForm, status: int) -> Any:
    school = current_user.school_id
    page = render_template(
        "safeguarding/help.html",
        form=form,
        named_adult=named_adult_of(school) if school else "",
        read_by=read_by(today()),
    )
    return page, status


def _complaint_page(form: ComplaintForm, status: int) -> Any:
    page = render_template(
        "safeguarding/complain.html", form=form, days=COMPLAINT_DAYS, settled_by=settled_by(today())
    )
    return page, status


def _concern_page(found: Concern, form: NoteForm, *, opened: bool) -> str:
    writer = person(found.person_id) if opened and found.person_id else None
    return render_template(
        "safeguarding/concern.html",
        concern=found,
        opened=opened,
        writer=writer,
        due=due_of(found),
        form=form,
    )
