"""The product as it is served, with SQLite's promise of safety chosen by BENCH_SYNCHRONOUS."""

import os

from participation import create_app
from participation.kernel.database import connect

app = create_app()
if os.environ.get("BENCH_SYNCHRONOUS", "FULL") != "FULL":
    connect(os.environ["DATABASE_URL"], synchronous=os.environ["BENCH_SYNCHRONOUS"])
