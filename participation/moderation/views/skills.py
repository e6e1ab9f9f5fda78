"""What each moderator takes, for the administrators."""

from typing import Any

from flask import abort, flash, render_template, request, url_for

from participation.accounts.queries import person, schools_by_id
from participation.accounts.roles import MODERATOR, administrators
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.moderation import actions
from participation.moderation.forms import SkillForm
from participation.moderation.models import Skill
from participation.moderation.queries.profiles import EVERY, moderators, skill_of
from participation.moderation.routing import QUEUES
from participation.moderation.views.blueprint import pages, reader


@pages.get("/desk/moderation/moderators")
@door(administrators)
def skills() -> Any:
    """Everyone who reads, with queues, language and schools kept away from."""
    workers = moderators()
    avoided = {place for each in workers if each.skill for place in each.skill.avoids}
    return render_template(
        "moderation/skills.html", workers=workers, queues=QUEUES, schools=schools_by_id(avoided)
    )


@pages.route("/desk/moderation/moderators/<int:person_id>", methods=["GET", "POST"])
@door(administrators)
def set_skill(person_id: int) -> Any:
    """Set them for one."""
    worker = person(person_id)
    if worker is None or worker.role != MODERATOR:
        abort(404)
    form = SkillForm(data=_as_typed(skill_of(person_id)))
    if form.validate_on_submit():
        try:
            _set(person_id, form)
        except RuleBroken as refusal:
            form.take(refusal)
        else:
            flash(_("记好了"), "thanks")
            return see(url_for(".skills"))
    page = render_template("moderation/skill.html", form=form, worker=worker)
    return page, 422 if request.method == "POST" else 200


def _set(person_id: int, form: SkillForm) -> None:
    actions.set_skill(
        reader(),
        person_id,
        queues=form.queues.data or (),
        english=bool(form.english.data),
        avoids=form.codes(),
    )


def _as_typed(skill: Skill | None) -> dict[str, Any]:
    if skill is None:
        return {"queues": sorted(EVERY), "english": True, "avoids": ""}
    codes = [school.code for school in schools_by_id(skill.avoids).values()]
    return {"queues": skill.queues, "english": skill.english, "avoids": " ".join(sorted(codes))}
