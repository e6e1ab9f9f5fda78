"""The first tables of consultations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="draft", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("sign", sa.String(length=1), server_default="", nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("decided", sa.JSON(), nullable=False),
        sa.Column("changeable", sa.JSON(), nullable=False),
        sa.Column("bands", sa.String(length=3), server_default="", nullable=False),
        sa.Column("minutes", sa.Integer(), server_default="4", nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("short_reason", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "official_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("layout", sa.Text(), server_default="", nullable=False),
        sa.Column("cells", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'closed', 'frozen')",
            name=op.f("ck_consultations_state_known"),
        ),
        sa.CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at",
            name=op.f("ck_consultations_opens_before_closing"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["accounts_people.id"],
            name=op.f("fk_consultations_made_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["official_id"],
            ["accounts_people.id"],
            name=op.f("fk_consultations_official_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["accounts_units.id"],
            name=op.f("fk_consultations_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(
        "ix_consultations_closes_at_id", "consultations", ["closes_at", "id"], unique=False
    )
    op.create_index(
        "ix_consultations_state_closes_at",
        "consultations",
        ["state", "closes_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_consultations_unit_id"), "consultations", ["unit_id"], unique=False)
    op.create_table(
        "consultations_districts",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_districts_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["accounts_districts.id"],
            name=op.f("fk_consultations_districts_district_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "district_id", name=op.f("pk_consultations_districts")
        ),
    )
    op.create_table(
        "consultations_drafts",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_drafts_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "participant", name=op.f("pk_consultations_drafts")
        ),
    )
    op.create_table(
        "consultations_hearing_sums",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_hearing_sums_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultations_hearing_sums")),
    )
    op.create_table(
        "consultations_hearings",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("listened", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "listened IN ('yes', 'partly', 'no')",
            name=op.f("ck_consultations_hearings_listened_known"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_hearings_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "participant", name=op.f("pk_consultations_hearings")
        ),
    )
    op.create_table(
        "consultations_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.JSON(), nullable=False),
        sa.Column("easy", sa.JSON(), nullable=False),
        sa.Column("most", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('single', 'several', 'faces', 'words')",
            name=op.f("ck_consultations_questions_kind_known"),
        ),
        sa.CheckConstraint("most >= 1", name=op.f("ck_consultations_questions_most_positive")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_questions_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_questions")),
        sa.UniqueConstraint(
            "consultation_id",
            "place",
            name=op.f("uq_consultations_questions_consultation_id_place"),
        ),
    )
    op.create_table(
        "consultations_results",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("schools", sa.Integer(), nullable=False),
        sa.Column("matrix", sa.LargeBinary(), nullable=False),
        sa.Column("for_officials", sa.Text(), nullable=False),
        sa.Column("for_public", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_results_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultations_results")),
    )
    op.create_table(
        "consultations_segments",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column(
            "last_change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_segments_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "consultation_id", "first_id", name=op.f("pk_consultations_segments")
        ),
    )
    op.create_table(
        "consultations_sheet_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("old_cell", sa.SmallInteger(), nullable=False),
        sa.Column("old_answers", sa.LargeBinary(length=255), nullable=False),
        sa.Column("new_cell", sa.SmallInteger(), nullable=True),
        sa.Column("new_answers", sa.LargeBinary(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_sheet_changes_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_sheet_changes")),
    )
    op.create_index(
        "ix_consultations_sheet_changes_consultation_id_id",
        "consultations_sheet_changes",
        ["consultation_id", "id"],
        unique=False,
    )
    op.create_table(
        "consultations_sheets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("school", sa.LargeBinary(length=8), nullable=False),
        sa.Column("cell", sa.SmallInteger(), nullable=False),
        sa.Column("answers", sa.LargeBinary(length=255), nullable=False),
        sa.Column("channel", sa.String(length=40), server_default="web", nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_sheets_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_sheets")),
        sa.UniqueConstraint(
            "consultation_id",
            "participant",
            name=op.f("uq_consultations_sheets_consultation_id_participant"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_consultations_sheets_consultation_id_id",
        "consultations_sheets",
        ["consultation_id", "id"],
        unique=False,
    )
    op.create_table(
        "consultations_tallies",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("matrix", sa.LargeBinary(), nullable=False),
        sa.Column(
            "last_sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "last_change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_tallies_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("consultation_id", name=op.f("pk_consultations_tallies")),
    )
    op.create_table(
        "consultations_options",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("easy", sa.JSON(), nullable=False),
        sa.Column("icon", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["consultations_questions.id"],
            name=op.f("fk_consultations_options_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_options")),
        sa.UniqueConstraint(
            "question_id", "place", name=op.f("uq_consultations_options_question_id_place")
        ),
    )
    op.create_table(
        "consultations_themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_themes_consultation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["option_id"],
            ["consultations_options.id"],
            name=op.f("fk_consultations_themes_option_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_themes")),
        sa.UniqueConstraint(
            "consultation_id", "place", name=op.f("uq_consultations_themes_consultation_id_place")
        ),
    )
    op.create_table(
        "consultations_open_words",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("participant", sa.LargeBinary(length=16), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("standing", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("reason", sa.String(length=40), server_default="", nullable=False),
        sa.Column("sentence", sa.String(length=600), server_default="", nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("minority", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("turns", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "standing IN ('waiting', 'published', 'returned', 'refused', 'withdrawn')",
            name=op.f("ck_consultations_open_words_standing_known"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_consultations_open_words_consultation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["consultations_questions.id"],
            name=op.f("fk_consultations_open_words_question_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["consultations_themes.id"],
            name=op.f("fk_consultations_open_words_theme_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations_open_words")),
        sa.UniqueConstraint(
            "question_id",
            "participant",
            name=op.f("uq_consultations_open_words_question_id_participant"),
        ),
    )
    op.create_index(
        "ix_consultations_open_words_consultation_id_standing",
        "consultations_open_words",
        ["consultation_id", "standing", "id"],
        unique=False,
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("consultations_open_words")
    op.drop_table("consultations_themes")
    op.drop_table("consultations_options")
    op.drop_table("consultations_tallies")
    op.drop_table("consultations_sheets")
    op.drop_table("consultations_sheet_changes")
    op.drop_table("consultations_segments")
    op.drop_table("consultations_results")
    op.drop_table("consultations_questions")
    op.drop_table("consultations_hearings")
    op.drop_table("consultations_hearing_sums")
    op.drop_table("consultations_drafts")
    op.drop_table("consultations_districts")
    op.drop_table("consultations")
