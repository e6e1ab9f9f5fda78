"""A child makes a work and hands it in: one page for 10–17, one step a screen for 6–9."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import children
from participation.contests.actions import entries
from participation.contests.actions.looking import is_harmful
from participation.contests.composing import words_of
from participation.contests.forms.entries import (
    STEPS,
    marks_sent,
    read_fields,
    step_of,
    step_to_go_on,
)
from participation.contests.policies.entries import (
    may_begin_work,
    may_change_work,
    may_see_own_work,
)
from participation.contests.queries import call as public_call
from participation.contests.queries.blind import blind_work
from participation.contests.queries.own import Own, beginning, draft_in, own_work
from participation.contests.views.blueprint import pages
from participation.contests.views.making import Wrong, files_for, making_page
from participation.contests.views.once import is_told_now, tell_once
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.screening.asking import AskFirst


@pages.route("/calls/<int:call_id>/hand-in", methods=["GET", "POST"])
@door(children)
def hand_in(call_id: int) -> Any:
    """Her draft in this call; it comes to be with what she first sends, never by looking."""
    found = public_call(call_id)
    if request.method == "POST":
        return _take(entries.begin_work(current_user, found))
    own = draft_in(current_user, found)
    right = may_change_work if own else may_begin_work
    if not right(current_user, own.right if own else beginning(current_user, found), now()):
        return redirect(url_for("contests.call", call_id=found.id))
    return making_page(found, own, _step(own))


@pages.route("/works/<key>/change", methods=["GET", "POST"])
@door(children)
def change_work(key: str) -> Any:
    """A work that came back, with the kind reason: changed and handed in again."""
    own = own_work(current_user, key)
    may_change_work.require(current_user, own.right, now())
    if own.entry.standing == "draft":
        return see(url_for(".hand_in", call_id=own.call.id))
    if request.method == "POST":
        return _take(own)
    return making_page(own.call, own, _step(own))


@pages.post("/calls/<int:call_id>/hand-in/keep")
@door(children)
def keep_draft(call_id: int) -> Any:
    """Keep what is typed so far; sent by the page itself every few seconds."""
    return _keep(entries.begin_work(current_user, public_call(call_id)))


@pages.post("/works/<key>/change/keep")
@door(children)
def keep_work(key: str) -> Any:
    """The same for a work that came back."""
    return _keep(own_work(current_user, key))


def _keep(own: Own) -> Any:
    step = step_of(request.form, current_user.band)
    entries.save_work(current_user, own, read_fields(own, request.form, step))
    return "", 204


def _step(own: Own | None) -> str:
    if current_user.band == "a" and "step" not in request.args:
        return step_to_go_on(own, has_files=bool(files_for(own).all))
    return step_of(request.args, current_user.band)


def _take(own: Own) -> Any:
    """Keep what was sent, then go on as the button says."""
    step, pressed = step_of(request.form, current_user.band), request.form.get("go", "")
    own = entries.save_work(current_user, own, read_fields(own, request.form, step))
    if pressed == "save":
        flash(_saved(own), "thanks")
        return see(url_for("contests.call", call_id=own.call.id))
    if pressed == "preview":
        return see(url_for(".preview_work", key=own.entry.id.hex()))
    if step and step != STEPS[-1]:
        return _next_step(own, step)
    return _send(own, step)


def _next_step(own: Own, step: str) -> Any:
    """The next screen of the youngest; not past one that a work cannot do without."""
    needs = {"work": ("files", "text"), "title": ("title",), "words": ("words",)}[step]
    broken = {b.field: b.sentence for b in entries.missing_in(own) if b.field in needs}
    if broken:
        return making_page(own.call, own, step, Wrong(broken)), 422
    after = STEPS[STEPS.index(step) + 1]
    returned = own.entry.standing == "returned"
    if returned:
        return see(url_for(".change_work", key=own.entry.id.hex(), step=after))
    return see(url_for(".hand_in", call_id=own.call.id, step=after))


def _saved(own: Own) -> str:
    """What is said of a draft that was put by: nobody reads it, so who needs help is told where."""
    if is_harmful(words_of(own.entry), current_user):
        return _(
            "存好了，还没有交给谁看。要是有人伤害你，或者你很难受，别等：打 110 或者 12355，"
            "也可以点“我要帮助”。"
        )
    return _("存好了，还没有交。什么时候想接着做，都可以。")


def _send(own: Own, step: str) -> Any:
    try:
        aside = entries.hand_in(current_user, own, sure=marks_sent(request.form))
    except AskFirst as first:
        return making_page(own.call, own, step, Wrong(asks=first.asks)), 422
    except RulesBroken as refusal:
        errors = {broken.field: broken.sentence for broken in refusal.broken}
        return making_page(own.call, own, step, Wrong(errors)), 422
    except (NotAllowed, RuleBroken) as refusal:
        return making_page(own.call, own, step, Wrong({"work": refusal.sentence})), 422
    if aside:
        tell_once(own.call.id)
        return see(url_for(".handed_in", call_id=own.call.id))
    flash(_("收到了！有一位老师会先看。"), "thanks")
    return see(url_for(".mine", key=own.entry.id.hex()))


@pages.get("/calls/<int:call_id>/handed-in")
@door(children)
def handed_in(call_id: int) -> Any:
    """The calm page after words of harm; it shows once, and to nobody who comes later."""
    found = public_call(call_id)
    if not is_told_now(found.id):
        return redirect(url_for("contests.call", call_id=found.id))
    return render_template("contests/told.html", call=found)


@pages.get("/works/<key>/preview")
@door(children)
def preview_work(key: str) -> Any:
    """Exactly what a juror will see of it."""
    own = own_work(current_user, key)
    may_see_own_work.require(current_user, own.right, now())
    work = blind_work(own.entry, viewer=current_user.sign_in)
    return render_template("contests/preview.html", own=own, work=work, call=own.call)
