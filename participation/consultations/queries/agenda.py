"""The matters whose result is out, the sums of the site, and the days that are left."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.consultations.models import Consultation, Result
from participation.kernel.clock import now
from participation.kernel.database import session
from participation.kernel.paging import Leaf, leaf

PAGE = 20
SMALLEST = 10
"""A sum counts only matters that as many children answered (R70)."""
STEP = 5


@dataclass(frozen=True, slots=True)
class Sums:
    """The site in numbers that may be shown: questions asked, voices (rounded as published)."""

    asked: int
    voices: int


def frozen_topics(*, below: int = 0, above: int = 0, size: int = PAGE) -> Leaf[Consultation]:
    """One page of the matters whose result is out, newest first, with their units."""
    chosen = (
        select(Consultation)
        .where(Consultation.state == "frozen")
        .options(joinedload(Consultation.unit))
    )
    return leaf(chosen, Consultation.id, below=below, above=above, size=size)


def topics_by_id(ids: list[int]) -> dict[int, Consultation]:
    """Published matters by their ids, with their units."""
    found = session().scalars(
        select(Consultation)
        .where(Consultation.id.in_(ids), Consultation.state != "draft")
        .options(joinedload(Consultation.unit))
    )
    return {topic.id: topic for topic in found}


def sums() -> Sums:
    """What the public home may count.

    Voices are the sum of the numbers that the results publish, each rounded to five, so that the
    sum says nothing that they don't.
    """
    asked = session().scalar(
        select(func.count()).select_from(Consultation).where(Consultation.state != "draft")
    )
    rounded = (Result.sheets + STEP // 2) // STEP * STEP
    voices = session().scalar(
        select(func.coalesce(func.sum(rounded), 0)).where(Result.sheets >= SMALLEST)
    )
    return Sums(int(asked or 0), int(voices or 0))


def days_left(topic: Any) -> int:
    """Days until the close of a matter, begun ones counted whole; 0 once it is over."""
    if topic.closes_at is None:
        return 0
    return max(0, ceil((topic.closes_at - now()) / timedelta(days=1)))
