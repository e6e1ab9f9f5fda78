"""The express lanes of consultations: a matter, its questions, an opinion, a result unchanged.

Each does what its view does, by the same functions, and gives None where the view must decide.
"""

from functools import lru_cache
from typing import Any

from werkzeug.utils import redirect

from participation.accounts.identity import Identity, Nobody
from participation.accounts.roles import children
from participation.consultations.actions.giving import ready_opinion
from participation.consultations.forms.opinion import form_of, marks_sent
from participation.consultations.policies import may_give_opinion
from participation.consultations.queries import topics
from participation.consultations.queries.answers import own_in
from participation.consultations.views import results
from participation.consultations.views.giving import asking, step_to_go_on
from participation.consultations.views.showing import show_at_once
from participation.consultations.views.topic import topic_page
from participation.kernel.asked import Answer, Asked, unchanged
from participation.kernel.clock import now
from participation.kernel.express import Lane, Writing


def read_topic(asked: Asked, who: Identity | Nobody, number: int) -> Answer | None:
    """The page of a matter."""
    return show_at_once(topic_page(who, topics.topic(number), asked)) if asked.token else None


def read_questions(asked: Asked, who: Identity | Nobody, number: int) -> Answer | None:
    """The page with the questions, or the first question for the youngest."""
    topic = topics.topic(number)
    if not _at_door(asked, who) or asked.query or not may_give_opinion(who, topic, now()):
        return None
    own = own_in(who, topic)
    return show_at_once(asking(who, topic, own, asked, step=step_to_go_on(who, topic, own)))


def take_opinion(asked: Asked, who: Any, number: int) -> Writing | None:
    """A whole first opinion; drafts, single answers of the youngest, errors, what a child is asked
    about (`AskFirst`) and words of harm go by the view."""
    topic = topics.topic(number)
    if not _at_door(asked, who) or who.band == "a" or asked.form.get("go") == "save":
        return None
    may_give_opinion.require(who, topic, now())
    form = form_of(topic, who.band)
    given = form.read(form.draft(asked.form))
    if given.errors:
        return None
    sure = marks_sent(asked.form)
    ready = ready_opinion(who, topic, given.answers, given.words, sure=sure)
    if ready.aside:
        return None

    def write() -> Answer:
        ready.write()
        return _thanks(number)

    return write


def read_result(asked: Asked, who: Identity | Nobody, number: int) -> Answer | None:
    """A result that somebody who has not signed in knows already."""
    if who.is_authenticated or not asked.known:
        return None
    topic = topics.topic(number)
    if topic.phase(now()) != "over":
        return None
    tag = results.tag_of(topic, asked.look)
    return unchanged(*results.shared(tag)) if asked.knows(tag) else None


def _at_door(asked: Asked, who: Identity | Nobody) -> bool:
    return bool(asked.token) and children.opens_to(who)


@lru_cache(maxsize=512)
def _thanks(number: int) -> Answer:
    """On to the receipt, as a redirect of Flask says it."""
    response = redirect(f"/topics/{number}/thanks", 303)
    return Answer(response.status, tuple(response.headers), response.get_data())


LANES = (
    Lane("GET", "/topics/<int:consultation_id>", read_topic),
    Lane("GET", "/topics/<int:consultation_id>/give-opinion", read_questions),
    Lane("GET", "/topics/<int:consultation_id>/result", read_result),
    Lane("POST", "/topics/<int:consultation_id>/give-opinion", take_opinion),
)
