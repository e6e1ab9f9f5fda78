"""My page: what a child said, where it is, what is to be mended, and what the site remembers."""

from collections.abc import Iterable
from datetime import datetime

from flask import current_app, render_template, request
from flask_login import current_user

from participation.accounts.roles import children
from participation.consultations.naming import band_words
from participation.consultations.policies import may_appeal_words, mending_of
from participation.consultations.queries import agenda, mine
from participation.consultations.queries.results import road
from participation.consultations.topic import words_subject
from participation.contests.queries.answers import answers_of
from participation.contests.queries.own import own_works
from participation.contests.queries.panels import own_seats
from participation.front.echoes import MyEcho, my_echoes
from participation.front.views.blueprint import pages
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.paging import read_key
from participation.moderation.queries import decided_last, read_by
from participation.safeguarding.queries import unread_count


def _appealable(echoes: Iterable[MyEcho]) -> set[bytes]:
    """The ids of words that another moderator may be asked to look at: where she may, and where
    there still is something to be asked about."""
    allowed = {
        words_subject(words.id): words.id
        for each in echoes
        for words in each.mine.words
        if may_appeal_words(current_user, mending_of(each.topic, words), now())
    }
    decided = decided_last(allowed)
    return {allowed[subject] for subject, last in decided.items() if last.is_open_to_appeal}


def _appeals_by(echoes: Iterable[MyEcho]) -> datetime | None:
    """By when the last of her appeals is answered; None where none waits."""
    asked = [w for each in echoes for w in each.mine.words if w.appeal == "asked"]
    return read_by(words_subject(words.id) for words in asked) if asked else None


@pages.get("/me")
@door(children)
def my_page() -> str:
    """Everything of the child's own, newest first."""
    below = read_key(request.args.get("below"))
    found = mine.my_page(current_user.person_id, below=below)
    echoes = my_echoes(found.matters)
    works = own_works(current_user) if not below else []
    return render_template(
        "front/my_page.html",
        echoes=echoes,
        works=works,
        call_answers=answers_of({own.call for own in works}),
        first=not below,
        older=found.older,
        band_words=band_words(current_user.band),
        said=sum(each.mine.answered for each in echoes),
        heard=sum(each.echo.is_answered for each in echoes),
        amounts=mine.my_amounts(current_user.person_id),
        road=road,
        days_left=agenda.days_left,
        appealable=_appealable(echoes),
        appeals_by=_appeals_by(echoes),
        letters=unread_count(current_user),
        jury=own_seats(current_user.person_id),
        minutes=current_app.extensions["settings"].child_minutes,
    )
