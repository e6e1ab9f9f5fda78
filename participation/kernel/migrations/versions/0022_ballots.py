"""Secret ballots: votings, options, the roll, the sealed box, and what is left after the count."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

VOTINGS = "ballots_votings"
STATES = "state IN ('draft', 'open', 'closed', 'counted')"


def upgrade() -> None:
    """Make the tables; on SQLite those of voters and papers stand by their own random keys."""
    _make_votings()
    op.create_table("ballots_options", _of(), _code("code"), _code("circle", ""), _key("code"))
    _make_roll_and_box()
    _make_what_is_left()


def _make_votings() -> None:
    op.create_table(
        VOTINGS,
        sa.Column("id", sa.Integer(), primary_key=True),
        _code("subject_kind"),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        _code("state", "draft"),
        _moment("opens_at"),
        _moment("closes_at"),
        _number("choices_most", "1"),
        _number("roll_least", "10"),
        sa.Column("box", sa.LargeBinary(length=32), nullable=True),
        sa.Column("opener", sa.LargeBinary(), nullable=True),
        sa.Column("roll_key", sa.LargeBinary(), nullable=True),
        _number("stirred", "0"),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        _moment("counted_at", nullable=True),
        _rule("state_known", STATES),
        _rule("opens_before_closing", "opens_at < closes_at"),
        _rule("choices_most_positive", "choices_most >= 1"),
        _rule("roll_least_floor", "roll_least >= 10"),
        _rule("counted_without_opener", "state <> 'counted' OR opener IS NULL"),
        _rule("counted_with_result", "(state = 'counted') = (result <> '')"),
        sa.UniqueConstraint(
            "subject_kind", "subject_id", name=op.f("uq_ballots_votings_subject_kind_subject_id")
        ),
    )
    op.create_index(
        "ix_ballots_votings_state_closes_at", VOTINGS, ["state", "closes_at", "id"], unique=False
    )


def _make_roll_and_box() -> None:
    op.create_table(
        "ballots_roll",
        _of(),
        sa.Column("voter", sa.LargeBinary(length=16), nullable=False),
        _code("circle", ""),
        sa.Column("voted", sa.Boolean(), server_default=sa.false(), nullable=False),
        _key("voter"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots_papers",
        _of(),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _key("id"),
        sqlite_with_rowid=False,
    )


def _make_what_is_left() -> None:
    op.create_table(
        "ballots_piles",
        _of(),
        sa.Column("choice", sa.String(length=240), nullable=False),
        _number("papers"),
        _rule("papers_positive", "papers >= 1", "ballots_piles"),
        _key("choice"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots_receipts",
        _of(),
        sa.Column("mark", sa.String(length=60), nullable=False),
        _number("papers"),
        _rule("papers_positive", "papers >= 1", "ballots_receipts"),
        _key("mark"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots_half_hours",
        _of(),
        _code("circle"),
        _moment("starts"),
        _number("papers"),
        _rule("papers_enough", "papers >= 10", "ballots_half_hours"),
        _key("circle", "starts"),
        sqlite_with_rowid=False,
    )


def _of() -> sa.Column[int]:
    return sa.Column(
        "voting_id",
        sa.Integer(),
        sa.ForeignKey(f"{VOTINGS}.id", ondelete="CASCADE"),
        nullable=False,
    )


def _key(*columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("voting_id", *columns)


def _code(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), server_default=default, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), server_default=default, nullable=False)


def _rule(name: str, said: str, table: str = VOTINGS) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def downgrade() -> None:
    """Remove them."""
    for name in ("half_hours", "receipts", "piles", "papers", "roll", "options", "votings"):
        op.drop_table(f"ballots_{name}")
