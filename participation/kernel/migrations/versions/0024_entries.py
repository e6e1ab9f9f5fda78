"""Works, their authors and the rights they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_entries()
    _make_authors()
    _make_licences()
    _make_batches()
    _make_batch_sheets()


def downgrade() -> None:
    """As it was."""
    op.drop_table("contests_batch_sheets")
    op.drop_table("contests_batches")
    op.drop_table("contests_licences")
    op.drop_table("contests_authors")
    op.drop_table("contests_entries")


def _make_entries() -> None:
    op.create_table(
        "contests_entries",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("standing", sa.String(length=40), server_default="draft", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("band", sa.String(length=1), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("school", sa.LargeBinary(length=8), nullable=False),
        sa.Column("title", sa.String(length=40), server_default="", nullable=False),
        sa.Column("words", sa.String(length=200), server_default="", nullable=False),
        sa.Column("alt", sa.String(length=200), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("ai", sa.String(length=40), server_default="", nullable=False),
        sa.Column("helper", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=40), server_default="", nullable=False),
        sa.Column("sentence", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("appeal", sa.String(length=40), server_default="", nullable=False),
        sa.Column("turns", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ai IN ('', 'none', 'ideas', 'parts')", name=op.f("ck_contests_entries_ai_known")
        ),
        sa.CheckConstraint(
            "appeal IN ('', 'asked', 'granted', 'upheld')",
            name=op.f("ck_contests_entries_appeal_known"),
        ),
        sa.CheckConstraint(
            "standing IN ('draft', 'pressing', 'waiting', 'approved', 'returned', 'refused', 'withdrawn', 'disqualified')",
            name=op.f("ck_contests_entries_standing_known"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_entries_call_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["contests_themes.id"],
            name=op.f("fk_contests_entries_theme_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_entries")),
        sa.UniqueConstraint("call_id", "code", name=op.f("uq_contests_entries_call_id_code")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_contests_entries_call_id_band",
        "contests_entries",
        ["call_id", "band", "standing", "shuffle", "id"],
        unique=False,
    )
    op.create_index(
        "ix_contests_entries_call_id_standing",
        "contests_entries",
        ["call_id", "standing", "shuffle", "id"],
        unique=False,
    )
    op.create_index(
        "ix_contests_entries_call_id_theme_id",
        "contests_entries",
        ["call_id", "theme_id", "standing", "shuffle", "id"],
        unique=False,
    )


def _make_authors() -> None:
    op.create_table(
        "contests_authors",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("lead", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("band", sa.String(length=1), nullable=False),
        sa.Column("consent", sa.String(length=40), server_default="agreed", nullable=False),
        sa.Column("name_form", sa.String(length=40), server_default="nickname", nullable=False),
        sa.Column("shown_as", sa.String(length=24), server_default="", nullable=False),
        sa.CheckConstraint(
            "consent IN ('invited', 'agreed')", name=op.f("ck_contests_authors_consent_known")
        ),
        sa.CheckConstraint(
            "name_form IN ('nickname', 'surname', 'none')",
            name=op.f("ck_contests_authors_name_form_known"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_authors_call_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["contests_entries.id"],
            name=op.f("fk_contests_authors_entry_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_authors")),
        sa.UniqueConstraint(
            "entry_id", "participant", name=op.f("uq_contests_authors_entry_id_participant")
        ),
    )
    op.create_index(
        "ix_contests_authors_call_id_participant",
        "contests_authors",
        ["call_id", "participant"],
        unique=False,
    )
    op.create_index(
        "uq_contests_authors_lead",
        "contests_authors",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("lead"),
        postgresql_where=sa.text("lead"),
    )


def _make_licences() -> None:
    op.create_table(
        "contests_licences",
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("guardian", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("code", sa.LargeBinary(length=16), nullable=True),
        sa.Column("code_ends", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "guardian <> 'agreed' OR until IS NOT NULL",
            name=op.f("ck_contests_licences_agreed_has_end"),
        ),
        sa.CheckConstraint(
            "guardian IN ('waiting', 'agreed', 'refused', 'withdrawn')",
            name=op.f("ck_contests_licences_guardian_known"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["contests_authors.id"],
            name=op.f("fk_contests_licences_author_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("author_id", name=op.f("pk_contests_licences")),
        sa.UniqueConstraint("code", name=op.f("uq_contests_licences_code")),
    )
    op.create_index("ix_contests_licences_until", "contests_licences", ["until"], unique=False)


def _make_batches() -> None:
    op.create_table(
        "contests_batches",
        sa.Column("id", BIG, nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", BIG, nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="open", nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_batches_call_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["accounts_classes.id"],
            name=op.f("fk_contests_batches_class_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"],
            ["accounts_people.id"],
            name=op.f("fk_contests_batches_teacher_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_batches")),
        sa.UniqueConstraint(
            "call_id",
            "class_id",
            "teacher_id",
            name=op.f("uq_contests_batches_call_id_class_id_teacher_id"),
        ),
    )
    op.create_index(
        op.f("ix_contests_batches_call_id"), "contests_batches", ["call_id"], unique=False
    )
    op.create_index(
        op.f("ix_contests_batches_class_id"), "contests_batches", ["class_id"], unique=False
    )
    op.create_index(
        op.f("ix_contests_batches_teacher_id"), "contests_batches", ["teacher_id"], unique=False
    )


def _make_batch_sheets() -> None:
    op.create_table(
        "contests_batch_sheets",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["contests_batches.id"],
            name=op.f("fk_contests_batch_sheets_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["contests_entries.id"],
            name=op.f("fk_contests_batch_sheets_entry_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_contests_batch_sheets_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_batch_sheets")),
        sa.UniqueConstraint(
            "batch_id", "person_id", name=op.f("uq_contests_batch_sheets_batch_id_person_id")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_contests_batch_sheets_code")),
    )
    op.create_index(
        op.f("ix_contests_batch_sheets_person_id"),
        "contests_batch_sheets",
        ["person_id"],
        unique=False,
    )
