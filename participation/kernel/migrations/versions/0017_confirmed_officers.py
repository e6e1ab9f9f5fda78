"""Officers are confirmed by another; readings, emergencies, since when an officer has a concern."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CONCERNS, LOG = "safeguarding_concerns", "safeguarding_log"
CONFIRMATIONS, READINGS = "accounts_confirmations", "safeguarding_readings"
EMERGENCIES = "safeguarding_emergencies"
LINES = (
    *("level", "words", "note", "answer", "report", "identity"),
    *("closing_asked", "closing_refused", "closed", "released"),
)
MORE_LINES = ("taken_over", "closing_withdrawn", "reopened", "number", "seen_alone", "judged")


def upgrade() -> None:
    """Make the tables; the officers of today are confirmed, as they have read so far."""
    _confirmations()
    _readings()
    _emergencies()
    op.add_column(CONCERNS, sa.Column("held_at", MOMENT, nullable=True))
    op.execute(f"UPDATE {CONCERNS} SET held_at = taken_at")  # noqa: S608 - names of ours
    _log_knows((*LINES, *MORE_LINES))


def downgrade() -> None:
    """As it was, while no concern's log holds a line of the new kinds: evidence is never lost."""
    new = sa.text(f"SELECT count(*) FROM {LOG} WHERE kind IN ({_listed(MORE_LINES)})")  # noqa: S608
    if op.get_bind().scalar(new):
        raise RuntimeError("the logs hold deeds that an older schema does not know")
    _log_knows(LINES)
    op.drop_column(CONCERNS, "held_at")
    for table in (EMERGENCIES, READINGS, CONFIRMATIONS):
        op.drop_table(table)


def _listed(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _log_knows(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table(LOG) as table:
        table.drop_constraint("kind_known", type_="check")
        table.create_check_constraint("kind_known", f"kind IN ({_listed(kinds)})")


def _of(table: str, name: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"), ondelete=ondelete
    )


def _confirmations() -> None:
    op.create_table(
        CONFIRMATIONS,
        sa.Column("person_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("decided_by", SERIAL, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('confirmed', 'refused')", name=op.f(f"ck_{CONFIRMATIONS}_state_known")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> person_id",
            name=op.f(f"ck_{CONFIRMATIONS}_by_another"),
        ),
        _of(CONFIRMATIONS, "person_id", "accounts_people", "CASCADE"),
        _of(CONFIRMATIONS, "decided_by", "accounts_people", "SET NULL"),
        sa.PrimaryKeyConstraint("person_id", name=op.f(f"pk_{CONFIRMATIONS}")),
    )
    op.execute(
        f"INSERT INTO {CONFIRMATIONS} (person_id, state, at)"  # noqa: S608 - names of ours
        " SELECT id, 'confirmed', CURRENT_TIMESTAMP FROM accounts_people"
        " WHERE role = 'safeguarding' AND left_at IS NULL"
    )


def _readings() -> None:
    op.create_table(
        READINGS,
        sa.Column("concern_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("person_id", SERIAL, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _of(READINGS, "concern_id", CONCERNS, "CASCADE"),
        _of(READINGS, "person_id", "accounts_people", "CASCADE"),
        sa.PrimaryKeyConstraint("concern_id", "person_id", name=op.f(f"pk_{READINGS}")),
    )


def _emergencies() -> None:
    op.create_table(
        EMERGENCIES,
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("concern_id", SERIAL, nullable=False),
        sa.Column("seen_by", SERIAL, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("judged_by", SERIAL, nullable=True),
        sa.Column("judged_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "judged_by IS NULL OR seen_by IS NULL OR judged_by <> seen_by",
            name=op.f(f"ck_{EMERGENCIES}_judged_by_another"),
        ),
        _of(EMERGENCIES, "concern_id", CONCERNS, "RESTRICT"),
        _of(EMERGENCIES, "seen_by", "accounts_people", "SET NULL"),
        _of(EMERGENCIES, "judged_by", "accounts_people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{EMERGENCIES}")),
    )
    op.create_index(f"ix_{EMERGENCIES}_concern_id_id", EMERGENCIES, ["concern_id", "id"])
