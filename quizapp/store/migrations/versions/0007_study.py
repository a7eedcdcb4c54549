"""Study: banks studied, reviews as given, and how cards stand."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "study_bank",
        sa.Column("student_id", _KEY, nullable=False),
        sa.Column("bank_id", _KEY, nullable=False),
        sa.Column("new_per_day", sa.Integer(), nullable=False),
        sa.Column("exam_on", sa.Date(), nullable=True),
        sa.Column("missed_first", sa.Boolean(), nullable=False),
        sa.CheckConstraint("new_per_day BETWEEN 0 AND 999", name=op.f("ck_study_bank_new_per_day_is_sensible")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_study_bank_student_id_student"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_study_bank_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("student_id", "bank_id", name=op.f("pk_study_bank")),
    )
    op.create_index(op.f("ix_study_bank_bank_id"), "study_bank", ["bank_id"])
    op.create_table(
        "review",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("student_id", _KEY, nullable=False),
        sa.Column("item_id", _KEY, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", tables.UtcDateTime(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 4", name=op.f("ck_review_rating_is_one_of_four")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_review_student_id_student"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_review_item_id_item"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("student_id", "operation", name=op.f("uq_review_student_id_operation")),
    )
    op.create_index(op.f("ix_review_item_id"), "review", ["item_id"])
    op.create_index(op.f("ix_review_student_id_item_id_id"), "review", ["student_id", "item_id", "id"])
    op.create_table(
        "card",
        sa.Column("student_id", _KEY, nullable=False),
        sa.Column("item_id", _KEY, nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("due_at", tables.UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_card_student_id_student"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_card_item_id_item"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("student_id", "item_id", name=op.f("pk_card")),
    )
    op.create_index(op.f("ix_card_item_id"), "card", ["item_id"])
    op.create_index(op.f("ix_card_student_id_due_at"), "card", ["student_id", "due_at"])


def downgrade():
    op.drop_table("card")
    op.drop_table("review")
    op.drop_table("study_bank")
