"""Alembic's entry: runs on the engine that the house is connected to."""

from typing import Any, Literal

from alembic import context

from participation.kernel.database import database
from participation.kernel.tables import Base, Moment, TwoTongues


def plain_types(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as plain ones, so that no migration imports the models."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, TwoTongues):
        return "sa.JSON()"
    return False


def run() -> None:
    """Run the migrations in one transaction; SQLite rebuilds tables, so keys rest meanwhile."""
    house = database()
    with house.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if house.is_sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=house.is_sqlite,
            compare_server_default=False,
            render_item=plain_types,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if house.is_sqlite:
            driver.execute("PRAGMA foreign_keys=ON")


run()
