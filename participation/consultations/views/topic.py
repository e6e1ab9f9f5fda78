"""The page of one matter: what it is, who listens, by when, and the way to say something."""

from typing import Any

from flask import Response, url_for

from participation.accounts.identity import Identity, Nobody
from participation.consultations.policies import may_give_opinion
from participation.consultations.queries import topics
from participation.consultations.queries.answers import Own, own_in
from participation.consultations.topic import Topic
from participation.consultations.views.blueprint import pages
from participation.consultations.views.showing import Showing, mark_of, show, visitor
from participation.kernel.asked import Asked, asked_now
from participation.kernel.clock import city_day, now, today
from participation.kernel.doors import anyone, door


@pages.get("/topics/<int:consultation_id>")
@door(anyone)
def topic(consultation_id: int) -> Response:
    """A matter put to children, for everybody."""
    return show(topic_page(visitor(), topics.topic(consultation_id), asked_now()))


def topic_page(who: Identity | Nobody, found: Topic, asked: Asked) -> Showing:
    """The page of a matter for one reader."""
    own = own_in(who, found)
    return Showing(
        template="consultations/topic.html",
        asked=asked,
        topic=found,
        reader=who,
        flags=topic_flags(who, found, own),
        slots=lambda: {"mend": _mend_address(own)},
        mark=mark_of(own),
    )


def topic_flags(who: Identity | Nobody, found: Topic, own: Own) -> dict[str, Any]:
    """What the page shows of the moment and of the reader's own state."""
    moment = now()
    refusal = may_give_opinion.refusal(who, found, moment)
    return {
        "phase": found.phase(moment),
        "days_left": days_left(found),
        "refusal": "" if refusal is None else str(refusal),
        "has_given": own.has_given,
        "has_draft": own.draft is not None,
        "has_returned": bool(_returned(own)),
        "preview": False,
    }


def days_left(found: Topic) -> int:
    """Days until the close; 0 on its last day."""
    return 0 if found.closes_at is None else (city_day(found.closes_at) - today()).days


def _returned(own: Own) -> list[bytes]:
    return [words.id for words in own.words.values() if words.standing == "returned"]


def _mend_address(own: Own) -> str:
    found = _returned(own)
    return url_for("consultations.mend_words", words_id=found[0].hex()) if found else ""
