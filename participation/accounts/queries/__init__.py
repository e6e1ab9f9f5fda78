"""Questions to the accounts room: its face for the rooms above."""

from participation.accounts.queries.names import roster_names, school_names
from participation.accounts.queries.people import (
    child_ids,
    confirmations_of,
    officials_of,
    person,
    staff_with,
)
from participation.accounts.queries.roll import entitled_children
from participation.accounts.queries.roster import roster_counts
from participation.accounts.queries.schools import (
    district_list,
    named_adult_of,
    school_of,
    schools_by_code,
    schools_by_id,
    unit_list,
)

__all__ = [
    "child_ids",
    "confirmations_of",
    "district_list",
    "entitled_children",
    "named_adult_of",
    "officials_of",
    "person",
    "roster_counts",
    "roster_names",
    "school_names",
    "school_of",
    "schools_by_code",
    "schools_by_id",
    "staff_with",
    "unit_list",
]
