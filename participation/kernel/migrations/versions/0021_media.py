"""Files, their renditions, and the marks by which copies are found."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "media_files",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("reason", sa.String(length=40), server_default="", nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("fingerprint", sa.BigInteger(), nullable=True),
        sa.Column("raw_key", sa.String(length=160), server_default="", nullable=False),
        sa.Column("master_key", sa.String(length=160), server_default="", nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('picture', 'vector', 'sound')", name=op.f("ck_media_files_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'pressing', 'ready', 'refused')",
            name=op.f("ck_media_files_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (reason <> '')", name=op.f("ck_media_files_reason_told")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (raw_key <> '')", name=op.f("ck_media_files_raw_while_waiting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_files")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "slot",
            name=op.f("uq_media_files_subject_kind_subject_id_slot"),
        ),
    )
    op.create_index("ix_media_files_state_id", "media_files", ["state", "id"])
    op.create_table(
        "media_renditions",
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("mime", sa.String(length=60), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["media_files.id"],
            name=op.f("fk_media_renditions_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("file_id", "name", name=op.f("pk_media_renditions")),
        sa.UniqueConstraint("key", name=op.f("uq_media_renditions_key")),
    )
    op.create_table(
        "media_bands",
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["media_files.id"], name=op.f("fk_media_bands_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", "file_id", name=op.f("pk_media_bands")),
    )
    op.create_index("ix_media_bands_file_id", "media_bands", ["file_id"])


def downgrade() -> None:
    """As it was."""
    op.drop_table("media_bands")
    op.drop_table("media_renditions")
    op.drop_table("media_files")
