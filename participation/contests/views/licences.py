"""A guardian signs with the child: by the code of a slip, without an account (R66)."""

from typing import Any, Final

from flask import Response, render_template, request, url_for
from flask_login import current_user

from participation.accounts.consent import order_of
from participation.contests.actions import licences as deeds
from participation.contests.forms.entries import read_uses
from participation.contests.forms.licences import LicenceCodeForm, LicenceForm
from participation.contests.policies.entries import may_sign_licence
from participation.contests.queries.files import sorted_files
from participation.contests.queries.licences import LicenceAsked, licence_by_code
from participation.contests.rights import rights_for_guardians
from participation.contests.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.storage import store
from participation.kernel.web import see
from participation.media.queries import files_of
from participation.media.queries.serving import served

SHOWN: Final = {"image/webp", "image/jpeg", "image/png"}


@pages.route("/licence", methods=["GET", "POST"])
@door(anyone)
def licences() -> Any:
    """The field for the code of a slip."""
    form = LicenceCodeForm()
    if request.method == "POST" and form.validate():
        try:
            deeds.find_licence(form.code.data or "", address=request.remote_addr or "")
            return see(url_for(".licence", code=grouped(form.code.data or "")))
        except RuleBroken as refusal:
            form.take(refusal)
    status = 422 if request.method == "POST" else 200
    return render_template("contests/licences.html", form=form), status


@pages.route("/licence/<code>", methods=["GET", "POST"])
@door(anyone)
def licence(code: str) -> Any:
    """The work, what is asked, until when; both answers the same size, in an order of chance."""
    may_sign_licence.require(current_user, None, now())
    try:
        asked = licence_by_code(code)
    except Missing:
        return render_template("contests/licence_over.html"), 404
    form = LicenceForm()
    if request.method == "POST" and form.validate():
        wish, name = form.decision.data, asked.author.shown_as
        fresh = deeds.decide_licence(current_user, code, wish, read_uses(request.form))
        return render_template("contests/licensed.html", wish=wish, name=name, fresh=fresh)
    status = 422 if request.method == "POST" else 200
    return _asking(code, asked, form), status


def _asking(code: str, asked: LicenceAsked, form: LicenceForm) -> str:
    files = sorted_files(files_of(asked.subject))
    return render_template(
        "contests/licence.html",
        asked=asked,
        call=asked.call,
        code=code,
        form=form,
        order=order_of(code),
        rights=rights_for_guardians(asked.call),
        ticked=read_uses(request.form),
        pictures=[file for file in files.pictures if file.is_ready],
        recording=[file for file in files.recording if file.is_ready],
    )


@pages.get("/licence/<code>/files/<slot>")
@door(anyone)
def licensed_file(code: str, slot: str) -> Response:
    """A file of that work for whoever holds the slip: gone with its code, kept by no browser."""
    asked = licence_by_code(code)
    file = next((one for one in files_of(asked.subject) if one.slot == slot), None)
    name = "sound" if file is not None and file.kind == "sound" else "medium"
    found = served(file.id, name, file.version) if file is not None else None
    if found is None or not (found.mime in SHOWN or found.mime.startswith("audio/")):
        raise Missing
    answer = Response(store().read(found.key), content_type=found.mime)
    answer.headers["Content-Length"] = str(found.size)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
