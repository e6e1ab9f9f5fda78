"""The teacher's part in consent: forms to hand out, and what came back on paper."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts import paper
from participation.accounts.actions.consents import print_consent_form as make_slip
from participation.accounts.actions.consents import print_consent_forms as make_slips
from participation.accounts.actions.consents import record_consents
from participation.accounts.forms.consents import read_wishes
from participation.accounts.forms.entering import AnewForm, PlainForm, PrintForm
from participation.accounts.policies import may_print_consent_forms, may_see_consents
from participation.accounts.queries.consents import PAGE, consent_page, latest_code
from participation.accounts.queries.people import person
from participation.accounts.queries.rights import facts_of_class, facts_of_person
from participation.accounts.roles import teachers
from participation.accounts.views.blueprint import pages
from participation.accounts.views.cards import (
    PAPER,
    address_of,
    fresh_paper,
    page_with_paper,
    the_class,
)
from participation.kernel.clock import now, today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import ngettext
from participation.kernel.paging import read_key
from participation.kernel.web import see


@pages.get("/desk/classes/<int:class_id>/consents")
@door(teachers)
def record_consent(class_id: int) -> Any:
    """Where each child of the class stands, for the teacher who looks after it alone."""
    may_see_consents.require(current_user, facts_of_class(class_id), now())
    after = request.args.get("after", 0, type=int)
    rows = consent_page(class_id, after=after)
    shown: dict[str, Any] = {"form": PlainForm(), "rows": rows[:PAGE], "after": after}
    shown["place"] = paper.class_name(the_class(class_id))
    shown["last"] = rows[PAGE - 1].person_id if len(rows) > PAGE else 0
    return render_template("accounts/record_consent.html", class_id=class_id, **shown)


@pages.post("/desk/classes/<int:class_id>/consents")
@door(teachers)
def record_consents_of(class_id: int) -> Any:
    """Put the decisions of one page of the list on record."""
    count = record_consents(current_user, class_id, read_wishes(request.form.items()))
    flash(ngettext("记下了 %(num)d 个决定", "记下了 %(num)d 个决定", count), "thanks")
    after = request.args.get("after", 0, type=int)
    return see(url_for(".record_consent", class_id=class_id, after=after or None))


@pages.get("/desk/classes/<int:class_id>/consent-forms")
@door(teachers)
def print_consent_forms(class_id: int) -> Any:
    """For whom to print the forms."""
    may_print_consent_forms.require(current_user, facts_of_class(class_id), now())
    place = paper.class_name(the_class(class_id))
    shown = {"form": PrintForm(), "place": place, "class_id": class_id}
    return render_template("accounts/print_consent_forms.html", **shown)


@pages.post("/desk/classes/<int:class_id>/consent-forms")
@door(teachers)
def make_consent_forms(class_id: int) -> Any:
    """Print the forms, each with a one-time code, and keep nothing but fingerprints."""
    days: int = current_app.extensions["settings"].consent_days
    everyone, place = PrintForm().everyone.data, the_class(class_id)
    try:
        slips = make_slips(current_user, class_id, days=days, everyone=everyone)
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(url_for(".print_consent_forms", class_id=class_id))
    address, back_by = address_of("accounts.consent"), today() + timedelta(days=days)
    data = paper.consent_data(slips, place, address, back_by=back_by)
    return fresh_paper(paper.CONSENT_FORMS, data, f"consent-{place.school.code}-{class_id}.pdf")


@pages.route("/desk/children/<int:person_id>/consent-form", methods=["GET", "POST"])
@door(teachers)
def print_consent_form(person_id: int) -> Any:
    """One form for the guardian of one child; codes that were printed for her before end."""
    facts = facts_of_person(person_id)
    may_print_consent_forms.require(current_user, facts, now())
    child, place = person(person_id), the_class(facts.class_id)
    form = AnewForm(was=str(latest_code(person_id)))
    shown: dict[str, Any] = {"child": child, "class_id": place.id, "href": PAPER}
    if request.method == "GET" or not form.validate():
        return render_template("accounts/print_consent_form.html", mark=form.was.data, **shown)
    days: int = current_app.extensions["settings"].consent_days
    after = read_key(form.was.data)
    try:
        slip = make_slip(current_user, person_id, days=days, after=after)
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(url_for(".record_consent", class_id=place.id))
    shown["file"] = f"consent-{place.school.code}-{place.id}.pdf"
    page = render_template("accounts/consent_form_printed.html", **shown)
    address, back_by = address_of("accounts.consent"), today() + timedelta(days=days)
    data = paper.consent_data([slip], place, address, back_by=back_by)
    return page_with_paper(page, paper.CONSENT_FORMS, data)
