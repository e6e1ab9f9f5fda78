"""Who may do what to a consultation, and when: facts first, then the rights as sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from participation.accounts.roles import SECRETARY
from participation.consultations.topic import subject_of
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right
from participation.kernel.pseudonyms import participant_key

SEEN_STATES: Final = ("published", "closed", "frozen")


@dataclass(frozen=True, slots=True)
class Mending:
    """Words that a child wants to mend or to have looked at again, with what that depends on."""

    consultation_id: int
    state: str
    participant: bytes
    standing: str
    reason: str = ""
    appeal: str = ""


def mending_of(topic: Any, words: Any) -> Mending:
    """What the rights to these words depend on."""
    return Mending(
        topic.id, topic.state, words.participant, words.standing, words.reason, words.appeal
    )


@dataclass(frozen=True, slots=True)
class Listening:
    """A matter about which a child wants to say whether the answer listened."""

    took_part: bool
    is_answered: bool


@fact(_l("先进来，才能说一说。"))
def is_signed_in(who: Any, topic: Any, now: datetime) -> bool:
    return bool(who.is_authenticated)


@fact(_l("这里只听孩子说。"))
def is_child(who: Any, topic: Any, now: datetime) -> bool:
    return bool(who.is_child)


@fact(_l("这件事还没有开始问。"))
def has_begun(who: Any, topic: Any, now: datetime) -> bool:
    return bool(topic.state in SEEN_STATES and topic.opens_at is not None and now >= topic.opens_at)


@fact(_l("这次已经问完了。看看后来怎么样。"))
def is_not_over(who: Any, topic: Any, now: datetime) -> bool:
    return bool(
        topic.state == "published" and topic.closes_at is not None and now < topic.closes_at
    )


@fact(_l("这次问的是别的年龄的孩子。你可以看，也可以说说别的事。"))
def is_of_asked_age(who: Any, topic: Any, now: datetime) -> bool:
    return bool(who.band) and who.band in topic.bands


@fact(_l("这次问的是住在别的区的孩子。你可以看，也可以说说别的事。"))
def is_of_asked_district(who: Any, topic: Any, now: datetime) -> bool:
    return who.district_id in topic.district_ids


@fact(_l("要家里的大人先同意，你才能说。现在可以先看看。"))
def has_guardians_consent(who: Any, topic: Any, now: datetime) -> bool:
    return bool(who.of_age or who.consent)


@fact(_l("先在“我的”里看看我们记住什么，你同意了就能说。"))
def has_own_consent(who: Any, topic: Any, now: datetime) -> bool:
    return bool(not who.of_age or who.consent)


@fact(_l("没有找到这一页"))
def is_public(who: Any, topic: Any, now: datetime) -> bool:
    return topic.state in SEEN_STATES


@fact(_l("这是秘书处的工作。"))
def is_secretary(who: Any, topic: Any, now: datetime) -> bool:
    return bool(who.role == SECRETARY)


@fact(_l("已经发布了，内容不能再改。"))
def is_draft(who: Any, topic: Any, now: datetime) -> bool:
    return bool(topic.state == "draft")


@fact(_l("这不是你写的话。"))
def is_own(who: Any, mending: Mending, now: datetime) -> bool:
    key = participant_key(who.person_id, subject_of(mending.consultation_id))
    return key == mending.participant


@fact(_l("这句话现在不用改。"))
def is_returned(who: Any, mending: Mending, now: datetime) -> bool:
    return mending.standing == "returned"


@fact(_l("这句话现在不能再请人看了。"))
def is_judged(who: Any, mending: Mending, now: datetime) -> bool:
    return mending.standing in ("returned", "refused") and mending.reason != "escalated"


@fact(_l("你已经请过另一位老师看了。"))
def is_not_asked_yet(who: Any, mending: Mending, now: datetime) -> bool:
    return mending.appeal == ""


@fact(_l("这次已经汇总好了，不能再改了。"))
def is_not_frozen(who: Any, thing: Any, now: datetime) -> bool:
    return thing.state in ("published", "closed")


@fact(_l("这件事你没有说过，所以不用回答这个。"))
def took_part(who: Any, listening: Listening, now: datetime) -> bool:
    return listening.took_part


@fact(_l("回音还没有来。"))
def is_answered(who: Any, listening: Listening, now: datetime) -> bool:
    return listening.is_answered


may_see_topic = right("see_topic", (is_public,), (is_secretary,))

may_give_opinion = right(
    "give_opinion",
    (
        is_signed_in,
        is_child,
        has_begun,
        is_not_over,
        is_of_asked_age,
        is_of_asked_district,
        has_guardians_consent,
        has_own_consent,
    ),
)

may_withdraw_opinion = right("withdraw_opinion", (is_signed_in, is_child, is_not_over))

may_mend_words = right(
    "mend_words",
    (
        is_signed_in,
        is_child,
        is_own,
        is_returned,
        is_not_frozen,
        has_guardians_consent,
        has_own_consent,
    ),
)

may_appeal_words = right(
    "appeal_words",
    (
        is_signed_in,
        is_child,
        is_own,
        is_judged,
        is_not_asked_yet,
        has_guardians_consent,
        has_own_consent,
    ),
)

may_draft_topic = right("draft_topic", (is_signed_in, is_secretary))
may_change_topic = right("change_topic", (is_signed_in, is_secretary, is_draft))
may_publish_topic = right("publish_topic", (is_signed_in, is_secretary, is_draft))
may_extend_topic = right("extend_topic", (is_signed_in, is_secretary, is_not_over))
may_say_listened = right("say_listened", (is_signed_in, is_child, took_part, is_answered))
