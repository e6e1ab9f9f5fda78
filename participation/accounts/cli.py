"""Commands of the shell for the order of the city."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from participation.accounts.actions.schools import take_districts
from participation.kernel.database import unit_of_work


@click.command("import-districts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--prefix", default="", help="Only codes that begin so: 3301 for one city.")
@with_appcontext
def import_districts(file: Path, prefix: str) -> None:
    """Take districts from a CSV of GB/T 2260 with the columns code and name; again is harmless."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines, unit_of_work():
            added, renamed = take_districts(lines, prefix)
    except (ValueError, UnicodeDecodeError) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{added} added, {renamed} renamed")
