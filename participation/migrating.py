"""`make migration NAME="…"`: writes a migration from the difference between tables and code."""

import sys
import tempfile

from alembic import command

from participation import wiring
from participation.kernel import database
from participation.kernel.migrations import configuration, upgrade
from participation.settings import ROOT


def main() -> int:
    """Compare a database migrated from empty with the tables of every mounted room."""
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        print('usage: make migration NAME="what changes"')  # noqa: T201
        return 2
    known = sorted((ROOT / "participation/kernel/migrations/versions").glob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/empty.db"
        upgrade(url)
        config = configuration(url)
        command.revision(
            config, message=sys.argv[1], autogenerate=True, rev_id=f"{len(known) + 1:04d}"
        )
        database.database().dispose()
    print(f"{len(wiring.ROOMS)} rooms compared")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
