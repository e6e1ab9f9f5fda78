"""Two tables whose rows SQLite keeps in the order of their own key, one page less for each row."""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("kernel_windows", "consultations_open_words")
ENDING = " WITHOUT ROWID"


def upgrade() -> None:
    """Keep the rows by their key."""
    for table in TABLES:
        _make_anew(table, by_key=True)


def downgrade() -> None:
    """As it was."""
    for table in TABLES:
        _make_anew(table, by_key=False)


def _make_anew(table: str, *, by_key: bool) -> None:
    """The same table and indexes, as SQLite itself remembers them, with the same rows."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    asked = text(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"
        " AND type IN ('table', 'index') ORDER BY type DESC"
    )
    (_type, made), *indexes = bind.execute(asked, {"table": table}).all()
    columns = made[made.index("(") :].removesuffix(ENDING)
    op.execute(f"CREATE TABLE {table}_anew {columns}{ENDING if by_key else ''}")
    op.execute(f"INSERT INTO {table}_anew SELECT * FROM {table}")  # noqa: S608 - names of ours
    op.drop_table(table)
    op.rename_table(f"{table}_anew", table)
    for _kind, index in indexes:
        op.execute(index)
