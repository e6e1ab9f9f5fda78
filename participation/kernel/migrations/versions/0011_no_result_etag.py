"""A result needs no fingerprint of its own: pages are told apart by what they are made of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLE = "consultations_results"


def upgrade() -> None:
    """Drop what nobody reads."""
    op.drop_column(TABLE, "etag")


def downgrade() -> None:
    """As it was, empty."""
    op.add_column(TABLE, sa.Column("etag", sa.String(length=64), server_default="", nullable=False))
