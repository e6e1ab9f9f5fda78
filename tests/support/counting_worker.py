"""A worker process whose jobs count themselves: `python -m tests.support.counting_worker URL`."""

import sys
import threading
from datetime import timedelta
from typing import Any

from participation.kernel import database, limits
from participation.kernel.jobs import Deed
from participation.kernel.working import Workshop, run_worker
from participation.settings import Settings

FOR_EVER = 10**10


def count(arguments: dict[str, Any]) -> Deed:
    """The effect: one more of this name."""
    return lambda: limits.allow(arguments["name"], most=FOR_EVER, seconds=FOR_EVER)


if __name__ == "__main__":
    address = sys.argv[1]
    database.connect(address)
    site = Settings(
        database_url=address,
        secret_key="s" * 40,
        pseudonym_key="p" * 40,
        safeguarding_key="g" * 40,
        smtp_port=1,
    )
    run_worker(
        Workshop({"count": count}, (), {}),
        site,
        threading.Event(),
        pause=0.02,
        lease=timedelta(seconds=1),
    )
