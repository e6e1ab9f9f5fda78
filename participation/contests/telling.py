"""What a round came to, in sentences that a secretary reads."""

from collections.abc import Mapping
from typing import Any, Final

from participation.contests.jury.report import LETTERS, STEMS, mark
from participation.kernel.i18n import _, current_locale, ngettext

FIRM, TENTATIVE = 0.8, 0.667
"""From so much on Krippendorff's α is held to be firm, or tentative."""
FEW_ALIASES: Final = len(STEMS)


def late_sentence(late: Mapping[str, Any]) -> str:
    """Whether the judgements that did not come could change who goes on."""
    if late["short"]:
        return ngettext(
            "%(num)d 件作品不到三份评分，要先请别的评委来评。",
            "%(num)d 件作品不到三份评分，要先请别的评委来评。",
            late["short"],
        )
    if not late["open"]:
        return _("所有的评分都来了。")
    if not late["could_change"]:
        return ngettext(
            "%(num)d 份没来的评分，怎么给都不会改变谁入围。",
            "%(num)d 份没来的评分，怎么给都不会改变谁入围。",
            late["open"],
        )
    works = _named(late)
    return ngettext(
        "%(num)d 件作品的去留可能会变：%(works)s",
        "%(num)d 件作品的去留可能会变：%(works)s",
        late["could_change"],
        works=works,
    )


def _named(late: Mapping[str, Any]) -> str:
    told = [one["code"] for one in late["unsure"][:20]]
    return _("、").join(told) + ("……" if late["could_change"] > len(told) else "")


def alias_mark(number: int, most: int) -> str:
    """What stands after 评委: 甲 or A while signs last, else the number."""
    signs = STEMS if current_locale() == "zh-Hans" else LETTERS[:FEW_ALIASES]
    return mark(number, max(most, number), signs)


def agreement_words(alpha: float | None) -> str:
    """What an α means."""
    if alpha is None:
        return _("算不出来")
    if alpha >= FIRM:
        return _("看法一致")
    return _("大致一致") if alpha >= TENTATIVE else _("看法不一")
