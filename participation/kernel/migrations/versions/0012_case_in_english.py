"""A case names its matter in English as well."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "moderation_cases"


def upgrade() -> None:
    """Cases of before keep their Chinese alone."""
    made = sa.Column("about_en", sa.String(length=200), server_default="", nullable=False)
    op.add_column(TABLE, made)


def downgrade() -> None:
    """As it was."""
    op.drop_column(TABLE, "about_en")
