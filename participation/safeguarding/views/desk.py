"""The safeguarding desk: what waits, one concern, and what one officer does to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.exhibits import Exhibit, exhibits_of
from participation.kernel.forms import Form
from participation.kernel.i18n import _, _l
from participation.kernel.subjects import Subject
from participation.kernel.web import see
from participation.safeguarding import actions, policies, queries
from participation.safeguarding.forms import (
    AloneForm,
    ChildAnswerForm,
    ClosingForm,
    IdentityForm,
    JudgementForm,
    LevelForm,
    NoteForm,
    RefusalForm,
    ReopenForm,
    TakeOverForm,
    number_of,
)
from participation.safeguarding.models import Concern
from participation.safeguarding.promises import due_of
from participation.safeguarding.queries import emergencies
from participation.safeguarding.queries.concerns import Place, has_read, place_of, requests_about
from participation.safeguarding.queries.duty import duty_officer, names_of
from participation.safeguarding.sealing import Contents, contents_of, fields_of
from participation.safeguarding.views.blueprint import concern_readers, pages, the_concern
from participation.safeguarding.wording import (
    LEVELS,
    OFFICES,
    SIGNS,
    WAYS,
    clock_shape,
    clock_words,
)

FORMS = {
    "note": NoteForm,
    "level": LevelForm,
    "answer": ChildAnswerForm,
    "closing": ClosingForm,
    "refusal": RefusalForm,
    "identity": IdentityForm,
    "reopen": ReopenForm,
    "alone": AloneForm,
    "judgement": JudgementForm,
}
TAKEN: Final = _l("好，这一条在你手里了")
WORDS = {
    "clock_words": clock_words,
    "clock_shape": clock_shape,
    "levels": LEVELS,
    "signs": SIGNS,
    "offices": OFFICES,
    "ways": WAYS,
    "due_of": due_of,
    "moment_of": lambda text: datetime.fromisoformat(text) if text else None,
}


@pages.get("/desk/concerns")
@door(concern_readers)
def concerns() -> Any:
    """What waits for this reader, the urgent first; the words themselves are not shown here."""
    state, behind = request.args.get("state", ""), _place(request.args.get("before"))
    found = queries.concerns_for(current_user, state=state, behind=behind)
    shown = found[: queries.PAGE]
    return render_template(
        "safeguarding/concerns.html",
        concerns=shown,
        alarming=emergencies.with_emergency(shown),
        state=state,
        before=behind,
        older=place_of(shown[-1]) if len(found) > queries.PAGE else None,
        alone=current_user.role == "safeguarding" and duty_officer(now()) is None,
        **WORDS,
    )


def _place(text: str | None) -> Place | None:
    """Where the page begins; the first page for what is no place."""
    parts = (text or "").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    rank, level, last = map(number_of, parts)
    return Place(rank, level, last)


@pages.get("/desk/concerns/<int:concern_id>")
@door(concern_readers)
def concern(concern_id: int) -> Any:
    """One concern with its words still covered: to open them is a deed on record."""
    return concern_page(the_concern(concern_id), opened=False)


@pages.post("/desk/concerns/<int:concern_id>/read")
@door(concern_readers)
def read_concern(concern_id: int) -> Any:
    """Open the words; shown in the answer to this very request, so that no reading is unseen."""
    found = actions.read_concern(current_user, the_concern(concern_id))
    return concern_page(found, opened=True)


@pages.post("/desk/concerns/<int:concern_id>/take")
@door(concern_readers)
def take_concern(concern_id: int) -> Any:
    """ "I am on it": stops the calls. Where another officer has it, the page asks once more."""
    found = the_concern(concern_id)
    if found.taken_by not in (None, current_user.person_id):
        return see(url_for(".take_over", concern_id=concern_id))
    actions.take_concern(current_user, found)
    flash(str(TAKEN), "thanks")
    return see(url_for(".concern", concern_id=concern_id))


@pages.route("/desk/concerns/<int:concern_id>/take-over", methods=["GET", "POST"])
@door(concern_readers)
def take_over(concern_id: int) -> Any:
    """Take it out of another's hands: says who has it since when, and wants a reason."""
    found, form = the_concern(concern_id), TakeOverForm()
    if not form.is_submitted() or not form.validate():
        return _take_over_page(found, form), 422 if form.is_submitted() else 200
    try:
        holder = number_of(request.form.get("holder"))
        actions.take_over(current_user, found, form.reason.data or "", holder=holder)
    except RuleBroken as refusal:
        form.take(refusal)
        return _take_over_page(found, form), 422
    flash(str(TAKEN), "thanks")
    return see(url_for(".concern", concern_id=concern_id))


