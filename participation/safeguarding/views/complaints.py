"""The secretaries' desk of complaints: what waits, one complaint, and what she does to it."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import secretaries
from participation.kernel.clock import now
from participation.kernel.codes import grouped
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.forms import Form
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.safeguarding import actions, policies, queries
from participation.safeguarding.forms import HandOverForm, NoteForm
from participation.safeguarding.models import Concern
from participation.safeguarding.promises import settled_on
from participation.safeguarding.queries.complaints import (
    complaint_for,
    number_of_complaint,
    numbers_of,
)
from participation.safeguarding.queries.concerns import place_of
from participation.safeguarding.queries.duty import names_of
from participation.safeguarding.sealing import contents_of
from participation.safeguarding.views.blueprint import pages

STATES = ("", "new", "seen", "taken", "done")


@pages.get("/desk/complaints")
@door(secretaries)
def complaints() -> str:
    """The complaints, those that nobody has taken first; no words are shown here."""
    state, number = request.args.get("state", ""), request.args.get("before", "")
    last = complaint_for(current_user, number)
    behind = place_of(last) if last else None
    found = queries.concerns_for(current_user, state=state, behind=behind)
    shown = found[: queries.PAGE]
    numbers = {key: grouped(one) for key, one in numbers_of(shown).items()}
    return render_template(
        "safeguarding/complaints.html",
        complaints=shown,
        numbers=numbers,
        state=state,
        states=STATES,
        before=behind,
        older=numbers[shown[-1].id] if len(found) > queries.PAGE else None,
        settled_on=settled_on,
    )


def the_complaint(number: str) -> Concern:
    """The complaint of this number; 404 where there is none for this reader."""
    found = complaint_for(current_user, number)
    if found is None:
        abort(404)
    return found


@pages.get("/desk/complaints/<number>")
@door(secretaries)
def complaint(number: str) -> str:
    """One complaint with its words still covered: to open them is a deed on record."""
    return _page(the_complaint(number), opened=False)


@pages.post("/desk/complaints/<number>/read")
@door(secretaries)
def read_complaint(number: str) -> str:
    """Open the words; shown in the answer to this very request, so that no reading is unseen."""
    return _page(actions.read_concern(current_user, the_complaint(number)), opened=True)


@pages.post("/desk/complaints/<number>/take")
@door(secretaries)
def take_complaint(number: str) -> Any:
    """ "I am on it"."""
    actions.take_complaint(current_user, the_complaint(number))
    flash(_("好，这一条在你手里了"), "thanks")
    return see(url_for(".complaint", number=number))


@pages.post("/desk/complaints/<number>/note")
@door(secretaries)
def note_complaint(number: str) -> Any:
    """Add a note, or say that it is done."""
    form, found = NoteForm(), the_complaint(number)
    deed = actions.finish_complaint if "done" in request.form else actions.note_complaint
    try:
        if not form.validate():
            return _page(found, opened=False, form=form), 422
        deed(current_user, found, form.note.data or "")
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _page(found, opened=False, form=form), 422
    flash(_("记下了"), "thanks")
    return see(url_for(".complaint", number=number))


@pages.post("/desk/complaints/<number>/hand-over")
@door(secretaries)
def hand_to_officers(number: str) -> Any:
    """Pass it to the officers: from here on nothing of it is to be seen on this desk."""
    form, found = HandOverForm(), the_complaint(number)
    try:
        if not form.validate():
            return _page(found, opened=False, form=form), 422
        actions.hand_to_officers(current_user, found, form.why.data or "")
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _page(found, opened=False, form=form), 422
    flash(_("交给保护老师了。从现在起，只有他们看得到。"), "thanks")
    return see(url_for(".complaints"))


def _page(found: Concern, *, opened: bool, form: Form | None = None) -> str:
    note = form if isinstance(form, NoteForm) else NoteForm(formdata=None)
    handing = form if isinstance(form, HandOverForm) else HandOverForm(formdata=None)
    return render_template(
        "safeguarding/complaint.html",
        complaint=found,
        number=grouped(number_of_complaint(found)),
        contents=contents_of(found) if opened else None,
        log=queries.log_of(found) if opened else [],
        names=names_of(found, []),
        settled_on=settled_on(found),
        form=form or note,
        note=note,
        handing=handing,
        is_open=policies.may_finish_complaint(current_user, found, now()),
    )
