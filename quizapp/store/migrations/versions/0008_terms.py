"""Terms of items anew: Latin words and numbers whole, marks within their bank. They are made after the step."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE item SET words = NULL")


def downgrade():
    op.execute("UPDATE item SET words = NULL")
