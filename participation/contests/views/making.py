"""The page on which a work is made: what stands on it, whether it is a draft or came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, url_for
from flask_login import current_user

from participation.contests.actions.authors import forms_for
from participation.contests.actions.entries import MOST
from participation.contests.actions.looking import FIELDS
from participation.contests.call import ShownCall
from participation.contests.forms.entries import AI, STEPS, asked_fields
from participation.contests.naming import author_key
from participation.contests.queries.files import (
    PICTURE_LIMIT,
    SOUND_LIMIT,
    WorkFiles,
    sorted_files,
)
from participation.contests.queries.own import Own
from participation.media.queries import files_of, shots_of
from participation.screening.asking import Ask


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    title: str = ""
    words: str = ""
    alt: str = ""
    text: str = ""
    ai: str = ""
    shown: bool = False
    uses: Sequence[int] = ()
    name_form: str = "nickname"


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be mended (by field) and what is asked about (by number of the field)."""

    errors: Mapping[str, Any] = field(default_factory=dict)
    asks: Mapping[int, Ask] = field(default_factory=dict)


NOTHING = Wrong()
_OF_DRAFT = ("hand_in", "take_first_file", "take_draft_file_off", "keep_draft")


def road_of(found: ShownCall, own: Own | None) -> dict[str, str]:
    """The addresses of this page: a draft has those of its call, a work that came back its own."""
    where: dict[str, Any]
    if own is not None and own.entry.standing == "returned":
        names, where = ("change_work", "take_file", "take_file_off", "keep_work"), {"key": own.key}
    else:
        names, where = _OF_DRAFT, {"call_id": found.id}
    form, takes, remove, keeps = (f"contests.{name}" for name in names)
    return {
        "form": url_for(form, **where),
        "pictures": url_for(takes, kind="pictures", **where),
        "recording": url_for(takes, kind="recording", **where),
        "remove": url_for(remove, **where),
        "keep": url_for(keeps, **where),
    }


def files_for(own: Own | None) -> WorkFiles:
    """The files of a work; none before it is begun."""
    return sorted_files(files_of(own.subject)) if own else WorkFiles([], [])


def typed_in(own: Own | None) -> Typed:
    """What a work holds so far."""
    if own is None:
        return Typed()
    entry = own.entry
    return Typed(
        title=entry.title,
        words=entry.words,
        alt=entry.alt,
        text=entry.text,
        ai=entry.ai,
        shown=entry.shown,
        uses=own.licence.uses,
        name_form=own.author.name_form,
    )


def making_page(found: ShownCall, own: Own | None, step: str, wrong: Wrong = NOTHING) -> str:
    """The page, whole or one step of it."""
    files, viewer = files_for(own), current_user.sign_in
    key = author_key(current_user.person_id, found.id).hex()[:8]
    return render_template(
        "contests/make_small.html" if step else "contests/make.html",
        call=found,
        own=own,
        typed=typed_in(own),
        step=step,
        steps=STEPS,
        asked=asked_fields(found, step),
        most=MOST,
        ai=AI,
        forms=forms_for(current_user),
        pictures=shots_of(files.pictures, viewer=viewer),
        recording=shots_of(files.recording, viewer=viewer),
        limits={"pictures": PICTURE_LIMIT, "recording": SOUND_LIMIT},
        road=road_of(found, own),
        errors=wrong.errors,
        asks={FIELDS[place]: ask for place, ask in wrong.asks.items()},
        copy=f"work-{found.id}-{key}{'-' + step if step else ''}",
        returned=own is not None and own.entry.standing == "returned",
    )
