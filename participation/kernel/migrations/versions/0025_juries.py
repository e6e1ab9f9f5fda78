"""Juries, what they say about works, and what becomes of these."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_jurors()
    _make_rounds()
    _make_conflicts()
    _make_assignments()
    _make_judgements()
    _make_scores()
    _make_outcomes()
    _make_certificates()
    _make_objections()


def downgrade() -> None:
    """As it was."""
    op.drop_table("contests_objections")
    op.drop_table("contests_certificates")
    op.drop_table("contests_outcomes")
    op.drop_table("contests_scores")
    op.drop_table("contests_judgements")
    op.drop_table("contests_assignments")
    op.drop_table("contests_conflicts")
    op.drop_table("contests_rounds")
    op.drop_table("contests_jurors")


def _key(name: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{name}"), ondelete=ondelete)


def _make_jurors() -> None:
    op.create_table(
        "contests_jurors",
        sa.Column("id", BIG, nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("panel", sa.String(length=40), nullable=False),
        sa.Column("alias", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="invited", nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("stands_for", BIG, nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "panel IN ('adult', 'child')", name=op.f("ck_contests_jurors_panel_known")
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'accepted', 'declined', 'left')",
            name=op.f("ck_contests_jurors_state_known"),
        ),
        sa.CheckConstraint(
            "most IS NULL OR most >= 1", name=op.f("ck_contests_jurors_most_positive")
        ),
        _key("contests_jurors_call_id", "call_id", "contests_calls.id", "CASCADE"),
        _key("contests_jurors_person_id", "person_id", "accounts_people.id", "RESTRICT"),
        _key("contests_jurors_stands_for", "stands_for", "contests_jurors.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_jurors")),
        sa.UniqueConstraint(
            "call_id", "panel", "alias", name=op.f("uq_contests_jurors_call_id_panel_alias")
        ),
        sa.UniqueConstraint(
            "call_id", "person_id", name=op.f("uq_contests_jurors_call_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_contests_jurors_person_id"), "contests_jurors", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_contests_jurors_stands_for"), "contests_jurors", ["stands_for"], unique=False
    )


def _make_rounds() -> None:
    op.create_table(
        "contests_rounds",
        sa.Column("id", BIG, nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("panel", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("quorum", sa.Integer(), server_default="3", nullable=False),
        sa.Column("instructions", sa.JSON(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="planned", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("busy", sa.String(length=40), server_default="", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("whole", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shortages", sa.JSON(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", BIG, nullable=True),
        sa.Column("partial", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("sensitivity", sa.JSON(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "panel IN ('adult', 'child')", name=op.f("ck_contests_rounds_panel_known")
        ),
        sa.CheckConstraint(
            "stage IN ('first', 'second', 'final')", name=op.f("ck_contests_rounds_stage_known")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'closed')", name=op.f("ck_contests_rounds_state_known")
        ),
        sa.CheckConstraint(
            "way IN ('yes_no', 'rubric', 'ranking')", name=op.f("ck_contests_rounds_way_known")
        ),
        sa.CheckConstraint(
            "busy IN ('', 'dealing', 'weighing', 'closing')",
            name=op.f("ck_contests_rounds_busy_known"),
        ),
        sa.CheckConstraint("quorum >= 3", name=op.f("ck_contests_rounds_quorum_three")),
        _key("contests_rounds_call_id", "call_id", "contests_calls.id", "CASCADE"),
        _key("contests_rounds_closed_by", "closed_by", "accounts_people.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_rounds")),
        sa.UniqueConstraint(
            "call_id", "panel", "stage", name=op.f("uq_contests_rounds_call_id_panel_stage")
        ),
    )


def _make_conflicts() -> None:
    op.create_table(
        "contests_conflicts",
        sa.Column("juror_id", BIG, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "why IN ('school', 'class', 'family', 'declared', 'own')",
            name=op.f("ck_contests_conflicts_why_known"),
        ),
        _key("contests_conflicts_entry_id", "entry_id", "contests_entries.id", "CASCADE"),
        _key("contests_conflicts_juror_id", "juror_id", "contests_jurors.id", "CASCADE"),
        sa.PrimaryKeyConstraint("juror_id", "entry_id", name=op.f("pk_contests_conflicts")),
    )
    op.create_index(
        op.f("ix_contests_conflicts_entry_id"), "contests_conflicts", ["entry_id"], unique=False
    )


def _make_assignments() -> None:
    op.create_table(
        "contests_assignments",
        sa.Column("id", BIG, nullable=False),
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("juror_id", BIG, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="open", nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'judged', 'deferred', 'recused', 'ended')",
            name=op.f("ck_contests_assignments_state_known"),
        ),
        _key("contests_assignments_entry_id", "entry_id", "contests_entries.id", "RESTRICT"),
        _key("contests_assignments_juror_id", "juror_id", "contests_jurors.id", "RESTRICT"),
        _key("contests_assignments_round_id", "round_id", "contests_rounds.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_assignments")),
        sa.UniqueConstraint(
            "round_id",
            "juror_id",
            "entry_id",
            name=op.f("uq_contests_assignments_round_id_juror_id_entry_id"),
        ),
    )
    op.create_index(
        "ix_contests_assignments_entry_id",
        "contests_assignments",
        ["entry_id", "round_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contests_assignments_juror_id"), "contests_assignments", ["juror_id"], unique=False
    )
    op.create_index(
        "ix_contests_assignments_pack",
        "contests_assignments",
        ["round_id", "juror_id", "state", "place", "id"],
        unique=False,
    )


def _make_judgements() -> None:
    op.create_table(
        "contests_judgements",
        sa.Column("assignment_id", BIG, nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("liked_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "rank IS NULL OR rank >= 1", name=op.f("ck_contests_judgements_rank_positive")
        ),
        _key(
            "contests_judgements_assignment_id",
            "assignment_id",
            "contests_assignments.id",
            "CASCADE",
        ),
        _key("contests_judgements_liked_id", "liked_id", "contests_criteria.id", "SET NULL"),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_contests_judgements")),
    )


def _make_scores() -> None:
    op.create_table(
        "contests_scores",
        sa.Column("round_id", BIG, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Float(), nullable=True),
        sa.Column("adjusted", sa.Float(), nullable=True),
        sa.Column("goes_on", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("by_lot", sa.Boolean(), server_default=sa.false(), nullable=False),
        _key("contests_scores_entry_id", "entry_id", "contests_entries.id", "RESTRICT"),
        _key("contests_scores_round_id", "round_id", "contests_rounds.id", "CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "entry_id", name=op.f("pk_contests_scores")),
    )
    op.create_index(
        op.f("ix_contests_scores_entry_id"), "contests_scores", ["entry_id"], unique=False
    )


def _make_outcomes() -> None:
    op.create_table(
        "contests_outcomes",
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("by_children", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("liked_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "level IN ('shown', 'shortlisted', 'selected', 'adopted')",
            name=op.f("ck_contests_outcomes_level_known"),
        ),
        _key("contests_outcomes_call_id", "call_id", "contests_calls.id", "RESTRICT"),
        _key("contests_outcomes_entry_id", "entry_id", "contests_entries.id", "RESTRICT"),
        _key("contests_outcomes_liked_id", "liked_id", "contests_criteria.id", "SET NULL"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_contests_outcomes")),
    )
    op.create_index(
        "ix_contests_outcomes_call_id_level",
        "contests_outcomes",
        ["call_id", "level"],
        unique=False,
    )


def _make_certificates() -> None:
    op.create_table(
        "contests_certificates",
        sa.Column("id", BIG, nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name_form", sa.String(length=40), nullable=False),
        sa.Column("name_mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "name_form IN ('nickname', 'full')",
            name=op.f("ck_contests_certificates_name_form_known"),
        ),
        _key("contests_certificates_author_id", "author_id", "contests_authors.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_certificates")),
        sa.UniqueConstraint("code", name=op.f("uq_contests_certificates_code")),
    )
    op.create_index(
        "ix_contests_certificates_author_id",
        "contests_certificates",
        ["author_id", "id"],
        unique=False,
    )


def _make_objections() -> None:
    op.create_table(
        "contests_objections",
        sa.Column("id", BIG, nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), server_default="waiting", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'answered')", name=op.f("ck_contests_objections_state_known")
        ),
        _key("contests_objections_answered_by", "answered_by", "accounts_people.id", "SET NULL"),
        _key("contests_objections_call_id", "call_id", "contests_calls.id", "CASCADE"),
        _key("contests_objections_entry_id", "entry_id", "contests_entries.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests_objections")),
        sa.UniqueConstraint("number", name=op.f("uq_contests_objections_number")),
    )
    op.create_index(
        "ix_contests_objections_call_id_state",
        "contests_objections",
        ["call_id", "state", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contests_objections_entry_id"), "contests_objections", ["entry_id"], unique=False
    )
