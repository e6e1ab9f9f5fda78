"""The juror's pages, the same for grown jurors and children: packs, one work a page, an order."""

from collections.abc import Callable
from typing import Any, Final

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import CHILD, JUROR, TEACHER
from participation.contests.actions import judging, panels
from participation.contests.forms.judging import JudgementForm, data_of_judgement, steps_typed
from participation.contests.policies.juries import (
    may_answer_invitation,
    may_judge_work,
)
from participation.contests.queries.blind import blind_work
from participation.contests.queries.packs import (
    Before,
    Pack,
    next_work,
    order_of,
    own_packs,
    own_progress,
    own_round,
    pack_page,
    whole_pack,
    work_before,
)
from participation.contests.queries.panels import own_seats
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import Door, door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see

jurors: Final = Door("jurors", frozenset({JUROR, TEACHER, CHILD}))
"""Whoever can sit on a panel; which work she sees is asked of each."""


def layout() -> str:
    """A child's pages look like her others, a grown-up's like the desk."""
    return "layouts/page.html" if current_user.is_child else "layouts/staff.html"


@pages.get("/jury")
@door(jurors)
def packs() -> str:
    """What a juror was asked to, and her packs."""
    seats = own_seats(current_user.person_id)
    return render_template(
        "contests/packs.html",
        layout=layout(),
        invited=[one for one in seats if one.juror.state == "invited"],
        seated=[one for one in seats if one.juror.state == "accepted"],
        packs=own_packs(current_user.person_id),
        why=lambda seat: may_answer_invitation.refusal(current_user, seat.chair, now()),
    )


@pages.post("/jury/seats/<int:juror_id>/<any(yes, no, leave):answer>")
@door(jurors)
def answer_invitation(juror_id: int, answer: str) -> Any:
    """Say yes or no for oneself, or that one can't go on."""
    try:
        if answer == "leave":
            panels.leave_panel(current_user, juror_id)
        else:
            panels.answer_invitation(current_user, juror_id, yes=answer == "yes")
    except RuleBroken as refusal:
        flash(str(refusal), "fix")
        return see(url_for(".packs"))
    said = {
        "yes": _("谢谢！作品来了，就在这里。"),
        "no": _("好，这次不用你评。"),
        "leave": _("好，你评完的都算数，没评的给别人。"),
    }
    flash(said[answer], "thanks")
    return see(url_for(".packs"))


@pages.get("/jury/rounds/<int:round_id>")
@door(jurors)
def pack(round_id: int) -> str:
    """The running list of a pack; a ranking is put in order here."""
    of, juror = own_round(current_user, round_id)
    if of.way == "ranking":
        return _order_page(whole_pack(current_user, round_id))
    found = pack_page(of, juror, after=request.args.get("after", ""))
    return render_template("contests/pack.html", layout=layout(), page=found)


def _order_page(found: Pack) -> str:
    first = found.assignments[0] if found.assignments else None
    refusal = may_judge_work.refusal(current_user, found.seat(first), now()) if first else None
    return render_template(
        "contests/order.html", layout=layout(), pack=found, order=order_of(found), refusal=refusal
    )


@pages.post("/jury/rounds/<int:round_id>/order")
@door(jurors)
def order_works(round_id: int) -> Any:
    """Move a work one place, or say that the order stands."""
    found = whole_pack(current_user, round_id, lock=True)
    number, _colon, way = request.form.get("move", "").partition(":")
    if number.isdecimal() and len(number) < 16:
        judging.move_work(current_user, found, int(number), up=way == "up")
        return see(url_for(".pack", round_id=round_id, _anchor=f"work-{number}"))
    done = request.form.get("do") == "done"
    judging.finish_order(current_user, found, done=done)
    flash(_("排好了，记下了。") if done else _("好，再排一排。"), "thanks")
    return see(url_for(".pack", round_id=round_id))


@pages.get("/jury/<int:assignment_id>")
@door(jurors)
def judge(assignment_id: int) -> Any:
    """One work, without anything of who made it."""
    before = work_before(current_user, assignment_id)
    form = JudgementForm(formdata=None, data=data_of_judgement(before.judgement))
    kept = (before.judgement.steps if before.judgement else None) or {}
    return _page(before, form, {int(one): step for one, step in kept.items()}, 200)


def _page(before: Before, form: JudgementForm, steps: Any, status: int) -> tuple[str, int]:
    form.offer(before.call)
    judged, count = own_progress(before)
    page = render_template(
        "contests/judge.html",
        layout=layout(),
        before=before,
        call=before.call,
        work=blind_work(before.entry, viewer=current_user.sign_in),
        form=form,
        steps=steps,
        judged=judged,
        count=count,
        next=next_work(before),
        refusal=may_judge_work.refusal(current_user, before.seat, now()),
    )
    return page, status


@pages.post("/jury/<int:assignment_id>")
@door(jurors)
def judge_work(assignment_id: int) -> Any:
    """Keep what was filled in, and go on to the next work."""
    before = work_before(current_user, assignment_id, lock=True)
    form = JudgementForm()
    form.offer(before.call)
    steps = steps_typed(request.form, before.call.criteria)
    if not form.validate():
        return _page(before, form, steps, 422)
    try:
        whole = _keep(before, form, steps)
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return _page(before, form, steps, 422)
    flash(_("记下了。") if whole else _("先存着。还有没选的，选完才算评过。"), "thanks")
    return _on(before)


def _keep(before: Before, form: JudgementForm, steps: dict[int, int | None]) -> bool:
    said = form.said(steps)
    if before.round.way != "ranking":
        return judging.judge_work(current_user, before, said, version=form.seen)
    judging.note_liked(current_user, before, said.liked, said.note)
    return True


def _on(before: Before) -> Any:
    """To the next work of her pack, or to its list where nothing is left."""
    following = 0 if before.round.way == "ranking" else next_work(before)
    if following and request.form.get("do") != "save":
        return see(url_for(".judge", assignment_id=following))
    return see(url_for(".pack", round_id=before.round.id))


DEEDS: Final[dict[str, Callable[[Any, Before], None]]] = {
    "defer": judging.defer_work,
    "recuse": judging.recuse_work,
}


@pages.post("/jury/<int:assignment_id>/<any(defer, recuse):deed>")
@door(jurors)
def put_off_work(assignment_id: int, deed: str) -> Any:
    """Look at it later, or give it away because one knows who made it."""
    before = work_before(current_user, assignment_id, lock=True)
    DEEDS[deed](current_user, before)
    flash(_("放到后面了。") if deed == "defer" else _("换给别的评委看了，不用说为什么。"), "thanks")
    return _on(before)
