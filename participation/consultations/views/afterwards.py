"""After an opinion: the receipt, taking it back, mending returned words."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import children
from participation.consultations.actions import giving
from participation.consultations.actions.words import mend_words as mend
from participation.consultations.asking import Ask, AskFirst
from participation.consultations.forms.opinion import marks_sent
from participation.consultations.models import OpenWords
from participation.consultations.policies import Mending, may_mend_words, may_withdraw_opinion
from participation.consultations.queries import topics
from participation.consultations.queries.answers import (
    key_of,
    others_in,
    own_in,
    own_words,
    said_in,
)
from participation.consultations.topic import LONGEST_WORDS, Topic
from participation.consultations.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.web import see


@pages.get("/topics/<int:consultation_id>/thanks")
@door(children)
def thanks(consultation_id: int) -> Any:
    """The receipt: what she said, who reads it, by when, what happens next."""
    topic = topics.topic(consultation_id)
    own = own_in(current_user, topic)
    if not own.has_given:
        return redirect(url_for("consultations.topic", consultation_id=topic.id))
    return render_template(
        "consultations/thanks.html",
        topic=topic,
        said=said_in(topic, own),
        others=others_in(current_user, topic),
        can_change=may_withdraw_opinion(current_user, topic, now()),
        keys=_copies(topic),
    )


def _copies(topic: Topic) -> list[str]:
    """The names of the copies of her answers on this machine, which can go now."""
    name = f"draft-{topic.id}-{key_of(current_user.person_id, topic.id).hex()[:8]}"
    if current_user.band != "a":
        return [name]
    return [f"{name}-{step}" for step in range(1, len(topic.questions_for("a")) + 1)]


@pages.route("/topics/<int:consultation_id>/withdraw", methods=["GET", "POST"])
@door(children)
def withdraw_opinion(consultation_id: int) -> Any:
    """Ask once more, then take the opinion back."""
    topic = topics.topic(consultation_id)
    may_withdraw_opinion.require(current_user, topic, now())
    if request.method == "POST":
        giving.withdraw_opinion(current_user, topic)
        return render_template("consultations/withdrawn.html", topic=topic)
    if not own_in(current_user, topic).has_given:
        return redirect(url_for("consultations.topic", consultation_id=topic.id))
    return render_template("consultations/withdraw.html", topic=topic)


@pages.route("/words/<words_id>/mend", methods=["GET", "POST"])
@door(children)
def mend_words(words_id: str) -> Any:
    """Returned words with the kind reason, to be mended and sent again."""
    words = own_words(current_user, _key(words_id))
    topic = topics.topic(words.consultation_id)
    mending = Mending(topic.id, topic.state, words.participant, words.standing)
    may_mend_words.require(current_user, mending, now())
    if request.method == "GET":
        return _mending(topic, words, words.text, {})
    typed = request.form.get("text", "")
    try:
        mend(current_user, topic, words, typed, sure=marks_sent(request.form))
    except AskFirst as first:
        return _mending(topic, words, typed, {}, first.asks[0]), 422
    except RuleBroken as refusal:
        return _mending(topic, words, typed, {"text": refusal.sentence}), 422
    return see(url_for("consultations.mended", consultation_id=topic.id))


@pages.get("/topics/<int:consultation_id>/mended")
@door(children)
def mended(consultation_id: int) -> str:
    """The words are on their way again."""
    return render_template("consultations/mended.html", topic=topics.topic(consultation_id))


def _key(words_id: str) -> bytes:
    try:
        return bytes.fromhex(words_id)
    except ValueError as problem:
        raise Missing from problem


def _mending(
    topic: Topic, words: OpenWords, text: str, errors: dict[str, Any], ask: Ask | None = None
) -> str:
    asked = next(one for one in topic.questions if one.id == words.question_id)
    return render_template(
        "consultations/mend.html",
        topic=topic,
        words=words,
        question=asked,
        text=text,
        errors=errors,
        ask=ask,
        most=LONGEST_WORDS,
    )
