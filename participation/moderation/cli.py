"""Commands of the shell for the reading desk: the known texts it begins with."""

import click
from flask.cli import AppGroup, with_appcontext

from participation.kernel.database import unit_of_work
from participation.moderation.actions.seeding import seed_gold

moderation = AppGroup("moderation", help="The reading desk.")


@moderation.command("seed-gold")
@with_appcontext
def seed() -> None:
    """Add the made-up texts with known verdicts that are missing; again and again does no harm."""
    with unit_of_work():
        count = seed_gold()
    click.echo(f"{count} known texts added")
