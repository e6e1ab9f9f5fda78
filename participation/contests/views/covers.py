"""A moderator covers what must not be seen in a picture of the work that she holds."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.roles import moderators
from participation.contests.naming import entry_subject
from participation.contests.queries.files import sorted_files
from participation.contests.queries.own import key_of
from participation.contests.views.blueprint import pages
from participation.kernel.doors import door
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _
from participation.kernel.web import see
from participation.media.actions import cover
from participation.media.forms import read_covers
from participation.media.queries import FileView, address, files_of
from participation.moderation.queries import held_id


@pages.route("/desk/works/<key>/pictures/<slot>", methods=["GET", "POST"])
@door(moderators)
def cover_picture(key: str, slot: str) -> Any:
    """The picture and its covers, as long as she holds the case; for anybody else it is no page."""
    case_id, file = _held(key, slot)
    if request.method == "GET":
        return _page(key, case_id, file)
    try:
        cover(file.id, read_covers(request.form), by=current_user.person_id)
    except RuleBroken as refusal:
        return _page(key, case_id, file, str(refusal.sentence)), 422
    flash(_("记下了。图在重新做，做好以前谁也看不到。"), "thanks")
    return see(url_for(".cover_picture", key=key, slot=slot))


def _held(key: str, slot: str) -> tuple[int, FileView]:
    subject = entry_subject(key_of(key))
    case_id = held_id(current_user.person_id, subject)
    found = sorted_files(files_of(subject)).pictures if case_id else ()
    file = next((one for one in found if one.slot == slot), None)
    if file is None:
        raise Missing
    return case_id, file


def _page(key: str, case_id: int, file: FileView, error: str = "") -> str:
    return render_template(
        "contests/cover.html",
        key=key,
        case_id=case_id,
        file=file,
        source=address(file, "large", viewer=current_user.sign_in),
        error=error,
    )
