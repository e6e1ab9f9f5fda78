"""THE table: which rooms are mounted, and what follows from what.

Rooms stand in `rooms`, listeners in `following`, rights in `rights`, jobs and timers in `timed`.
"""

from participation.wiring.following import LISTENERS
from participation.wiring.rights import RIGHTS
from participation.wiring.rooms import (
    COMMANDS,
    EXHIBITORS,
    FINDERS,
    LANES,
    PUBLICITY,
    READERS,
    ROOMS,
    WRITINGS,
)
from participation.wiring.timed import ENCLOSURES, HANDLERS, TIMERS, WORKSHOP

__all__ = (
    "COMMANDS",
    "ENCLOSURES",
    "EXHIBITORS",
    "FINDERS",
    "HANDLERS",
    "LANES",
    "LISTENERS",
    "PUBLICITY",
    "READERS",
    "RIGHTS",
    "ROOMS",
    "TIMERS",
    "WORKSHOP",
    "WRITINGS",
)
