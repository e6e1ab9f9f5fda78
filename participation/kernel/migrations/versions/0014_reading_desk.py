"""The reading desk in full: queues, threads, appeals, reports, known texts, skills, months."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CASES = "moderation_cases"
VERDICTS = "moderation_verdicts"
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("state = 'waiting'")
WORDS = "consultations_open_words"
APPEALS = "appeal IN ('', 'asked', 'granted', 'upheld')"
BEFORE = "'approved', 'returned', 'refused', 'escalated'"


def upgrade() -> None:
    """Make the tables; a text that waits already waits among the others."""
    with op.batch_alter_table(CASES) as table:
        table.add_column(_code("kind", "text"))
        table.add_column(_code("queue", "texts"))
        table.add_column(sa.Column("rank", sa.Integer(), server_default="4", nullable=False))
        table.add_column(_code("tongue", "zh"))
        table.add_column(sa.Column("school", sa.LargeBinary(length=16), nullable=True))
        table.add_column(sa.Column("kin", sa.LargeBinary(length=16), nullable=True))
        table.add_column(sa.Column("earlier_id", SERIAL, nullable=True))
        table.add_column(sa.Column("not_by", SERIAL, nullable=True))
        table.create_check_constraint("kind_known", "kind IN ('text', 'report', 'appeal', 'gold')")
        table.create_check_constraint("tongue_known", "tongue IN ('zh', 'en')")
        table.create_foreign_key(
            op.f("fk_moderation_cases_earlier_id"),
            CASES,
            ["earlier_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_foreign_key(
            op.f("fk_moderation_cases_not_by"),
            "accounts_people",
            ["not_by"],
            ["id"],
            ondelete="SET NULL",
        )
        table.drop_index("ix_moderation_cases_state_id")
        table.create_index(
            "ix_moderation_cases_waiting",
            ["rank", "id"],
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        )
    with op.batch_alter_table(VERDICTS) as table:
        table.add_column(sa.Column("in_time", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("bars", sa.Integer(), server_default="0", nullable=False))
        table.drop_constraint("verdict_known", type_="check")
        table.create_check_constraint("verdict_known", f"verdict IN ({BEFORE}, 'undone')")
    _make_reports()
    _make_gold()
    _make_skills()
    _add_appeals()


def _code(name: str, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), server_default=default, nullable=False)


def _by_case(**more: object) -> sa.Column[int]:
    return sa.Column(
        "case_id",
        SERIAL,
        sa.ForeignKey(f"{CASES}.id", ondelete="CASCADE"),
        nullable=False,
        **more,  # type: ignore[arg-type]
    )


def _by_person() -> sa.Column[int]:
    return sa.Column(
        "by", SERIAL, sa.ForeignKey("accounts_people.id", ondelete="SET NULL"), nullable=True
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _make_reports() -> None:
    op.create_table(
        "moderation_reports",
        sa.Column("id", SERIAL, primary_key=True),
        _by_case(),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=400), server_default="", nullable=False),
        _moment("at"),
    )
    op.create_index("ix_moderation_reports_case_id_id", "moderation_reports", ["case_id", "id"])
    op.create_table(
        "moderation_originals",
        _by_case(primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _moment("at"),
    )


def _make_gold() -> None:
    op.create_table(
        "moderation_gold",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reasons", sa.String(length=200), server_default="", nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        _by_person(),
        _moment("at"),
        _moment("ended_at", nullable=True),
    )


def _make_skills() -> None:
    op.create_table(
        "moderation_skills",
        sa.Column(
            "person_id",
            SERIAL,
            sa.ForeignKey("accounts_people.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("english", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("avoids", sa.JSON(), nullable=False),
        _by_person(),
        _moment("at"),
    )
    op.create_table(
        "moderation_months",
        sa.Column("id", SERIAL, primary_key=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _moment("made_at"),
        sa.UniqueConstraint("month", "edition", name=op.f("uq_moderation_months_month_edition")),
    )


def _add_appeals() -> None:
    """A child's sentence may be as long as a moderator's (it was cut off at 600 on PostgreSQL)."""
    if op.get_bind().dialect.name == "sqlite":
        rule = f"CONSTRAINT ck_{WORDS}_appeal_known CHECK ({APPEALS})"
        op.execute(f"ALTER TABLE {WORDS} ADD COLUMN appeal VARCHAR(40) DEFAULT '' NOT NULL {rule}")
        _set_length(600, 1000)
        return
    op.add_column(WORDS, _code("appeal", ""))
    op.create_check_constraint(op.f(f"ck_{WORDS}_appeal_known"), WORDS, APPEALS)
    op.alter_column(WORDS, "sentence", type_=sa.String(1000), existing_type=sa.String(600))


def _remove_appeals() -> None:
    op.drop_column(WORDS, "appeal")
    if op.get_bind().dialect.name == "sqlite":
        _set_length(1000, 600)
        return
    op.execute(f"UPDATE {WORDS} SET sentence = substr(sentence, 1, 600)")  # noqa: S608
    op.alter_column(WORDS, "sentence", type_=sa.String(600), existing_type=sa.String(1000))


def _set_length(before: int, after: int) -> None:
    """The same rows in a table that tells another length: made anew from what SQLite remembers, as
    Alembic would forget that the rows stand by their own key (0010)."""
    asked = "SELECT type, sql FROM sqlite_master WHERE tbl_name = :t AND sql IS NOT NULL ORDER BY type DESC"
    (_type, made), *indexes = op.get_bind().execute(sa.text(asked), {"t": WORDS}).all()
    made = made[made.index("(") :].replace(
        f"sentence VARCHAR({before})", f"sentence VARCHAR({after})"
    )
    op.execute(f"CREATE TABLE {WORDS}_anew {made}")
    op.execute(f"INSERT INTO {WORDS}_anew SELECT * FROM {WORDS}")  # noqa: S608 - names of ours
    op.drop_table(WORDS)
    op.rename_table(f"{WORDS}_anew", WORDS)
    for _kind, index in indexes:
        op.execute(index)


def downgrade() -> None:
    """As it was; verdicts that were undone and cases of the new kinds go."""
    _remove_appeals()
    for name in ("months", "skills", "gold", "originals", "reports"):
        op.drop_table(f"moderation_{name}")
    op.execute(
        "DELETE FROM moderation_verdicts WHERE verdict = 'undone' OR case_id IN"
        " (SELECT id FROM moderation_cases WHERE kind <> 'text')"
    )
    op.execute("DELETE FROM moderation_cases WHERE kind <> 'text'")
    with op.batch_alter_table(VERDICTS) as table:
        table.drop_constraint("verdict_known", type_="check")
        table.create_check_constraint("verdict_known", f"verdict IN ({BEFORE})")
        table.drop_column("bars")
        table.drop_column("in_time")
    with op.batch_alter_table(CASES) as table:
        table.drop_index("ix_moderation_cases_waiting")
        table.create_index("ix_moderation_cases_state_id", ["state", "id"])
        for name in ("kind_known", "tongue_known"):
            table.drop_constraint(name, type_="check")
        for name in ("earlier_id", "not_by"):
            table.drop_constraint(op.f(f"fk_moderation_cases_{name}"), type_="foreignkey")
        for name in ("not_by", "earlier_id", "kin", "school", "tongue", "rank", "queue", "kind"):
            table.drop_column(name)
