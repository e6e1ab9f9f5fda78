"""The reading desk: the queue, the case in hand, the verdict, and what one decided before."""

from typing import Any

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.models import Person
from participation.accounts.queries import person
from participation.accounts.roles import moderators
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _, _l
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.moderation import actions, queries
from participation.moderation.forms import VerdictForm
from participation.moderation.models import Case
from participation.moderation.policies import may_judge
from participation.moderation.reasons import ESCALATED, language_of

pages = Blueprint("moderation", __name__)

SAID = {
    "approved": _l("上一条已通过。"),
    "returned": _l("上一条请孩子改了。"),
    "refused": _l("上一条没有发布。"),
    "escalated": _l("上一条已交给保护老师。"),
}


@pages.get("/desk/moderation")
@door(moderators)
def desk() -> Any:
    """The queue, oldest first, and the way to the next text."""
    after = read_key(request.args.get("after"))
    waiting = queries.waiting_cases(current_user.person_id, after=after)
    return render_template(
        "moderation/desk.html",
        waiting=waiting[: queries.PAGE],
        more=len(waiting) > queries.PAGE,
        after=after,
        count=queries.waiting_count(),
        refusal=may_judge.refusal(_judge(), None, now()),
        moment=now(),
    )


@pages.post("/desk/moderation/next")
@door(moderators)
def claim_next() -> Any:
    """Take the oldest free text."""
    return _go_on(_judge())


@pages.post("/desk/moderation/cases/<int:case_id>/claim")
@door(moderators)
def claim(case_id: int) -> Any:
    """Take this text out of its turn."""
    taken = actions.claim(_judge(), case_id)
    return see(url_for(".case", case_id=taken.id))


@pages.get("/desk/moderation/cases/<int:case_id>")
@door(moderators)
def case(case_id: int) -> Any:
    """The text in hand; covered where the lease ran out, and of what one decided before."""
    found = queries.case_for(_vetted().id, case_id)
    if found is None:
        abort(404)
    form = VerdictForm(formdata=None, version=found.version)
    return _case_page(found, form, opened=queries.is_held(found))


@pages.post("/desk/moderation/cases/<int:case_id>/reread")
@door(moderators)
def reread(case_id: int) -> Any:
    """Open what one decided; shown in this very answer, so that no look is unseen."""
    found = actions.reread(_judge(), case_id)
    return _case_page(found, VerdictForm(formdata=None), opened=True)


@pages.post("/desk/moderation/cases/<int:case_id>/decide")
@door(moderators)
def decide(case_id: int) -> Any:
    """Judge the text in hand, or look at the child's sentence first, or skip; then go on."""
    who, form, pressed = _judge(), VerdictForm(), request.form.get("verdict", "")
    found = _in_hand(who, case_id)
    if pressed == "preview":
        return _propose(who, found, form)
    if pressed == "skip":
        actions.put_back(who, found.id)
        return _go_on(who, after=found.id)
    if not (form.validate() and _decided(who, found, form, pressed)):
        return _case_page(found, form, opened=True), 422
    flash(str(SAID[pressed]), "thanks")
    return _go_on(who)


@pages.get("/desk/moderation/mine")
@door(moderators)
def mine() -> Any:
    """What one decided, newest first."""
    before = read_key(request.args.get("before"))
    found = queries.decided_by(current_user.person_id, before=before)
    shown, more = found[: queries.PAGE], len(found) > queries.PAGE
    return render_template(
        "moderation/mine.html",
        verdicts=shown,
        before=before,
        older=shown[-1].id if more else 0,
        since=queries.reread_since(),
        reason_label=queries.reason_label,
    )


def _judge() -> Person:
    found = person(current_user.person_id)
    if found is None:
        abort(403)
    return found


def _vetted() -> Person:
    who = _judge()
    may_judge.require(who, None, now())
    return who


def _in_hand(who: Person, case_id: int) -> Case:
    """The case that `who` holds; where she holds it no more, she is told so (409)."""
    may_judge.require(who, None, now())
    found = queries.case_for(who.id, case_id)
    if found is None or found.state != "waiting":
        raise RuleBroken(actions.GONE)
    return found


def _propose(who: Person, found: Case, form: VerdictForm) -> str:
    actions.renew(who, found.id)
    form.propose(found)
    return _case_page(found, form, opened=True)


def _decided(who: Person, found: Case, form: VerdictForm, verdict: str) -> bool:
    """Try to judge; False, with the sentences on the form, when something is missing."""
    try:
        actions.decide(
            who,
            found.id,
            version=form.version.data or 0,
            verdict=verdict,
            reasons=form.reasons.data or (),
            sentence=form.said(verdict),
            marks=form.marks.data or (),
            sure=bool(form.sure.data),
        )
    except RulesBroken as refusal:
        form.take(refusal)
        return False
    return True


def _go_on(who: Person, *, after: int = 0) -> Any:
    """To the next free text; to the queue when there is none."""
    taken = actions.claim_next(who, after=after)
    if taken is not None:
        return see(url_for(".case", case_id=taken.id))
    flash(_("后面没有要看的了。") if after else _("现在没有要看的了。"))
    return see(url_for(".desk"))


def _case_page(found: Case, form: VerdictForm, *, opened: bool) -> str:
    locale = language_of(found.text)
    return render_template(
        "moderation/case.html",
        case=found,
        form=form,
        opened=opened,
        pieces=queries.pieces(found) if opened else [],
        own=found.state == "waiting" and opened,
        beside=queries.waiting_cases(current_user.person_id, most=queries.BESIDE),
        escalated=ESCALATED.in_locale(locale),
        child_locale=locale,
        moment=now(),
    )
