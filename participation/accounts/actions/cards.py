"""Making login cards: for a class, or anew for one child; the old card and its sign-ins end.

Whoever makes a card can use it until it is handed over, so the child is told of a new one.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from participation.accounts import cards, nicknames
from participation.accounts.actions.lockouts import open_locks
from participation.accounts.actions.sign_ins import end_all
from participation.accounts.cards import IssuedCard
from participation.accounts.happenings import (
    CardIssued,
    CardOpened,
    about_class,
    about_person,
)
from participation.accounts.locking import locks_of_card
from participation.accounts.models import LoginCard, Person, School
from participation.accounts.policies import may_issue_cards, may_know_card, may_reissue_card
from participation.accounts.queries.cards import card_mark, card_of, pupils_for_cards
from participation.accounts.queries.rights import facts_of_class, facts_of_person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.codes import new_code, tidy
from participation.kernel.database import session
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l

NEW_ALREADY = _l("这张卡刚刚换过了，没有再换一次。刚才下载的新卡还能用。")
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


def reissue_card(who: Any, person_id: int, *, in_place_of: str | None = None) -> IssuedCard:
    """Make a new card for one child whose card is lost or locked; the old one ends at once.

    `in_place_of` is the `card_mark` of the page that asked: a second click on it, or loading the
    answer again, raises `RuleBroken` and leaves the card alone that was printed meanwhile.
    """
    facts = facts_of_person(person_id)
    may_reissue_card.require(who, facts, now())
    child = session().get_one(Person, person_id, with_for_update=True)
    if in_place_of is not None and in_place_of != card_mark(person_id):
        raise RuleBroken(NEW_ALREADY)
    return _issue(who, facts.class_id, child.school_id or 0, [child])[0]


def open_card(who: Any, person_id: int) -> bool:
    """Let a child's card that was tried too often be tried again; True when it was locked.

    Whoever may make a new card may do so, instead of that. Raises `Missing` without a card.
    """
    may_reissue_card.require(who, facts_of_person(person_id), now())
    card = card_of(person_id)
    if card is None:
        raise Missing
    was_locked = open_locks(locks_of_card(card.number, card.secret))
    if was_locked:
        announce(CardOpened(subject=about_person(person_id), by=who.person_id))
    return was_locked


def know_new_card(who: Any) -> None:
    """The child who asks has read that her card was made anew."""
    may_know_card.require(who, None, now())
    card = card_of(who.person_id)
    if card is not None and card.seen_at is None:
        card.seen_at = now()


def _issue(who: Any, class_id: int, school_id: int, pupils: Sequence[Person]) -> list[IssuedCard]:
    ids = [pupil.id for pupil in pupils]
    school = session().get_one(School, school_id)
    prefix = tidy(school.code)
    taken = set(
        session().scalars(select(LoginCard.number).where(LoginCard.number.startswith(prefix)))
    )
    had_one = _end_cards(ids)
    issued = []
    for pupil in pupils:
        number = cards.new_number(prefix, taken)
        taken.add(number)
        issued.append(cards.new_card(pupil.id, pupil.legal_name, number))
        _name_if_nameless(pupil)
    session().add_all([_row(card, anew=card.person_id in had_one) for card in issued])
    end_all(ids)
    announce(CardIssued(subject=about_class(class_id), by=who.person_id, people=tuple(ids)))
    return issued


def _end_cards(person_ids: Sequence[int]) -> set[int]:
    """End the cards of these children, and what was tried on them; returns who had one."""
    old = session().scalars(select(LoginCard).where(LoginCard.person_id.in_(person_ids))).all()
    open_locks([name for card in old for name in locks_of_card(card.number, card.secret)])
    session().execute(delete(LoginCard).where(LoginCard.person_id.in_(person_ids)))
    return {card.person_id for card in old}


def _row(card: IssuedCard, *, anew: bool) -> LoginCard:
    return LoginCard(
        person_id=card.person_id,
        number=card.number,
        secret=cards.secret_key(card.secret),
        pictures=cards.pictures_key(card.number, card.pictures),
        issued_at=now(),
        anew=anew,
    )


def _name_if_nameless(pupil: Person) -> None:
    """Nobody enters without a nickname; the child changes it whenever she likes."""
    if not pupil.nickname:
        pupil.nickname = nicknames.offered(new_code(), pupil.legal_name)[0]
