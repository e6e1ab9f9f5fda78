"""Making login cards: for a class, or anew for one child; the old card and its sign-ins end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from participation.accounts import cards, nicknames
from participation.accounts.actions.sign_ins import end_all
from participation.accounts.cards import IssuedCard
from participation.accounts.happenings import CardIssued, about_class
from participation.accounts.models import LoginCard, Person, School
from participation.accounts.policies import may_issue_cards, may_reissue_card
from participation.accounts.queries.cards import pupils_for_cards
from participation.accounts.queries.rights import facts_of_class, facts_of_person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import new_code, tidy
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

ALL_HAVE_ONE = _l("这个班每个孩子都有卡了")


def issue_cards(who: Any, class_id: int, *, only_missing: bool = True) -> list[IssuedCard]:
    """Make cards for the children of a class, or only for those who have none yet.

    The secrets are returned once and kept as fingerprints. Raises `RuleBroken` when there is
    nobody to make one for.
    """
    facts = facts_of_class(class_id)
    may_issue_cards.require(who, facts, now())
    pupils = pupils_for_cards(class_id, without_card=only_missing)
    if not pupils:
        raise RuleBroken(ALL_HAVE_ONE)
    return _issue(who, class_id, facts.school_id, pupils)


def reissue_card(who: Any, person_id: int) -> IssuedCard:
    """Make a new card for one child whose card is lost or locked; the old one ends at once."""
    facts = facts_of_person(person_id)
    may_reissue_card.require(who, facts, now())
    child = session().get_one(Person, person_id)
    return _issue(who, facts.class_id, child.school_id or 0, [child])[0]


def _issue(who: Any, class_id: int, school_id: int, pupils: Sequence[Person]) -> list[IssuedCard]:
    ids = [pupil.id for pupil in pupils]
    school = session().get_one(School, school_id)
    prefix = tidy(school.code)
    taken = set(
        session().scalars(select(LoginCard.number).where(LoginCard.number.startswith(prefix)))
    )
    session().execute(delete(LoginCard).where(LoginCard.person_id.in_(ids)))
    issued = []
    for pupil in pupils:
        number = cards.new_number(prefix, taken)
        taken.add(number)
        issued.append(cards.new_card(pupil.id, pupil.legal_name, number))
        _name_if_nameless(pupil)
    session().add_all([_row(card) for card in issued])
    end_all(ids)
    announce(CardIssued(subject=about_class(class_id), by=who.person_id, people=tuple(ids)))
    return issued


def _row(card: IssuedCard) -> LoginCard:
    return LoginCard(
        person_id=card.person_id,
        number=card.number,
        secret=cards.secret_key(card.secret),
        pictures=cards.pictures_key(card.number, card.pictures),
        issued_at=now(),
    )


def _name_if_nameless(pupil: Person) -> None:
    """Nobody enters without a nickname; the child changes it whenever she likes."""
    if not pupil.nickname:
        pupil.nickname = nicknames.offered(new_code(), pupil.legal_name)[0]
