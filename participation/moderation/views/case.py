"""One text in hand: what it says, what came before, and the verdict on it."""

from typing import Any

from flask import flash, render_template, request, url_for

from participation.accounts.models import Person
from participation.accounts.roles import moderators
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.exhibits import exhibits_of
from participation.kernel.i18n import _, _l
from participation.kernel.subjects import Subject
from participation.kernel.web import see
from participation.moderation import actions, queries
from participation.moderation.actions.gold import gold_of
from participation.moderation.actions.holding import GONE
from participation.moderation.forms import DoubtForm, VerdictForm
from participation.moderation.models import Case
from participation.moderation.policies import may_judge
from participation.moderation.reasons import ESCALATED, REPORTS, language_of
from participation.moderation.redaction import BAR, not_in, spans_of, spans_of_words
from participation.moderation.targets import due
from participation.moderation.views.blueprint import pages, reader
from participation.moderation.views.desk import go_on
from participation.screening.copies import alike

NOT_IN_HAND = _l("这条不在你手里：放下了，或者别的审核员拿走了。")
SAID = {
    "approved": _l("上一条已通过。"),
    "returned": _l("上一条请孩子改了。"),
    "refused": _l("上一条没有发布。"),
    "escalated": _l("上一条已交给保护老师。"),
}
SAID_OF_APPEAL = {
    "approved": _l("上一条改成了通过，孩子会收到你的回答。"),
    "refused": _l("上一条维持原来的决定，孩子会收到你的回答。"),
}
SAID_OF_REPORT = {
    "approved": _l("上一条留着。"),
    "returned": _l("上一条收起来了，请孩子改。"),
    "refused": _l("上一条收起来了。"),
}


@pages.post("/desk/moderation/cases/<int:case_id>/claim")
@door(moderators)
def claim(case_id: int) -> Any:
    """Take this text out of its turn; with what was typed before, where it was in hand already."""
    who = reader()
    taken = actions.claim(who, case_id, drop="drop" in request.form)
    if "resume" in request.form:
        form = VerdictForm()
        form.version.data = taken.version
        return _case_page(who, taken, form, opened=True)
    return see(url_for(".case", case_id=taken.id))


@pages.get("/desk/moderation/cases/<int:case_id>")
@door(moderators)
def case(case_id: int) -> Any:
    """The text in hand; covered where the lease ran out, and of what one decided before."""
    who = reader()
    may_judge.require(who, None, now())
    found = _own(who, case_id)
    form = VerdictForm(formdata=None, version=found.version)
    form.restore(found)
    return _case_page(who, found, form, opened=queries.is_held(found))


@pages.post("/desk/moderation/cases/<int:case_id>/reread")
@door(moderators)
def reread(case_id: int) -> Any:
    """Open what one decided; shown in this very answer, so that no look is unseen."""
    who = reader()
    found = actions.reread(who, case_id)
    return _case_page(who, found, VerdictForm(formdata=None), opened=True)


@pages.post("/desk/moderation/cases/<int:case_id>/renew")
@door(moderators)
def renew(case_id: int) -> Any:
    """Somebody is still looking at it: the script asks every two minutes."""
    return "", 204 if actions.renew(reader(), case_id) else 409


@pages.post("/desk/moderation/cases/<int:case_id>/undo")
@door(moderators)
def undo(case_id: int) -> Any:
    """Take one's verdict back within ten minutes."""
    found = actions.undo(reader(), case_id)
    flash(_("撤销了，请再看一次。"))
    return see(url_for(".case", case_id=found.id))


@pages.post("/desk/moderation/cases/<int:case_id>/again")
@door(moderators)
def look_again(case_id: int) -> Any:
    """Second thoughts about a text that one let through, with a sentence for whoever reads next."""
    who, form = reader(), DoubtForm()
    if not form.validate():
        found = _own(who, case_id)
        return _case_page(who, found, VerdictForm(formdata=None), opened=False, doubt=form), 422
    actions.look_again(who, case_id, form.doubt.data or "")
    flash(_("放回队里了，有人会再看一次。"))
    return see(url_for(".desk"))


