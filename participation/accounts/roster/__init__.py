"""Reading a school's roster: a file as schools send it → clean rows, and what is wrong, row by row.

Pure: bytes in, values out. Only the columns that the house needs are looked at; a column that it
does not know (a password, a telephone number) never leaves this room's first line.
"""

from participation.accounts.roster.problems import FIELD_NAMES, Problem
from participation.accounts.roster.reading import (
    MOST_ROWS,
    RefusedRow,
    Roster,
    RosterRow,
    read_roster,
)

__all__ = [
    "FIELD_NAMES",
    "MOST_ROWS",
    "Problem",
    "RefusedRow",
    "Roster",
    "RosterRow",
    "read_roster",
]
