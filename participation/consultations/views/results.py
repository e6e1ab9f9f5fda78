"""The result of a matter: what was said, what the city answered, and whether it listened."""

from hashlib import sha256
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import children
from participation.consultations import charting, telling
from participation.consultations.actions import hearing
from participation.consultations.naming import band_words
from participation.consultations.policies import may_say_listened
from participation.consultations.queries import results, topics
from participation.consultations.queries.answers import own_in
from participation.consultations.topic import Topic
from participation.consultations.views.blueprint import pages
from participation.deliveries.queries import reply_of, standing_of
from participation.kernel.asked import Look, unchanged
from participation.kernel.assets import release
from participation.kernel.clock import now, today
from participation.kernel.doors import anyone, door
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.moderation.redaction import BAR

YOUNG = ("a", "b")
SHARED = "public, max-age=60"


@pages.get("/topics/<int:consultation_id>/result")
@door(anyone)
def result(consultation_id: int) -> Any:
    """What came of it, for everybody; her own words beside it for a child who took part."""
    topic = topics.topic(consultation_id)
    if topic.phase(now()) != "over":
        return redirect(url_for("consultations.topic", consultation_id=topic.id))
    if current_user.is_authenticated:
        return _page(topic)
    tag = tag_of(topic, g.look)
    if request.if_none_match.contains_weak(tag):
        return unchanged(*shared(tag)).response()
    page = make_response(_page(topic))
    page.headers.extend(shared(tag))
    return page


def tag_of(topic: Topic, look: Look) -> str:
    """What a page for everybody depends on: the version grows with result, receipt and reply."""
    parts = (topic.id, topic.number, today(), look, release())
    return sha256(repr(parts).encode()).hexdigest()[:24]


def shared(tag: str) -> tuple[tuple[str, str], ...]:
    """The headers of a page that everybody may keep for a minute."""
    return ("ETag", f'"{tag}"'), ("Cache-Control", SHARED)


def _page(topic: Topic, error: str = "") -> str:
    if topic.state != "frozen":
        return render_template("consultations/result_waiting.html", topic=topic)
    outcome = results.outcome_of(topic.id)
    standing, young = standing_of(topic.subject), current_user.band in YOUNG
    districts, quotes = results.district_names(), results.public_quotes(outcome)
    return render_template(
        "consultations/result.html",
        topic=topic,
        outcome=outcome,
        standing=standing,
        reply=reply_of(topic.subject),
        road=results.road(topic, standing),
        findings=telling.findings(topic, outcome.figures, young=young),
        charts=charting.charts(topic, outcome.figures, districts, young=young),
        said_by=_said_by(outcome, young=young),
        quotes=quotes,
        covered=any(BAR in quote.text for quote in quotes),
        little_heard=telling.little_heard(outcome.figures, topic, districts),
        account=telling.account(topic, outcome.figures),
        reach=charting.reach_grids(topic, outcome.figures, districts),
        count_words=telling.count_words,
        band_words=band_words,
        heard=charting.heard_rows(results.hearing_figures(topic.id)),
        error=error,
        **_mine(topic),
    )


def _said_by(outcome: results.Outcome, *, young: bool) -> dict[str, str]:
    """How many chose what a theme stands for, by the key of its point; empty where hidden."""
    questions = {question.key: question for question in outcome.figures.questions}
    return {
        f"theme:{theme}": charting.chosen_words(
            telling.cell_of(questions[key], answer), young=young
        )
        for theme, (key, answer) in outcome.options.items()
        if key in questions
    }


def _mine(topic: Topic) -> dict[str, Any]:
    """What a child who took part sees of her own; nothing for anybody else."""
    if not current_user.is_child:
        return {"own": None, "may_say": False, "listened": ""}
    own = own_in(current_user, topic)
    return {
        "own": own,
        "may_say": may_say_listened(current_user, hearing.listening_of(current_user, topic), now()),
        "listened": results.hearing_of(current_user.person_id, topic.id),
    }


@pages.post("/topics/<int:consultation_id>/listened")
@door(children)
def say_listened(consultation_id: int) -> Any:
    """A child says whether the answer listened."""
    topic = topics.topic(consultation_id)
    try:
        hearing.say_listened(current_user, topic, request.form.get("listened", ""))
    except RuleBroken as refusal:
        return _page(topic, str(refusal)), 422
    flash(_("谢谢你告诉我们。"), "thanks")
    return see(url_for("consultations.result", consultation_id=topic.id))
