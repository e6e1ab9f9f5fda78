"""Login cards: made, streamed to the printer at once, kept nowhere; and opened when locked."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from flask import Response, current_app, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts import paper
from participation.accounts.actions.cards import issue_cards
from participation.accounts.actions.cards import open_card as open_locked_card
from participation.accounts.actions.cards import reissue_card as make_card_anew
from participation.accounts.cards import IssuedCard
from participation.accounts.forms.entering import AnewForm, PrintForm
from participation.accounts.models import SchoolClass
from participation.accounts.policies import may_issue_cards, may_reissue_card
from participation.accounts.queries.cards import card_mark, pupils_for_cards
from participation.accounts.queries.classes import class_with
from participation.accounts.queries.people import person
from participation.accounts.queries.rights import facts_of_class, facts_of_person
from participation.accounts.roles import school_keepers
from participation.accounts.views.blueprint import pages
from participation.kernel import pdf
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _, current_locale
from participation.kernel.web import see

PAPER: Final = "#paper-itself"
"""Where a page with a paper in it has room for the paper."""


def the_class(class_id: int) -> SchoolClass:
    """The class of this id; raises `Missing` where there is none."""
    place = class_with(class_id)
    if place is None:
        raise Missing
    return place


def address_of(endpoint: str) -> Callable[[str], str]:
    """How a code becomes a full address: from the settings, never from what a request claims."""
    site = current_app.extensions["settings"].site_url.rstrip("/")
    return lambda code: site + url_for(endpoint, code=code)


def fresh_paper(template: str, data: Mapping[str, Any], name: str) -> Response:
    """Set a paper while it is sent: the codes on it are committed by then, the lock is free."""
    lang = current_locale()

    def body() -> Iterator[bytes]:
        yield pdf.render(template, data, lang=lang)

    response = Response(body(), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def page_with_paper(page: str, template: str, data: Mapping[str, Any]) -> Response:
    """A page whose link `PAPER` holds the paper itself, set while the page is sent.

    So the secrets on it lie at no address and nobody can fetch them a second time.
    """
    lang, (before, after) = current_locale(), page.split(PAPER, 1)

    def body() -> Iterator[str]:
        yield before
        yield "data:application/pdf;base64,"
        yield b64encode(pdf.render(template, data, lang=lang)).decode()
        yield after

    return Response(body(), mimetype="text/html")


def _cards(issued: list[IssuedCard], place: SchoolClass) -> Response:
    data = paper.cards_data(issued, place, address_of("accounts.enter_with_card"))
    return fresh_paper(paper.CARDS, data, f"cards-{place.school.code}-{place.id}.pdf")


@pages.get("/desk/classes/<int:class_id>/cards")
@door(school_keepers)
def print_cards(class_id: int) -> Any:
    """For whom to make cards: for those who have none, or for everyone anew."""
    may_issue_cards.require(current_user, facts_of_class(class_id), now())
    shown: dict[str, Any] = {"form": PrintForm(), "class_id": class_id}
    shown["place"] = paper.class_name(the_class(class_id))
    shown["count"] = len(pupils_for_cards(class_id))
    shown["missing"] = len(pupils_for_cards(class_id, without_card=True))
    return render_template("accounts/print_cards.html", **shown)


@pages.post("/desk/classes/<int:class_id>/cards")
@door(school_keepers)
def make_cards(class_id: int) -> Any:
    """Make the cards of a class and send them to the printer."""
    everyone, place = PrintForm().everyone.data, the_class(class_id)
    try:
        issued = issue_cards(current_user, class_id, only_missing=not everyone)
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(url_for(".print_cards", class_id=class_id))
    return _cards(issued, place)


@pages.route("/desk/children/<int:person_id>/card", methods=["GET", "POST"])
@door(school_keepers)
def reissue_card(person_id: int) -> Any:
    """A new card for one child; the old one ends at once."""
    may_reissue_card.require(current_user, facts_of_person(person_id), now())
    child = person(person_id)
    place = the_class(child.class_id or 0) if child else None
    form = AnewForm(was=card_mark(person_id))
    if request.method == "GET" or child is None or place is None or not form.validate():
        return render_template("accounts/reissue_card.html", child=child, mark=form.was.data)
    try:
        card = make_card_anew(current_user, person_id, in_place_of=form.was.data or "")
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(url_for(".class_page", class_id=child.class_id))
    shown = {"child": child, "href": PAPER, "file": f"card-{place.school.code}-{place.id}.pdf"}
    page = render_template("accounts/card_reissued.html", **shown)
    data = paper.cards_data([card], place, address_of("accounts.enter_with_card"))
    return page_with_paper(page, paper.CARDS, data)


@pages.post("/desk/children/<int:person_id>/open-card")
@door(school_keepers)
def open_card(person_id: int) -> Any:
    """Let a card that was tried too often be tried again, and go back to the class."""
    facts = facts_of_person(person_id)
    open_locked_card(current_user, person_id)
    flash(_("卡重新打开了，孩子现在可以进来"), "thanks")
    return see(url_for("accounts.class_page", class_id=facts.class_id))
