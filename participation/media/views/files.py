"""A rendition, to whom it was given, while it stands."""

from typing import Final

from flask import Blueprint, Response
from flask_login import current_user

from participation.kernel.doors import anyone, door
from participation.kernel.errors import Missing
from participation.kernel.i18n import _l
from participation.kernel.publicity import is_public
from participation.media import signing
from participation.media.queries.serving import served
from participation.media.views.serving import serve

pages = Blueprint("media", __name__)

OVER: Final = _l("这个链接只能用一小会儿，也只给你一个人用。回到刚才那一页，再点一次。")


@pages.get("/files/<token>")
@door(anyone)
def file(token: str) -> Response:
    """The address is the key: it was signed for who may see it, so the door is open to anyone."""
    ticket = signing.read(token, viewer=current_user.sign_in)
    found = served(ticket.file_id, ticket.name, ticket.version) if ticket else None
    if ticket is None or found is None:
        raise Missing(OVER)
    if ticket.public and not is_public(found.subject):
        raise Missing(OVER)
    return serve(found, ticket)
