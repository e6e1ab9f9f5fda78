"""Concerns that come of a reader's report are a kind of their own: they are nobody's own words."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "safeguarding_concerns"
BEFORE = "'help', 'sign', 'moderation', 'complaint', 'drill'"
AFTER = "'help', 'sign', 'moderation', 'report', 'complaint', 'drill'"


def upgrade() -> None:
    """One more kind."""
    _knows(AFTER)


def downgrade() -> None:
    """As it was: what came of a report counts as passed on by the desk."""
    op.execute(f"UPDATE {TABLE} SET kind = 'moderation' WHERE kind = 'report'")  # noqa: S608
    _knows(BEFORE)


def _knows(kinds: str) -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint("kind_known", type_="check")
        table.create_check_constraint("kind_known", f"kind IN ({kinds})")
