"""Names and organisations with an accent for an apostrophe, as in O´Hara, are found and stand as those with one."""

import sqlalchemy as sa
from alembic import op

from matchmaker.recognition.name_order import folded, sort_key, surname_key

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_ACUTE = "´"
_KEYS = ("name_key", "organisation_key", "place_key", "surname_place")


def upgrade() -> None:
    """Work out the keys of these people anew, and what the directory finds them by: a space stood in the word."""
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("id", "name", "organisation", *_KEYS)))
    listed = sa.table("registration", *map(sa.column, ("id", "person_id", "directory_key")))
    has_one = sa.or_(people.c.name.contains(_ACUTE), people.c.organisation.contains(_ACUTE))
    asked = sa.select(people.c.id, people.c.name, people.c.organisation).where(has_one)
    for id_, name, organisation in connection.execute(asked).all():
        places = (f"{int(other)}{plain}" for other, plain, _ in (sort_key(name), surname_key(name)))
        keys = dict(zip(_KEYS, (folded(name), folded(organisation), *places), strict=True))
        connection.execute(sa.update(people).where(people.c.id == id_).values(keys))
        found = sa.select(listed.c.id, listed.c.directory_key).where(
            listed.c.person_id == id_, listed.c.directory_key != ""
        )
        for row, key in connection.execute(found).all():
            for said in filter(None, (name, organisation)):
                key = key.replace(folded(said.replace(_ACUTE, " ")), folded(said))
            connection.execute(sa.update(listed).where(listed.c.id == row).values(directory_key=key))


def downgrade() -> None:
    """Leave the keys as they are: any rule reads them."""
