"""What a child is asked about before her words go: places in them that tell who or where she is.

It is a question, kindly put, never a bar: she changes her words, or says "send it so", and then
they go as they are and the moderator sees the same places. Where there is any sign of harm nothing
is asked (`screening.for_child`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from participation.kernel.errors import Refusal
from participation.kernel.i18n import LazyWords, _l
from participation.kernel.pseudonyms import fingerprint
from participation.screening import Hint

LOOK_FIRST: Final = _l("交之前，先看一看标出来的地方。")
SAYS: Final[Mapping[str, LazyWords]] = {
    "phone": _l("好像有电话号码，去掉会更安全。"),
    "id": _l("好像有身份证号，去掉会更安全。"),
    "passport": _l("好像有证件号码，去掉会更安全。"),
    "plate": _l("好像有车牌号，去掉会更安全。"),
    "email": _l("好像有邮箱，去掉会更安全。"),
    "link": _l("好像有网址，去掉会更安全。"),
    "handle": _l("好像有微信、QQ 这样的账号，去掉会更安全。"),
    "address": _l("好像写了家住哪儿，去掉会更安全。"),
    "name": _l("好像有全名，去掉会更安全。"),
    "school": _l("好像写了学校或者班级，去掉会更安全。"),
    "birthday": _l("好像写了生日，去掉会更安全。"),
    "who": _l("别人可能猜出这是谁，换个说法会更安全。"),
}
"""One sentence for each kind of place; no scolding, no rule, only what makes her safer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of her text; `kind` is what it may be (phone, name …), or empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked about one text: its pieces, the sentences, the mark that confirms it.

    Put together again the pieces are the text, to the letter.
    """

    pieces: tuple[Piece, ...]
    says: tuple[LazyWords, ...]
    mark: str

    def plain(self) -> dict[str, Any]:
        """The same for a script: sentences in the reader's language, and the pieces."""
        return {
            "says": [str(sentence) for sentence in self.says],
            "pieces": [[piece.text, bool(piece.kind)] for piece in self.pieces],
        }


class AskFirst(Refusal):
    """Nothing is taken yet: `asks` by question id (or 0 where there is but one text)."""

    status = 422

    def __init__(self, asks: Mapping[int, Ask]) -> None:
        super().__init__(LOOK_FIRST)
        self.asks = asks


def mark_of_text(text: str) -> str:
    """The mark by which a child confirms exactly this text; another text has another one."""
    return fingerprint("sure", text).hex()


def ask_about(text: str, hints: Sequence[Hint]) -> Ask:
    """The question about a text with these places, which come in order."""
    cut, pieces = 0, []
    for hint in hints:
        pieces += [Piece(text[cut : hint["start"]])]
        pieces += [Piece(text[hint["start"] : hint["end"]], hint["what"])]
        cut = hint["end"]
    pieces.append(Piece(text[cut:]))
    kinds = [kind for kind in SAYS if any(hint["what"] == kind for hint in hints)]
    return Ask(
        tuple(piece for piece in pieces if piece.text),
        tuple(SAYS[kind] for kind in kinds),
        mark_of_text(text),
    )
