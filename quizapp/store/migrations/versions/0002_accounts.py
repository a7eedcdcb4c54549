"""Accounts with sessions, links and the record; banks with owner, visibility and shares."""

import sqlalchemy as sa
from alembic import op

from quizapp.store import tables

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSALS = {
    "sqlite": [
        f"CREATE TRIGGER audit_entry_{word} BEFORE {word.upper()} ON audit_entry "
        "BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END"
        for word in ("update", "delete")
    ],
    "postgresql": [
        """CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the record is only added to'; END $$""",
        """CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    ],
}


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("closed_at", tables.UtcDateTime(), nullable=True),
        sa.CheckConstraint("role IN ('teacher', 'admin')", name=op.f("ck_account_role_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name_key", name=op.f("uq_account_name_key")),
    )
    op.create_table(
        "account_session",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("expires_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_account_session")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    op.create_table(
        "account_link",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_at", tables.UtcDateTime(), nullable=False),
        sa.Column("expires_at", tables.UtcDateTime(), nullable=False),
        sa.Column("used_at", tables.UtcDateTime(), nullable=True),
        sa.CheckConstraint("purpose IN ('invitation', 'password')", name=op.f("ck_account_link_purpose_is_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_account_link")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"])
    op.create_table(
        "audit_entry",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("at", tables.UtcDateTime(), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("account_name", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    for statement in _REFUSALS[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("bank") as batch_op:
        batch_op.add_column(sa.Column("owner_id", _KEY, nullable=True))
        batch_op.add_column(sa.Column("visibility", sa.String(length=8), nullable=False, server_default="public"))
        batch_op.create_foreign_key(
            batch_op.f("fk_bank_owner_id_account"), "account", ["owner_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_bank_owner_id"), ["owner_id"])
    op.create_table(
        "bank_share",
        sa.Column("bank_id", _KEY, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("may", sa.String(length=8), nullable=False),
        sa.CheckConstraint("may IN ('view', 'edit')", name=op.f("ck_bank_share_may_is_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_bank_share_account_id_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_bank_share_bank_id_bank"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bank_id", "account_id", name=op.f("pk_bank_share")),
    )
    op.create_index(op.f("ix_bank_share_account_id"), "bank_share", ["account_id"])


def downgrade():
    op.drop_table("bank_share")
    with op.batch_alter_table("bank") as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_owner_id"))
        batch_op.drop_constraint(batch_op.f("fk_bank_owner_id_account"), type_="foreignkey")
        batch_op.drop_column("visibility")
        batch_op.drop_column("owner_id")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_refuse()")
    op.drop_table("account_link")
    op.drop_table("account_session")
    op.drop_table("account")
