"""The rota of the officers: a week at a time, its gaps, who is head, and the exercises."""

from datetime import date, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.queries import person
from participation.accounts.roles import safeguarders
from participation.kernel.clock import now, today
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.safeguarding import actions, policies
from participation.safeguarding.forms import DutyForm, in_city, number_of
from participation.safeguarding.queries import duty as rota
from participation.safeguarding.queries import emergencies, officers
from participation.safeguarding.rota import week_of
from participation.safeguarding.views.blueprint import pages, taken
from participation.safeguarding.wording import LEVELS, length_words

LAST_DAY = date(2999, 12, 25)


@pages.get("/desk/duty")
@door(safeguarders)
def duty() -> str:
    """One week of the rota, and the exercises."""
    return _page(DutyForm(formdata=None))


@pages.post("/desk/duty")
@door(safeguarders)
def set_duty() -> Any:
    """Enter a duty."""
    form = DutyForm().offer(officers.fit_officers())
    try:
        if not form.validate():
            return _page(form), 422
        made = actions.set_duty(
            current_user,
            number_of(form.officer.data),
            in_city(form.begins.data),
            in_city(form.ends.data),
            stand_in_id=number_of(form.stand_in.data) or None,
        )
    except (RuleBroken, RulesBroken) as refusal:
        status = taken(form, refusal)  # first, so that the page says what is wrong
        return _page(form), status
    flash(_("排好了"), "thanks")
    return see(url_for(".duty", week=week_of(made.from_at.date()).isoformat()))


@pages.get("/desk/duty/<int:duty_id>/drop")
@door(safeguarders)
def ask_drop_duty(duty_id: int) -> Any:
    """Ask once more: somebody stands in it, and perhaps it runs."""
    found = actions.droppable_duty(current_user, duty_id)
    return render_template(
        "safeguarding/drop_duty.html",
        duty=found,
        officer=person(found.officer_id),
        runs=found.from_at <= now(),
        monday=_week(),
    )


@pages.post("/desk/duty/<int:duty_id>/drop")
@door(safeguarders)
def drop_duty(duty_id: int) -> Any:
    """Take a duty out of the rota."""
    actions.drop_duty(current_user, duty_id)
    flash(_("这一班去掉了，已经写信告诉她"), "thanks")
    return see(url_for(".duty", week=request.form.get("week")))


@pages.post("/desk/duty/head")
@door(safeguarders)
def name_head() -> Any:
    """Make an officer head."""
    actions.name_head(current_user, number_of(request.form.get("head")))
    flash(_("记下了"), "thanks")
    return see(url_for(".duty"))


@pages.post("/desk/duty/officers/<int:person_id>")
@door(safeguarders)
def confirm_officer(person_id: int) -> Any:
    """A head says yes or no to a new officer."""
    actions.confirm_officer(current_user, person_id, agreed="agree" in request.form)
    flash(_("记下了"), "thanks")
    return see(url_for(".duty"))


@pages.post("/desk/duty/drill")
@door(safeguarders)
def begin_drill() -> Any:
    """Begin an exercise."""
    policies.may_set_duty.require(current_user, officers.heads(), now())
    level = number_of(request.form.get("level"))
    actions.begin_drill(level, by=current_user.person_id)
    flash(_("演练开始了"), "thanks")
    return see(url_for(".duty"))


def _week() -> date:
    """The Monday that is asked for; this week's for anything that is none."""
    try:
        asked = date.fromisoformat(request.values.get("week", ""))
    except ValueError:
        return week_of(today())
    return week_of(asked) if date(2000, 1, 3) <= asked <= LAST_DAY else week_of(today())


def _page(form: DutyForm) -> str:
    monday, before = _week(), read_key(request.args.get("before"))
    fit, found = officers.fit_officers(), rota.drills(before=before)
    heads = officers.heads()
    may_set = policies.may_set_duty(current_user, heads, now())
    return render_template(
        "safeguarding/duty.html",
        form=form.offer(fit),
        monday=monday,
        weeks=(monday - timedelta(days=7), monday + timedelta(days=7)),
        shifts=rota.shifts_of(monday),
        gaps=rota.gaps_of(monday),
        on_duty=rota.duty_officer(now()),
        officers=fit,
        asked=officers.candidates() if may_set else [],
        may_confirm=_may_confirm,
        unjudged=emergencies.unjudged() if may_set else [],
        heads=heads,
        may_set=may_set,
        drills=found[: rota.DRILLS],
        before=before,
        older=found[rota.DRILLS - 1].id if len(found) > rota.DRILLS else 0,
        levels=LEVELS,
        length_words=length_words,
        now=now(),
    )


def _may_confirm(asked: officers.Candidate) -> bool:
    return policies.may_confirm_officer(current_user, asked, now())
