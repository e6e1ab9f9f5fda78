"""People on record: staff are listed, invited, changed, let go; pupils are corrected or leave."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from participation.accounts.actions import people as deeds
from participation.accounts.forms.entering import PlainForm
from participation.accounts.forms.people import ROLE_NAMES, PupilForm, StaffForm
from participation.accounts.models import Person
from participation.accounts.paper import class_name
from participation.accounts.queries.classes import classes_of_school
from participation.accounts.queries.people import PAGE, staff_list
from participation.accounts.queries.people import person as person_of
from participation.accounts.queries.schools import schools_for_choice, unit_list
from participation.accounts.roles import CHILD, STAFF, administrators, roster_keepers
from participation.accounts.views.blueprint import pages
from participation.accounts.views.schools import asked
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see


def _status() -> int:
    return 422 if request.method == "POST" else 200


@pages.get("/desk/people")
@door(administrators)
def people() -> str:
    """The staff by role, by id; searched by name and address."""
    (words, after), role = asked(), request.args.get("role", "")
    role, left = role if role in STAFF else "", request.args.get("left") == "1"
    found = staff_list(role=role, words=words, after=after, left=left)
    return render_template(
        "accounts/people.html",
        rows=found[:PAGE],
        role=role,
        words=words,
        left=left,
        older=found[PAGE - 1].id if len(found) > PAGE else 0,
        started=after > 0,
        roles=ROLE_NAMES,
    )


@pages.route("/desk/people/new", methods=["GET", "POST"])
@door(administrators)
def invite_staff() -> Any:
    """Invite a staff person by letter."""
    form = _staff_form(None)
    if request.method == "POST" and form.validate():
        try:
            person = deeds.invite_staff(current_user, form.facts())
            flash(_("请帖已经寄给 %(name)s", name=person.legal_name), "thanks")
            return see(url_for("accounts.people"))
        except (RuleBroken, RulesBroken) as refusal:
            form.take(refusal)
    return render_template("accounts/people_form.html", form=form, person=None), _status()


@pages.route("/desk/people/<int:person_id>", methods=["GET", "POST"])
@door(administrators)
def change_staff(person_id: int) -> Any:
    """Change what is on record about a staff person."""
    person = _staff(person_id)
    form = _staff_form(person)
    if request.method == "POST" and form.validate():
        try:
            deeds.change_staff(current_user, person_id, form.facts())
            flash(_("记好了"), "thanks")
            return see(url_for("accounts.people"))
        except (RuleBroken, RulesBroken) as refusal:
            form.take(refusal)
    return render_template("accounts/people_form.html", form=form, person=person), _status()


@pages.post("/desk/people/<int:person_id>/invite")
@door(administrators)
def invite_again(person_id: int) -> Any:
    """Send a fresh link to someone who has not set a password yet."""
    person = deeds.invite_again(current_user, person_id)
    flash(_("请帖已经寄给 %(name)s", name=person.legal_name), "thanks")
    return see(url_for("accounts.people"))


@pages.route("/desk/people/<int:person_id>/end", methods=["GET", "POST"])
@door(administrators)
def end_staff(person_id: int) -> Any:
    """Let a staff person go, after asking once more."""
    person = _staff(person_id)
    if request.method == "POST" and PlainForm().validate():
        deeds.end_staff(current_user, person_id)
        flash(_("%(name)s 已经不能再进来", name=person.legal_name), "thanks")
        return see(url_for("accounts.people"))
    return render_template("accounts/people_end.html", person=person)


@pages.route("/desk/children/<int:person_id>", methods=["GET", "POST"])
@door(roster_keepers)
def change_pupil(person_id: int) -> Any:
    """Correct a pupil's record, or move the pupil to another class of the school."""
    pupil = _pupil(person_id)
    form = _pupil_form(pupil)
    if request.method == "POST" and form.validate():
        deeds.change_pupil(current_user, person_id, **form.values())
        flash(_("记好了"), "thanks")
        return see(url_for("accounts.class_page", class_id=form.class_id.data))
    return render_template("accounts/people_pupil.html", form=form, pupil=pupil), _status()


@pages.route("/desk/children/<int:person_id>/leave", methods=["GET", "POST"])
@door(roster_keepers)
def end_pupil(person_id: int) -> Any:
    """A pupil has left the school, after asking once more."""
    pupil = _pupil(person_id)
    if request.method == "POST" and PlainForm().validate():
        deeds.end_pupil(current_user, person_id)
        flash(_("%(name)s 已经不能再进来", name=pupil.legal_name), "thanks")
        return see(url_for("accounts.class_page", class_id=pupil.class_id))
    return render_template("accounts/people_leave.html", pupil=pupil)


def _staff(person_id: int) -> Person:
    person = person_of(person_id)
    if person is None or person.role == CHILD or person.left_at is not None:
        raise Missing
    return person


def _pupil(person_id: int) -> Person:
    person = person_of(person_id)
    if person is None or person.role != CHILD or person.left_at is not None:
        raise Missing
    return person


def _staff_form(person: Person | None) -> StaffForm:
    form = StaffForm() if person is None else StaffForm(obj=person)
    form.school_id.choices = [
        SelectChoice(0, _("没有")),
        *(SelectChoice(key, f"{code} {name}") for key, code, name in schools_for_choice()),
    ]
    form.unit_id.choices = [
        SelectChoice(0, _("没有")),
        *(SelectChoice(unit.id, str(unit.name)) for unit in unit_list()),
    ]
    return form


def _pupil_form(pupil: Person) -> PupilForm:
    born = f"{pupil.born:%Y-%m}" if pupil.born else ""
    known = {"legal_name": pupil.legal_name, "gender": pupil.gender, "born": born}
    form = PupilForm(data={**known, "class_id": pupil.class_id})
    form.class_id.choices = [
        SelectChoice(place.id, f"{class_name(place)} ({place.year})")
        for place in (line.school_class for line in classes_of_school(pupil.school_id or 0))
    ]
    return form
