"""Applications for tests: made once for each kind of settings, and handed on from test to test.

To make one takes 65 ms, and its first pages 200 ms more, because every template is compiled: that
was half of the time of a test of a page. What an application keeps hangs on no database (the
caches of the house ask for the address of the database, and each test has one of its own), so the
next test gets the same one, started anew on its database. One that a test has changed (a view, a
hook, a setting) is recognised by its shape and thrown away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from participation import create_app
from participation.app import start
from participation.kernel import database
from participation.kernel.logs import keep_logs
from participation.settings import Settings
from tests.support.engines import keep_statements

_ready: dict[Settings, Flask] = {}
_compiled: dict[str, bytes] = {}


class Templates(BytecodeCache):
    """What Jinja makes of the templates, kept in memory for every application of this process."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in _compiled:
            bucket.bytecode_from_string(_compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        _compiled[bucket.key] = bucket.bytecode_to_string()


def new_app(settings: Settings) -> Flask:
    """An application of one's own, for a test that adds views or reads the settings."""
    made = create_app(settings)
    made.jinja_env.bytecode_cache = Templates()
    made.testing = False
    keep_statements(database.database())
    return made


@contextmanager
def borrowed_app(settings: Settings) -> Iterator[Flask]:
    """The application of these settings on their database; not to be changed."""
    kind = replace(settings, database_url="", var_dir=Path())
    lent = _ready.pop(kind, None)
    if lent is None:
        lent = new_app(settings)
    else:
        _start_anew(lent, settings)
    before = _shape(lent)
    try:
        yield lent
    finally:
        database.database().dispose()
    if _shape(lent) == before:
        _ready[kind] = lent


def _start_anew(lent: Flask, settings: Settings) -> None:
    start(settings)
    keep_logs(settings.log_level)
    keep_statements(database.database())
    lent.extensions["settings"] = settings


def _shape(app: Flask) -> tuple[Any, ...]:
    """Whatever a test could add to an application or change about it.

    Flask's tables grow empty rows where it looks something up; those are no change.
    """
    hooks = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.teardown_request_funcs,
        app.template_context_processors,
    )
    handlers = (
        handler
        for codes in app.error_handler_spec.values()
        for kinds in codes.values()
        for handler in kinds.values()
    )
    return (
        len(list(app.url_map.iter_rules())),
        dict(app.view_functions),
        [[one for held in table.values() for one in held] for table in hooks],
        list(handlers),
        list(app.teardown_appcontext_funcs),
        dict(app.config),
        dict(app.extensions),
        dict(app.jinja_env.globals),
        dict(app.jinja_env.filters),
        app.wsgi_app,
        app.session_interface,
        app.testing,
    )
