"""Calls for works; jurors and kindergartens."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KINDS = "'primary', 'junior', 'senior', 'other'"
ROLES = "'child', 'teacher', 'moderator', 'safeguarding', 'secretary', 'official', 'administrator'"
TABLES = (
    "contests_calls",
    "contests_districts",
    "contests_rehearsal_guests",
    "contests_themes",
    "contests_uses",
    "contests_criteria",
    "contests_entries",
    "contests_authors",
    "contests_licences",
    "contests_batches",
    "contests_batch_sheets",
)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _know(f"{KINDS}, 'kindergarten'", f"{ROLES}, 'juror'")
    _make_calls()
    _make_districts()
    _make_guests()
    _make_themes()
    _make_uses()
    _make_criteria()


def downgrade() -> None:
    """As it was."""
    op.drop_table("contests_criteria")
    op.drop_table("contests_uses")
    op.drop_table("contests_themes")
    op.drop_table("contests_rehearsal_guests")
    op.drop_table("contests_districts")
    op.drop_table("contests_calls")
    op.execute("UPDATE accounts_schools SET kind = 'other' WHERE kind = 'kindergarten'")
    op.execute("UPDATE accounts_people SET role = 'teacher' WHERE role = 'juror'")
    _know(KINDS, ROLES)


def _know(kinds: str, roles: str) -> None:
    with op.batch_alter_table("accounts_schools") as table:
        table.drop_constraint("kind_known", type_="check")
        table.create_check_constraint("kind_known", f"kind IN ({kinds})")
    with op.batch_alter_table("accounts_people") as table:
        table.drop_constraint("role_known", type_="check")
        table.create_check_constraint("role_known", f"role IN ({roles})")


def _make_calls() -> None:
    op.create_table(
        "contests_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="draft", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("rehearsal", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("sign", sa.String(length=1), server_default="", nullable=False),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("brief_small", sa.JSON(), nullable=False),
        sa.Column("brief_older", sa.JSON(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("prizes", sa.JSON(), nullable=False),
        sa.Column("use_for", sa.JSON(), nullable=False),
        sa.Column("use_where", sa.JSON(), nullable=False),
        sa.Column("years", sa.Integer(), server_default="2", nullable=False),
        sa.Column("bands", sa.String(length=3), server_default="abc", nullable=False),
        sa.Column("ranked", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("entries_most", sa.Integer(), server_default="1", nullable=False),
        sa.Column("authors_most", sa.Integer(), server_default="1", nullable=False),
        sa.Column("pictures_most", sa.Integer(), server_default="1", nullable=False),
        sa.Column("recording", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("choice", sa.String(length=40), server_default="none", nullable=False),
        sa.Column("choice_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("choice_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("shows_until", sa.Date(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("official_id", BIG, nullable=True),
        sa.Column("answer_due", sa.Date(), nullable=True),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "choice IN ('none', 'any_school', 'other_schools', 'own_school')",
            name=op.f("ck_contests_calls_choice_known"),
        ),
        sa.CheckConstraint(
            "kind IN ('logo', 'lyrics', 'drawing', 'free')",
            name=op.f("ck_contests_calls_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'closed', 'noticed', 'ended')",
            name=op.f("ck_contests_calls_state_known"),
        ),
        sa.CheckConstraint(
            "authors_most BETWEEN 1 AND 8", name=op.f("ck_contests_calls_authors_bounded")
        ),
        sa.CheckConstraint(
            "choice_opens_at IS NULL OR choice_closes_at IS NULL OR choice_opens_at < choice_closes_at",
            name=op.f("ck_contests_calls_choice_opens_before_closing"),
        ),
        sa.CheckConstraint(
            "entries_most BETWEEN 1 AND 5", name=op.f("ck_contests_calls_entries_bounded")
        ),
        sa.CheckConstraint(
            "opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at",
            name=op.f("ck_contests_calls_opens_before_closing"),
        ),
        sa.CheckConstraint(
            "pictures_most BETWEEN 0 AND 3", name=op.f("ck_contests_calls_pictures_bounded")
        ),
        sa.CheckConstraint("years BETWEEN 1 AND 10", name=op.f("ck_contests_calls_years_bounded")),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["accounts_people.id"],
            name=op.f("fk_contests_calls_made_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["official_id"],
            ["accounts_people.id"],
            name=op.f("fk_contests_calls_official_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["accounts_units.id"],
            name=op.f("fk_contests_calls_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_calls")),
    )
    op.create_index(
        "ix_contests_calls_state_closes_at",
        "contests_calls",
        ["state", "closes_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_contests_calls_unit_id"), "contests_calls", ["unit_id"], unique=False)


def _make_districts() -> None:
    op.create_table(
        "contests_districts",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_districts_call_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["accounts_districts.id"],
            name=op.f("fk_contests_districts_district_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("call_id", "district_id", name=op.f("pk_contests_districts")),
    )


def _make_guests() -> None:
    op.create_table(
        "contests_rehearsal_guests",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_rehearsal_guests_call_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_contests_rehearsal_guests_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_contests_rehearsal_guests")),
    )
    op.create_index(
        op.f("ix_contests_rehearsal_guests_person_id"),
        "contests_rehearsal_guests",
        ["person_id"],
        unique=False,
    )


def _make_themes() -> None:
    op.create_table(
        "contests_themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_themes_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_themes")),
        sa.UniqueConstraint("call_id", "place", name=op.f("uq_contests_themes_call_id_place")),
    )


def _make_uses() -> None:
    op.create_table(
        "contests_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_uses_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_uses")),
        sa.UniqueConstraint("call_id", "place", name=op.f("uq_contests_uses_call_id_place")),
    )


def _make_criteria() -> None:
    op.create_table(
        "contests_criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("praise", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "weight BETWEEN 1 AND 5", name=op.f("ck_contests_criteria_weight_bounded")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["contests_calls.id"],
            name=op.f("fk_contests_criteria_call_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_criteria")),
        sa.UniqueConstraint("call_id", "place", name=op.f("uq_contests_criteria_call_id_place")),
    )
