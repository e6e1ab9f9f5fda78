"""Complaints get numbers of their own, which count nothing."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "safeguarding_complaints"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def upgrade() -> None:
    """Make the table, and draw a number for every complaint that is there."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    numbers = op.create_table(
        TABLE,
        sa.Column("concern_id", big, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"],
            ["safeguarding_concerns.id"],
            name=op.f("fk_safeguarding_complaints_concern_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("concern_id", name=op.f("pk_safeguarding_complaints")),
        sa.UniqueConstraint("number", name=op.f("uq_safeguarding_complaints_number")),
    )
    concerns = sa.table("safeguarding_concerns", sa.column("id"), sa.column("kind"))
    there = sa.select(concerns.c.id).where(concerns.c.kind == "complaint")
    rows = [{"concern_id": one, "number": _number()} for one in op.get_bind().scalars(there)]
    if rows:
        op.bulk_insert(numbers, rows)


def _number() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(8))


def downgrade() -> None:
    """As it was."""
    op.drop_table(TABLE)
