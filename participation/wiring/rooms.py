"""Which rooms are mounted, and where each lends a hand to those below it."""

from collections.abc import Mapping, Sequence
from typing import Final

from click import Command
from flask import Blueprint

from participation.accounts.cli import import_districts
from participation.accounts.views import pages as accounts_pages
from participation.audit.views import pages as audit_pages
from participation.consultations.queries import find_writer, read_words, written_words
from participation.consultations.views import lanes as consultations_lanes
from participation.consultations.views import pages as consultations_pages
from participation.contests.queries.exhibits import exhibits_of
from participation.contests.queries.writers import find_maker, read_work, written_works
from participation.contests.views import pages as contests_pages
from participation.deliveries.views import pages as deliveries_pages
from participation.front.views import pages as front_pages
from participation.kernel import commands
from participation.kernel.exhibits import Exhibitor
from participation.kernel.express import Lane
from participation.kernel.finders import Finder
from participation.kernel.readers import Reader
from participation.kernel.writings import Writings
from participation.media.views import pages as media_pages
from participation.moderation.cli import moderation as moderation_commands
from participation.moderation.views import pages as moderation_pages
from participation.moderation.wordlist.views import pages as moderation_words_pages
from participation.notifications.views import pages as notifications_pages
from participation.safeguarding.cli import safeguarding as safeguarding_commands
from participation.safeguarding.views import pages as safeguarding_pages
from participation.wiring.timed import WORKSHOP

ROOMS: Final[Sequence[Blueprint]] = (
    front_pages,
    accounts_pages,
    audit_pages,
    consultations_pages,
    contests_pages,
    deliveries_pages,
    media_pages,
    moderation_pages,
    moderation_words_pages,
    notifications_pages,
    safeguarding_pages,
)
"""The pages of each room."""

LANES: Final[Sequence[Lane]] = consultations_lanes.LANES
"""The busiest requests, which are answered before Flask where nothing about them is special."""

READERS: Final[Mapping[str, Reader]] = {
    "consultation.words": read_words,
    "contest.entry": read_work,
}
"""How the words behind a subject are read."""

FINDERS: Final[Mapping[str, Finder]] = {
    "consultation.words": find_writer,
    "contest.entry": find_maker,
}
"""How the person behind a subject is found: asked by safeguarding alone, after two officers."""

EXHIBITORS: Final[Mapping[str, Exhibitor]] = {
    "contest.entry": exhibits_of,
}
"""What there is to see and to hear of a subject, for who judges it."""

WRITINGS: Final[Sequence[Writings]] = (written_words, written_works)
"""What the child at the screen wrote, so that she finds the answers of the officers to it."""

COMMANDS: Final[Sequence[Command]] = (
    commands.migrate,
    commands.worker_of(WORKSHOP),
    import_districts,
    moderation_commands,
    safeguarding_commands,
)
"""Commands of the shell: `flask --app wsgi <name>`."""
