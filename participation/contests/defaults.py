"""What a call of each kind usually asks for and looks at: where a secretary begins."""

from dataclasses import dataclass
from typing import Final

from participation.contests.outline import PlannedCriterion
from participation.kernel.tables import Words


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual shape of a work of one kind, and the usual things that a jury looks at."""

    pictures_most: int
    recording: bool
    authors_most: int
    sign: str
    criteria: tuple[PlannedCriterion, ...]


def _criterion(title: str, praise: str, english: str, english_praise: str) -> PlannedCriterion:
    return PlannedCriterion(Words(zh=title, en=english), Words(zh=praise, en=english_praise))


_OWN: Final = _criterion(
    "想法是自己的", "这个想法只有你想得到", "An idea of one's own", "Nobody else had this idea"
)
_LOOKING: Final = _criterion(
    "看得仔细", "你看得真仔细", "Looking closely", "You have looked so closely"
)
_OTHERS: Final = _criterion(
    "想到了别人", "你想到了别人", "Thinking of others", "You thought of other people"
)
_CLEAR: Final = _criterion(
    "一眼看得懂", "一眼就能看懂你的意思", "Clear at a glance", "One sees at a glance what you mean"
)
_CITY: Final = _criterion(
    "像我们的城市", "这就是我们的城市", "Like our city", "This is our city, one can tell"
)
_SMALL: Final = _criterion(
    "变小了也认得出", "变得很小也认得出", "Known when small", "One knows it even when it is tiny"
)
_TRUE: Final = _criterion(
    "说的是真心话", "每一句都是真心话", "From the heart", "Every line comes from the heart"
)
_SINGING: Final = _criterion(
    "读起来像在唱", "读着读着就想唱出来", "Asks to be sung", "Reading it makes one want to sing"
)

USUAL: Final = {
    "logo": Usual(1, False, 1, "标", (_OWN, _CLEAR, _CITY, _SMALL)),
    "lyrics": Usual(0, True, 4, "歌", (_OWN, _TRUE, _SINGING)),
    "drawing": Usual(3, False, 4, "画", (_LOOKING, _OWN, _OTHERS)),
    "free": Usual(3, True, 8, "做", (_OWN, _LOOKING, _OTHERS)),
}
"""By kind of call."""
