"""A work's words as one text, for screening and moderation, and taken apart again after redaction.

Four lines and the rest: 《title》, the sentence about it, （what tells it to who can't see it）, an
empty one, then the lyrics. No label stands there: a word of ours could be taken for hers.
"""

from dataclasses import astuple, dataclass
from typing import Final

from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

ACROSS: Final = _l("遮住的地方不能从一行跨到另一行：一行一行地遮。")
_HEAD: Final = 4


@dataclass(frozen=True, slots=True)
class WorkWords:
    """What a child wrote about her work, and in it; the first three are single lines."""

    title: str = ""
    words: str = ""
    alt: str = ""
    text: str = ""


def words_of(work: object) -> WorkWords:
    """The words of a work (an `Entry` or what else has these four)."""
    return WorkWords(*(str(getattr(work, name)) for name in WorkWords.__slots__))


def composed(words: WorkWords) -> str:
    """The whole text, as a moderator reads it; empty where there is not a word."""
    if not any(astuple(words)):
        return ""
    head = [f"《{words.title}》", words.words, f"（{words.alt}）" if words.alt else "", ""]
    return "\n".join((*head, words.text)).rstrip("\n")


def taken_apart(text: str) -> WorkWords:
    """The parts of a composed text; raises `RuleBroken` where its lines are not all there any more:
    a place that was blacked out reached over an end of a line, and nobody knows what is whose."""
    if not text:
        return WorkWords()
    title, words, alt, gap, rest = [*text.split("\n", _HEAD), "", "", "", ""][: _HEAD + 1]
    if gap or not _held(title, "《》") or (alt and not _held(alt, "（）")):
        raise RuleBroken(ACROSS)
    return WorkWords(title[1:-1], words, alt[1:-1], rest)


def _held(line: str, brackets: str) -> bool:
    return len(line) > 1 and line[0] == brackets[0] and line[-1] == brackets[1]
