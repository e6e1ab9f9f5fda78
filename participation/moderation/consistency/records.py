"""What the figures of a month are made of: counts and judgements, without a word of any text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """One moderator (`judge`, a number) gave a verdict, or took hers back, on a known text."""

    judge: int
    item: int
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """So many cases (`count`) of one kind and queue ended alike.

    `reasons` are codes of `reasons.py`; `in_time` says whether they were read by their target,
    None where nobody wrote it down.
    """

    kind: str
    queue: str
    verdict: str
    reasons: tuple[str, ...]
    in_time: bool | None
    count: int


@dataclass(frozen=True, slots=True)
class Appealed:
    """So many appeals ended so; `reasons` are those of the verdict appealed against."""

    verdict: str
    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Reported:
    """So many texts that readers reported for this reason ended so; the reason "" is for all."""

    verdict: str
    reason: str
    count: int
