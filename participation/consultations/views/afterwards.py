"""After an opinion: the receipt, taking it back, mending returned words."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import children
from participation.consultations.actions import giving
from participation.consultations.actions.looking import look_through, tells_of_harm
from participation.consultations.actions.verdicts import appeal_words as appeal
from participation.consultations.actions.verdicts import report_words as report
from participation.consultations.actions.words import ESCALATED
from participation.consultations.actions.words import mend_words as mend
from participation.consultations.forms.opinion import marks_sent
from participation.consultations.forms.report import ReportForm
from participation.consultations.models import OpenWords
from participation.consultations.policies import (
    may_appeal_words,
    may_mend_words,
    may_withdraw_opinion,
    mending_of,
)
from participation.consultations.queries import topics
from participation.consultations.queries.answers import (
    Own,
    key_of,
    others_in,
    own_in,
    own_words,
    said_in,
)
from participation.consultations.queries.results import public_words
from participation.consultations.topic import LONGEST_WORDS, Topic, words_subject
from participation.consultations.views.blueprint import pages
from participation.consultations.views.once import is_told_now, tell_once
from participation.consultations.views.showing import visitor
from participation.kernel import limits
from participation.kernel.clock import now
from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing, RuleBroken, TooMany
from participation.kernel.i18n import _, say_time
from participation.kernel.pseudonyms import fingerprint
from participation.kernel.web import see
from participation.moderation.queries import decided_last, read_by
from participation.moderation.targets import HOURS, due, is_open
from participation.safeguarding.queries import messages_about
from participation.screening import for_child
from participation.screening.asking import Ask, AskFirst, ask_about

A_SCHOOL_AN_HOUR = 120
"""Reports an hour from one address: a whole school may stand behind it."""


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
        **_reading(topic, own),
    )


def _reading(topic: Topic, own: Own) -> dict[str, Any]:
    """Whether her words wait, by when they are read, whether somebody is at the desk now, and
    whether they bear any sign of harm: then the page is calm and shows who helps.

    What went aside is told once, at the end of the road on which she sent it. Whoever comes to her
    receipt later, perhaps somebody else at the same tablet, finds nothing of it there, nor by going
    back; the officers' answers have a place of their own.
    """
    said = [one for one in own.words.values() if one.reason != ESCALATED]
    waiting = [words_subject(one.id) for one in said if one.standing == "waiting"]
    moment = now()
    by = read_by(waiting) if waiting else None
    told = own.words.values() if is_told_now(topic) else ()
    aside = [words_subject(one.id) for one in told if one.reason == ESCALATED]
    return {
        "read_by": by,
        "asleep": not is_open(moment),
        "read": bool(said) and not waiting,
        "aside": bool(aside),
        "care": tells_of_harm((one.text for one in said), current_user),
        "messages": messages_about(aside),
    }


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
    mending = mending_of(topic, words)
    may_mend_words.require(current_user, mending, now())
    if request.method == "GET":
        return _mending(topic, words, words.text, {})
    typed = request.form.get("text", "")
    try:
        aside = mend(current_user, topic, words, typed, sure=marks_sent(request.form))
    except AskFirst as first:
        return _mending(topic, words, typed, {}, first.asks[0]), 422
    except RuleBroken as refusal:
        return _mending(topic, words, typed, {"text": refusal.sentence}), 422
    if aside:
        tell_once(topic)
    return see(url_for("consultations.mended", consultation_id=topic.id))


@pages.post("/words/<words_id>/appeal")
@door(children)
def appeal_words(words_id: str) -> Any:
    """Ask another moderator to look, by one tap."""
    words = own_words(current_user, _key(words_id))
    appeal(current_user, topics.topic(words.consultation_id), words)
    by = due(now(), "appeals")
    flash(_("另一位老师会再看一次，最晚 %(when)s 回答你。", when=say_time(by)), "thanks")
    return see(url_for("front.my_page"))


@pages.route("/words/<words_id>/report", methods=["GET", "POST"])
@door(anyone)
def report_words(words_id: str) -> Any:
    """Say what is wrong with published words; without signing in."""
    topic, words = public_words(_key(words_id))
    form = ReportForm()
    if not form.validate_on_submit():
        return _reporting(topic, words, form), 422 if form.is_submitted() else 200
    try:
        _count_report()
        harm = report(topic, words, reason=form.reason.data or "", note=form.note.data or "")
    except RuleBroken as refusal:
        form.take(refusal)
        return _reporting(topic, words, form), 422
    except TooMany as refusal:
        form.form_errors.append(str(refusal))
        return _reporting(topic, words, form), refusal.status
    return see(url_for(".reported", consultation_id=topic.id, to="officers" if harm else None))


@pages.get("/topics/<int:consultation_id>/reported")
@door(anyone)
def reported(consultation_id: int) -> str:
    """A reader is thanked: the page of the result is kept for everybody and can't say it."""
    topic = topics.topic(consultation_id)
    if topic.state != "frozen":
        raise Missing
    officers = request.args.get("to") == "officers"
    hours = HOURS["reports"]
    return render_template("consultations/reported.html", topic=topic, hours=hours, harm=officers)


def _count_report() -> None:
    address = fingerprint("address", request.remote_addr or "").hex()
    limits.allow(f"report:{address}", most=A_SCHOOL_AN_HOUR, seconds=3600)


def _reporting(topic: Topic, words: OpenWords, form: ReportForm) -> str:
    return render_template("consultations/report.html", topic=topic, words=words, form=form)


@pages.get("/topics/<int:consultation_id>/mended")
@door(children)
def mended(consultation_id: int) -> str:
    """The words are on their way again."""
    topic = topics.topic(consultation_id)
    return render_template(
        "consultations/mended.html", topic=topic, **_reading(topic, own_in(current_user, topic))
    )


def _may_appeal(topic: Topic, words: OpenWords) -> bool:
    """May she ask another moderator, and would it not be refused?"""
    if not may_appeal_words(current_user, mending_of(topic, words), now()):
        return False
    subject = words_subject(words.id)
    last = decided_last([subject]).get(subject)
    return last is not None and last.is_open_to_appeal


def _key(words_id: str) -> bytes:
    try:
        return bytes.fromhex(words_id)
    except ValueError as problem:
        raise Missing from problem


def _mending(
    topic: Topic, words: OpenWords, text: str, errors: dict[str, Any], ask: Ask | None = None
) -> str:
    asked = next(one for one in topic.questions if one.id == words.question_id)
    who: Any = visitor()
    return render_template(
        "consultations/mend.html",
        topic=topic,
        words=words,
        question=asked,
        text=text,
        errors=errors,
        ask=ask,
        most=LONGEST_WORDS,
        may_appeal=_may_appeal(topic, words),
        pieces=ask_about(words.text, for_child(look_through(words.text, who))).pieces,
    )
