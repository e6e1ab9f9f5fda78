"""The questions of deliveries: what became of a subject, and the officials' desk."""

from participation.deliveries.queries.desk import (
    Board,
    board,
    dossier_by_digest,
    dossier_for,
    draft_of,
    given_replies,
    late_count,
    newest_of,
    paper_of,
    ready_papers,
    seen_mark,
    waiting_count,
)
from participation.deliveries.queries.standings import (
    Standing,
    addressed,
    dossier_of,
    reply_of,
    standing_of,
    standings_of,
)

__all__ = [
    "Board",
    "Standing",
    "addressed",
    "board",
    "dossier_by_digest",
    "dossier_for",
    "dossier_of",
    "draft_of",
    "given_replies",
    "late_count",
    "newest_of",
    "paper_of",
    "ready_papers",
    "reply_of",
    "seen_mark",
    "standing_of",
    "standings_of",
    "waiting_count",
]
