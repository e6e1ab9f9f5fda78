"""How many answers a child has read, and what two officers found to be no concern."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONCERNS = "safeguarding_concerns"
CASES = "moderation_cases"
INDEX = "ix_safeguarding_concerns_subject_mark"


def upgrade() -> None:
    """Add the columns, and find a concern by its subject also after it was closed."""
    op.add_column(
        CONCERNS,
        sa.Column("answers_read", sa.SmallInteger(), server_default="0", nullable=False),
    )
    op.create_index(INDEX, CONCERNS, ["subject_mark"], unique=False)
    op.add_column(CASES, sa.Column("cleared_on", sa.Date(), nullable=True))
    op.add_column(CASES, sa.Column("cleared", sa.LargeBinary(length=16), nullable=True))


def downgrade() -> None:
    """As it was."""
    op.drop_column(CASES, "cleared")
    op.drop_column(CASES, "cleared_on")
    op.drop_index(INDEX, table_name=CONCERNS)
    op.drop_column(CONCERNS, "answers_read")
