"""Who may bring works for a class, and for whom: facts first, then the rights as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.contests.policies.entries import (
    KINDERGARTEN,
    has_begun,
    has_guardians_consent,
    has_own_consent,
    is_child,
    is_not_over,
    is_not_ranked_preschooler,
    is_of_asked_age,
    is_of_asked_district,
)
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

TEACHER: Final = "teacher"


@dataclass(frozen=True, slots=True)
class Bringing:
    """A call and a class: its teachers, and the kind of its school."""

    call: Any
    teachers: frozenset[int]
    school_kind: str = ""


@fact(_l("只有老师能替班里交作品。"))
def is_teacher(who: Any, thing: Any, now: datetime) -> bool:
    return bool(who.role == TEACHER)


@fact(_l("这个班由别的老师负责"))
def teaches_the_class(who: Any, bringing: Bringing, now: datetime) -> bool:
    return who.person_id in bringing.teachers


@fact(_l("这次不收图，没有要拍的。"))
def takes_pictures(who: Any, bringing: Bringing, now: datetime) -> bool:
    return bool(bringing.call.takes_pictures)


@fact(_l("幼儿园的作品不参加评选。有不评选的征集时，欢迎再来。"))
def is_for_no_ranked_preschool(who: Any, bringing: Bringing, now: datetime) -> bool:
    """Preschoolers are not ranked (学前教育法 14, 19; R65)."""
    return not (bringing.call.ranked and bringing.school_kind == KINDERGARTEN)


may_bring_works = right(
    "bring_works",
    (
        is_teacher,
        teaches_the_class,
        has_begun,
        is_not_over,
        takes_pictures,
        is_for_no_ranked_preschool,
    ),
)
"""A teacher brings works of her class: while the call is open, never into a rehearsal."""

may_be_brought_but_for_consent = right(
    "be_brought_but_for_consent",
    (
        is_child,
        has_begun,
        is_not_over,
        is_of_asked_age,
        is_of_asked_district,
        is_not_ranked_preschooler,
    ),
)
may_be_brought = right(
    "be_brought",
    (
        is_child,
        has_begun,
        is_not_over,
        is_of_asked_age,
        is_of_asked_district,
        is_not_ranked_preschooler,
        has_guardians_consent,
        has_own_consent,
    ),
)
"""For which children of the class: the same as may begin a work themselves; asked of the child."""
