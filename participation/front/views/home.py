"""Home for a child and for the public, the topics (说一说) and the echoes (有回音)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from flask import render_template, request
from flask_login import current_user

from participation.consultations.queries import agenda, mine
from participation.consultations.queries import topics as lists
from participation.consultations.queries.topics import TopicPage
from participation.deliveries.queries.latest import reply_counts
from participation.front.echoes import MyEcho, echoes_of, latest_echoes, my_echoes
from participation.front.greeting import greeting
from participation.front.views.blueprint import pages
from participation.kernel.clock import now, today
from participation.kernel.doors import anyone, door
from participation.kernel.paging import read_key

SHOWN: Final = 3


def _open_for_visitor(after: str) -> TopicPage:
    """A child sees what is put to her band and district; everyone else sees all of it."""
    if not current_user.is_child:
        return lists.open_topics(after=after)
    return lists.open_topics(
        band=current_user.band, district_id=current_user.district_id, after=after
    )


PHASES: Final[Mapping[str, Callable[[str], TopicPage]]] = {
    "open": _open_for_visitor,
    "coming": lambda after: lists.coming_topics(after=after),
    "over": lambda after: lists.over_topics(after=after),
}


@pages.get("/")
@door(anyone)
def home() -> str:
    """A child's own start, or for everyone else what children said and what the city did."""
    if current_user.is_child:
        return _child_home()
    return render_template(
        "front/public_home.html",
        sums=agenda.sums(),
        counts=reply_counts(),
        echoes=latest_echoes(SHOWN),
        topics=_open_for_visitor("").topics[:SHOWN],
        days_left=agenda.days_left,
    )


def _child_home() -> str:
    echoes = my_echoes(mine.my_page(current_user.person_id).matters)
    answered = [each for each in echoes if each.echo.is_answered]
    found = _open_for_visitor("")
    return render_template(
        "front/home.html",
        greeting=greeting(now()),
        today=today(),
        newest=max(answered, key=_answered_on, default=None),
        answered=len(answered),
        to_mend=[words for each in echoes for words in each.mine.to_mend],
        topics=found.topics[:SHOWN],
        open_count=len(found.topics),
        more=bool(found.after),
        done=frozenset(each.topic.id for each in echoes if each.mine.answered),
        lit=reply_counts().answered,
        days_left=agenda.days_left,
    )


def _answered_on(each: MyEcho) -> date:
    standing = each.echo.standing
    return standing.answered_on or date.min if standing else date.min


@pages.get("/topics")
@door(anyone)
def topics() -> str:
    """The matters that are open, coming or over, by page."""
    phase = request.args.get("when", "open")
    phase = phase if phase in PHASES else "open"
    after = request.args.get("after", "")
    found = PHASES[phase](after)
    return render_template(
        "front/topics.html",
        phase=phase,
        page=found,
        first=not after,
        done=_done(found),
        days_left=agenda.days_left,
    )


def _done(found: TopicPage) -> frozenset[int]:
    """Which of these the child has answered."""
    if not current_user.is_child or not found.topics:
        return frozenset()
    ids = [topic.id for topic in found.topics]
    return frozenset(mine.answered_in(mine.keys_for(current_user.person_id, ids)))


@pages.get("/echoes")
@door(anyone)
def echoes() -> str:
    """What became of what children said: the matters whose result is out, by page."""
    found = agenda.frozen_topics(**bounds())
    return render_template(
        "front/echoes.html", leaf=found, echoes=echoes_of(found.rows), latest=latest_echoes(SHOWN)
    )


def bounds() -> dict[str, Any]:
    """The page that an address asks for."""
    return {name: read_key(request.args.get(name)) for name in ("below", "above")}
