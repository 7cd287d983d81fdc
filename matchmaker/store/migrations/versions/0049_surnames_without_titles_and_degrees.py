"""Where each name stands in a list by surname, anew: the rule has learnt titles, degrees and Vietnamese names since."""

import sqlalchemy as sa
from alembic import op

from matchmaker.recognition.name_order import surname_key

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put right the places that the rule of today would not give: an entry that is saved gets its own anyway."""
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("id", "name", "surname_place")))
    rows = connection.execute(sa.select(people)).all()
    wrong = [
        {"key": row.id, "place": place} for row in rows if (place := _place(row.name)) != row.surname_place
    ]
    put = sa.update(people).where(people.c.id == sa.bindparam("key"))
    if wrong:
        connection.execute(put.values(surname_place=sa.bindparam("place")), wrong)


def downgrade() -> None:
    """Leave the places as they are: any rule reads them."""


def _place(name: str) -> str:
    other, plain, _ = surname_key(name)
    return f"{int(other)}{plain}"
