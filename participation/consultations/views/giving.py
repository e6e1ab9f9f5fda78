"""Giving an opinion: one page for 10–17, one question a screen for 6–9, and the kept draft."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from participation.accounts.identity import Identity, Nobody
from participation.accounts.roles import children
from participation.consultations.actions import giving
from participation.consultations.actions.looking import ask_first, tells_of_harm, written_down
from participation.consultations.forms.opinion import (
    KNOWN_NOT,
    SKIP,
    SURE,
    Given,
    OpinionForm,
    form_of,
    marks_sent,
)
from participation.consultations.policies import may_give_opinion
from participation.consultations.queries import topics
from participation.consultations.queries.answers import (
    Fields,
    Own,
    fields_of,
    key_of,
    own_in,
)
from participation.consultations.topic import Topic, TopicQuestion
from participation.consultations.views.blueprint import pages
from participation.consultations.views.filling import slots_of
from participation.consultations.views.once import tell_once
from participation.consultations.views.showing import (
    Showing,
    mark_of,
    render_plainly,
    show,
    visitor,
)
from participation.consultations.views.topic import days_left
from participation.kernel.asked import Asked, asked_now
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _, _l
from participation.kernel.web import see
from participation.screening.asking import Ask, AskFirst

NOTHING_TAPPED = _l("先点一个。不想答，就点“跳过”。")
ONE_PAGE = "consultations/give_opinion.html"
ONE_QUESTION = "consultations/give_opinion_small.html"
MOST_DRAFT = 256_000
"""Bytes of a draft sent as JSON: every question answered at length, in escaped characters."""


@pages.route("/topics/<int:consultation_id>/give-opinion", methods=["GET", "POST"])
@door(children)
def give_opinion(consultation_id: int) -> Any:
    """The questions of a matter, and what she answers."""
    who, topic = visitor(), topics.topic(consultation_id)
    if request.method == "POST":
        may_give_opinion.require(who, topic, now())
        return _take_step(topic) if who.band == "a" else _take_page(topic)
    if may_give_opinion.refusal(who, topic, now()) is not None:
        return redirect(url_for("consultations.topic", consultation_id=topic.id))
    own = own_in(who, topic)
    step = _step_asked(topic) if "q" in request.args else step_to_go_on(who, topic, own)
    return show(asking(who, topic, own, asked_now(), step=step))


def _form(topic: Topic) -> OpinionForm:
    return form_of(topic, current_user.band)


def asking(
    who: Identity | Nobody,
    topic: Topic,
    own: Own,
    asked: Asked,
    *,
    step: int,
    fields: Fields | None = None,
) -> Showing:
    """The page with the questions, or with question number `step` for the youngest.

    `fields` are what has just been typed, where that is not yet kept.
    """
    band = who.band
    questions = topic.questions_for(band)
    shown = questions[step - 1 : step] if band == "a" else questions
    filled_in = fields_of(topic, own) if fields is None else fields
    return Showing(
        template=ONE_QUESTION if band == "a" else ONE_PAGE,
        asked=asked,
        topic=topic,
        reader=who,
        flags={"band": band, "step": step, "days_left": days_left(topic), "preview": False},
        slots=lambda: {
            **slots_of(shown, filled_in),
            "mine": key_of(who.person_id, topic.id).hex()[:8],
            "at": str(int(own.saved_at.timestamp() * 1000)) if own.saved_at else "0",
        },
        mark=mark_of(own),
        secret=any(filled_in.get(one.name) or filled_in.get(one.quote) for one in shown),
    )


def step_to_go_on(who: Identity | Nobody, topic: Topic, own: Own) -> int:
    """Where the youngest go on: at the first question that their draft says nothing of."""
    if who.band != "a" or own.saved_at is None:
        return 1
    said = fields_of(topic, own)
    steps = enumerate(topic.questions_for("a"), start=1)
    return next((step for step, one in steps if one.name not in said), 1)


def _step_asked(topic: Topic) -> int:
    """The question that the address names, from 1, within those that are asked."""
    if current_user.band != "a":
        return 1
    asked = len(topic.questions_for("a"))
    return min(max(request.values.get("q", 1, type=int), 1), max(asked, 1))


def _again(
    topic: Topic, given: Given, step: int, asks: Mapping[int, Ask] | None = None
) -> tuple[str, int]:
    """The page once more, with everything that was typed and what is still to mend or to see."""
    who = visitor()
    named = {one.name: asks[one.id] for one in topic.questions if asks and one.id in asks}
    page = asking(who, topic, own_in(who, topic), asked_now(), step=step, fields=given.fields)
    return render_plainly(page, given.errors, named), 422


def _step_of(topic: Topic, asks: Mapping[int, Ask]) -> int:
    """The question of the youngest at which something is asked; 0 on the one page of the others."""
    if current_user.band != "a":
        return 0
    steps = enumerate(topic.questions_for("a"), start=1)
    return next(step for step, one in steps if one.id in asks)


def _take_page(topic: Topic) -> Any:
    form = _form(topic)
    fields = form.draft(request.form)
    if request.form.get("go") == "save":
        giving.save_draft(current_user, topic, fields)
        flash(_saved(form.read(fields)), "thanks")
        return see(url_for("consultations.topic", consultation_id=topic.id))
    return _give(topic, form.read(fields), 0, marks_sent(request.form))


def _saved(given: Given) -> str:
    """What is said of a draft that was put by: nobody reads it, so who needs help is told where."""
    if tells_of_harm((one.text for one in given.words.values()), current_user):
        return _(
            "存好了，还没有交给谁看。要是有人伤害你，或者你很难受，别等：打 110 或者 12355，"
            "也可以点“我要帮助”。"
        )
    return _("存好了。什么时候想接着写，都可以。")


def _take_step(topic: Topic) -> Any:
    """One answer of the youngest: kept in her draft, and the last one gives the opinion."""
    form, step = _form(topic), _step_asked(topic)
    question = form.asked[step - 1]
    own = own_in(current_user, topic)
    fields = _merged(topic, own, question, request.form)
    if request.form.get("go") in (KNOWN_NOT, SKIP):
        fields = _passed_over(fields, question, request.form["go"])
    given = form.read(fields)
    if question.slot is not None and question.name not in fields and not own.has_given:
        given.errors[question.name] = NOTHING_TAPPED
    if question.name in given.errors:
        return _again(topic, given, step)
    sure = marks_sent(request.form) | frozenset(own.draft.get(SURE, ()) if own.draft else ())
    if step == len(form.asked):
        return _give(topic, given, step, sure)
    if question.slot is None:
        try:
            _ask_about(topic, question, given, sure)
        except AskFirst as first:
            return _again(topic, given, step, first.asks)
    giving.save_draft(current_user, topic, {**fields, **({SURE: sorted(sure)} if sure else {})})
    return see(url_for("consultations.give_opinion", consultation_id=topic.id, q=step + 1))


def _ask_about(topic: Topic, question: TopicQuestion, given: Given, sure: frozenset[str]) -> None:
    """Ask about the words of one step of the youngest at once, not only at the end."""
    who: Any = visitor()
    ask_first(who, topic, {question.id: written_down(given.words[question.id], who)}, sure)


def _passed_over(
    fields: Mapping[str, list[str]], question: TopicQuestion, how: str
) -> dict[str, list[str]]:
    """The fields once she does not know an answer or skips it; a skipped writing stays empty."""
    kept = {n: v for n, v in fields.items() if n not in (question.name, question.quote)}
    return kept if question.slot is None else {**kept, question.name: [how]}


def _merged(
    topic: Topic, own: Own, question: TopicQuestion, sent: MultiDict[str, str]
) -> dict[str, list[str]]:
    """What she has said so far, with what was sent for one question in its place.

    "I don't know" and skipping are buttons and stand in no field, so going on without choosing
    anything does not take them back.
    """
    before = fields_of(topic, own)
    mine = (question.name, question.quote)
    new = {name: values for name, values in _form(topic).draft(sent).items() if name in mine}
    if not new and before.get(question.name) in ([KNOWN_NOT], [SKIP]):
        return dict(before)
    return {**{name: values for name, values in before.items() if name not in mine}, **new}


def _give(topic: Topic, given: Given, step: int, sure: frozenset[str]) -> Any:
    if given.errors:
        return _again(topic, given, step)
    who: Any = visitor()
    try:
        ready = giving.ready_opinion(who, topic, given.answers, given.words, sure=sure)
        ready.write()
    except AskFirst as first:
        return _again(topic, given, _step_of(topic, first.asks), first.asks)
    except RuleBroken as refusal:
        given.errors[refusal.field or _first(topic)] = refusal.sentence
        return _again(topic, given, step)
    if ready.aside:
        tell_once(topic)
    return see(url_for("consultations.thanks", consultation_id=topic.id))


def _first(topic: Topic) -> str:
    """The field to which a refusal of the whole form leads."""
    return topic.questions_for(current_user.band)[-1 if current_user.band == "a" else 0].name


@pages.post("/topics/<int:consultation_id>/draft")
@door(children)
def save_draft(consultation_id: int) -> tuple[str, int]:
    """Keep what is typed so far; sent by the page itself every few seconds."""
    topic = topics.topic(consultation_id)
    sent = _from_json(_json()) if request.is_json else request.form
    form, step = _form(topic), sent.get("q", 1, type=int)
    if current_user.band == "a" and 1 <= step <= len(form.asked):
        fields = _merged(topic, own_in(current_user, topic), form.asked[step - 1], sent)
    else:
        fields = form.draft(sent)
    giving.save_draft(current_user, topic, fields, by_itself=True)
    return "", 204


def _json() -> Any:
    """The JSON that was sent; 400 where it is none, is too large or is nested without an end."""
    if (request.content_length or 0) > MOST_DRAFT:
        abort(400)
    try:
        return request.get_json()
    except RecursionError:
        abort(400)


def _from_json(sent: Any) -> MultiDict[str, str]:
    """The fields of a JSON draft as those of a form; anything but texts and lists is left out."""
    found: MultiDict[str, str] = MultiDict()
    for name, value in sent.items() if isinstance(sent, dict) else ():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str | int):
                found.add(name, str(text))
    return found
