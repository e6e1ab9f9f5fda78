"""The tables of calls for works, by subject."""

from participation.contests.models.calls import (
    KINDS,
    STATES,
    Call,
    CallDistrict,
    CallTheme,
    Criterion,
    Use,
)
from participation.contests.models.entries import (
    AI_USES,
    CONSENTS,
    NAME_FORMS,
    STANDINGS,
    Author,
    Batch,
    BatchSheet,
    Entry,
    Licence,
)
from participation.contests.models.jury import (
    PANELS,
    WAYS,
    Assignment,
    Conflict,
    Judgement,
    Juror,
    Round,
    Score,
)
from participation.contests.models.outcomes import (
    LEVELS,
    Certificate,
    Objection,
    Outcome,
)

__all__ = (
    "AI_USES",
    "CONSENTS",
    "KINDS",
    "LEVELS",
    "NAME_FORMS",
    "PANELS",
    "STANDINGS",
    "STATES",
    "WAYS",
    "Assignment",
    "Author",
    "Batch",
    "BatchSheet",
    "Call",
    "CallDistrict",
    "CallTheme",
    "Certificate",
    "Conflict",
    "Criterion",
    "Entry",
    "Judgement",
    "Juror",
    "Licence",
    "Objection",
    "Outcome",
    "Round",
    "Score",
    "Use",
)
