"""Every reason for which a file is refused, those of the press and those of keeping it."""

from typing import Final

from participation.kernel.i18n import LazyWords, _l
from participation.media.wording import SENTENCES

LOST: Final = "lost"
"""The bytes of a file are not in storage any more, and nothing is left to press."""
_LOST: Final = _l("这个文件在我们这里弄丢了，不是你的错。请再传一次。")


def sentence_of(reason: str) -> LazyWords:
    """The sentence of a reason, for a child who can do something about it."""
    return SENTENCES.get(reason, _LOST)
