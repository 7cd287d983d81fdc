"""A code for each badge, where each name stands in a list by surname, and how many pages a file has."""

import secrets

import sqlalchemy as sa
from alembic import op

from matchmaker.recognition.name_order import surname_key

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"


def upgrade() -> None:
    """Add the columns in place, and fill them for the rows that are there."""
    op.add_column("person", sa.Column("surname_place", sa.Text(), nullable=False, server_default=""))
    op.add_column("registration", sa.Column("badge_code", sa.String(12), nullable=False, server_default=""))
    op.add_column("file", sa.Column("pages", sa.Integer(), nullable=True))
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("id", "name", "surname_place")))
    _fill(
        people,
        people.c.surname_place,
        [(row.id, _place(row.name)) for row in connection.execute(sa.select(people.c.id, people.c.name))],
    )
    registrations = sa.table("registration", *map(sa.column, ("id", "badge_code")))
    _fill(
        registrations,
        registrations.c.badge_code,
        [
            (row.id, "".join(secrets.choice(SIGNS) for _ in range(9)))
            for row in connection.execute(sa.select(registrations.c.id))
        ],
    )
    op.create_index("uq_registration_badge_code", "registration", ["badge_code"], unique=True)


def downgrade() -> None:
    """Drop the columns."""
    op.drop_column("file", "pages")
    op.drop_index("uq_registration_badge_code", "registration")
    op.drop_column("registration", "badge_code")
    op.drop_column("person", "surname_place")


def _place(name: str) -> str:
    other, plain, _ = surname_key(name)
    return f"{int(other)}{plain}"


def _fill(table: sa.TableClause, column: sa.ColumnClause[str], rows: list[tuple[int, str]]) -> None:
    if rows:
        op.get_bind().execute(
            sa.update(table).where(table.c.id == sa.bindparam("key")).values({column: sa.bindparam("value")}),
            [{"key": id_, "value": value} for id_, value in rows],
        )
