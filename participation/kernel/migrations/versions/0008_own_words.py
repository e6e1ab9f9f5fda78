"""A child's own words are found by her pseudonym, however many others have written."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "consultations_open_words"
BY_QUESTION = "uq_consultations_open_words_question_id_participant"
OWN = "uq_consultations_open_words_own"


def upgrade() -> None:
    """Let the unique key begin with what is asked for."""
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(BY_QUESTION, type_="unique")
        table.create_unique_constraint(OWN, ["consultation_id", "participant", "question_id"])


def downgrade() -> None:
    """As it was."""
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(OWN, type_="unique")
        table.create_unique_constraint(BY_QUESTION, ["question_id", "participant"])
