"""What goes into the file of a concern: reports, closing by two, the identity behind it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.paper import class_name
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken, RulesBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.safeguarding import actions, policies
from participation.safeguarding.forms import (
    ClosingForm,
    IdentityForm,
    NumberForm,
    RefusalForm,
    ReopenForm,
    ReportForm,
    in_city,
    local,
)
from participation.safeguarding.models import Concern, IdentityRequest
from participation.safeguarding.queries.concerns import (
    has_line,
    latest_words,
    line_of,
    numbers_of,
    request_about,
)
from participation.safeguarding.sealing import contents_of
from participation.safeguarding.views.blueprint import concern_readers, pages, taken, the_concern
from participation.safeguarding.views.desk import WORDS, deed_on


@pages.post("/desk/concerns/<int:concern_id>/report-form")
@door(concern_readers)
def open_report(concern_id: int) -> Any:
    """The form of a report, filled in from the concern: it shows the words, so it is on record."""
    found = actions.read_concern(current_user, the_concern(concern_id))
    form, contents = ReportForm(formdata=None), contents_of(found)
    form.at.data = local(now())
    known = [contents.name, contents.school, contents.class_name, contents.contact]
    form.text.data = "\n".join([latest_words(found), *filter(None, known)])
    return _report_page(found, form)


@pages.post("/desk/concerns/<int:concern_id>/report")
@door(concern_readers)
def report_concern(concern_id: int) -> Any:
    """Put a report that was made into the log (未成年人保护法 art. 11)."""
    found, form = the_concern(concern_id), ReportForm()
    try:
        if not form.validate():
            return _report_page(found, form), 422
        actions.report_concern(current_user, found, _report(form))
    except (RuleBroken, RulesBroken) as refusal:
        status = taken(form, refusal)  # first, so that the page says what is wrong
        return _report_page(found, form), status
    flash(_("报告记下了"), "thanks")
    return see(url_for(".concern", concern_id=found.id))


def _report(form: ReportForm) -> actions.Report:
    names = ("office", "unit", "person", "way", "number", "text")
    said = {name: getattr(form, name).data or "" for name in names}
    return actions.Report(at=in_city(form.at.data), **said)


@pages.post("/desk/concerns/<int:concern_id>/reports/<int:line_id>")
@door(concern_readers)
def print_report(concern_id: int, line_id: int) -> Any:
    """One report as a page for paper; looking at it is on record."""
    found = actions.read_concern(current_user, the_concern(concern_id))
    line = line_of(found, line_id, "report")
    if line is None:
        raise Missing
    return render_template(
        "safeguarding/report_printed.html",
        concern=found,
        line=line,
        number=numbers_of(found).get(line.id) or line.said["number"],
        **WORDS,
    )


@pages.route(
    "/desk/concerns/<int:concern_id>/reports/<int:line_id>/number", methods=["GET", "POST"]
)
@door(concern_readers)
def add_number(concern_id: int, line_id: int) -> Any:
    """The reference number of a report, when the office gives it."""
    found, form = the_concern(concern_id), NumberForm()
    if not has_line(found, "report", line_id):
        raise Missing
    if not form.is_submitted() or not form.validate():
        return _number_page(found, line_id, form), 422 if form.is_submitted() else 200
    try:
        actions.add_number(current_user, found, line_id, form.number.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return _number_page(found, line_id, form), 422
    flash(_("编号记下了"), "thanks")
    return see(url_for(".concern", concern_id=concern_id))


@pages.post("/desk/concerns/<int:concern_id>/close")
@door(concern_readers)
def ask_closing(concern_id: int) -> Any:
    """Ask a second officer to agree that it is over."""
    form, found = ClosingForm(), the_concern(concern_id)

    def deed() -> None:
        actions.ask_closing(
            current_user,
            found,
            form.reason.data or "",
            outcome=form.outcome.data or "",
            no_report=form.no_report.data or "",
            for_child=form.for_child.data or "",
        )

    return deed_on(found, "closing", form, deed, _("等另一位保护老师同意"))


@pages.post("/desk/concerns/<int:concern_id>/close/decide")
@door(concern_readers)
def decide_closing(concern_id: int) -> Any:
    """The second officer agrees, or says why not."""
    form, found = RefusalForm(), the_concern(concern_id)

    def deed() -> None:
        if "agree" in request.form:
            return actions.confirm_closing(current_user, found)
        return actions.refuse_closing(current_user, found, form.refusal.data or "")

    return deed_on(found, "refusal", form, deed, _("记下了"))


@pages.post("/desk/concerns/<int:concern_id>/close/withdraw")
@door(concern_readers)
def withdraw_closing(concern_id: int) -> Any:
    """Whoever asked that it be closed takes that back."""
    actions.withdraw_closing(current_user, the_concern(concern_id))
    flash(_("收回了，这一条接着办"), "thanks")
    return see(url_for(".concern", concern_id=concern_id))


@pages.post("/desk/concerns/<int:concern_id>/reopen")
@door(concern_readers)
def reopen_concern(concern_id: int) -> Any:
    """Open again what was closed by mistake."""
    form, found = ReopenForm(), the_concern(concern_id)

    def deed() -> None:
        actions.reopen_concern(current_user, found, form.reopen.data or "")

    return deed_on(found, "reopen", form, deed, _("重新打开了，时钟从头走，已经叫人了"))


@pages.post("/desk/concerns/<int:concern_id>/remove")
@door(concern_readers)
def remove_concern(concern_id: int) -> Any:
    """Take it out of the files once its years are over."""
    actions.remove_concern(current_user, the_concern(concern_id))
    flash(_("这一条已经删掉"), "thanks")
    return redirect(url_for(".concerns"), code=303)


@pages.post("/desk/concerns/<int:concern_id>/identity")
@door(concern_readers)
def ask_identity(concern_id: int) -> Any:
    """Ask to see who wrote it, with a reason."""
    form, found = IdentityForm(), the_concern(concern_id)

    def deed() -> None:
        actions.ask_identity(current_user, found, form.why.data or "")

    return deed_on(found, "identity", form, deed, _("等另一位保护老师同意"))


@pages.post("/desk/concerns/<int:concern_id>/identity/<int:request_id>/decide")
@door(concern_readers)
def decide_identity(concern_id: int, request_id: int) -> Any:
    """The second officer agrees, or not."""
    found, asked = _asked(concern_id, request_id)
    agreed = "agree" in request.form
    actions.decide_identity(current_user, found, asked, approved=agreed)
    flash(_("记下了"), "thanks")
    return see(url_for(".concern", concern_id=found.id))


@pages.post("/desk/concerns/<int:concern_id>/identity/<int:request_id>/see")
@door(concern_readers)
def see_identity(concern_id: int, request_id: int) -> Any:
    """Who it is: shown once, in the answer to this very request."""
    found, asked = _asked(concern_id, request_id)
    person = actions.see_identity(current_user, found, asked)
    place = class_name(person.school_class) if person.school_class else ""
    return render_template(
        "safeguarding/identity.html", concern=found, person=person, class_name=place, alone=False
    )


def _asked(concern_id: int, request_id: int) -> tuple[Concern, IdentityRequest]:
    found = the_concern(concern_id)
    asked = request_about(found, request_id)
    if asked is None:
        raise Missing
    return found, asked


def _report_page(found: Concern, form: ReportForm) -> str:
    return render_template("safeguarding/report.html", concern=found, form=form)


def _number_page(found: Concern, line_id: int, form: NumberForm) -> str:
    policies.may_add_number.require(current_user, found, now())
    return render_template("safeguarding/number.html", concern=found, line_id=line_id, form=form)
