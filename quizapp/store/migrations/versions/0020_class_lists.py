"""Keep where pupils stand in the class list, and find the attempts at a quiz in order and by student."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_LONGEST = 400
_BY_SIGN = sa.String(_LONGEST).with_variant(sa.String(_LONGEST, collation="C"), "postgresql")
_AT_ONCE = 10_000


def upgrade():
    op.add_column("pupil", sa.Column("list_key", _BY_SIGN, nullable=True))
    _fill()
    with op.batch_alter_table("pupil") as batch:
        batch.alter_column("list_key", existing_type=_BY_SIGN, nullable=False)
        batch.create_index(batch.f("ix_pupil_class_id_list_key_student_id"), ["class_id", "list_key", "student_id"])
    op.create_index(op.f("ix_attempt_quiz_id_id"), "attempt", ["quiz_id", "id"])
    op.create_index(op.f("ix_attempt_quiz_id_student_id"), "attempt", ["quiz_id", "student_id"])
    op.drop_index(op.f("ix_attempt_quiz_id_started_at"), "attempt")


def _fill():
    connection = op.get_bind()
    pupil = sa.table("pupil", sa.column("class_id"), sa.column("student_id"), sa.column("name"), sa.column("list_key"))
    here = (pupil.c.class_id == sa.bindparam("room")) & (pupil.c.student_id == sa.bindparam("student"))
    rows = connection.execute(sa.select(pupil.c.class_id, pupil.c.student_id, pupil.c.name)).all()
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(
            sa.update(pupil).where(here).values(list_key=sa.bindparam("key")),
            [
                {"room": row.class_id, "student": row.student_id, "key": _key(row.name)}
                for row in rows[start : start + _AT_ONCE]
            ],
        )


def _key(name):
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\d{1,9}", lambda number: f"\x01{int(number[0]):09d}", folded)[:_LONGEST]


def downgrade():
    op.create_index(op.f("ix_attempt_quiz_id_started_at"), "attempt", ["quiz_id", "started_at"])
    op.drop_index(op.f("ix_attempt_quiz_id_student_id"), "attempt")
    op.drop_index(op.f("ix_attempt_quiz_id_id"), "attempt")
    with op.batch_alter_table("pupil") as batch:
        batch.drop_index(batch.f("ix_pupil_class_id_list_key_student_id"))
        batch.drop_column("list_key")
