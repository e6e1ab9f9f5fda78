"""Locks count the stretch, the day and the month; a card knows that it replaced an earlier one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LOCKS = "accounts_lockouts"
CARDS = "accounts_login_cards"


def _moment(name: str, *, nullable: bool = True) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _count(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=False)


def _make_locks(*columns: "sa.Column[Any]") -> None:
    """Locks live for minutes to weeks: what was counted before begins anew."""
    name = sa.Column("name", sa.String(length=60), nullable=False)
    op.drop_table(LOCKS)
    op.create_table(
        LOCKS, name, *columns, sa.PrimaryKeyConstraint("name", name=op.f(f"pk_{LOCKS}"))
    )


def upgrade() -> None:
    """Locks made anew with their counts; two columns more for cards."""
    _make_locks(
        _count("tries"),
        _moment("tried_at"),
        _count("day_tries"),
        _moment("day_began"),
        _count("month_tries"),
        _moment("month_began"),
        _count("rung"),
        _moment("locked_until"),
        _moment("good_at"),
    )
    op.create_index(op.f(f"ix_{LOCKS}_tried_at"), LOCKS, ["tried_at"])
    op.add_column(CARDS, sa.Column("anew", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column(CARDS, _moment("seen_at"))


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table(CARDS) as table:
        table.drop_column("seen_at")
        table.drop_column("anew")
    _make_locks(_count("failures"), _moment("failed_at", nullable=False), _moment("locked_until"))
