"""Home for a child and for the public, the topics (说一说) and the echoes (有回音)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from flask import render_template, request
from flask_login import current_user

from participation.consultations.policies import may_give_opinion
from participation.consultations.queries import agenda, mine
from participation.consultations.queries import topics as lists
from participation.consultations.queries.topics import TopicPage
from participation.consultations.topic import words_subject
from participation.contests.queries import CallPage, open_calls
from participation.contests.queries import days_left as call_days
from participation.contests.queries.answers import ended_calls
from participation.deliveries.queries import Standing, standings_of
from participation.deliveries.queries.latest import reply_counts
from participation.front.echoes import MyEcho, echoes_of, latest_echoes, my_echoes
from participation.front.greeting import greeting
from participation.front.views.blueprint import pages
from participation.kernel.clock import now, today
from participation.kernel.doors import anyone, door
from participation.kernel.paging import read_key
from participation.kernel.subjects import Subject
from participation.moderation.queries import decided_last

SHOWN: Final = 3
NEWS_FOR: Final = timedelta(days=14)
ANSWERED: Final = ("granted", "upheld")


def _open_for_visitor(after: str) -> TopicPage:
    """A child sees what is put to her band and district; everyone else sees all of it."""
    if not current_user.is_child:
        return lists.open_topics(after=after)
    return lists.open_topics(
        band=current_user.band, district_id=current_user.district_id, after=after
    )


def _calls_for_visitor() -> CallPage:
    """What takes works, as the matters: a child sees what is put to her band and district."""
    if not current_user.is_child:
        return open_calls(most=SHOWN)
    return open_calls(band=current_user.band, district_id=current_user.district_id, most=SHOWN)


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
        calls=_calls_for_visitor().calls,
        days_left=agenda.days_left,
        call_days=call_days,
    )


def _child_home() -> str:
    echoes = my_echoes(mine.my_page(current_user.person_id).matters)
    answered = [each for each in echoes if each.echo.is_answered]
    return render_template(
        "front/home.html",
        greeting=greeting(now()),
        today=today(),
        newest=max(answered, key=_answered_on, default=None),
        answered=len(answered),
        to_mend=[words for each in echoes for words in each.mine.to_mend],
        news=_news(echoes),
        lit=reply_counts().answered,
        days_left=agenda.days_left,
        calls=_calls_for_visitor().calls,
        call_days=call_days,
        **_asked(_open_for_visitor("")),
    )


def _news(echoes: Iterable[MyEcho]) -> Counter[str]:
    """How many of her words were refused, and how many appeals answered, within two weeks.

    What she need not do anything about would never be told otherwise; words to be mended have a
    line of their own.
    """
    judged = {
        words_subject(words.id): "appeal" if words.appeal in ANSWERED else "refused"
        for each in echoes
        for words in each.mine.words
        if words.appeal in ANSWERED or (words.standing == "refused" and not words.appeal)
    }
    since = now() - NEWS_FOR
    fresh = [subject for subject, last in decided_last(judged).items() if last.at >= since]
    return Counter(judged[subject] for subject in fresh)


def _asked(found: TopicPage) -> dict[str, Any]:
    """What is open to the child: what waits for her word, and the rest of it."""
    done = _done(found)
    refused = _refused(found, done)
    waiting = [one for one in found.topics if one.id not in done and one.id not in refused]
    return {
        "waiting": waiting[:SHOWN],
        "waiting_count": len(waiting),
        "more": bool(found.after),
        "others": [one for one in found.topics if one not in waiting][:SHOWN],
        "refusal": next(iter(refused.values()), ""),
        "done": done,
    }


def _refused(found: TopicPage, done: frozenset[int]) -> dict[int, str]:
    """Why the child cannot answer what is open and not answered, by the id of the topic."""
    moment = now()
    refusals = {
        topic.id: may_give_opinion.refusal(current_user, topic, moment)
        for topic in found.topics
        if topic.id not in done
    }
    return {key: str(said) for key, said in refusals.items() if said is not None}


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
        standings=_standings(found) if phase == "over" else {},
        days_left=agenda.days_left,
    )


def _done(found: TopicPage) -> frozenset[int]:
    """Which of these the child has answered."""
    if not current_user.is_child or not found.topics:
        return frozenset()
    ids = [topic.id for topic in found.topics]
    return frozenset(mine.answered_in(mine.keys_for(current_user.person_id, ids)))


def _standings(found: TopicPage) -> dict[Subject, Standing]:
    """What became of each of these."""
    return standings_of([topic.subject for topic in found.topics])


@pages.get("/echoes")
@door(anyone)
def echoes() -> str:
    """What became of what children said: the matters whose result is out, by page."""
    found = agenda.frozen_topics(**bounds())
    return render_template(
        "front/echoes.html",
        leaf=found,
        echoes=echoes_of(found.rows),
        latest=latest_echoes(SHOWN),
        calls=ended_calls() if not found.newer else (),
    )


def bounds() -> dict[str, Any]:
    """The page that an address asks for."""
    return {name: read_key(request.args.get(name)) for name in ("below", "above")}
