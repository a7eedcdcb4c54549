"""Facts that another article than their bank's tells keep its paragraphs."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("fact", sa.Column("article", sa.JSON(), nullable=True))
    _give_moved_items_their_facts()


def _give_moved_items_their_facts():
    """Items that were moved to another bank have their fact only in their version so far."""
    connection = op.get_bind()
    item = sa.table("item", sa.column("id"), sa.column("identity"), sa.column("bank_id"), sa.column("fact_id"),
                    sa.column("version_number"))  # fmt: skip
    version = sa.table("item_version", sa.column("item_id"), sa.column("number"), sa.column("content", sa.JSON()))
    fact = sa.table(
        "fact", sa.column("id"), sa.column("bank_id"), sa.column("name"), sa.column("position"),
        sa.column("statement"), sa.column("evidence", sa.JSON()), sa.column("claim_kind"), sa.column("modality"),
        sa.column("says"), sa.column("terms", sa.JSON()), sa.column("article", sa.JSON()),
    )  # fmt: skip
    moved = sa.select(item.c.id, item.c.identity, item.c.bank_id, version.c.content).where(
        item.c.fact_id.is_(None), version.c.item_id == item.c.id, version.c.number == item.c.version_number
    )
    found = [row for row in connection.execute(moved) if "fact" in row.content and "article" in row.content]
    for place, row in enumerate(found):
        told = row.content["fact"]
        values = {
            "bank_id": row.bank_id, "name": f"moved-{row.identity}"[:40], "position": 1_000_000 + place,
            "statement": told["statement"], "evidence": told["evidence"], "claim_kind": told["claim"]["kind"],
            "modality": told["claim"]["modality"], "says": told["claim"]["says"], "terms": told["terms"],
            "article": row.content["article"],
        }  # fmt: skip
        key = connection.execute(sa.insert(fact).values(values).returning(fact.c.id)).scalar_one()
        connection.execute(sa.update(item).where(item.c.id == row.id).values(fact_id=key))


def downgrade():
    with op.batch_alter_table("fact") as batch:
        batch.drop_column("article")
