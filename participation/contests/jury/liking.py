"""The one thing a jury liked about each work, for the card of thanks that every child gets.

What stands out is told against the other criteria, not against the other works: every work has one,
and it says nothing of how well the work did.
"""

from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean

from participation.contests.jury.ways import Rating


def liked(ratings: Iterable[Rating]) -> dict[int, int]:
    """The place in the rubric of what each work was liked for; works without a full rating lack.

    It is the criterion whose mean step lies furthest above its mean over all works, since some
    criteria are rated high everywhere; of equals the first of the rubric.
    """
    steps: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for rating in ratings:
        full = tuple(step for step in rating.steps if step is not None)
        if len(full) == len(rating.steps):
            steps[rating.work].append(full)
    means = {work: tuple(map(fmean, zip(*given, strict=True))) for work, given in steps.items()}
    usual = tuple(map(fmean, zip(*means.values(), strict=True)))
    return {work: _furthest(mean, usual) for work, mean in means.items()}


def _furthest(mean: tuple[float, ...], usual: tuple[float, ...]) -> int:
    above = [round(one - other, 9) for one, other in zip(mean, usual, strict=True)]
    return above.index(max(above))
