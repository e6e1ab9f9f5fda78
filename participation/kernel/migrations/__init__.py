"""Alembic migrations, run from code: they never import the models."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from participation.kernel import database


def configuration(url: str) -> Config:
    """The Alembic configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).resolve().parent))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str) -> None:
    """Bring the database to the newest version; safe to call again."""
    database.connect(url)
    command.upgrade(configuration(url), "head")
