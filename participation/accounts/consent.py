"""What a decision about taking part means, and how its two answers are shown evenly."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from participation.accounts.ages import OF_AGE, age_on
from participation.kernel.pseudonyms import fingerprint

AGREED: Final = "agreed"
REFUSED: Final = "refused"
WITHDRAWN: Final = "withdrawn"
Wish = Literal["agreed", "refused"]
WISHES: Final[tuple[Wish, Wish]] = ("agreed", "refused")


@dataclass(frozen=True, slots=True)
class ConsentSlip:
    """One child's form: the code is printed once and kept as a fingerprint."""

    person_id: int
    name: str
    code: str = field(repr=False)


def holds(decision: str, decided_on: date, born: date, day: date) -> bool:
    """Does the latest decision allow taking part on `day`?

    An agreement given before the 14th birthday ends with it: from then on the child's own counts.
    Source: PIPL 31; 儿童个人信息网络保护规定 2.
    """
    if decision != AGREED:
        return False
    return age_on(born, day) < OF_AGE or age_on(born, decided_on) >= OF_AGE


def becomes(standing: str, wish: Wish) -> str:
    """The decision to put on record, or "" where the wish is what already stands.

    `standing` is the decision that counts now ("" for none); saying no after a yes withdraws it.
    """
    if wish == AGREED:
        return "" if standing == AGREED else AGREED
    return {AGREED: WITHDRAWN, REFUSED: "", WITHDRAWN: ""}.get(standing, REFUSED)


def order_of(code: str) -> tuple[Wish, Wish]:
    """The order in which the two answers stand for one code: even by chance, stable on reload.

    Source: R34, neither answer may be favoured.
    """
    first, second = WISHES
    return (second, first) if fingerprint("consent order", code)[0] & 1 else (first, second)
