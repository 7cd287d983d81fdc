"""How each name is found and where it stands, anew: titles, degrees, Vietnamese names and apostrophes are known now."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from matchmaker.recognition.name_order import folded, sort_key, surname_key

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_ACUTE = "´"
_KEYS = ("name_key", "organisation_key", "place_key", "surname_place")


def upgrade() -> None:
    """Put right what the rules of today would not give: an entry that is saved gets its own anyway."""
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("id", "name", "organisation", *_KEYS)))
    rows = connection.execute(sa.select(people)).all()
    _put(connection, people, {row.id: (row[3:], _keys(row.name, row.organisation)) for row in rows}, _KEYS)
    listed = sa.table("registration", *map(sa.column, ("id", "person_id", "directory_key")))
    asked = sa.select(listed.c.id, listed.c.directory_key, people.c.name, people.c.organisation)
    found = connection.execute(
        asked.join(people, people.c.id == listed.c.person_id).where(listed.c.directory_key != "")
    ).all()
    keys = {row.id: ((row.directory_key,), (_directory_key(*row[1:]),)) for row in found}
    _put(connection, listed, keys, ("directory_key",))


def downgrade() -> None:
    """Leave the keys as they are: any rule reads them."""


def _put(
    connection: sa.Connection, table: Any, found: dict[int, tuple[Any, Any]], columns: tuple[str, ...]
) -> None:
    """Write the columns of each row, by its id, in which what is there is not what should be."""
    wrong = [
        {"key": key, **{f"new_{one}": value for one, value in zip(columns, right, strict=True)}}
        for key, (there, right) in found.items()
        if tuple(there) != tuple(right)
    ]
    if wrong:
        put = sa.update(table).where(table.c.id == sa.bindparam("key"))
        connection.execute(put.values({one: sa.bindparam(f"new_{one}") for one in columns}), wrong)


def _directory_key(key: str, name: str, organisation: str) -> str:
    """Return what the directory finds somebody by; an accent typed as an apostrophe was a space in it."""
    for said in (name, organisation):
        if _ACUTE in said:
            key = key.replace(folded(said.replace(_ACUTE, " ")), folded(said))
    return folded(key)


def _keys(name: str, organisation: str) -> tuple[str, ...]:
    places = (sort_key(name), surname_key(name))
    return folded(name), folded(organisation), *(f"{int(other)}{plain}" for other, plain, _ in places)
