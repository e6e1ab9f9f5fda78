"""The first tables of safeguarding."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "safeguarding_concerns",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="new", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200), server_default="", nullable=False),
        sa.Column("about", sa.String(length=200), server_default="", nullable=False),
        sa.Column("subject_kind", sa.String(length=40), server_default="", nullable=False),
        sa.Column("subject_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('help', 'moderation', 'complaint')",
            name=op.f("ck_safeguarding_concerns_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('new', 'seen', 'done')", name=op.f("ck_safeguarding_concerns_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_safeguarding_concerns_person_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["accounts_schools.id"],
            name=op.f("fk_safeguarding_concerns_school_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["seen_by"],
            ["accounts_people.id"],
            name=op.f("fk_safeguarding_concerns_seen_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguarding_concerns")),
    )
    op.create_index(
        "ix_safeguarding_concerns_kind_state_id",
        "safeguarding_concerns",
        ["kind", "state", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("safeguarding_concerns")
