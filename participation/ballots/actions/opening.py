"""Preparing a voting, and opening it: from then on the roll and the options stand still."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from participation.ballots.box import ROOM, new_box, written
from participation.ballots.happenings import VotingOpened
from participation.ballots.keys import new_roll_key, pseudonym, sealed_key
from participation.ballots.models import Offer, RollLine, Voting
from participation.ballots.papers import choice_paper
from participation.ballots.queries import voting_by_id
from participation.ballots.sweeping import leave_nothing
from participation.ballots.tally import LEAST
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.subjects import Subject

CODE: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
AT_ONCE: Final = 1000
"""Lines of the roll that one statement inserts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a voting runs and what it takes. `roll_least` may be raised above 10, never lowered."""

    opens_at: datetime
    closes_at: datetime
    choices_most: int = 1
    roll_least: int = LEAST


@dataclass(frozen=True, slots=True)
class Entitled:
    """A child who may vote, and her circle: what her own options are for, and the bursts."""

    person_id: int
    circle: str = ""


def draft_voting(subject: Subject, rules: Rules) -> Voting:
    """Prepare a voting about a subject; nobody can vote in it yet.

    Raises `RuleBroken` where there is one already, and `ValueError` for rules that no page offers.
    """
    if not (rules.opens_at < rules.closes_at and rules.choices_most >= 1):
        raise ValueError("a voting opens before it closes and takes a choice")
    voting = Voting(
        subject_kind=subject.kind,
        subject_id=subject.id,
        opens_at=rules.opens_at,
        closes_at=rules.closes_at,
        choices_most=rules.choices_most,
        roll_least=max(LEAST, rules.roll_least),
    )
    try:
        with session().begin_nested():
            session().add(voting)
    except IntegrityError as problem:
        raise RuleBroken(_l("这里已经有一次投票了")) from problem
    return voting


def open_voting(
    voting_id: int,
    *,
    roll: Iterable[Entitled],
    options: Mapping[str, str],
    by: int | None = None,
) -> None:
    """Freeze who may vote and between what; children can cast from `opens_at` on.

    `options` maps each option's code to the circle whose voters may choose it, "" for everybody.
    Raises `RuleBroken` where it is open already or over, where the roll is smaller than its minimum
    or a circle with options of its own is (R70: in a small circle a result tells who chose what).
    """
    voting = voting_by_id(voting_id)
    if voting.state != "draft":
        raise RuleBroken(_l("这次投票已经开始了"))
    if voting.closes_at <= now():
        raise RuleBroken(_l("结束的时间已经过了"))
    listed = {each.person_id: each.circle for each in roll}
    _check_options(options, voting.choices_most)
    _check_circles({*listed.values(), *options.values()})
    _check_sizes(listed, options, voting.roll_least)
    leave_nothing()
    voting.state = "open"
    voting.box, opener = new_box()
    roll_key = new_roll_key()
    voting.opener = sealed_key(voting_id, "opener", opener)
    voting.roll_key = sealed_key(voting_id, "roll_key", roll_key)
    _write(Offer, [_row(voting_id, code=c, circle=own) for c, own in sorted(options.items())])
    # In the order of the pseudonyms: that of the register would tell who is who.
    lines = sorted((pseudonym(roll_key, person), circle) for person, circle in listed.items())
    _write(RollLine, [_row(voting_id, voter=v, circle=c, voted=False) for v, c in lines])
    announce(VotingOpened(subject=voting.subject, by=by, voting_id=voting_id))


def _check_options(options: Mapping[str, str], most: int) -> None:
    """Codes that a paper can hold; the room above makes them, so a wrong one is its mistake."""
    wrong = [code for code in options if not CODE.fullmatch(code)]
    longest = sorted(options, key=len)[-most:]
    if wrong or not options or len(written(choice_paper(longest))) > ROOM:
        raise ValueError("options need short codes, and a paper must hold the longest choice")


def _check_circles(circles: set[str]) -> None:
    wrong = [circle for circle in circles if circle and not CODE.fullmatch(circle)]
    if wrong:
        raise ValueError("a circle needs a short code")


def _check_sizes(listed: Mapping[int, str], options: Mapping[str, str], least: int) -> None:
    if len(listed) < least:
        told = {"count": len(listed), "least": least}
        words = _l("名单上只有 %(count)s 个孩子，至少要 %(least)s 个，才能保密", **told)
        raise RuleBroken(words, field="roll")
    sizes = Counter(listed.values())
    if any(sizes[own] < least for own in options.values() if own):
        words = _l("有一所学校不到 %(least)s 个孩子，不能单独选，不然就不保密了", least=least)
        raise RuleBroken(words, field="options")
    common = any(not own for own in options.values())
    if not common and set(sizes) - set(options.values()):
        raise RuleBroken(_l("有的孩子没有可以选的"), field="options")


def _row(voting_id: int, **values: Any) -> dict[str, Any]:
    return {"voting_id": voting_id, **values}


def _write(of: type[Offer] | type[RollLine], rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        session().execute(insert(of), rows[start : start + AT_ONCE])
