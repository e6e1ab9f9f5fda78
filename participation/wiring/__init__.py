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
    READERS,
    ROOMS,
    WRITINGS,
)
from participation.wiring.timed import HANDLERS, TIMERS, WORKSHOP

__all__ = (
    "COMMANDS",
    "EXHIBITORS",
    "FINDERS",
    "HANDLERS",
    "LANES",
    "LISTENERS",
    "READERS",
    "RIGHTS",
    "ROOMS",
    "TIMERS",
    "WORKSHOP",
    "WRITINGS",
)
