"""Asking a moderator: a work comes to the desk with its words, its themes and what to look at."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from participation.accounts.queries.schools import school_ids
from participation.contests.call import ShownCall
from participation.contests.composing import composed, words_of
from participation.contests.models import Entry
from participation.contests.naming import call_subject, entry_subject
from participation.contests.queries.files import sorted_files
from participation.kernel.pseudonyms import school_key
from participation.media.queries import files_of
from participation.moderation.actions import goes_aside, open_case
from participation.moderation.queries.looking import look_through
from participation.screening import Hint

PICTURE_TICKS: Final = (
    ("seen:people", "看过图：没有能认出来的人", "Seen: nobody can be recognised"),
    (
        "seen:names",
        "看过图：没有名字、学校、电话和账号",
        "Seen: no names, schools, numbers",
    ),
    ("seen:own", "看过图：像是孩子自己做的", "Seen: looks like a child's own work"),
)
SOUND_TICKS: Final = (
    ("heard:names", "听过录音：没有说名字、学校、电话和账号", "Heard: no names, schools, numbers"),
)


def about_of(call: ShownCall) -> dict[str, str]:
    """The call in each language in which its title is written."""
    return {name: call.title[name] for name in ("zh", "en") if call.title.get(name)}


def choices_of(call: ShownCall, *, pictures: bool, recording: bool) -> list[dict[str, Any]]:
    """What a moderator marks: a theme if it fits, and what she must have looked at to approve."""
    themes = [{"key": f"theme:{one.id}", "label": dict(one.title)} for one in call.themes]
    ticks = (PICTURE_TICKS if pictures else ()) + (SOUND_TICKS if recording else ())
    needed = [{"key": key, "label": {"zh": zh, "en": en}, "needed": True} for key, zh, en in ticks]
    return [*themes, *needed]


def theme_of(call: ShownCall, marks: Sequence[str]) -> int | None:
    """The theme among the marks, if it is one of the call's."""
    named = {f"theme:{one.id}": one.id for one in call.themes}
    return next((named[mark] for mark in marks if mark in named), None)


def school_behind(entry: Entry) -> int:
    """The id of the lead's school, which no row holds: each school's pseudonym is derived anew.

    For the desk alone, which keeps a moderator away from her own school. 0 where it is gone.
    """
    subject = call_subject(entry.call_id)
    found = (each for each in school_ids() if school_key(each, subject) == entry.school)
    return next(found, 0)


def ask_moderator(
    call: ShownCall, entry: Entry, *, hints: Sequence[Hint] | None = None, released: bool = False
) -> bool:
    """Let a work wait at the desk; True where its words tell of harm and went to the officers.

    `released`: two officers have read its words and found no concern.
    """
    files, school_id = sorted_files(files_of(entry_subject(entry.id))), school_behind(entry)
    text = composed(words_of(entry))
    found = look_through(text, school_id) if hints is None else list(hints)
    open_case(
        entry_subject(entry.id),
        about=about_of(call),
        band=entry.band,
        text=text,
        hints=found,
        turn=entry.turns,
        choices=choices_of(call, pictures=bool(files.pictures), recording=bool(files.recording)),
        school_id=school_id,
        released=released,
    )
    return not released and goes_aside(found)


def more_of(call: ShownCall, entry: Entry) -> Mapping[str, Any]:
    """What an appeal or a report says of a work: matter and text."""
    return {"about": about_of(call), "text": composed(words_of(entry))}
