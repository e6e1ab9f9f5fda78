"""Danger now and nobody to agree: the officer on duty looks alone, a head judges it afterwards."""

from typing import Any

from flask import render_template
from flask_login import current_user

from participation.accounts.paper import class_name
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _
from participation.safeguarding import actions
from participation.safeguarding.forms import AloneForm, JudgementForm
from participation.safeguarding.queries.emergencies import emergency_about
from participation.safeguarding.views.blueprint import concern_readers, pages, the_concern
from participation.safeguarding.views.desk import concern_page, deed_on


@pages.post("/desk/concerns/<int:concern_id>/alone")
@door(concern_readers)
def see_alone(concern_id: int) -> Any:
    """Who it is, without a second officer: shown once, in the answer to this very request."""
    form, found = AloneForm(), the_concern(concern_id)
    try:
        if not form.validate():
            return concern_page(found, opened=False, wrong=("alone", form)), 422
        person = actions.see_alone(current_user, found, form.alone.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return concern_page(found, opened=False, wrong=("alone", form)), 422
    place = class_name(person.school_class) if person.school_class else ""
    return render_template(
        "safeguarding/identity.html", concern=found, person=person, class_name=place, alone=True
    )


@pages.post("/desk/concerns/<int:concern_id>/alone/<int:emergency_id>/judge")
@door(concern_readers)
def judge_emergency(concern_id: int, emergency_id: int) -> Any:
    """A head writes what she thinks of it."""
    form, found = JudgementForm(), the_concern(concern_id)
    emergency = emergency_about(found, emergency_id)
    if emergency is None:
        raise Missing

    def deed() -> None:
        actions.judge_emergency(current_user, found, emergency, form.judgement.data or "")

    return deed_on(found, "judgement", form, deed, _("记下了"))
