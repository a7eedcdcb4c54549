"""An index of the words, tags and other marks of items: FTS5 on SQLite, an array with GIN on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("item", sa.Column("words", sa.Text(), nullable=True))
    op.create_index(op.f("ix_item_bank_id_id"), "item", ["bank_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE item_search USING fts5(terms, detail=none, columnsize=0, tokenize='ascii')")
        return
    op.execute(
        "CREATE TABLE item_search (id BIGINT PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE, terms TEXT[] NOT NULL)"
    )
    op.execute("CREATE INDEX ix_item_search_terms ON item_search USING gin (terms)")


def downgrade():
    op.execute("DROP TABLE item_search")
    op.drop_index(op.f("ix_item_bank_id_id"), "item")
    op.drop_column("item", "words")
