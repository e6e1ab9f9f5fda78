"""Commands of the shell for safeguarding: a drill, the first head, sealing what is still plain."""

from collections.abc import Callable

import click
from flask.cli import AppGroup, with_appcontext

from participation.accounts.queries import staff_with
from participation.accounts.roles import SAFEGUARDING
from participation.kernel.database import unit_of_work
from participation.kernel.errors import Refusal
from participation.safeguarding import actions

safeguarding = AppGroup("safeguarding", help="Safeguarding: drills, the head of the officers.")


def _done(deed: Callable[[], str]) -> None:
    try:
        with unit_of_work():
            said = deed()
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(said)


@safeguarding.command("drill")
@click.option("--level", type=click.IntRange(1, 3), default=1, show_default=True)
@with_appcontext
def drill(level: int) -> None:
    """Begin an exercise: a made-up concern, marked as one, that goes the whole road."""
    _done(lambda: f"drill {actions.begin_drill(level).id} of level {level} has begun")


@safeguarding.command("head")
@click.argument("email")
@with_appcontext
def head(email: str) -> None:
    """Make the officer with this address head and confirm her: she confirms the others."""

    def deed() -> str:
        found = [each for each in staff_with(SAFEGUARDING) if each.email == email]
        if not found:
            raise click.ClickException("no safeguarding officer has this address")
        actions.make_head(found[0].id)
        return f"{email} is head"

    _done(deed)


@safeguarding.command("seal")
@with_appcontext
def seal() -> None:
    """Seal what was written before there was a key; the worker does it as well."""
    while True:
        with unit_of_work():
            count = actions.seal_plain()
        click.echo(f"{count} sealed")
        if not count:
            return


@safeguarding.command("reseal")
@with_appcontext
def reseal() -> None:
    """After a new first SAFEGUARDING_KEY: close everything by it, so that the old one may go."""
    total = 0
    for kind in actions.SEALED:
        last = -1
        while last:
            with unit_of_work():
                last, count = actions.reseal_after(kind, last)
            total += count
    click.echo(f"{total} sealed anew")
