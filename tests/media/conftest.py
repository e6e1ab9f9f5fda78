"""The test's own page with a file."""

from collections.abc import Iterator

import pytest
from flask import Flask

from participation.kernel.database import database
from participation.settings import Settings
from tests.media.pages import pages
from tests.support.apps import new_app


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application of its own: tests of this room add pages to it."""
    yield new_app(settings)
    database().dispose()


@pytest.fixture
def room(app: Flask) -> Flask:
    """The app with a small page that takes files, and a desk that covers them."""
    app.register_blueprint(pages())
    return app
