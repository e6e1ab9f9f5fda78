"""A small page with a file, as a room would have it: for tests alone."""

from typing import Any

from flask import Blueprint, render_template_string, request
from flask_login import current_user

from participation.accounts.roles import CHILD, moderators
from participation.kernel.doors import Door, door, takes_up_to
from participation.kernel.errors import RuleBroken
from participation.kernel.subjects import Subject
from participation.kernel.web import see
from participation.media import actions, queries
from participation.media.forms import read_covers
from participation.media.press import Unusable
from participation.media.wording import refusal

LIMIT = 3_000_000
KINDS = frozenset({"picture", "vector", "sound"})
children = Door("children", roles=frozenset({CHILD}))
PAGE = """{% extends "layouts/page.html" %}
{% from "components/upload.html" import upload %}
{% block title %}x{% endblock %}
{% block main %}<div class="wrap pg"><h1>交作品</h1>
{{ upload("shots", shots, to="/test/file", remove="/test/file/remove", label="你的画",
          limit=3000000, error=error, most=2, accept="image/*,audio/*", here="/test/file") }}
<label for="words">想说的话</label><textarea id="words" name="words"></textarea></div>
{% endblock %}"""
DESK = """{% extends "layouts/staff.html" %}
{% from "components/covers.html" import covers %}
{% block title %}x{% endblock %}
{% block main %}<div class="wrap pg"><h1>看一看</h1>
{{ covers("covers", src, to=request.path, boxes=boxes, alt="一张图", width=400, height=200,
          error=error) }}</div>{% endblock %}"""


def pages() -> Blueprint:
    """The pages of a test; a blueprint of its own for each app."""
    made = Blueprint("media_test", __name__)
    made.get("/test/file")(shots)
    made.post("/test/file")(add)
    made.post("/test/file/remove")(remove)
    made.get("/test/covers/<file_id>")(look)
    made.post("/test/covers/<file_id>")(cover)
    return made


def subject() -> Subject:
    return Subject("media.test", str(current_user.person_id))


@door(children)
def shots(error: str = "", status: int = 200) -> Any:
    files = queries.files_of(subject())
    mine = queries.shots_of(files, viewer=current_user.sign_in)
    return render_template_string(PAGE, shots=mine, error=error), status


@door(children)
@takes_up_to(LIMIT + 64_000)
def add() -> Any:
    try:
        file = request.files["file"]
        slot = f"page-{len(queries.files_of(subject())) + 1}"
        actions.take_in(subject(), slot, file.stream, allowed=KINDS, limit=LIMIT)
    except Unusable as problem:
        return shots(error=str(refusal(problem)), status=422)
    return see("/test/file")


@door(children)
def remove() -> Any:
    mine = {file.id for file in queries.files_of(subject())}
    if request.form["file_id"] in mine:
        actions.discard(request.form["file_id"])
    return see("/test/file")


@door(moderators)
def look(file_id: str, error: str = "", status: int = 200) -> Any:
    file = queries.file_view(file_id)
    assert file is not None
    src = queries.address(file, "medium", viewer=current_user.sign_in)
    page = render_template_string(DESK, src=src, boxes=file.covers, error=error)
    return page, status


@door(moderators)
def cover(file_id: str) -> Any:
    try:
        actions.cover(file_id, read_covers(request.form), by=current_user.person_id)
    except RuleBroken as problem:
        return look(file_id, error=str(problem), status=422)
    return see(f"/test/covers/{file_id}")
