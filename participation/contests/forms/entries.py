"""The form of a work, read plainly: on one page, or one step a screen for 6–9.

Nothing more is asked than a work needs (R67): a test holds the list of its fields.
"""

from typing import Any, Final

from werkzeug.datastructures import MultiDict

from participation.contests.actions.entries import WorkFields
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords, words_of
from participation.contests.queries.own import Own
from participation.kernel.i18n import LazyWords, _l

STEPS: Final = ("work", "title", "words", "done")
"""The screens of the youngest, in order."""
OF_STEP: Final[dict[str, tuple[str, ...]]] = {
    "": ("title", "words", "alt", "text", "ai", "shown", "use", "name_form"),
    "work": ("text",),
    "title": ("title",),
    "words": ("words",),
    "done": ("ai", "shown", "use", "name_form"),
}
"""Which fields stand on a screen; the one page has them all."""
AI: Final[dict[str, LazyWords]] = {
    "none": _l("自己做的"),
    "ideas": _l("AI 出过主意"),
    "parts": _l("有一部分是 AI 做的"),
}
LONGEST: Final = 8000
SURE: Final = "sure"


def step_of(sent: Any, band: str) -> str:
    """The screen that was asked for; "" is the one page of 10–17."""
    if band != "a":
        return ""
    step = sent.get("step", "")
    return step if step in STEPS else STEPS[0]


def step_to_go_on(own: Own | None, *, has_files: bool) -> str:
    """Where the youngest go on: at the first screen that says nothing yet."""
    if own is None or not (has_files or own.entry.text):
        return "work"
    return "title" if not own.entry.title else "words" if not own.entry.words else "done"


def read_fields(own: Own, sent: MultiDict[str, str], step: str) -> WorkFields:
    """What was sent in place of what the work has; fields of other screens stay as they are."""
    asked, before = OF_STEP[step], words_of(own.entry)

    def text(name: str) -> str:
        value = sent.get(name, "") if name in asked else getattr(before, name)
        return str(value)[:LONGEST]

    own_uses, has_wishes = own.licence.uses, "shown" in asked
    return WorkFields(
        words=WorkWords(*(text(name) for name in WorkWords.__slots__)),
        ai=sent.get("ai", "") if "ai" in asked else own.entry.ai,
        shown="y" in sent.getlist("shown") if has_wishes else own.entry.shown,
        uses=_numbers(sent.getlist("use")) if has_wishes else tuple(own_uses),
        name_form=sent.get("name_form", "") if has_wishes else own.author.name_form,
    )


def read_uses(sent: MultiDict[str, str]) -> tuple[int, ...]:
    """The further uses that were ticked."""
    return _numbers(sent.getlist("use"))


def _numbers(values: list[str]) -> tuple[int, ...]:
    return tuple(
        int(one) for one in values[:20] if one.isascii() and one.isdigit() and len(one) < 10
    )


def marks_sent(sent: MultiDict[str, str]) -> frozenset[str]:
    """The marks of texts that she wants to send as they are."""
    return frozenset(mark for value in sent.getlist(SURE)[:20] for mark in value[:2000].split("."))


def asked_fields(call: ShownCall, step: str) -> list[str]:
    """The fields in words that a call asks for on this screen."""
    pictured = ("alt",) if call.takes_pictures else ()
    written = ("text",) if call.takes_text else ()
    return [name for name in ("title", "words", *pictured, *written) if name in OF_STEP[step]]
