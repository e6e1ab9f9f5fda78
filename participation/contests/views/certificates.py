"""Whoever holds a certificate may check it: what it says, and whether the name on it is right."""

from typing import Any

from flask import render_template, request, url_for

from participation.contests.actions.recognition import bears_name, find_certificate
from participation.contests.forms.recognition import CertificateCodeForm, CertificateNameForm
from participation.contests.queries.recognition import verified
from participation.contests.recognition import level_words
from participation.contests.views.blueprint import pages
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.web import see


@pages.route("/verify/certificate", methods=["GET", "POST"])
@door(anyone)
def check_certificate() -> Any:
    """Where the code of a certificate is typed."""
    form = CertificateCodeForm()
    if form.validate_on_submit():
        try:
            find_certificate(form.code.data or "", address=request.remote_addr or "")
            return see(url_for(".verify_certificate", code=grouped(form.code.data or "")))
        except RuleBroken as refusal:
            form.take(refusal)
    status = 422 if form.is_submitted() else 200
    return render_template("contests/check_certificate.html", form=form), status


@pages.route("/verify/certificate/<code>", methods=["GET", "POST"])
@door(anyone)
def verify_certificate(code: str) -> Any:
    """What the certificate of this code says, and a field for the name on the paper."""
    form = CertificateNameForm()
    try:
        matches = _matches(code, form)
        found = verified(code)
    except Missing:
        return render_template("contests/no_certificate.html", form=CertificateCodeForm()), 404
    status = 422 if form.is_submitted() and matches is None else 200
    shown = {"found": found, "form": form, "matches": matches, "level": level_words(found.level)}
    return render_template("contests/verified.html", **shown), status


def _matches(code: str, form: CertificateNameForm) -> bool | None:
    """Is the typed name the printed one? None where none was typed."""
    if not form.validate_on_submit():
        return None
    try:
        return bears_name(code, form.name.data or "", address=request.remote_addr or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return None
