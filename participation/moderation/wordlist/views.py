"""The page of the city's words."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import word_keepers
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.moderation.wordlist import actions, queries
from participation.moderation.wordlist.forms import LIST_NAMES, WordForm
from participation.moderation.wordlist.policies import may_list_words

pages = Blueprint("moderation_words", __name__)


@pages.get("/desk/moderation/words")
@door(word_keepers)
def words() -> str:
    """The words that hold, newest first, and a form for one more."""
    return _page(WordForm(formdata=None))


@pages.post("/desk/moderation/words")
@door(word_keepers)
def list_word() -> Any:
    """Put one more word on a list."""
    form = WordForm()
    if not (form.validate() and _listed(form)):
        return _page(form), 422
    flash(_("加好了。十秒钟内，所有地方都会按新的词表看。"), "thanks")
    return see(url_for(".words"))


@pages.post("/desk/moderation/words/<int:word_id>/end")
@door(word_keepers)
def end_word(word_id: int) -> Any:
    """Take a word off its list."""
    actions.end_word(current_user, word_id)
    flash(_("停用了。"), "thanks")
    return see(url_for(".words"))


def _listed(form: WordForm) -> bool:
    try:
        actions.list_word(
            current_user,
            form.word.data or "",
            name=form.name.data or "",
            note=form.note.data or "",
        )
    except RuleBroken as refusal:
        form.take(refusal)
        return False
    return True


def _page(form: WordForm) -> str:
    may_list_words.require(current_user, None, now())
    name = request.args.get("list", "")
    name = name if name in LIST_NAMES else ""
    keys = {key: read_key(request.args.get(key)) for key in ("below", "above")}
    return render_template(
        "moderation/words.html",
        form=form,
        leaf=queries.listed_words(name, **keys),
        chosen=name,
        names=LIST_NAMES,
    )
