"""How a child reads the answer: by her small secret, or on a page of her own behind the door."""

from contextlib import suppress
from typing import Any, Final

from flask import render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from participation.accounts.cards import PICTURES
from participation.accounts.roles import children
from participation.kernel import limits
from participation.kernel.codes import tidy
from participation.kernel.database import after_end
from participation.kernel.doors import anyone, door
from participation.kernel.errors import TooMany
from participation.kernel.i18n import _
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import same_site, see
from participation.safeguarding import actions
from participation.safeguarding.forms import AnswerForm
from participation.safeguarding.queries.answers import Message, message_of, messages_of
from participation.safeguarding.secretcodes import LETTERS, code_of
from participation.safeguarding.views.blueprint import AN_HOUR, pages, place_mark

TRIES_HERE: Final = 30
"""Wrong secrets an hour from one address: a school may stand behind it."""
TRIES_OF_LETTERS: Final = 10
"""Wrong pictures an hour with the same four letters: there are 126 choices of pictures."""


@pages.route("/help/answer", methods=["GET", "POST"])
@door(anyone)
def answer() -> Any:
    """Read the answer by the secret; what is wrong with a secret that opens nothing isn't told."""
    form = AnswerForm()
    if not form.is_submitted():
        return _page(form, None, 200)
    same_site()
    if not form.validate():
        return _page(form, None, 422)
    try:
        found = _tried(form.letters.data or "", form.pictures.data or [])
    except TooMany as refusal:
        form.form_errors.append(str(refusal))
        return _page(form, None, refusal.status)
    if found is None:
        form.form_errors.append(_("这个小暗号打不开。看看图案和字母对不对，再试一次。"))
    return _page(form, found, 200 if found else 422)


def _tried(letters: str, pictures: list[str]) -> Message | None:
    """Count the try before it is judged; a right one is given back, a wrong one stays counted."""
    word = fingerprint("answer letters", tidy(letters)[:LETTERS]).hex()
    names = {f"answer:{place_mark()}": TRIES_HERE, f"letters:{word}": TRIES_OF_LETTERS}
    began = {name: limits.allow(name, most=most, seconds=AN_HOUR) for name, most in names.items()}
    found = message_of(code_of(letters, pictures))
    if found is None:
        after_end(lambda: _counted(names))  # this request is refused, and forgets what it counted
        return None
    for name, starts in began.items():
        limits.give_back(name, starts)
    return found


def _counted(names: dict[str, int]) -> None:
    for name, most in names.items():
        with suppress(TooMany):
            limits.allow(name, most=most, seconds=AN_HOUR)


@pages.get("/help/mine")
@door(children)
def mine() -> str:
    """The answers to a signed-in child: to what she wrote under her name, and to words of hers that
    went to the officers. One place, which stays, whatever becomes of the words."""
    return render_template("safeguarding/mine.html", messages=messages_of(current_user))


@pages.post("/help/mine/read")
@door(children)
def read_answers() -> Any:
    """ "I have read it": nothing is new any more, unless another answer came meanwhile."""
    actions.read_answers(current_user, request.form.get("shown", -1, type=int))
    return see(url_for(".mine"))


@pages.record_once
def exempt_answers(state: BlueprintSetupState) -> None:
    """The secret itself is what the page asks for; no cookie is needed to read an answer."""
    state.app.extensions["csrf"].exempt(answer)


def _page(form: AnswerForm, message: Message | None, status: int) -> Any:
    page = render_template(
        "safeguarding/answer.html", form=form, message=message, pictures=PICTURES
    )
    return page, status
