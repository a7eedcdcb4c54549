"""Find quickly when a quiz or the practice of a bank was last handed in."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index(op.f("ix_attempt_quiz_id_finished_at"), "attempt", ["quiz_id", "finished_at"])
    op.create_index(op.f("ix_attempt_bank_id_finished_at"), "attempt", ["bank_id", "finished_at"])
    op.drop_index(op.f("ix_attempt_bank_id"), "attempt")


def downgrade():
    op.create_index(op.f("ix_attempt_bank_id"), "attempt", ["bank_id"])
    op.drop_index(op.f("ix_attempt_bank_id_finished_at"), "attempt")
    op.drop_index(op.f("ix_attempt_quiz_id_finished_at"), "attempt")
