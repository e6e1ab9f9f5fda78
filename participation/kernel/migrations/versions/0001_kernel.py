"""The first tables of kernel."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "kernel_jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="ready", nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.String(length=200), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_kernel_jobs_key")),
    )
    op.create_index(
        "ix_kernel_jobs_state_run_after", "kernel_jobs", ["state", "run_after"], unique=False
    )
    op.create_table(
        "kernel_letters",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("message_id", sa.String(length=160), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), server_default="", nullable=False),
        sa.Column("enclosures", sa.Text(), server_default="[]", nullable=False),
        sa.Column("state", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unsure", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("error", sa.String(length=200), server_default="", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_kernel_letters_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_kernel_letters_message_id")),
    )
    op.create_index(
        "ix_kernel_letters_state_run_after", "kernel_letters", ["state", "run_after"], unique=False
    )
    op.create_index("ix_kernel_letters_unsure_id", "kernel_letters", ["unsure", "id"], unique=False)
    op.create_table(
        "kernel_versions",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_kernel_versions")),
    )
    op.create_table(
        "kernel_windows",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "starts", name=op.f("pk_kernel_windows")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("kernel_windows")
    op.drop_table("kernel_versions")
    op.drop_table("kernel_letters")
    op.drop_table("kernel_jobs")
