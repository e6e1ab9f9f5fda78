"""An application to look at."""

from pathlib import Path

import pytest
from flask import Flask

from participation import create_app
from participation.settings import Settings


@pytest.fixture
def plain_app(sqlite_template: Path, tmp_path: Path) -> Flask:
    """An app to look at; nothing is written."""
    return create_app(
        Settings(
            database_url=f"sqlite:///{sqlite_template}",
            secret_key="s" * 40,
            pseudonym_key="p" * 40,
            safeguarding_key="g" * 40,
            secure_cookies=False,
            var_dir=tmp_path,
            log_level="ERROR",
        )
    )
