"""What the pages of a gallery share: the visitor's order, her filters, and pages asked for anew."""

import re
import secrets
from hashlib import blake2b
from typing import Any, Final

from flask import Response, request, session
from flask_login import current_user

from participation.contests.call import ShownCall
from participation.contests.drawn import DRAWS, Draw, read_draw, read_place
from participation.contests.policies.gallery import may_see_works
from participation.contests.policies.notice import Noticing, may_see_notice
from participation.contests.queries.gallery import Looking, Wall, gallery_for, wall
from participation.kernel.asked import unchanged
from participation.kernel.clock import now
from participation.kernel.slots import TOKEN

ORDER: Final = "order"
"""Where a visit keeps the order that was drawn for it, and the name it has in addresses."""
REVALIDATE: Final = "private, no-cache"
_TOKENS: Final = re.compile(r'(name="csrf_token" value=")[^"]*')


def draw_of_visit() -> Draw:
    """The order in the address, else that of the visit, which is drawn with its first look."""
    told = read_draw(request.args.get(ORDER, ""))
    if told is not None:
        return told
    kept = session.get(ORDER)
    if not isinstance(kept, int):
        kept = session[ORDER] = secrets.randbelow(DRAWS)
    return Draw(kept % DRAWS)


def looking_at(call: ShownCall) -> Looking:
    """The filters of the address; what this call does not have is no filter."""
    band, theme = request.args.get("band", ""), request.args.get("theme", 0, type=int)
    known = {one.id for one in call.themes}
    return Looking(band if band in call.bands else "", theme if theme in known else 0)


def wall_flags(call: ShownCall) -> dict[str, Any]:
    """The wall below a call: its page of works, or the sentence why it is closed to this reader."""
    closed = may_see_works.refusal(current_user, gallery_for(current_user, call), now())
    draw, looking = draw_of_visit(), looking_at(call)
    after = read_place(request.args.get("after", ""))
    before = read_place(request.args.get("before", ""))
    page = Wall(()) if closed else wall(call, draw, looking, after=after, before=before)
    return {
        "wall": page,
        "closed": str(closed or ""),
        "draw": draw,
        "looking": looking,
        "notice_up": may_see_notice(current_user, Noticing(call), now()),
    }


def revalidated(page: str) -> Response:
    """The page with its ETag: kept by this visitor alone and asked for anew each time.

    The mark is taken of the finished page, so that nothing that left it is ever shown by a browser
    that asks again; only the token of its forms, signed anew each time, is left out.
    """
    told = (_TOKENS.sub(r"\1", page), session.get(TOKEN, ""))
    tag = blake2b(repr(told).encode(), digest_size=12).hexdigest()
    headers = ("ETag", f'"{tag}"'), ("Cache-Control", REVALIDATE)
    if request.if_none_match.contains_weak(tag):
        return unchanged(*headers).response()
    return Response(page, headers=list(headers))
