"""Signs that a child is harmed or in danger, in the indirect ways in which children say it.

A sign only makes a person look at once; nothing is decided and nothing is asked of the child.
Negations, figures of speech, games, lessons and advice are left alone where the same breath says
so. What is looked for stands in lists/harm, in three kinds: phrases (`phrases.py`), words that come
together (`together.py`), and sentences that others may be like (`likeness.py`). The lists are our
own; what they stand on: 未成年人保护法 arts 11, 17, 39, 54, 77, the nine situations of mandatory
reporting (九部门 2020). Missing one is worse than reading one too many.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from participation.screening.first_look import FirstLook
from participation.screening.folding import View, lines_of
from participation.screening.hints import MAYBE, NOW, SOON, Hint, hint, level
from participation.screening.lexicon import Lexicon, Spoken, lexicon_of, sentences_of
from participation.screening.likeness import Likeness, like_harm_in, likeness_of
from participation.screening.phrases import Section, groups_of, pattern_of, sections_of
from participation.screening.together import Meetings, meetings_of, met_in

PHRASES: Final = ("danger", "self", "others", "away", "pupils")
"""The files of phrases, in the order in which they are looked for."""
FILES: Final = (*PHRASES, "groups", "words", "together", "samples")
_BREATH: Final = re.compile(r"[,.。!?;:\n、~]")
LIKE: Final = f"like{MAYBE}"
"""The code of what is only like harm."""
REACH: Final = 24
"""Characters to each side in which the same breath is looked for."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One section of phrases: what it is a sign of, its code and pattern, what takes it back in the
    same breath (`unless`, the find between < and >) or near it, over a comma (`around`), and what
    near it makes it a figure of speech (`maybe`)."""

    what: str
    why: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    around: re.Pattern[str] | None
    maybe: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Harm:
    """All lists of signs, ready for use; `first_look` tells which of `signs` a text may hold."""

    signs: tuple[Sign, ...]
    first_look: FirstLook
    meetings: Meetings
    lexicon: Lexicon
    likeness: Likeness
    no_sign: re.Pattern[str]
    now: re.Pattern[str]


def read_harm() -> Harm:
    """The signs as the lists say now; raises ValueError (or re.error) where a line is wrong."""
    shared = lines_of("harm/groups.txt")
    groups = groups_of(shared)
    sections = sections_of((line for line in shared if not line.startswith("@")), ())
    around = {section.what: pattern_of(section.lines, groups) for section in sections}
    no_sign, now = around.get("no"), around.get("now")
    if no_sign is None or now is None:
        raise ValueError("groups.txt needs [no sign] and [now]")
    lexicon = lexicon_of(lines_of("harm/words.txt"))
    signs = tuple(sign for name in PHRASES for sign in _signs(f"harm/{name}.txt", groups))
    return Harm(
        signs,
        FirstLook([sign.pattern.pattern for sign in signs]),
        Meetings(meetings_of(lines_of("harm/together.txt"), lexicon.bits)),
        lexicon,
        likeness_of(lines_of("harm/samples.txt"), lexicon),
        no_sign,
        now,
    )


def _signs(name: str, groups: dict[str, str]) -> Iterator[Sign]:
    for section in sections_of(lines_of(name), ("unless", "around", "maybe")):
        yield _sign(section, groups)


def _sign(section: Section, groups: dict[str, str]) -> Sign:
    pattern = pattern_of(section.lines, groups)
    more = {
        name: pattern_of(section.said.get(name, ()), groups)
        for name in ("unless", "around", "maybe")
    }
    if pattern is None:
        raise ValueError(f"[{section.what} {section.why}] has no phrase")
    return Sign(section.what, section.why, pattern, **more)


OWN_HARM: Final = read_harm()
"""The signs that come with the program."""


def harm_in(view: View, harm: Harm = OWN_HARM) -> list[Hint]:
    """The signs of harm in a plain view, the most urgent first; those of danger now carry a code
    that ends in `-now`. Only where there is none is a sentence asked whether it is like harm."""
    sentences = sentences_of(view.text, harm.lexicon)
    found = [*_by_phrases(view, harm), *_by_meetings(view, sentences, harm)]
    if found:
        return sorted(found, key=level)
    like = like_harm_in(view.text, sentences, harm.lexicon, harm.likeness)
    return [hint(kind, *view.place(start, end), LIKE) for kind, start, end in like]


def _by_phrases(view: View, harm: Harm) -> Iterator[Hint]:
    for number in harm.first_look.possible(view.text):
        yield from found_by(harm.signs[number], view, harm)


def _by_meetings(view: View, sentences: Sequence[Spoken], harm: Harm) -> Iterator[Hint]:
    for meeting, start, end in met_in(view.text, sentences, harm.meetings):
        why = _code(meeting.what, meeting.why, _around(view.text, start, end), harm)
        yield hint(meeting.what, *view.place(start, end), why)


def found_by(sign: Sign, view: View, harm: Harm = OWN_HARM) -> Iterator[Hint]:
    """The finds of one section of phrases that nothing in the same breath takes back."""
    text = view.text
    for found in sign.pattern.finditer(text):
        near = _around(text, *found.span())
        if _is_meant(sign, found[0], near, _breath(text, *found.span()), harm):
            why = f"{sign.why}{MAYBE}" if sign.maybe and sign.maybe.search(near) else sign.why
            yield hint(sign.what, *view.place(*found.span()), _code(sign.what, why, near, harm))


def _breath(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a find in the same breath."""
    before = _BREATH.split(text[max(0, start - REACH) : start])[-1]
    after = _BREATH.split(text[end : end + REACH])[0]
    return before, after


def _around(text: str, start: int, end: int) -> str:
    """A find with what stands near it, over the end of a breath."""
    return text[max(0, start - REACH) : end + REACH // 2]


def _is_meant(sign: Sign, found: str, near: str, breath: tuple[str, str], harm: Harm) -> bool:
    before, after = breath
    if harm.no_sign.search(before) or (sign.around and sign.around.search(near)):
        return False
    return not (sign.unless and sign.unless.search(f"{before}<{found}>{after}"))


def _code(what: str, why: str, near: str, harm: Harm) -> str:
    """The code of a find: does it say near it that it happens now? Of teasing, never, nor where it
    may be a figure of speech."""
    if why.endswith(MAYBE) or (what == "bullying" and not why.endswith(SOON)):
        return why
    return f"{why.removesuffix(SOON)}{NOW}" if harm.now.search(near) else why
