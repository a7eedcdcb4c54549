"""Articles being drafted from, and their drafts."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "drafting",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("owner_id", _KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("made_at", tables.UtcDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("share_done", sa.Double(), nullable=False),
        sa.Column("leased_until", tables.UtcDateTime(), nullable=True),
        sa.Column("bank_id", _KEY, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_values", sa.JSON(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'failed')", name=op.f("ck_drafting_state_is_known")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_drafting_owner_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_drafting_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafting")),
        sa.UniqueConstraint("code", name=op.f("uq_drafting_code")),
    )
    op.create_index(op.f("ix_drafting_owner_id"), "drafting", ["owner_id"])
    op.create_index(op.f("ix_drafting_bank_id"), "drafting", ["bank_id"])
    op.create_table(
        "draft",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("bank_id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.JSON(), nullable=False),
        sa.Column("fact", sa.JSON(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("generator", sa.String(length=40), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'kept', 'dropped')", name=op.f("ck_draft_state_is_known")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_draft_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("identity", name=op.f("uq_draft_identity")),
        sa.UniqueConstraint("bank_id", "name", name=op.f("uq_draft_bank_id_name")),
    )
    op.create_index(op.f("ix_draft_bank_id_position_id"), "draft", ["bank_id", "position", "id"])
    op.create_index(op.f("ix_draft_bank_id_state"), "draft", ["bank_id", "state"])


def downgrade():
    op.drop_table("draft")
    op.drop_table("drafting")
