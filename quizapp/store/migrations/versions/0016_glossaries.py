"""Teachers keep a glossary; drafts tell where their wrong options are from; articles are drafted in a register."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "glossary",
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_glossary_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_glossary")),
    )
    op.add_column("draft", sa.Column("origins", sa.JSON(), nullable=True))
    op.add_column("drafting", sa.Column("register", sa.String(length=8), nullable=False, server_default="polite"))


def downgrade():
    with op.batch_alter_table("drafting") as batch:
        batch.drop_column("register")
    with op.batch_alter_table("draft") as batch:
        batch.drop_column("origins")
    op.drop_table("glossary")
