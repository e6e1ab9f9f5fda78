"""Short texts without a mark, several on one page: each is read, and each is ticked by itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import flash, render_template, request, url_for

from participation.accounts.models import Person
from participation.accounts.roles import moderators
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _, ngettext
from participation.kernel.web import see
from participation.moderation import actions, queries
from participation.moderation.forms import BatchForm
from participation.moderation.models import Case
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
    """The short texts in hand; without any, the way to begin."""
    who = reader()
    may_judge.require(who, None, now())
    held = [case for case in queries.held_cases(who.id) if case.queue == "short"]
    return _page(who, held, BatchForm(formdata=None))


@pages.post("/desk/moderation/batch/decide")
@door(moderators)
def decide_batch() -> Any:
    """Approve what is ticked; what is not ticked goes back to its place in the queue."""
    who, form = reader(), BatchForm()
    held = [case for case in queries.held_cases(who.id) if case.queue == "short"]
    if not form.validate():
        return _page(who, held, form), 422
    ended = Counter(_decided(who, case) for case in held)
    for words in _what_became(ended):
        flash(words, "thanks" if ended["approved"] else "message")
    return see(url_for(".desk"))


def _decided(who: Person, case: Case) -> str:
    version = request.form.get(f"fine-{case.id}", type=int)
    try:
        if version is None:
            actions.put_back(who, case.id)
            return "back"
        actions.decide(who, case.id, version=version, verdict="approved")
    except RuleBroken:  # changed or withdrawn meanwhile: the others are judged all the same
        return "gone"
    return "approved"


def _what_became(ended: Mapping[str, int]) -> Iterator[str]:
    """Each text of the page is accounted for."""
    done, back, gone = (ended[name] for name in ("approved", "back", "gone"))
    yield ngettext("%(num)d 条已通过。", "%(num)d 条已通过。", done)
    if back:
        yield ngettext("%(num)d 条没有勾，回到队里了。", "%(num)d 条没有勾，回到队里了。", back)
    if gone:
        yield ngettext(
            "%(num)d 条没有判：孩子改过、撤回了，或者不在你手里了。",
            "%(num)d 条没有判：孩子改过、撤回了，或者不在你手里了。",
            gone,
        )


def _page(who: Person, held: Sequence[Case], form: BatchForm) -> str:
    waiting = [] if held else queries.waiting_cases(queries.profile_of(who), queue="short", most=1)
    return render_template(
        "moderation/batch.html", cases=held, form=form, some=any(not one.held for one in waiting)
    )
