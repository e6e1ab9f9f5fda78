"""Concerns are sealed, have levels, clocks and a log; duties, reminders, requests for an identity.

The key is not known here, so what is plain moves to a table of its own, from which the worker seals
it (`safeguarding.actions.sealing`).
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "safeguarding_concerns"
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state <> 'done'")
MINUTES_OF_LEVEL_2 = timedelta(minutes=60)
FROZEN = timedelta(days=3 * 365 + 1)
PAGE = 500

before = sa.table(
    TABLE,
    *(sa.column(name) for name in ("kind", "state", "text", "contact", "about", "note")),
    *(sa.column(name) for name in ("subject_kind", "subject_id")),
    *(sa.column(name, SERIAL) for name in ("id", "person_id", "school_id", "seen_by")),
    *(sa.column(name, MOMENT) for name in ("written_at", "seen_at", "done_at")),
)


def upgrade() -> None:
    """Make the tables; what was written so far waits to be sealed."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete=ON")
    kept = list(_old_rows())
    op.drop_table(TABLE)
    _concerns()
    _others()
    concerns = sa.table(TABLE, *(sa.column(name, kind) for name, kind in _types().items()))
    unsealed = sa.table(
        "safeguarding_unsealed", sa.column("concern_id", SERIAL), sa.column("contents")
    )
    for row in kept:
        op.execute(concerns.insert().values(**_new(row)))
        op.execute(unsealed.insert().values(concern_id=row["id"], contents=_contents(row)))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"SELECT setval(pg_get_serial_sequence('{TABLE}', 'id'), "  # noqa: S608 - ours
            f"(SELECT coalesce(max(id), 1) FROM {TABLE}), EXISTS (SELECT 1 FROM {TABLE}))"
        )


def downgrade() -> None:
    """As it was, while nothing was written: sealed evidence is never thrown away."""
    if op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {TABLE}")):  # noqa: S608 - ours
        raise RuntimeError("there are concerns: sealed ones can't go back to an older schema")
    for table in (
        "safeguarding_identity_requests",
        "safeguarding_heads",
        "safeguarding_duties",
        "safeguarding_reminders",
        "safeguarding_log",
        "safeguarding_unsealed",
        TABLE,
    ):
        op.drop_table(table)
    _concerns_of_before()


def _old_rows() -> Iterator[dict[str, Any]]:
    last = 0
    while True:
        asked = sa.select(before).where(before.c.id > last).order_by(before.c.id).limit(PAGE)
        rows = op.get_bind().execute(asked).mappings().all()
        for row in rows:
            yield dict(row)
        if len(rows) < PAGE:
            return
        last = rows[-1]["id"]


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)


def _new(row: dict[str, Any]) -> dict[str, Any]:
    """A complaint as it was; anything else has the clock of level 2, and is taken once seen."""
    written = _utc(row["written_at"])
    seen, done = _aware(row["seen_at"]), _aware(row["done_at"])
    about_child = row["kind"] != "complaint"
    taken = about_child and seen is not None
    return {
        "id": row["id"],
        "kind": row["kind"],
        "state": "taken" if taken and done is None else row["state"],
        "outcome": "closed" if done else "",
        "level": 2 if about_child else 0,
        "written_at": written,
        "clock_at": written,
        "due_at": written + MINUTES_OF_LEVEL_2 if about_child else None,
        "seen_by": row["seen_by"],
        "seen_at": seen,
        "taken_by": row["seen_by"] if taken else None,
        "taken_at": seen if taken else None,
        "done_at": done,
        "frozen_until": done + FROZEN if done and about_child else None,
    }


def _contents(row: dict[str, Any]) -> str:
    subject = f"{row['subject_kind']}:{row['subject_id']}" if row["subject_kind"] else ""
    kept = {
        "text": row["text"],
        "contact": row["contact"],
        "about": row["about"],
        "note": row["note"],
        "subject": subject,
        "person_id": row["person_id"] or 0,
        "school_id": row["school_id"] or 0,
    }
    return json.dumps(kept, ensure_ascii=False)


def _types() -> dict[str, Any]:
    moments = ("written_at", "clock_at", "due_at", "seen_at", "taken_at", "done_at", "frozen_until")
    return {
        **dict.fromkeys(("kind", "state", "outcome"), sa.String()),
        **dict.fromkeys(("id", "seen_by", "taken_by"), SERIAL),
        **dict.fromkeys(moments, MOMENT),
        "level": sa.SmallInteger(),
    }


def _code(name: str, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), server_default=default, nullable=False)


def _moment(name: str, *, needed: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=not needed)


def _people(table: str, *names: str, ondelete: str = "SET NULL") -> list[Any]:
    nullable = ondelete == "SET NULL"
    columns = [sa.Column(name, SERIAL, nullable=nullable) for name in names]
    keys = [
        sa.ForeignKeyConstraint(
            [name], ["accounts_people.id"], name=op.f(f"fk_{table}_{name}"), ondelete=ondelete
        )
        for name in names
    ]
    return [*columns, *keys]


