"""The public notice of an outcome, and objecting to it without an account."""

import secrets
from typing import Any, Final

from flask import Response, make_response, render_template, request, url_for
from flask_login import current_user

from participation.accounts.cards import PICTURES
from participation.contests.actions import objections as actions
from participation.contests.call import ShownCall
from participation.contests.drawn import read_place
from participation.contests.forms.notice import ObjectionForm, ReadAnswerForm
from participation.contests.policies.notice import may_object, may_see_notice
from participation.contests.queries import call
from participation.contests.queries.hung import id_of
from participation.contests.queries.notice import NoticePlace, notice_page, noticing_of
from participation.contests.views.blueprint import pages
from participation.kernel import limits
from participation.kernel.clock import now
from participation.kernel.codes import grouped
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing, RuleBroken, TooMany
from participation.kernel.forms import Form
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import see
from participation.safeguarding.actions import Asked
from participation.safeguarding.receipts import Receipt, receipt_code

A_SCHOOL_AN_HOUR: Final = 60
"""Objections an hour from one address: a whole school may stand behind it."""
TRIES_AN_HOUR: Final = 60


def _unlisted(page: str, status: int = 200) -> Response:
    """No search engine keeps it, and no browser either (R69)."""
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex, noarchive"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/calls/<int:call_id>/notice")
@door(anyone)
def notice(call_id: int) -> Response:
    """The thin list of chosen works, for as long as it is up."""
    found = call(call_id)
    noticing, moment = noticing_of(found), now()
    if not may_see_notice(current_user, noticing, moment):
        raise Missing
    page = notice_page(found, _place(request.args.get("after", "")))
    may = may_object(current_user, noticing, moment)
    return _unlisted(render_template("contests/notice.html", call=found, page=page, may_object=may))


def _place(text: str) -> NoticePlace | None:
    part, _dot, mark = text.partition(".")
    there = read_place(mark)
    return NoticePlace(int(part), there) if part in ("0", "1") and there else None


@pages.route("/calls/<int:call_id>/objections", methods=["GET", "POST"])
@door(anyone)
def object_to(call_id: int) -> Any:
    """Object to the outcome while it is up for notice; without an account."""
    found, form = call(call_id), ObjectionForm()
    may_object.require(current_user, noticing_of(found), now())
    if not form.validate_on_submit():
        return _objecting(found, form, 422 if form.is_submitted() else 200)
    try:
        _count("objection", A_SCHOOL_AN_HOUR)
        told = actions.object_to(
            found, form.text.data or "", entry_id=_meant(), once=form.once.data or ""
        )
    except (RuleBroken, TooMany) as refusal:
        return _objecting(found, form, _taken(form, refusal))
    return see(_helped(told)) if isinstance(told, Asked) else _objected(found, told)


def _meant() -> bytes | None:
    """The work that an objection is about, where one is meant."""
    key = request.args.get("work", "")
    return id_of(key) if key else None


def _objecting(found: ShownCall, form: ObjectionForm, status: int) -> Response:
    if not form.is_submitted():
        form.once.data = secrets.token_hex(16)
    page = render_template(
        "contests/object.html", call=found, form=form, meant=request.args.get("work", "")
    )
    return _unlisted(page, status)


def _objected(found: ShownCall, told: actions.Objected) -> Response:
    """Number and secret stand in the answer to this very request, and nowhere else."""
    page = render_template(
        "contests/objected.html",
        call=found,
        number=grouped(told.number),
        secret=told.secret,
        pictures=PICTURES,
        days=actions.DAYS,
    )
    return _unlisted(page)


def _helped(told: Asked) -> str:
    """The page after a message to the officers, which shows the secret of their answer."""
    receipt = Receipt(
        concern_id=told.concern.id,
        letters=told.secret.letters,
        pictures=told.secret.pictures,
        at_once=told.signs.is_at_once,
        complaint=True,
    )
    return url_for("safeguarding.helped", code=receipt_code(receipt))


@pages.route("/calls/<int:call_id>/objections/answer", methods=["GET", "POST"])
@door(anyone)
def read_objection_answer(call_id: int) -> Any:
    """Read the answer to an objection, by its number and its small secret."""
    found, form = call(call_id), ReadAnswerForm()
    if not form.validate_on_submit():
        return _reading(found, form, 422 if form.is_submitted() else 200)
    try:
        _count("objection-answer", TRIES_AN_HOUR)
        objection = actions.read_answer(
            found, form.number.data or "", form.letters.data or "", form.chosen
        )
    except (RuleBroken, TooMany) as refusal:
        return _reading(found, form, _taken(form, refusal))
    return _unlisted(
        render_template("contests/objection_answer.html", call=found, objection=objection)
    )


def _reading(found: ShownCall, form: ReadAnswerForm, status: int) -> Response:
    page = render_template("contests/read_objection.html", call=found, form=form, pictures=PICTURES)
    return _unlisted(page, status)


def _count(what: str, most: int) -> None:
    address = fingerprint("address", request.remote_addr or "").hex()
    limits.allow(f"{what}:{address}", most=most, seconds=3600)


def _taken(form: Form, refusal: RuleBroken | TooMany) -> int:
    if isinstance(refusal, TooMany):
        form.form_errors.append(str(refusal))
        return refusal.status
    form.take(refusal)
    return 422
