"""Quizzes with owners, classes with pupils, and what is to be mended."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "class",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner_id", _KEY, nullable=False),
        sa.Column("made_at", tables.UtcDateTime(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_class_owner_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class")),
        sa.UniqueConstraint("code", name=op.f("uq_class_code")),
    )
    op.create_index(op.f("ix_class_owner_id_id"), "class", ["owner_id", "id"])
    op.create_table(
        "pupil",
        sa.Column("class_id", _KEY, nullable=False),
        sa.Column("student_id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=320), nullable=False),
        sa.Column("joined_at", tables.UtcDateTime(), nullable=False),
        sa.Column("time_factor", sa.Double(), nullable=True),
        sa.CheckConstraint("time_factor >= 1", name=op.f("ck_pupil_time_is_not_taken")),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"], name=op.f("fk_pupil_class_id_class"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_pupil_student_id_student"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("class_id", "student_id", name=op.f("pk_pupil")),
        sa.UniqueConstraint("class_id", "name_key", name=op.f("uq_pupil_class_id_name_key")),
    )
    op.create_index(op.f("ix_pupil_student_id"), "pupil", ["student_id"])
    op.create_table(
        "concern",
        sa.Column("item_id", _KEY, nullable=False),
        sa.Column("bank_id", _KEY, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_concern_item_id_item"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_concern_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_concern")),
    )
    op.create_index(op.f("ix_concern_bank_id_weight_item_id"), "concern", ["bank_id", "weight", "item_id"])
    op.add_column("bank", sa.Column("looked_over_at", tables.UtcDateTime(), nullable=True))
    with op.batch_alter_table("quiz") as batch:
        batch.add_column(sa.Column("owner_id", _KEY, nullable=True))
        batch.add_column(sa.Column("class_id", _KEY, nullable=True))
        batch.create_foreign_key(op.f("fk_quiz_owner_id_account"), "account", ["owner_id"], ["id"], ondelete="SET NULL")
        batch.create_foreign_key(op.f("fk_quiz_class_id_class"), "class", ["class_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_quiz_owner_id_id"), ["owner_id", "id"])
        batch.create_index(op.f("ix_quiz_class_id"), ["class_id"])


def downgrade():
    with op.batch_alter_table("quiz") as batch:
        batch.drop_index(op.f("ix_quiz_class_id"))
        batch.drop_index(op.f("ix_quiz_owner_id_id"))
        batch.drop_constraint(op.f("fk_quiz_class_id_class"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_quiz_owner_id_account"), type_="foreignkey")
        batch.drop_column("class_id")
        batch.drop_column("owner_id")
    op.drop_column("bank", "looked_over_at")
    op.drop_table("concern")
    op.drop_table("pupil")
    op.drop_table("class")
