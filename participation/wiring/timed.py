"""What the worker does: by job, and by the clock."""

from collections.abc import Mapping, Sequence
from typing import Final

from participation.accounts.actions.clearing import clear_sign_in_traces
from participation.accounts.actions.links import SEND_LINK, send_password_link
from participation.accounts.actions.people import close_grown_up
from participation.accounts.actions.roster import clear_drafts
from participation.ballots import actions as ballots
from participation.consultations.actions import closing
from participation.consultations.actions.hearing import publish_hearings
from participation.contests.actions import choice as contests_choice
from participation.contests.actions import closing as contests_closing
from participation.contests.actions.batches.ending import end_batches
from participation.contests.actions.licences import end_licences
from participation.contests.actions.rehearsing import end_old_rehearsals
from participation.contests.queries.batches import READ
from participation.deliveries import actions as deliveries
from participation.deliveries.papers import fetch_paper, render_papers
from participation.kernel import jobs, limits, mail
from participation.kernel.lately import lately
from participation.kernel.mail import Fetch
from participation.kernel.working import Timer, Workshop
from participation.moderation.actions import forget_texts
from participation.notifications.digest import DIGEST, digest_moderators
from participation.safeguarding.actions import remind_untaken, seal_some

ENCLOSURES: Final[Mapping[str, Fetch]] = {
    "deliveries.csv": fetch_paper("csv"),
    "deliveries.json": fetch_paper("json"),
    "deliveries.pdf": fetch_paper("pdf"),
}
"""How a letter's enclosure is fetched."""

HANDLERS: Final[Mapping[str, jobs.Handler]] = {
    "close-votings": ballots.close_due,
    "close-voting": ballots.close_job,
    "count-voting": ballots.count_job,
    "forget-rolls": lambda _arguments: ballots.forget_rolls,
    "stir-all-votings": ballots.stir_all_due,
    "stir-voting": ballots.stir_job,
    "stir-votings": ballots.stir_due,
    "sweep-ballots": ballots.sweep_job,
    "close-due": closing.close_due,
    "close-topic": closing.close_job,
    "compact-due": closing.compact_due,
    "compact-tally": lately("participation.consultations.actions.counting:compact_job"),
    "fold-due": closing.fold_due,
    "fold-tally": lately("participation.consultations.actions.counting:fold_job"),
    "freeze-due": closing.freeze_due,
    "freeze-result": lately("participation.consultations.actions.freezing:freeze_job"),
    "publish-hearings": publish_hearings,
    "forget-texts": forget_texts,
    "moderation-month": lately("participation.moderation.actions.months:month_job"),
    "clear-import-drafts": lambda _arguments: clear_drafts,
    "close-grown-up": lambda _arguments: close_grown_up,
    "clear-sign-in-traces": lambda _arguments: clear_sign_in_traces,
    "clear-jobs": lambda _arguments: jobs.clear_done,
    "clear-windows": lambda _arguments: limits.clear_old,
    DIGEST: digest_moderators,
    "forget-letters": lambda _arguments: mail.forget_words,
    "remind-overdue": lambda _arguments: deliveries.remind_overdue,
    "remind-untaken": lambda _arguments: remind_untaken,
    "render-papers": render_papers,
    "seal-plain": lambda _arguments: seal_some,
    SEND_LINK: send_password_link,
    "close-calls": contests_closing.close_due,
    contests_closing.CLOSE: contests_closing.close_job,
    "end-rehearsals": end_old_rehearsals,
    "end-licences": end_licences,
    "deal-round": lately("participation.contests.actions.dealing:deal_job"),
    "reckon-round": lately("participation.contests.actions.reckoning:reckon_job"),
    "settle-outcomes": lately("participation.contests.actions.shortlisting:settle_job"),
    "open-choices": contests_choice.open_due,
    contests_choice.OPEN: contests_choice.open_job,
    "end-batches": end_batches,
    READ: lately("participation.contests.actions.batches.photos:read_job"),
    "drop-bytes": lately("participation.media.actions.ending:drop_job"),
    "forget-file-times": lately("participation.media.actions.sweeping:forget_times"),
    "press-file": lately("participation.media.actions.pressing:press_job"),
    "sweep-files": lately("participation.media.actions.sweeping:sweep_job"),
}

TIMERS: Final[Sequence[Timer]] = (
    Timer("close-votings", 60),
    Timer("forget-rolls", 86400),
    Timer("stir-all-votings", 3600),
    Timer("stir-votings", 300),
    Timer("close-due", 60),
    Timer("fold-due", 60),
    Timer("freeze-due", 60),
    Timer("compact-due", 3600),
    Timer("publish-hearings", 86400),
    Timer("clear-import-drafts", 600),
    Timer("clear-jobs", 3600),
    Timer("clear-sign-in-traces", 86400),
    Timer("close-grown-up", 86400),
    Timer("clear-windows", 3600),
    Timer("forget-file-times", 60),
    Timer("sweep-files", 3600),
    Timer("forget-letters", 86400),
    Timer("forget-texts", 86400),
    Timer("moderation-month", 86400),
    Timer("remind-overdue", 86400),
    Timer("remind-untaken", 60),
    Timer("seal-plain", 600),
    Timer("close-calls", 60),
    Timer("end-rehearsals", 86400),
    Timer("end-licences", 60),
    Timer("open-choices", 60),
    Timer("end-batches", 3600),
)

WORKSHOP: Final = Workshop(HANDLERS, TIMERS, ENCLOSURES)
