"""Banks, items, quizzes, students, attempts."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "bank",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("deck", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("changed_at", tables.UtcDateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("article_title", sa.Text(), nullable=True),
        sa.Column("article_language", sa.String(length=8), nullable=True),
        sa.Column("article_text", sa.Text(), nullable=True),
        sa.Column("article_published", sa.Date(), nullable=True),
        sa.Column("article_sources", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
        sa.UniqueConstraint("identity", name=op.f("uq_bank_identity")),
        sa.UniqueConstraint("name", name=op.f("uq_bank_name")),
    )
    op.create_table(
        "quiz",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("opens_at", tables.UtcDateTime(), nullable=True),
        sa.Column("closes_at", tables.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
        sa.UniqueConstraint("code", name=op.f("uq_quiz_code")),
    )
    op.create_table(
        "student",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_student_token_hash")),
    )
    op.create_table(
        "allowance",
        sa.Column("quiz_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("time_factor", sa.Double(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_allowance_quiz_id_quiz"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_allowance_student_id_student"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quiz_id", "student_id", name=op.f("pk_allowance")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("bank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("quiz_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("student_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("page_size", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("started_at", tables.UtcDateTime(), nullable=False),
        sa.Column("deadline", tables.UtcDateTime(), nullable=True),
        sa.Column("accepts_until", tables.UtcDateTime(), nullable=True),
        sa.Column("finished_at", tables.UtcDateTime(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_attempt_score_is_a_share")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_attempt_bank_id_bank"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_attempt_quiz_id_quiz"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["student_id"], ["student.id"], name=op.f("fk_attempt_student_id_student"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("code", name=op.f("uq_attempt_code")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_bank_id"), ["bank_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_quiz_id_started_at"), ["quiz_id", "started_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attempt_student_id_started_at"), ["student_id", "started_at"], unique=False
        )

    op.create_table(
        "fact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("claim_kind", sa.String(length=16), nullable=False),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_fact_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("bank_id", "name", name=op.f("uq_fact_bank_id_name")),
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_bank_id_position"), ["bank_id", "position"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("bank_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_item_bank_id_bank"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_item_fact_id_fact"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("identity", name=op.f("uq_item_identity")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_bank_id_position"), ["bank_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_fact_id"), ["fact_id"], unique=False)

    op.create_table(
        "late_response",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("received_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_late_response_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_response")),
    )
    with op.batch_alter_table("late_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_response_attempt_id"), ["attempt_id"], unique=False)

    op.create_table(
        "item_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_version_item_id_item"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_version")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_item_version_item_id_number")),
    )
    op.create_table(
        "item_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", tables.UtcDateTime(), nullable=False),
        sa.Column("settled_at", tables.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_item_report_attempt_id_attempt"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["item_version.id"], name=op.f("fk_item_report_version_id_item_version"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_report")),
    )
    with op.batch_alter_table("item_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_item_report_attempt_id_position"), ["attempt_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_item_report_version_id"), ["version_id"], unique=False)

    op.create_table(
        "regrade",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("old_score", sa.Double(), nullable=False),
        sa.Column("new_score", sa.Double(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("regraded_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_regrade_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=op.f("fk_regrade_version_id_item_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
    )
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regrade_attempt_id_position"), ["attempt_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_regrade_version_id"), ["version_id"], unique=False)

    op.create_table(
        "response",
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("is_flagged", sa.Boolean(), nullable=False),
        sa.Column("saved_at", tables.UtcDateTime(), nullable=True),
        sa.Column("checked_at", tables.UtcDateTime(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("judgement", sa.JSON(), nullable=True),
        sa.CheckConstraint("score >= 0 AND score <= 1", name=op.f("ck_response_score_is_a_share")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id_attempt"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=op.f("fk_response_version_id_item_version")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_response")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_version_id"), ["version_id"], unique=False)


def downgrade():
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_version_id"))

    op.drop_table("response")
    with op.batch_alter_table("regrade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_regrade_version_id"))
        batch_op.drop_index(batch_op.f("ix_regrade_attempt_id_position"))

    op.drop_table("regrade")
    with op.batch_alter_table("item_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_report_version_id"))
        batch_op.drop_index(batch_op.f("ix_item_report_attempt_id_position"))

    op.drop_table("item_report")
    op.drop_table("item_version")
    with op.batch_alter_table("late_response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_response_attempt_id"))

    op.drop_table("late_response")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_fact_id"))
        batch_op.drop_index(batch_op.f("ix_item_bank_id_position"))

    op.drop_table("item")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_bank_id_position"))

    op.drop_table("fact")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_student_id_started_at"))
        batch_op.drop_index(batch_op.f("ix_attempt_quiz_id_started_at"))
        batch_op.drop_index(batch_op.f("ix_attempt_bank_id"))

    op.drop_table("attempt")
    op.drop_table("allowance")
    op.drop_table("student")
    op.drop_table("quiz")
    op.drop_table("bank")
