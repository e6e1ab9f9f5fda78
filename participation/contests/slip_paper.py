"""What stands on the slips of a class and on those for its guardians, as data for the templates."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from participation.accounts.models import SchoolClass
from participation.accounts.paper import class_name
from participation.contests.actions.batches.sheets import GuardianSlip, PrintedSlip
from participation.contests.call import ShownCall
from participation.contests.nameforms import given_name
from participation.contests.slips import BORDER, DRAWN, HEIGHT, INSET, MODULES, WIDTH
from participation.kernel.codes import qr_svg
from participation.kernel.i18n import _, say_date

SLIPS: Final = "contests/batch_slips.typ"
LICENCES: Final = "contests/batch_licences.typ"


def slips_data(slips: Sequence[PrintedSlip], place: SchoolClass, call: ShownCall) -> dict[str, Any]:
    """The data of batch_slips.typ in the present language; no name is in a code or on what stays
    at the drawing."""
    return {
        "title": _("作品纸条"),
        "site": _("童声"),
        "class": f"{place.school.name} {class_name(place)}",
        "call": str(call.title),
        "note": _(
            "沿虚线剪开。名字那一半给老师认人，撕下来收好，别贴。"
            "左边这一半贴在画的旁边或者边上，拍照时一起拍进去。"
        ),
        "measures": {"width": WIDTH, "height": HEIGHT, "inset": INSET, "drawn": DRAWN},
        "words": _slip_words(),
        "slips": [
            {
                "name": given_name(one.name),
                "number": one.number,
                "qr_svg": slip_square(one.text),
                "qr_alt": _("认这张画用的码"),
            }
            for one in slips
        ],
    }


def slip_square(text: str) -> str:
    """The code of a slip, drawn; the slip's measures count on its smallest version."""
    drawing = qr_svg(text, alt=_("认这张画用的码"))
    side = MODULES + 2 * BORDER
    if f'viewBox="0 0 {side} {side}"' not in drawing:
        raise ValueError("the code of a slip is larger than its measures say")
    return drawing


def _slip_words() -> dict[str, str]:
    return {
        "title": _("题目"),
        "words": _("想说的一句话"),
        "own": _("这是我自己做的"),
        "shown": _("可以挂出来"),
        "ai": _("AI："),
        "none": _("没有用"),
        "ideas": _("帮我想点子"),
        "parts": _("做了一部分"),
        "child": _("孩子自己写、自己勾。不勾也可以。"),
        "name": _("姓名（撕下来）"),
    }


def licences_data(
    slips: Sequence[GuardianSlip],
    call: ShownCall,
    address: Callable[[str], str],
    *,
    page: str,
    ends: date,
) -> dict[str, Any]:
    """The data of batch_licences.typ in the present language; `ends` is the last day of the codes,
    `page` the address at which a code is typed."""
    said = _("给家长扫的二维码")
    return {
        "title": _("给家长的纸条"),
        "site": _("童声"),
        "call": str(call.title),
        "note": _("沿虚线剪开，一个孩子一张，折好再发。"),
        "words": {
            "ask": _("请您看看孩子的作品，再决定"),
            "about": _(
                "老师帮孩子给“%(title)s”交了作品。能不能展出、怎么用，要您也同意。不用注册。",
                title=str(call.title),
            ),
            "how": _("扫这个码，或者打开下面的地址，写上这串字："),
            "ends": _("%(day)s以前有用，只能用一次。", day=say_date(ends)),
            "free": _("同意或不同意，都不影响孩子参加和评选。"),
        },
        "page": page,
        "slips": [
            {
                "name": given_name(one.name),
                "work": one.title,
                "code": one.code,
                "qr_svg": qr_svg(address(one.code), alt=said),
                "qr_alt": said,
            }
            for one in slips
        ],
    }
