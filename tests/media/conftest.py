"""The test's own page with a file."""

import pytest
from flask import Flask

from tests.media.pages import pages


@pytest.fixture
def room(app: Flask) -> Flask:
    """The app with a small page that takes files, and a desk that covers them."""
    app.register_blueprint(pages())
    return app