def _take_over_page(found: Concern, form: Form) -> str:
    policies.may_work_on_concern.require(current_user, found, now())
    return render_template(
        "safeguarding/take_over.html", concern=found, form=form, names=names_of(found, [])
    )


@pages.post("/desk/concerns/<int:concern_id>/note")
@door(concern_readers)
def note_concern(concern_id: int) -> Any:
    """Add a note."""
    form, found = NoteForm(), the_concern(concern_id)

    def deed() -> None:
        actions.note_concern(current_user, found, form.note.data or "")

    return deed_on(found, "note", form, deed, _("记下了"))


@pages.post("/desk/concerns/<int:concern_id>/level")
@door(concern_readers)
def set_level(concern_id: int) -> Any:
    """Give it another level."""
    form, found = LevelForm(), the_concern(concern_id)

    def deed() -> None:
        actions.set_level(current_user, found, number_of(form.level.data))

    return deed_on(found, "level", form, deed, _("级别改了"))


@pages.post("/desk/concerns/<int:concern_id>/answer")
@door(concern_readers)
def answer_child(concern_id: int) -> Any:
    """Answer in words for a child."""
    form, found = ChildAnswerForm(), the_concern(concern_id)

    def deed() -> None:
        actions.answer_child(current_user, found, form.answer.data or "")

    return deed_on(found, "answer", form, deed, _("回信放好了，孩子看得到"))


def deed_on(found: Concern, name: str, form: Form, deed: Any, said: str) -> Any:
    """Do it and go back to the concern; a refusal keeps what was typed on the covered page."""
    try:
        if not form.validate():
            return concern_page(found, opened=False, wrong=(name, form)), 422
        deed()
    except (RuleBroken, RulesBroken) as refusal:
        form.take(refusal)
        return concern_page(found, opened=False, wrong=(name, form)), 422
    flash(said, "thanks")
    return see(url_for(".concern", concern_id=found.id))


def concern_page(found: Concern, *, opened: bool, wrong: tuple[str, Form] | None = None) -> str:
    """The page of a concern; its words, its log and reasons only where it was `opened`."""
    name, form = wrong or ("", None)
    forms: dict[str, Any] = {
        key: form if key == name else made(formdata=None) for key, made in FORMS.items()
    }
    if name != "level":
        forms["level"].level.data = str(found.level)
    asked, seen_alone = requests_about(found), emergencies.emergencies_of(found)
    return render_template(
        "safeguarding/concern.html",
        concern=found,
        contents=(contents := contents_of(found) if opened else None),
        exhibits=_exhibits(contents),
        log=queries.log_of(found) if opened else [],
        requests=asked,
        reasons={one.id: fields_of(one).get("reason", "") for one in asked} if opened else {},
        names=names_of(found, asked),
        form=form or forms["note"],
        forms=forms,
        why=_refusals(found),
        may=_may(found, asked, seen_alone),
        emergencies=seen_alone,
        **WORDS,
    )


def _exhibits(contents: Contents | None) -> Sequence[Exhibit]:
    """Pictures and sounds that go with the words, as long as their room keeps them."""
    about = contents.subject if contents else ""
    return exhibits_of(Subject.parse(about)) if about else ()


def _refusals(found: Concern) -> dict[str, str]:
    """Why a deed is not possible now; empty where it is."""
    danger = emergencies.danger_of(found)
    rights = {
        "work": (policies.may_work_on_concern, found),
        "close": (policies.may_ask_closing, found),
        "confirm": (policies.may_confirm_closing, found),
        "withdraw": (policies.may_withdraw_closing, found),
        "reopen": (policies.may_reopen_concern, found),
        "remove": (policies.may_remove_concern, found),
        "alone": (policies.may_see_alone, danger),
    }
    asked = {
        name: held.refusal(current_user, thing, now()) for name, (held, thing) in rights.items()
    }
    return {name: str(sentence or "") for name, sentence in asked.items()}


def _may(found: Concern, asked: Any, seen_alone: Any) -> dict[str, Any]:
    """What this reader may do to each request and look, and what she has read of it by now."""
    me, moment = current_user, now()
    return {
        "decide": {one.id: policies.may_decide_identity(me, one, moment) for one in asked},
        "see": {one.id: policies.may_see_identity(me, one, moment) for one in asked},
        "judge": {one.id: policies.may_judge_emergency(me, one, moment) for one in seen_alone},
        "has_read": has_read(found, me.person_id),
        "has_read_since": lambda since: has_read(found, me.person_id, since),
    }
