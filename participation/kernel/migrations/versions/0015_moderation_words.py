"""The city's own words for screening."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "moderation_words"


def upgrade() -> None:
    """Make the table."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        TABLE,
        sa.Column("id", big, nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("plain", sa.String(length=120), nullable=False),
        sa.Column("list", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("by", big, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "list IN ('forbidden', 'suspect', 'allow')",
            name=op.f("ck_moderation_words_list_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts_people.id"],
            name=op.f("fk_moderation_words_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_words")),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_moderation_words_live_plain",
        TABLE,
        ["plain"],
        unique=True,
        postgresql_where=live,
        sqlite_where=live,
    )
    op.create_index("ix_moderation_words_list_id", TABLE, ["list", "id"], unique=False)


def downgrade() -> None:
    """As it was."""
    op.drop_table(TABLE)
