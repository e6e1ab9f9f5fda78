"""Questions to the reading desk: its face for the rooms above and for its pages."""

from participation.moderation.queries.answered import decided_last
from participation.moderation.queries.cases import (
    REREAD_FOR,
    before,
    case_for,
    decided_by,
    held_case,
    held_cases,
    is_held,
    kin_texts,
    last_verdict,
    own_decided_case,
    reports_on,
    reread_since,
    undoable_by,
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
    waiting_count,
)
from participation.moderation.queries.profiles import moderators, profile_of, skill_of

__all__ = [
    "BESIDE",
    "MOST_COUNTED",
    "PAGE",
    "REREAD_FOR",
    "before",
    "case_for",
    "decided_by",
    "decided_last",
    "depths",
    "held_case",
    "held_cases",
    "is_held",
    "kin_texts",
    "last_verdict",
    "moderators",
    "own_decided_case",
    "pieces",
    "profile_of",
    "read_by",
    "reason_label",
    "reports_on",
    "reread_since",
    "skill_of",
    "undoable_by",
    "waiting_cases",
    "waiting_count",
]
