"""What the unit must answer when a call has ended."""

from typing import Final

from participation.contests.call import ShownCall
from participation.kernel.i18n import LazyWords, _l, speaking
from participation.kernel.tables import Words

TONGUES: Final = {"zh": "zh-Hans", "en": "en"}


def points_of(call: ShownCall) -> list[tuple[str, Words]]:
    """What the unit must answer: of a logo which one the city adopts; of all works what follows."""
    asked = [("use", _l("孩子们的作品会怎么用？从哪天起？"))]
    if call.kind == "logo":
        asked.insert(0, ("adopt", _l("城市采用哪一个标志？为什么？")))
    return [(key, _both(words)) for key, words in asked]


def _both(words: LazyWords) -> Words:
    made = {}
    for tongue, locale in TONGUES.items():
        with speaking(locale):
            made[tongue] = str(words)
    return Words(made)
