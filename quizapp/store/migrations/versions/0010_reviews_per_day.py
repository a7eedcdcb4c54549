"""Study: how many reviews a day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("study_bank") as batch:
        batch.add_column(sa.Column("reviews_per_day", sa.Integer(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_study_bank_reviews_per_day_is_sensible"), "reviews_per_day BETWEEN 1 AND 9999"
        )


def downgrade():
    with op.batch_alter_table("study_bank") as batch:
        batch.drop_constraint(op.f("ck_study_bank_reviews_per_day_is_sensible"), type_="check")
        batch.drop_column("reviews_per_day")
