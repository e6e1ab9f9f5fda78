"""How alike moderators judge known texts: Cohen's kappa of two, and agreement with the reference.

Only the worker imports this file: the statistics library brings numpy with it (`kernel.lately`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from nltk.metrics.agreement import AnnotationTask

from participation.moderation.consistency.records import Judged
from participation.moderation.standing import UNDONE

LEAST_COMMON: Final = 20
"""So many known texts two moderators must both have judged before anything is said of the two."""

FEW: Final = "few"
ONE_KIND: Final = "one_kind"

By = Mapping[int, str]
"""The verdicts of one moderator by the number of the text."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa of two moderators on `common` texts; None with the reason `why`.

    `why` is few (too few texts in common) or one_kind (both gave one and the same verdict to all
    of them, so that chance alone would explain it: kappa is 0/0).
    """

    value: float | None
    common: int
    why: str = ""


def judgements(records: Iterable[Judged]) -> dict[int, dict[int, str]]:
    """Verdict by text by moderator. Records come in order of time: the last one counts, and one
    that was taken back doesn't."""
    found: dict[int, dict[int, str]] = {}
    for record in records:
        mine = found.setdefault(record.judge, {})
        mine.pop(record.item, None)
        if record.verdict != UNDONE:
            mine[record.item] = record.verdict
    return {judge: mine for judge, mine in found.items() if mine}


def kappa(first: By, second: By, *, least: int = LEAST_COMMON) -> Kappa:
    """Cohen's kappa of two moderators on the texts that both judged.

    Source: J. Cohen, A Coefficient of Agreement for Nominal Scales, Educational and Psychological
    Measurement 20 (1960), 37-46. What a value means: J. R. Landis, G. G. Koch, The Measurement of
    Observer Agreement for Categorical Data, Biometrics 33 (1977), 159-174: above 0.6 substantial,
    below 0.4 fair at most.
    """
    common = sorted(first.keys() & second.keys())
    if len(common) < max(1, least):
        return Kappa(None, len(common), FEW)
    pairs = [(first[item], second[item]) for item in common]
    if len({verdict for pair in pairs for verdict in pair}) == 1:
        return Kappa(None, len(common), ONE_KIND)
    task = AnnotationTask(
        [("first", item, first[item]) for item in common]
        + [("second", item, second[item]) for item in common]
    )
    return Kappa(float(task.kappa_pairwise("first", "second")), len(common))


def pairwise(by: Mapping[int, By], *, least: int = LEAST_COMMON) -> dict[tuple[int, int], Kappa]:
    """The kappa of every two moderators, by their numbers."""
    return {
        (first, second): kappa(by[first], by[second], least=least)
        for first, second in combinations(sorted(by), 2)
    }


def mean(kappas: Iterable[Kappa]) -> tuple[float | None, str]:
    """The plain mean of those that are known, and "" - or None and why there is none."""
    found = list(kappas)
    known = [each.value for each in found if each.value is not None]
    if known:
        return sum(known) / len(known), ""
    return None, ONE_KIND if any(each.why == ONE_KIND for each in found) else FEW


def agreed(mine: By, reference: By) -> tuple[int, int]:
    """How many of these verdicts are about known texts, and how many of them are the known one."""
    known = [item for item in mine if item in reference]
    return len(known), sum(mine[item] == reference[item] for item in known)


def crossed(by: Mapping[int, By], reference: By) -> Counter[tuple[str, str]]:
    """How often a text whose right verdict is the first was given the second."""
    return Counter(
        (reference[item], verdict)
        for mine in by.values()
        for item, verdict in mine.items()
        if item in reference
    )


def letters(place: int) -> str:
    """What the moderator at this place (from 0) is called: A to Z, then AA, AB …"""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def in_table_order(by: Mapping[int, By], reference: By) -> Sequence[int]:
    """The moderators as the table of a month lists them: whoever judged most stands first, then
    whoever agreed most. The order, and with it the letter, is another one every month."""

    def place(judge: int) -> tuple[int, int, int]:
        judged, same = agreed(by[judge], reference)
        return -judged, -same, judge

    return sorted(by, key=place)
