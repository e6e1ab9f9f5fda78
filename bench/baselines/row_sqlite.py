"""Bare Flask that inserts one row by the sqlite3 driver: the least that a stored answer costs."""

import os
import sqlite3
import threading

from flask import Flask, request

app = Flask(__name__, static_folder=None)
_kept = threading.local()


def connection() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(_kept, "connection"):
        made = sqlite3.connect(os.environ["BENCH_DB"], timeout=8, isolation_level=None)
        made.execute("PRAGMA journal_mode=WAL")
        made.execute(f"PRAGMA synchronous={os.environ['BENCH_SYNCHRONOUS']}")
        _kept.connection = made
    return _kept.connection


@app.get("/")
def ready() -> str:
    """Say that the server runs."""
    return "ready"


@app.post("/")
def insert() -> tuple[str, int]:
    """Insert one row and say so; the statement is its own transaction."""
    connection().execute(
        "INSERT INTO rows (who, answers) VALUES (?, ?)",
        (request.form["who"], request.form["answers"]),
    )
    return "received", 201
