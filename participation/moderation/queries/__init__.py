"""Questions to the reading desk: its face for the rooms above and for its pages."""

from participation.moderation.queries.answered import decided_last
from participation.moderation.queries.cases import (
    REREAD_FOR,
    before,
    case_for,
    decided_by,
    held_case,
    held_cases,
    held_id,
    is_held,
    kin_texts,
    last_verdict,
    own_decided_case,
    reports_on,
    reread_since,
)
from participation.moderation.queries.desk import (
    BESIDE,
    MOST_COUNTED,
    PAGE,
    depths,
    pieces,
    read_by,
    reason_label,
    waiting_cases,
    waiting_counts,
)
from participation.moderation.queries.lately import decided_lately
from participation.moderation.queries.profiles import (
    may_be_taken,
    moderators,
    profile_of,
    scope_of,
    skill_of,
)

__all__ = [
    "BESIDE",
    "MOST_COUNTED",
    "PAGE",
    "REREAD_FOR",
    "before",
    "case_for",
    "decided_by",
    "decided_last",
    "decided_lately",
    "depths",
    "held_case",
    "held_cases",
    "held_id",
    "is_held",
    "kin_texts",
    "last_verdict",
    "may_be_taken",
    "moderators",
    "own_decided_case",
    "pieces",
    "profile_of",
    "read_by",
    "reason_label",
    "reports_on",
    "reread_since",
    "scope_of",
    "skill_of",
    "waiting_cases",
    "waiting_counts",
]
