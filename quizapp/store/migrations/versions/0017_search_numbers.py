"""PostgreSQL's index of items keeps numbers instead of words. It is filled anew after the step."""

from alembic import op

revision = "0017"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    _make_anew("BIGINT[]")


def downgrade():
    _make_anew("TEXT[]")


def _make_anew(kind):
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP TABLE item_search")
    key = "id BIGINT PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE"
    op.execute(f"CREATE TABLE item_search ({key}, terms {kind} NOT NULL)")
    op.execute("CREATE INDEX ix_item_search_terms ON item_search USING gin (terms)")
    op.execute("UPDATE item SET words = NULL")
