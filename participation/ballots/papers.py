"""What the papers in the box say: one the choice, another one the half hour. Pure.

They are two, so that a paper which is opened early by somebody who holds the keys tells no time
beside a choice: the log of a server knows times. The circle stands with the half hour for the
bursts; the choice says nothing of its voter.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from participation.ballots.bursts import half_hour
from participation.ballots.tally import Choice


def choice_paper(choice: Iterable[str]) -> dict[str, Any]:
    """The paper that counts; the order in which options were tapped is not kept."""
    return {"c": sorted(choice)}


def half_hour_paper(moment: datetime, circle: str) -> dict[str, Any]:
    """The paper that tells in which half hour somebody of this circle voted."""
    return {"t": f"{half_hour(moment):%Y-%m-%dT%H:%M%z}", "g": circle}


def choice_on(paper: Mapping[str, Any]) -> Choice | None:
    """The choice on a paper; None where it is one of the other kind."""
    named = paper.get("c")
    return tuple(map(str, named)) if isinstance(named, list) else None


def half_hour_on(paper: Mapping[str, Any]) -> tuple[str, datetime]:
    """The circle and the half hour on a paper of the other kind."""
    return str(paper["g"]), datetime.strptime(paper["t"], "%Y-%m-%dT%H:%M%z")


def pile_name(choice: Choice) -> str:
    """A choice as the piles hold it."""
    return json.dumps(choice, separators=(",", ":"))


def pile_choice(name: str) -> Choice:
    """Read `pile_name` back."""
    return tuple(json.loads(name))
