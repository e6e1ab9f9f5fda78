"""How works go on from a round: declared before it opens, by band, with what becomes of ties."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from participation.contests.jury.scoring import Basis
from participation.contests.jury.selection import Cut, Ties
from participation.contests.jury.ways import STEPS
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _l

MOST_ON: Final = 5000
"""More than any round lets go on."""
MOST_RANKED: Final = 30
"""So many works one person can still put into one order."""
HUNDRED: Final = 100.0


@dataclass(frozen=True, slots=True)
class BandRule:
    """The best `top` of a band, or all from `least` on (steps, or per cent of yes), or both."""

    top: int | None = None
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of a round. `bands` has one for every band of the call."""

    bands: Mapping[str, BandRule]
    basis: str = Basis.RAW.value
    ties: str = Ties.ALL_IN.value

    def as_data(self) -> dict[str, Any]:
        """For a JSON column."""
        bands = {band: {"top": one.top, "least": one.least} for band, one in self.bands.items()}
        return {"bands": bands, "basis": self.basis, "ties": self.ties}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """`as_data` read back."""
        bands = {band: BandRule(**one) for band, one in data.get("bands", {}).items()}
        return cls(bands, data.get("basis", Basis.RAW.value), data.get("ties", Ties.ALL_IN.value))

    def cut(self, band: str, way: str) -> Cut:
        """The cut of a band; the least share of a yes-or-no round is given in per cent."""
        one = self.bands[band]
        least = one.least
        if least is not None and way == "yes_no":
            least /= HUNDRED
        return Cut(one.top, least, Basis(self.basis), Ties(self.ties))


def broken_rules(rule: Rule, bands: str, way: str) -> list[RuleBroken]:
    """A sentence for each band whose rule says nothing, or what no score of this way can reach."""
    found = []
    for band in bands:
        one = rule.bands.get(band, BandRule())
        if one.top is None and one.least is None:
            found.append(RuleBroken(_l("写上前多少件，或者至少多少分"), field=f"top_{band}"))
        if one.top is not None and not 1 <= one.top <= MOST_ON:
            found.append(RuleBroken(_l("写一个 1 到 5000 的数"), field=f"top_{band}"))
        if (sentence := _least_refusal(one.least, way)) is not None:
            found.append(RuleBroken(sentence, field=f"least_{band}"))
    return found


def _least_refusal(least: float | None, way: str) -> Any:
    if least is None:
        return None
    if way == "ranking":
        return _l("排序的一轮只能写前多少件")
    if way == "yes_no":
        return None if 0 < least <= HUNDRED else _l("写百分之几，1 到 100")
    return None if 1 <= least <= STEPS else _l("写 1 到 5 分")
