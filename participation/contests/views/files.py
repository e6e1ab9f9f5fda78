"""Files of a work, one small form for each: a refused one loses not a word."""

from typing import Any, Final

from flask import request
from flask_login import current_user

from participation.accounts.roles import children
from participation.contests.actions import entries, files
from participation.contests.forms.entries import step_of
from participation.contests.queries import call as public_call
from participation.contests.queries.files import PICTURE_LIMIT
from participation.contests.queries.own import Own, own_work
from participation.contests.views.blueprint import pages
from participation.contests.views.making import Wrong, making_page, road_of
from participation.kernel.doors import door, takes_up_to
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.web import see

ROOM: Final = 64 * 1024
"""Bytes of a request around its file."""
NO_FILE: Final = _l("先选一个文件。")
TAKES: Final = {"pictures": files.take_picture, "recording": files.take_recording}


@pages.post("/calls/<int:call_id>/hand-in/files/<kind>")
@door(children)
@takes_up_to(PICTURE_LIMIT + ROOM)
def take_first_file(call_id: int, kind: str) -> Any:
    """A file for her draft, which begins with it where there was none."""
    return _take(entries.begin_work(current_user, public_call(call_id)), kind)


@pages.post("/works/<key>/files/<kind>")
@door(children)
@takes_up_to(PICTURE_LIMIT + ROOM)
def take_file(key: str, kind: str) -> Any:
    """A file for a work that came back."""
    return _take(own_work(current_user, key), kind)


@pages.post("/calls/<int:call_id>/hand-in/files/off")
@door(children)
def take_draft_file_off(call_id: int) -> Any:
    """Take a file of her draft off again."""
    return _take_off(entries.begin_work(current_user, public_call(call_id)))


@pages.post("/works/<key>/files/off")
@door(children)
def take_file_off(key: str) -> Any:
    """Take a file of a work off that came back."""
    return _take_off(own_work(current_user, key))


def _take(own: Own, kind: str) -> Any:
    sent: Any = request.files.get("file")
    takes = TAKES.get(kind)
    if takes is None:
        raise Missing
    try:
        if sent is None or not sent.filename:
            raise RuleBroken(NO_FILE, field="file")
        takes(current_user, own, sent.stream)
    except RuleBroken as refusal:
        step = step_of({"step": "work"}, current_user.band)
        wrong = Wrong({kind: refusal.sentence})
        return making_page(own.call, own, step, wrong), 422
    return see(_back(own))


def _take_off(own: Own) -> Any:
    files.take_off(current_user, own, request.form.get("file_id", ""))
    return see(_back(own))


def _back(own: Own) -> str:
    return road_of(own.call, own)["form"] + ("?step=work" if current_user.band == "a" else "")
