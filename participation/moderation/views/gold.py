"""Known texts: kept by moderators and administrators, judged like any other."""

from typing import Any

from flask import flash, render_template, request, url_for

from participation.accounts.roles import word_keepers
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RulesBroken
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.moderation.actions import gold as deeds
from participation.moderation.forms import GoldForm
from participation.moderation.policies import may_keep_gold
from participation.moderation.queries import gold as queries
from participation.moderation.queries.desk import reason_label
from participation.moderation.views.blueprint import pages, reader


@pages.route("/desk/moderation/gold", methods=["GET", "POST"])
@door(word_keepers)
def gold() -> Any:
    """The known texts, newest first, and a form for another."""
    form = GoldForm()
    if form.validate_on_submit() and _added(form):
        flash(_("记好了"), "thanks")
        return see(url_for(".gold"))
    return _page(form), 422 if request.method == "POST" else 200


@pages.post("/desk/moderation/gold/<int:gold_id>/end")
@door(word_keepers)
def end_gold(gold_id: int) -> Any:
    """Show it to nobody any more."""
    deeds.end_gold(reader(), gold_id)
    flash(_("不再用这一条了。"))
    return see(url_for(".gold"))


def _added(form: GoldForm) -> bool:
    try:
        deeds.add_gold(
            reader(),
            about={"zh": form.about.data or ""},
            band=form.band.data,
            text=form.text.data or "",
            verdict=form.verdict.data,
            reasons=form.reasons.data or (),
            why=form.why.data or "",
        )
    except RulesBroken as refusal:
        form.take(refusal)
        return False
    return True


def _page(form: GoldForm) -> str:
    before = read_key(request.args.get("before"))
    who = reader()
    may_keep_gold.require(who, None, now())
    found = queries.known_texts(who, before=before)
    shown, more = found[: queries.PAGE], len(found) > queries.PAGE
    return render_template(
        "moderation/gold.html",
        known=shown,
        unseen=queries.unseen_count(who),
        before=before,
        older=shown[-1].gold.id if more else 0,
        form=form,
        reason_label=reason_label,
    )
