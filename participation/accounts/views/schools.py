"""Schools, their classes, and the teacher's own classes."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from participation.accounts.actions import schools as deeds
from participation.accounts.forms.schools import SchoolForm, TeachersForm, UnitForm
from participation.accounts.models import School
from participation.accounts.paper import class_name
from participation.accounts.policies import may_see_class, may_see_consents
from participation.accounts.queries import classes as questions
from participation.accounts.queries.consents import standings_of
from participation.accounts.queries.people import PAGE
from participation.accounts.queries.rights import facts_of_class
from participation.accounts.queries.schools import (
    district_list,
    school_list,
    school_of,
    unit_list,
)
from participation.accounts.roles import (
    administrators,
    roster_keepers,
    school_keepers,
    teachers,
)
from participation.accounts.views.blueprint import pages
from participation.accounts.views.cards import the_class
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.kernel.words import tidy


def the_school(school_id: int) -> School:
    """The school of this id; raises `Missing` where there is none."""
    school = school_of(school_id)
    if school is None:
        raise Missing
    return school


def asked() -> tuple[str, int]:
    """The words that a list is searched for, and the last id of the page before."""
    words = tidy(request.args.get("q", ""))[:60]
    return words, max(0, request.args.get("after", 0, type=int))


@pages.get("/desk/schools")
@door(roster_keepers)
def schools() -> str:
    """Every school, by id; searched by name, code and district."""
    words, after = asked()
    found = school_list(words=words, after=after)
    older = found[PAGE - 1].id if len(found) > PAGE else 0
    shown = {"rows": found[:PAGE], "words": words, "older": older, "started": after > 0}
    return render_template("accounts/schools.html", **shown)


@pages.get("/desk/schools/<int:school_id>")
@door(roster_keepers)
def school_page(school_id: int) -> str:
    """A school: what is on record, and its classes."""
    school = the_school(school_id)
    rows = questions.classes_of_school(school_id)
    return render_template(
        "accounts/schools_page.html", school=school, rows=rows, class_name=class_name
    )


@pages.route("/desk/schools/new", methods=["GET", "POST"])
@door(roster_keepers)
def add_school() -> Any:
    """Add a school."""
    form = _school_form(None)
    if request.method == "POST" and form.validate():
        try:
            school = deeds.add_school(current_user, **form.values())
            return see(url_for("accounts.school_page", school_id=school.id))
        except RuleBroken as refusal:
            form.take(refusal)
    return render_template("accounts/schools_form.html", form=form, school=None), _status()


@pages.route("/desk/schools/<int:school_id>/change", methods=["GET", "POST"])
@door(roster_keepers)
def change_school(school_id: int) -> Any:
    """Change what is on record about a school."""
    school = the_school(school_id)
    form = _school_form(school)
    if request.method == "POST" and form.validate():
        try:
            deeds.change_school(current_user, school_id, **form.values())
            return see(url_for("accounts.school_page", school_id=school_id))
        except RuleBroken as refusal:
            form.take(refusal)
    return render_template("accounts/schools_form.html", form=form, school=school), _status()


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _school_form(school: School | None) -> SchoolForm:
    known = {} if school is None else _known(school)
    form = SchoolForm(data=known)
    form.district_id.choices = [
        SelectChoice(place.id, f"{place.code} {place.name}") for place in district_list()
    ]
    return form


def _known(school: School) -> dict[str, Any]:
    return {
        "district_id": school.district_id,
        "name_zh": school.name.get("zh", ""),
        "name_en": school.name.get("en", ""),
        "kind": school.kind,
        "named_adult": school.named_adult,
    }


@pages.get("/desk/classes")
@door(teachers)
def classes() -> str:
    """The classes that a teacher looks after."""
    rows = questions.classes_of_teacher(current_user.person_id)
    return render_template("accounts/classes.html", rows=rows, class_name=class_name)


@pages.get("/desk/classes/<int:class_id>")
@door(school_keepers)
def class_page(class_id: int) -> str:
    """A class: its pupils, their cards; where consent stands is for its own teacher alone."""
    facts = facts_of_class(class_id)
    may_see_class.require(current_user, facts, now())
    sees = may_see_consents(current_user, facts, now())
    shown = {"place": the_class(class_id), "name": class_name, **_pupils(class_id, sees=sees)}
    return render_template("accounts/classes_page.html", **shown)


def _pupils(class_id: int, *, sees: bool) -> dict[str, Any]:
    after = asked()[1]
    found = questions.pupils_of(class_id, after=after)
    pupils = [line.person for line in found[:PAGE]]
    return {
        "rows": found[:PAGE],
        "consents": {one.person_id: one for one in standings_of(pupils)} if sees else None,
        "older": pupils[-1].id if len(found) > PAGE else 0,
        "started": after > 0,
    }


@pages.route("/desk/classes/<int:class_id>/teachers", methods=["GET", "POST"])
@door(roster_keepers)
def name_teachers(class_id: int) -> Any:
    """Say which teachers of the school look after a class."""
    place = the_class(class_id)
    form = TeachersForm(data={"teachers": sorted(questions.keepers_of(class_id))})
    found = questions.teachers_of_school(place.school_id)
    form.teachers.choices = [SelectChoice(one.id, one.legal_name) for one in found]
    if request.method == "POST" and form.validate():
        deeds.name_teachers(current_user, class_id, form.teachers.data or ())
        flash(_("记好了"), "thanks")
        return see(url_for("accounts.class_page", class_id=class_id))
    shown = {"form": form, "place": place, "name": class_name(place)}
    return render_template("accounts/classes_teachers.html", **shown), _status()


@pages.route("/desk/units", methods=["GET", "POST"])
@door(administrators)
def units() -> Any:
    """The units of the city that answer, and a form for one more."""
    form = UnitForm()
    if request.method == "POST" and form.validate():
        deeds.add_unit(current_user, form.words)
        return see(url_for("accounts.units"))
    return render_template("accounts/schools_units.html", form=form, rows=unit_list()), _status()
