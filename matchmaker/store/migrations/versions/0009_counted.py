"""What pages count and search stands beside what it is made from; every reference has an index."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from matchmaker.recognition.name_order import folded, sort_key

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (
    ("contribution", "declared_by_id"),
    ("contribution", "sealed_by_id"),
    ("dataset", "added_by_id"),
    ("dataset", "merged_into_id"),
    ("endorsement", "dataset_id"),
    ("import", "file_id"),
    ("import", "made_by_id"),
    ("job", "asked_by_id"),
    ("plan", "made_by_id"),
    ("topic", "merged_into_id"),
    ("unclaimed_credit", "event_id"),
)
AT_ONCE = 1000


def upgrade() -> None:
    """Move the schema forward."""
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    json_column = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    # Added in place, so that no table is copied.
    for name in ("name_key", "organisation_key", "place_key"):
        op.add_column("person", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("registration", sa.Column("words", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan", sa.Column("people", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("plan", sa.Column("introduced", json_column, nullable=False, server_default="[]"))
    op.create_table(
        "planned_person",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_round", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_planned_person_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_planned_person")),
    )
    _fill()


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table("planned_person")
    op.drop_column("plan", "introduced")
    op.drop_column("plan", "people")
    op.drop_column("registration", "words")
    for name in ("place_key", "organisation_key", "name_key"):
        op.drop_column("person", name)
    for table, column in INDEXES:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)


def _fill() -> None:
    """Work out for the rows that are there what new rows are given as they are written."""
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("id", "name", "organisation", "name_key", "organisation_key", "place_key")))
    rows = connection.execute(sa.select(people.c.id, people.c.name, people.c.organisation)).all()
    keys = []
    for id_, name, organisation in rows:
        other, plain, _ = sort_key(name)
        keys.append({"key": id_, "n": folded(name), "o": folded(organisation), "p": f"{int(other)}{plain}"})
    _update(
        connection,
        sa.update(people)
        .where(people.c.id == sa.bindparam("key"))
        .values(name_key=sa.bindparam("n"), organisation_key=sa.bindparam("o"), place_key=sa.bindparam("p")),
        keys,
    )
    registrations = sa.table("registration", *map(sa.column, ("id", "bio", "offers", "needs", "words")))
    written = connection.execute(
        sa.select(registrations.c.id, registrations.c.bio, registrations.c.offers, registrations.c.needs)
    ).all()
    _update(
        connection,
        sa.update(registrations)
        .where(registrations.c.id == sa.bindparam("key"))
        .values(words=sa.bindparam("n")),
        [{"key": id_, "n": len(" ".join(texts).split())} for id_, *texts in written],
    )
    _fill_plans(connection)


def _fill_plans(connection: sa.Connection) -> None:
    plans = sa.table("plan", *map(sa.column, ("id", "problem", "rounds", "people")))
    planned = sa.table("planned_person", *map(sa.column, ("plan_id", "person_id", "last_round")))
    introduced = sa.text("UPDATE plan SET introduced = CAST(:pairs AS JSONB), people = :people WHERE id = :id")
    if connection.dialect.name == "sqlite":
        introduced = sa.text("UPDATE plan SET introduced = :pairs, people = :people WHERE id = :id")
    for plan_id in connection.scalars(sa.select(plans.c.id)).all():
        row = connection.execute(sa.select(plans.c.problem, plans.c.rounds).where(plans.c.id == plan_id)).one()
        problem, rounds = (json.loads(one) if isinstance(one, str) else one for one in row)
        people = problem.get("people", [])
        every = range(1, len(rounds) + 1)
        if people:
            connection.execute(
                sa.insert(planned),
                [
                    {
                        "plan_id": plan_id,
                        "person_id": int(one["id"]),
                        "last_round": max((rounds[place - 1] for place in one.get("rounds", every)), default=None),
                    }
                    for one in people
                ],
            )
        # Pairs that must not meet were no news either, whatever they had asked for.
        both = problem.get("wanted", []) + problem.get("forbidden", [])
        pairs = [[int(a), int(b)] for a, b in both] if len(both) < AT_ONCE else [
            [int(a), int(b)] for a, b in problem.get("wanted", [])
        ]
        connection.execute(introduced, {"pairs": json.dumps(pairs), "people": len(people), "id": plan_id})


def _update(connection: sa.Connection, statement: sa.Update, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(statement, rows[start : start + AT_ONCE])
