"""Accounts of pupils, and a record that is found by what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0015"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(op.f("ck_account_role_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_account_role_is_known"), "role IN ('pupil', 'teacher', 'admin')")
    with op.batch_alter_table("student") as batch:
        batch.add_column(sa.Column("account_id", _KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_student_account_id_account"), "account", ["account_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_unique_constraint(op.f("uq_student_account_id"), ["account_id"])
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"])


def downgrade():
    op.drop_index(op.f("ix_audit_entry_subject"), "audit_entry")
    with op.batch_alter_table("student") as batch:
        batch.drop_constraint(op.f("uq_student_account_id"), type_="unique")
        batch.drop_constraint(op.f("fk_student_account_id_account"), type_="foreignkey")
        batch.drop_column("account_id")
    op.execute("DELETE FROM account WHERE role = 'pupil'")
    with op.batch_alter_table("account") as batch:
        batch.drop_constraint(op.f("ck_account_role_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_account_role_is_known"), "role IN ('teacher', 'admin')")
