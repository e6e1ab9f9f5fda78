"""What stands on the login cards and the consent forms of a class, as data for the templates."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from participation.accounts.cards import PICTURES, IssuedCard
from participation.accounts.consent import AGREED, ConsentSlip, order_of
from participation.accounts.models import SchoolClass
from participation.accounts.notice import present_notice
from participation.kernel.codes import grouped, qr_svg
from participation.kernel.i18n import _, say_date
from participation.settings import ROOT

Address = Callable[[str], str]
"""Makes the full address behind a code."""

CARDS = "accounts/login_cards.typ"
CONSENT_FORMS = "accounts/consent_form.typ"


def class_name(place: SchoolClass) -> str:
    """A class as people say it: 三年级 2 班, grade 3 class 2."""
    return _("%(grade)s 年级 %(number)s 班", grade=place.grade, number=place.number)


@lru_cache(maxsize=16)
def _drawing(name: str) -> str:
    return (ROOT / "static" / "img" / f"pic-{name}.svg").read_text("utf-8")


def cards_data(cards: Sequence[IssuedCard], place: SchoolClass, address: Address) -> dict[str, Any]:
    """The data of login_cards.typ in the present language."""
    return {
        "title": _("童声卡"),
        "site": _("童声"),
        "school": str(place.school.name),
        "class": class_name(place),
        "note": _(
            "沿虚线剪开，发给孩子。图案条由孩子自己收好，不要贴在卡上。丢了就重新做一张，旧卡马上失效。"
        ),
        "words": {
            "card": _("童声卡"),
            "number": _("卡号"),
            "name": _("姓名"),
            "emblem": "",
            "pictures": _("我的 3 个图案"),
            "keep": _("撕下来，自己收好"),
        },
        "cards": [_card(card, address) for card in cards],
    }


def _card(card: IssuedCard, address: Address) -> dict[str, Any]:
    said, url = _("扫这个码进来"), address(card.secret)
    return {
        "name": card.name,
        "number": grouped(card.number),
        "qr_svg": qr_svg(url, alt=said),
        "qr_alt": said,
        "host": urlsplit(url).netloc,
        "pictures": [
            {"name": str(PICTURES[name]), "svg": _drawing(name)} for name in card.pictures
        ],
    }


def consent_data(
    slips: Sequence[ConsentSlip], place: SchoolClass, address: Address, *, back_by: date
) -> dict[str, Any]:
    """The data of consent_form.typ in the present language; `back_by` is printed as the day.

    The order of the two answers is by chance (R34) and the same on every sheet of one printing, so
    that who reads a class's sheets doesn't take one answer for the other.
    """
    notice = present_notice()
    choices = [_choice(wish) for wish in order_of(slips[0].code)] if slips else []
    return {
        "title": _("给家长的告知书和同意书"),
        "site": _("童声"),
        "intro": str(notice.intro),
        "items": [{"heading": str(one.heading), "text": str(one.text)} for one in notice.items],
        "question": str(notice.question),
        "words": _consent_words(),
        "give_back": _("请在 %(day)s 前交给班主任。", day=say_date(back_by)),
        "footer": _("告知书第 %(version)s 版", version=notice.version),
        "forms": [_form(slip, place, address, choices) for slip in slips],
    }


def _consent_words() -> dict[str, str]:
    return {
        "child": _("孩子"),
        "class": _("班级"),
        "guardian": _("监护人"),
        "signature": _("签名"),
        "date": _("日期"),
        "online": _(
            "也可以不交这张纸：扫码或者打开下面的网址，写上这个码，在网页上决定。码只能用一次。"
        ),
        "code": _("码"),
    }


def _form(
    slip: ConsentSlip, place: SchoolClass, address: Address, choices: Sequence[dict[str, str]]
) -> dict[str, Any]:
    said = _("扫这个码，在网页上决定")
    url = address(slip.code)
    return {
        "child": slip.name,
        "class": f"{place.school.name} {class_name(place)}",
        "choices": choices,
        "code": slip.code,
        "url": url,
        "qr_svg": qr_svg(url, alt=said),
        "qr_alt": said,
    }


def _choice(wish: str) -> dict[str, str]:
    if wish == AGREED:
        return {"label": _("我同意"), "text": _("孩子可以说出想法，得到回音。")}
    return {"label": _("我不同意"), "text": _("孩子照样可以看，可以求助。同学不会知道。")}