@pages.post("/desk/moderation/cases/<int:case_id>/decide")
@door(moderators)
def decide(case_id: int) -> Any:
    """Judge the text in hand, or look at the child's sentence first, or skip; then go on."""
    who, form, pressed = reader(), VerdictForm(), request.form.get("verdict", "")
    found = _in_hand(who, case_id)
    if pressed == "preview":
        return _propose(who, found, form)
    if pressed == "skip":
        actions.put_back(who, found.id)
        return go_on(who, after=found.id if found.kind != "gold" else 0)
    if not (form.validate() and _decided(who, found, form, pressed)):
        return _case_page(who, found, form, opened=True), 422
    _say_what_became(found, pressed)
    return go_on(who)


def _say_what_became(found: Case, verdict: str) -> None:
    if found.kind == "gold":
        gold = gold_of(found)
        agreed = _("这条是练习，和参考的一样。") if gold.verdict == verdict else ""
        flash((agreed or _("这条是练习，参考的决定不一样。")) + gold.why)
        return
    by_kind = {"appeal": SAID_OF_APPEAL, "report": SAID_OF_REPORT}.get(found.kind, SAID)
    flash(str(by_kind.get(verdict, SAID[verdict])), "thanks")


def _own(who: Person, case_id: int) -> Case:
    """The case that `who` holds or decided of late."""
    found = queries.case_for(who.id, case_id)
    if found is None:
        raise Missing(NOT_IN_HAND)
    return found


def _in_hand(who: Person, case_id: int) -> Case:
    """The case that `who` holds; where she holds it no more, she is told so (409)."""
    may_judge.require(who, None, now())
    found = queries.case_for(who.id, case_id)
    if found is None or found.state != "waiting":
        raise RuleBroken(GONE)
    return found


def _propose(who: Person, found: Case, form: VerdictForm) -> str:
    actions.renew(who, found.id)
    form.propose(found)
    return _case_page(who, found, form, opened=True)


def _decided(who: Person, found: Case, form: VerdictForm, verdict: str) -> bool:
    """Try to judge; False, with the sentences on the form, when something is missing."""
    hidden = (form.hide_words.data or "").split("\n")
    if strange := not_in(found.text, hidden):
        # What she believes to be covered would go out uncovered.
        words = _("、").join(strange)
        form.take(RuleBroken(_("这几个字不在原话里：%(words)s", words=words), field="hide_words"))
        return False
    bars = [*spans_of(found.hints, form.hide.data or ()), *spans_of_words(found.text, hidden)]
    try:
        actions.decide(
            who,
            found.id,
            version=form.version.data or 0,
            verdict=verdict,
            reasons=form.reasons.data or (),
            sentence=form.said(verdict, found.kind),
            marks=form.marks.data or (),
            sure=bool(form.sure.data),
            bars=bars,
        )
    except RulesBroken as refusal:
        form.take(refusal)
        return False
    return True


def _case_page(
    who: Person, found: Case, form: VerdictForm, *, opened: bool, doubt: DoubtForm | None = None
) -> str:
    locale, profile = language_of(found.text), queries.profile_of(who)
    return render_template(
        "moderation/case.html",
        case=found,
        form=form,
        doubt=doubt or DoubtForm(formdata=None),
        opened=opened,
        pieces=queries.pieces(found) if opened else [],
        own=found.state == "waiting" and opened,
        before=queries.before(found) if opened else None,
        kin=len(alike(found.text, queries.kin_texts(found))) if opened else 0,
        exhibits=exhibits_of(Subject(found.subject_kind, found.subject_id)) if opened else (),
        reports=queries.reports_on(found) if opened else (),
        report_words=REPORTS,
        reason_label=queries.reason_label,
        beside=queries.waiting_cases(profile, most=queries.BESIDE),
        due=due(found.opened_at, found.queue),
        load=profile.load,
        lately=queries.decided_lately(who.id),
        escalated=ESCALATED.in_locale(locale),
        child_locale=locale,
        bar=BAR,
        moment=now(),
    )
