"""A case whose verdict was taken back keeps what had been chosen, for whoever holds it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "moderation_cases"


def upgrade() -> None:
    """No case of before has a choice to keep."""
    op.add_column(TABLE, sa.Column("draft", sa.JSON(), nullable=True))


def downgrade() -> None:
    """As it was."""
    op.drop_column(TABLE, "draft")
