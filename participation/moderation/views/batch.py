"""Short texts without a mark, several on one page: each is read, and each is ticked by itself."""

from typing import Any

from flask import flash, render_template, request, url_for

from participation.accounts.roles import moderators
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _, ngettext
from participation.kernel.web import see
from participation.moderation import actions, queries
from participation.moderation.forms import BatchForm
from participation.moderation.policies import may_judge
from participation.moderation.views.blueprint import pages, reader


@pages.post("/desk/moderation/batch")
@door(moderators)
def claim_batch() -> Any:
    """Take up to eight of them."""
    if not actions.claim_batch(reader(), drop="drop" in request.form):
        flash(_("现在没有短的、没有标记的话。"))
        return see(url_for(".desk"))
    return see(url_for(".batch"))


@pages.get("/desk/moderation/batch")
@door(moderators)
def batch() -> Any:
    """The short texts in hand."""
    who = reader()
    may_judge.require(who, None, now())
    held = [case for case in queries.held_cases(who.id) if case.queue == "short"]
    return render_template("moderation/batch.html", cases=held, form=BatchForm(formdata=None))


@pages.post("/desk/moderation/batch/decide")
@door(moderators)
def decide_batch() -> Any:
    """Approve what is ticked; what is not ticked goes back to its place in the queue."""
    who, form = reader(), BatchForm()
    held = [case for case in queries.held_cases(who.id) if case.queue == "short"]
    if not form.validate():
        return render_template("moderation/batch.html", cases=held, form=form), 422
    done = 0
    for case in held:
        version = request.form.get(f"fine-{case.id}", type=int)
        try:
            if version is None:
                actions.put_back(who, case.id)
            else:
                actions.decide(who, case.id, version=version, verdict="approved")
                done += 1
        except RuleBroken:  # changed or withdrawn meanwhile: the others are judged all the same
            continue
    flash(ngettext("%(num)d 条已通过。", "%(num)d 条已通过。", done), "thanks")
    return see(url_for(".desk"))
