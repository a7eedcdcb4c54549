"""Keep what the last correction of an article replaced."""

import sqlalchemy as sa
from alembic import op

from quizapp.store.tables import UtcDateTime

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "correction",
        sa.Column("bank_id", _KEY, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("article", sa.JSON(), nullable=False),
        sa.Column("renewed", sa.JSON(), nullable=False),
        sa.Column("drafts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_correction_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bank_id", name=op.f("pk_correction")),
    )


def downgrade():
    op.drop_table("correction")
