"""Files with banks that wait to be confirmed."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "upload",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("owner_id", _KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("made_at", tables.UtcDateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("bank_changed_at", tables.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name=op.f("fk_upload_owner_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("code", name=op.f("uq_upload_code")),
    )
    op.create_index(op.f("ix_upload_owner_id"), "upload", ["owner_id"])


def downgrade():
    op.drop_table("upload")
