"""The first tables of moderation."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "moderation_cases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), server_default="1", nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'returned', 'refused', 'escalated', 'withdrawn')",
            name=op.f("ck_moderation_cases_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["held_by"],
            ["accounts_people.id"],
            name=op.f("fk_moderation_cases_held_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_cases")),
    )
    op.create_index(
        "ix_moderation_cases_held_by",
        "moderation_cases",
        ["held_by"],
        unique=False,
        postgresql_where=sa.text("held_by IS NOT NULL"),
        sqlite_where=sa.text("held_by IS NOT NULL"),
    )
    op.create_index(
        "ix_moderation_cases_state_id", "moderation_cases", ["state", "id"], unique=False
    )
    op.create_index(
        "ix_moderation_cases_subject",
        "moderation_cases",
        ["subject_kind", "subject_id"],
        unique=False,
    )
    op.create_table(
        "moderation_verdicts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.String(length=200), server_default="", nullable=False),
        sa.Column("sentence", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('approved', 'returned', 'refused', 'escalated')",
            name=op.f("ck_moderation_verdicts_verdict_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by"],
            ["accounts_people.id"],
            name=op.f("fk_moderation_verdicts_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["moderation_cases.id"],
            name=op.f("fk_moderation_verdicts_case_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_verdicts")),
    )
    op.create_index(
        "ix_moderation_verdicts_by_id", "moderation_verdicts", ["by", "id"], unique=False
    )
    op.create_index(
        op.f("ix_moderation_verdicts_case_id"), "moderation_verdicts", ["case_id"], unique=False
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("moderation_verdicts")
    op.drop_table("moderation_cases")
