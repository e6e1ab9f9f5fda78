"""The first tables of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts_districts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_districts")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_districts_code")),
    )
    op.create_table(
        "accounts_lockouts",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts_lockouts")),
    )
    op.create_table(
        "accounts_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_units")),
    )
    op.create_table(
        "accounts_schools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("named_adult", sa.String(length=60), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('primary', 'junior', 'senior', 'other')",
            name=op.f("ck_accounts_schools_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["district_id"],
            ["accounts_districts.id"],
            name=op.f("fk_accounts_schools_district_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_schools")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_schools_code")),
    )
    op.create_index(
        op.f("ix_accounts_schools_district_id"), "accounts_schools", ["district_id"], unique=False
    )
    op.create_table(
        "accounts_classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 12", name=op.f("ck_accounts_classes_grade_known")),
        sa.CheckConstraint(
            "number BETWEEN 1 AND 99", name=op.f("ck_accounts_classes_number_known")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["accounts_schools.id"],
            name=op.f("fk_accounts_classes_school_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_classes")),
        sa.UniqueConstraint(
            "school_id",
            "year",
            "grade",
            "number",
            name=op.f("uq_accounts_classes_school_id_year_grade_number"),
        ),
    )
    op.create_table(
        "accounts_people",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("legal_name", sa.String(length=60), nullable=False),
        sa.Column("nickname", sa.String(length=24), server_default="", nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("locale", sa.String(length=40), server_default="zh-Hans", nullable=False),
        sa.Column("gender", sa.String(length=40), server_default="x", nullable=False),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("pupil_number", sa.String(length=40), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("password", sa.String(length=200), server_default="", nullable=False),
        sa.Column("vetted_on", sa.Date(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "gender IN ('f', 'm', 'x')", name=op.f("ck_accounts_people_gender_known")
        ),
        sa.CheckConstraint(
            "role <> 'child' OR (class_id IS NOT NULL AND school_id IS NOT NULL)",
            name=op.f("ck_accounts_people_child_has_class"),
        ),
        sa.CheckConstraint(
            "role <> 'child' OR born IS NOT NULL", name=op.f("ck_accounts_people_child_has_age")
        ),
        sa.CheckConstraint(
            "role <> 'official' OR unit_id IS NOT NULL",
            name=op.f("ck_accounts_people_official_has_unit"),
        ),
        sa.CheckConstraint(
            "role = 'child' OR email IS NOT NULL", name=op.f("ck_accounts_people_staff_has_email")
        ),
        sa.CheckConstraint(
            "role IN ('child', 'teacher', 'moderator', 'safeguarding', 'secretary', 'official', 'administrator')",
            name=op.f("ck_accounts_people_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["accounts_classes.id"],
            name=op.f("fk_accounts_people_class_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["accounts_schools.id"],
            name=op.f("fk_accounts_people_school_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["accounts_units.id"],
            name=op.f("fk_accounts_people_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_people")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_people_email")),
        sa.UniqueConstraint(
            "school_id", "pupil_number", name=op.f("uq_accounts_people_school_id_pupil_number")
        ),
    )
    op.create_index(
        "ix_accounts_people_class_id_id", "accounts_people", ["class_id", "id"], unique=False
    )
    op.create_index("ix_accounts_people_role_id", "accounts_people", ["role", "id"], unique=False)
    op.create_index(
        op.f("ix_accounts_people_school_id"), "accounts_people", ["school_id"], unique=False
    )
    op.create_index(
        op.f("ix_accounts_people_unit_id"), "accounts_people", ["unit_id"], unique=False
    )
    op.create_table(
        "accounts_consent_codes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_consent_codes_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_consent_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_consent_codes_code")),
    )
    op.create_index(
        op.f("ix_accounts_consent_codes_person_id"),
        "accounts_consent_codes",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "accounts_consents",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column(
            "recorded_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel IN ('paper', 'code', 'self')", name=op.f("ck_accounts_consents_channel_known")
        ),
        sa.CheckConstraint(
            "decision IN ('agreed', 'refused', 'withdrawn')",
            name=op.f("ck_accounts_consents_decision_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_consents_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_consents_recorded_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_consents")),
    )
    op.create_index(
        "ix_accounts_consents_person_id_id", "accounts_consents", ["person_id", "id"], unique=False
    )
    op.create_table(
        "accounts_import_drafts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_import_drafts_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["accounts_schools.id"],
            name=op.f("fk_accounts_import_drafts_school_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_import_drafts")),
    )
    op.create_index(
        op.f("ix_accounts_import_drafts_ends_at"),
        "accounts_import_drafts",
        ["ends_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_accounts_import_drafts_person_id"),
        "accounts_import_drafts",
        ["person_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_accounts_import_drafts_school_id"),
        "accounts_import_drafts",
        ["school_id"],
        unique=False,
    )
    op.create_table(
        "accounts_login_cards",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=16), nullable=False),
        sa.Column("pictures", sa.LargeBinary(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_login_cards_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_login_cards")),
        sa.UniqueConstraint("number", name=op.f("uq_accounts_login_cards_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_accounts_login_cards_person_id")),
        sa.UniqueConstraint("secret", name=op.f("uq_accounts_login_cards_secret")),
    )
    op.create_table(
        "accounts_password_links",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_password_links_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_password_links")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_password_links_code")),
    )
    op.create_index(
        op.f("ix_accounts_password_links_person_id"),
        "accounts_password_links",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "accounts_sign_ins",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_sign_ins_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_sign_ins")),
    )
    op.create_index(
        op.f("ix_accounts_sign_ins_person_id"), "accounts_sign_ins", ["person_id"], unique=False
    )
    op.create_table(
        "accounts_standing_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_standing_changes_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts_standing_changes")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "accounts_teachings",
        sa.Column(
            "teacher_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["accounts_classes.id"],
            name=op.f("fk_accounts_teachings_class_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"],
            ["accounts_people.id"],
            name=op.f("fk_accounts_teachings_teacher_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("teacher_id", "class_id", name=op.f("pk_accounts_teachings")),
    )
    op.create_index(
        op.f("ix_accounts_teachings_class_id"), "accounts_teachings", ["class_id"], unique=False
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("accounts_teachings")
    op.drop_table("accounts_standing_changes")
    op.drop_table("accounts_sign_ins")
    op.drop_table("accounts_password_links")
    op.drop_table("accounts_login_cards")
    op.drop_table("accounts_import_drafts")
    op.drop_table("accounts_consents")
    op.drop_table("accounts_consent_codes")
    op.drop_table("accounts_people")
    op.drop_table("accounts_classes")
    op.drop_table("accounts_schools")
    op.drop_table("accounts_units")
    op.drop_table("accounts_lockouts")
    op.drop_table("accounts_districts")
