"""Who may keep schools and people, print cards, see consent and decide: facts, then rights."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.accounts.roles import ADMINISTRATOR, CHILD, SECRETARY
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right

OTHER_CLASS = _l("这个班由别的老师负责")
FOR_ADMINISTRATORS = _l("这件事由管理员来做")
FOR_CHILDREN = _l("这一页是给孩子的")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """What rights ask about a class: its school and the teachers who look after it."""

    class_id: int
    school_id: int
    teachers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What rights ask about a person: the role, and the teachers of a child's class."""

    person_id: int
    role: str
    class_id: int
    teachers: frozenset[int]
    has_left: bool = False


@fact(OTHER_CLASS)
def is_teacher_of_class(who: Any, place: ClassFacts | PersonFacts, now: datetime) -> bool:
    """Does this person look after the class (or the class of this child)?"""
    return who.person_id in place.teachers


@fact(FOR_ADMINISTRATORS)
def is_administrator(who: Any, thing: Any, now: datetime) -> bool:
    """Administrators keep people and schools."""
    return bool(who.role == ADMINISTRATOR)


@fact(_l("这件事由秘书处来做"))
def is_secretary(who: Any, thing: Any, now: datetime) -> bool:
    """The secretariat keeps the schools' rosters."""
    return bool(who.role == SECRETARY)


@fact(_l("这是别人的"))
def is_oneself(who: Any, person: PersonFacts, now: datetime) -> bool:
    """Is it about the person who asks?"""
    return bool(who.person_id and who.person_id == person.person_id)


@fact(FOR_CHILDREN)
def is_child(who: Any, thing: Any, now: datetime) -> bool:
    """Is a child asking?"""
    return bool(who.role == CHILD)


@fact(_l("满 14 岁以后，由你自己决定。现在要家长同意。"))
def is_of_age(who: Any, thing: Any, now: datetime) -> bool:
    """From 14 on a child decides for herself (PIPL 28, 31)."""
    return bool(who.of_age)


@fact(_l("这里说的是孩子"))
def is_about_child(who: Any, person: PersonFacts, now: datetime) -> bool:
    """Is it about a child?"""
    return person.role == CHILD


@fact(_l("这个人已经离开了"))
def is_present(who: Any, person: PersonFacts, now: datetime) -> bool:
    """The person has not left."""
    return not person.has_left


may_keep_people = right("may_keep_people", (is_administrator,))
may_keep_schools = right("may_keep_schools", (is_administrator,), (is_secretary,))
may_import_roster = right("may_import_roster", (is_administrator,), (is_secretary,))
may_see_class = right("may_see_class", (is_teacher_of_class,), (is_administrator,), (is_secretary,))
may_issue_cards = right(
    "may_issue_cards", (is_teacher_of_class,), (is_administrator,), (is_secretary,)
)
may_reissue_card = right(
    "may_reissue_card",
    (is_about_child, is_present, is_teacher_of_class),
    (is_about_child, is_present, is_administrator),
    (is_about_child, is_present, is_secretary),
)
may_see_consents = right("may_see_consents", (is_teacher_of_class,))
may_record_consent = right("may_record_consent", (is_teacher_of_class,))
may_print_consent_forms = right("may_print_consent_forms", (is_teacher_of_class,))
may_end_sign_ins = right(
    "may_end_sign_ins", (is_oneself,), (is_about_child, is_teacher_of_class), (is_administrator,)
)
may_decide_for_oneself = right("may_decide_for_oneself", (is_child, is_of_age))
may_choose_nickname = right("may_choose_nickname", (is_child,))
may_know_card = right("may_know_card", (is_child,))
