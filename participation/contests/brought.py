"""A row of a class's batch: what a teacher typed from a slip, and what it still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from participation.kernel.errors import Sentence
from participation.kernel.i18n import _l

MOST_TITLE: Final = 20
MOST_WORDS: Final = 100
KEPT: Final = 200
"""So many characters of a field are kept: nothing that is a little too long is lost."""
MOST_SPARE: Final = 10
AI: Final = ("none", "ideas", "parts")

NO_PHOTO: Final = _l("还没有照片。")
PHOTO_WAITS: Final = _l("照片还在处理，好了再交。")
NO_TITLE: Final = _l("还没有题目。")
NO_AI: Final = _l("选一个：AI 有没有帮忙，照纸条上勾的来。")
NOT_OWN: Final = _l("孩子没有勾“这是我自己做的”，就不能交。")
TITLE_LONG: Final = _l("题目有点长：最多 %(most)s 个字。", most=MOST_TITLE)
WORDS_LONG: Final = _l("这句话有点长：最多 %(most)s 个字。", most=MOST_WORDS)
NOT_NOW: Final = _l("这一件现在交不了。请把画还给孩子，原因只告诉她自己。")
ASKS: Final = _l("这里好像写着能认出孩子的话（名字、学校、电话）。拿掉它；看过没事，就再交一次。")
NO_RIGHT: Final = _l("现在不能替这个孩子交：同意书不在了，或者她不在这次征集的范围里。")


@dataclass(frozen=True, slots=True)
class RowFields:
    """What stands in a row. `own` and `shown` are the boxes that the child crossed herself.

    `sure` are marks of texts about which the teacher was asked, `asks` says that she has to look at
    them, `barred` that the house said no for a reason that is the child's; `spare` are photos with
    the same code; `handed`: it is in, and the teacher hears no more of it.
    """

    title: str = ""
    words: str = ""
    ai: str = ""
    own: bool = False
    shown: bool = False
    sure: tuple[str, ...] = ()
    asks: bool = False
    barred: bool = False
    spare: tuple[str, ...] = ()
    handed: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """The fields as they are kept in a sheet."""
        known = {name: kept[name] for name in cls.__slots__ if name in kept}
        for name in ("sure", "spare"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        """The same as JSON keeps it."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    @property
    def is_begun(self) -> bool:
        """Has anything been typed or crossed?"""
        return bool(self.title or self.words or self.ai or self.own or self.shown)

    def typed(self, other: "RowFields") -> "RowFields":
        """These fields with what was typed now; what was asked about other words is forgotten."""
        same = (self.title, self.words) == (other.title, other.words)
        return replace(
            self,
            title=other.title[:KEPT],
            words=other.words[:KEPT],
            ai=other.ai if other.ai in AI else "",
            own=other.own,
            shown=other.shown,
            sure=self.sure if same else (),
            asks=self.asks and same,
        )

    def with_spare(self, file_id: str) -> "RowFields":
        """The same with one more photo that bears its code."""
        return replace(self, spare=(*self.spare, file_id)[-MOST_SPARE:])


def gaps(fields: RowFields, *, photo: str, allowed: bool) -> list[Sentence]:
    """What a row lacks before it can be handed in; `photo` is "", "waits" or "ready".

    `allowed`: may works of this child be brought today?
    """
    lacks: Sequence[tuple[bool, Sentence]] = (
        (not allowed, NO_RIGHT),
        (not photo, NO_PHOTO),
        (photo == "waits", PHOTO_WAITS),
        (not fields.title, NO_TITLE),
        (not fields.own, NOT_OWN),
        (not fields.ai, NO_AI),
        (len(fields.title) > MOST_TITLE, TITLE_LONG),
        (len(fields.words) > MOST_WORDS, WORDS_LONG),
    )
    return [sentence for is_so, sentence in lacks if is_so]


def told(fields: RowFields) -> list[Sentence]:
    """What handing it in said last time."""
    said = ((fields.asks, ASKS), (fields.barred, NOT_NOW))
    return [sentence for is_so, sentence in said if is_so]
