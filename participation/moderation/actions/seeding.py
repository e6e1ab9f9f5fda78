"""The known texts that every desk begins with, and a round in which everybody reads them."""

from typing import Final

from sqlalchemy import select

from participation.accounts.models import Person
from participation.kernel.announcing import announce
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words
from participation.moderation.actions.gold import GOLD, next_gold_case
from participation.moderation.actions.holding import LEASE
from participation.moderation.goldseeds import SEEDS, Seed
from participation.moderation.happenings import GoldAdded
from participation.moderation.models import Case, Gold
from participation.moderation.policies import may_judge

STRIDE: Final = 6
"""In the file the kinds stand together; moderators meet them in the order in which they came."""


def seed_gold() -> int:
    """Add each of the made-up texts of `goldseeds` that is not there; returns how many were new.

    One that was taken out of use stays out: its text is known, and that somebody ended it counts.
    """
    there = set(session().scalars(select(Gold.text).order_by(Gold.id)))
    mixed = [seed for first in range(STRIDE) for seed in SEEDS[first::STRIDE]]
    new = [seed for seed in mixed if seed.text not in there]
    for seed in new:
        _add(seed)
    return len(new)


def _add(seed: Seed) -> None:
    gold = Gold(
        about=Words(zh=seed.about[0], en=seed.about[1]),
        band=seed.band,
        text=seed.text,
        verdict=seed.verdict,
        reasons=",".join(seed.reasons),
        why=seed.why,
        by=None,
        at=now(),
    )
    session().add(gold)
    session().flush()
    announce(GoldAdded(subject=Subject(GOLD, str(gold.id))))


def practise(who: Person) -> Case | None:
    """A known text for this moderator whether or not one is due, held by her; None when she has
    judged all of them within a year.

    For a round of training, in which everybody reads the same: no page offers it.
    """
    may_judge.require(who, None, now())
    return next_gold_case(who, now() + LEASE)
