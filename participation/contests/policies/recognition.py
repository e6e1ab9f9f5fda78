"""Who may take a thank-you card, and who a certificate; and who names the adopted work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from participation.contests.policies.calls import is_real, is_secretary
from participation.contests.policies.entries import ENDED, is_author, is_child, is_signed_in
from participation.contests.recognition import CHOSEN
from participation.kernel.i18n import _l
from participation.kernel.policy import fact, right


@dataclass(frozen=True, slots=True)
class Recognition:
    """A work whose author asks: `author` as in `OwnWork`, `level` of its outcome or empty."""

    call: Any
    standing: str
    author: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A call whose adopted work is to be named.

    `rehearsal` and `state` are the call's, `answered`: the unit has replied, `named`: one is named.
    """

    state: str
    rehearsal: bool
    answered: bool
    named: bool


@fact(_l("这个作品还没有交，或者已经不在这里了。"))
def was_handed_in(who: Any, thing: Recognition, now: datetime) -> bool:
    return thing.standing not in ("draft", *ENDED)


@fact(_l("先说“愿意一起做”。"))
def has_agreed(who: Any, thing: Recognition, now: datetime) -> bool:
    return thing.author == "agreed"


@fact(_l("结果出来以后，感谢卡就在这里。"))
def is_told(who: Any, thing: Recognition, now: datetime) -> bool:
    return thing.call.state in ("noticed", "ended") and not thing.call.rehearsal


@fact(_l("公示结束以后，才能做证书。"))
def is_final(who: Any, thing: Recognition, now: datetime) -> bool:
    """An objection in the days of public notice may still change what is certified."""
    return bool(thing.call.state == "ended")


@fact(_l("这个作品现在没有证书。"))
def stands(who: Any, thing: Recognition, now: datetime) -> bool:
    return thing.standing == "approved"


@fact(_l("证书给入围和入选的作品。感谢卡每个人都有。"))
def is_chosen(who: Any, thing: Recognition, now: datetime) -> bool:
    return thing.level in CHOSEN


@fact(_l("公示结束、送到单位以后，才能写城市采用了哪一件。"))
def has_ended(who: Any, thing: Adoption, now: datetime) -> bool:
    return thing.state == "ended"


@fact(_l("单位回答以后，才能写城市采用了哪一件。"))
def is_answered(who: Any, thing: Adoption, now: datetime) -> bool:
    return thing.answered


@fact(_l("已经写了一件。先收回，再写另一件。"))
def is_open(who: Any, thing: Adoption, now: datetime) -> bool:
    return not thing.named


@fact(_l("还没有写哪一件。"))
def is_named(who: Any, thing: Adoption, now: datetime) -> bool:
    return thing.named


_ENTRANT = (is_signed_in, is_child, is_author, has_agreed, was_handed_in, is_told)
_OFFICE = (is_signed_in, is_secretary, is_real, has_ended)

may_see_card = right("see_card", _ENTRANT)
may_make_certificate = right("make_certificate", (*_ENTRANT, is_final, stands, is_chosen))
may_name_adopted = right("name_adopted", (*_OFFICE, is_answered, is_open))
may_take_back_adopted = right("take_back_adopted", (*_OFFICE, is_named))
