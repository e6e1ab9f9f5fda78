"""The first tables of deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "deliveries_dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "official_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "receipt_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["official_id"],
            ["accounts_people.id"],
            name=op.f("fk_deliveries_dossiers_official_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receipt_by"],
            ["accounts_people.id"],
            name=op.f("fk_deliveries_dossiers_receipt_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["accounts_units.id"],
            name=op.f("fk_deliveries_dossiers_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries_dossiers")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            name=op.f("uq_deliveries_dossiers_subject_kind_subject_id"),
        ),
    )
    op.create_index(
        op.f("ix_deliveries_dossiers_digest"), "deliveries_dossiers", ["digest"], unique=False
    )
    op.create_index(
        "ix_deliveries_dossiers_due_on_id", "deliveries_dossiers", ["due_on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_deliveries_dossiers_official_id"),
        "deliveries_dossiers",
        ["official_id"],
        unique=False,
    )
    op.create_index(
        "ix_deliveries_dossiers_unit_id_due_on",
        "deliveries_dossiers",
        ["unit_id", "due_on", "id"],
        unique=False,
    )
    op.create_table(
        "deliveries_papers",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("locale", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pdf', 'csv', 'json')", name=op.f("ck_deliveries_papers_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["deliveries_dossiers.id"],
            name=op.f("fk_deliveries_papers_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("dossier_id", "kind", "locale", name=op.f("pk_deliveries_papers")),
    )
    op.create_index(
        op.f("ix_deliveries_papers_digest"), "deliveries_papers", ["digest"], unique=False
    )
    op.create_table(
        "deliveries_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["deliveries_dossiers.id"],
            name=op.f("fk_deliveries_points_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries_points")),
        sa.UniqueConstraint(
            "dossier_id", "place", name=op.f("uq_deliveries_points_dossier_id_place")
        ),
    )
    op.create_table(
        "deliveries_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("greeting", sa.JSON(), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["deliveries_dossiers.id"],
            name=op.f("fk_deliveries_replies_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["accounts_people.id"],
            name=op.f("fk_deliveries_replies_given_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries_replies")),
        sa.UniqueConstraint(
            "dossier_id", "version", name=op.f("uq_deliveries_replies_dossier_id_version")
        ),
    )
    op.create_table(
        "deliveries_point_answers",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("next_step", sa.Text(), server_default="", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("typed_on", sa.String(length=60), server_default="", nullable=False),
        sa.Column("for_children", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('', 'adopted', 'partly', 'not', 'scheduled')",
            name=op.f("ck_deliveries_point_answers_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["deliveries_points.id"],
            name=op.f("fk_deliveries_point_answers_point_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"],
            ["deliveries_replies.id"],
            name=op.f("fk_deliveries_point_answers_reply_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reply_id", "point_id", name=op.f("pk_deliveries_point_answers")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("deliveries_point_answers")
    op.drop_table("deliveries_replies")
    op.drop_table("deliveries_points")
    op.drop_table("deliveries_papers")
    op.drop_table("deliveries_dossiers")