def _of_concern(table: str, ondelete: str = "RESTRICT") -> list[Any]:
    key = sa.ForeignKeyConstraint(
        ["concern_id"], [f"{TABLE}.id"], name=op.f(f"fk_{table}_concern_id"), ondelete=ondelete
    )
    return [sa.Column("concern_id", SERIAL, autoincrement=False, nullable=False), key]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return _check(table, f"{column}_known", f"{column} IN ({listed})")


def _concerns() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", SERIAL, nullable=False),
        _code("kind"),
        _code("state", "new"),
        _code("outcome", ""),
        sa.Column("level", sa.SmallInteger(), server_default="0", nullable=False),
        _moment("written_at", needed=True),
        _moment("clock_at", needed=True),
        *(_moment(name) for name in ("due_at", "seen_at", "taken_at", "closing_at", "done_at")),
        _moment("frozen_until"),
        *_people(TABLE, "seen_by", "taken_by", "closing_by", "done_by"),
        sa.Column("subject_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("writer_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("answer_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _one_of(TABLE, "kind", "help", "sign", "moderation", "complaint", "drill"),
        _one_of(TABLE, "state", "new", "seen", "taken", "closing", "done"),
        _one_of(TABLE, "outcome", "", "closed", "released"),
        _check(TABLE, "level_known", "level BETWEEN 0 AND 3"),
        _check(TABLE, "clock_runs", "kind = 'complaint' OR due_at IS NOT NULL"),
        _check(
            TABLE,
            "closed_by_two",
            "done_by IS NULL OR closing_by IS NULL OR done_by <> closing_by",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("answer_mark", name=op.f(f"uq_{TABLE}_answer_mark")),
    )
    op.create_index(f"ix_{TABLE}_kind_state_id", TABLE, ["kind", "state", "id"])
    op.create_index(op.f(f"ix_{TABLE}_writer_mark"), TABLE, ["writer_mark"])
    op.create_index(
        f"uq_{TABLE}_open_subject",
        TABLE,
        ["subject_mark"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )


def _others() -> None:
    op.create_table(
        "safeguarding_unsealed",
        *_of_concern("safeguarding_unsealed"),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("concern_id", name=op.f("pk_safeguarding_unsealed")),
    )
    log = "safeguarding_log"
    kinds = (
        *("level", "words", "note", "answer", "report", "identity"),
        *("closing_asked", "closing_refused", "closed", "released"),
    )
    op.create_table(
        log,
        sa.Column("id", SERIAL, nullable=False),
        *_of_concern(log),
        _code("kind"),
        *_people(log, "by"),
        _moment("at", needed=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _one_of(log, "kind", *kinds),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{log}")),
    )
    op.create_index(f"ix_{log}_concern_id_id", log, ["concern_id", "id"])
    reminders = "safeguarding_reminders"
    op.create_table(
        reminders,
        *_of_concern(reminders, "CASCADE"),
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        _code("step"),
        _moment("at", needed=True),
        sa.PrimaryKeyConstraint("concern_id", "level", "step", name=op.f(f"pk_{reminders}")),
    )
    _rota()
    _requests()


def _rota() -> None:
    duties, heads = "safeguarding_duties", "safeguarding_heads"
    op.create_table(
        duties,
        sa.Column("id", SERIAL, nullable=False),
        *_people(duties, "officer_id", ondelete="CASCADE"),
        *_people(duties, "stand_in_id", "set_by"),
        _moment("from_at", needed=True),
        _moment("until_at", needed=True),
        _check(duties, "has_length", "from_at < until_at"),
        _check(duties, "two_people", "stand_in_id IS NULL OR stand_in_id <> officer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{duties}")),
    )
    op.create_index(f"ix_{duties}_until_at_id", duties, ["until_at", "id"])
    op.create_table(
        heads,
        *_people(heads, "person_id", ondelete="CASCADE"),
        _moment("since", needed=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f(f"pk_{heads}")),
    )


def _requests() -> None:
    table = "safeguarding_identity_requests"
    op.create_table(
        table,
        sa.Column("id", SERIAL, nullable=False),
        *_of_concern(table),
        _code("state", "asked"),
        *_people(table, "asked_by", "decided_by"),
        _moment("asked_at", needed=True),
        _moment("decided_at"),
        _moment("seen_at"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _one_of(table, "state", "asked", "approved", "refused", "seen"),
        _check(
            table,
            "decided_by_another",
            "decided_by IS NULL OR asked_by IS NULL OR decided_by <> asked_by",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_concern_id_id", table, ["concern_id", "id"])


def _concerns_of_before() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", SERIAL, nullable=False),
        _code("kind"),
        _code("state", "new"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200), server_default="", nullable=False),
        sa.Column("about", sa.String(length=200), server_default="", nullable=False),
        _code("subject_kind", ""),
        sa.Column("subject_id", sa.String(length=64), server_default="", nullable=False),
        *_people(TABLE, "person_id", "seen_by"),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["accounts_schools.id"],
            name=op.f(f"fk_{TABLE}_school_id"),
            ondelete="SET NULL",
        ),
        _moment("written_at", needed=True),
        _moment("seen_at"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        _moment("done_at"),
        _one_of(TABLE, "kind", "help", "moderation", "complaint"),
        _one_of(TABLE, "state", "new", "seen", "done"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(f"ix_{TABLE}_kind_state_id", TABLE, ["kind", "state", "id"])
