"""Beside a plan stands for whom and which rounds it was made, and what its wishes are, so that pages need not read it."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    json_column = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
    op.add_column("planned_person", sa.Column("rounds", json_column, nullable=True))
    op.add_column("plan", sa.Column("prices", json_column, nullable=False, server_default="[]"))
    op.add_column("plan", sa.Column("wishes", sa.Integer(), nullable=False, server_default="0"))
    _fill()


def downgrade() -> None:
    """Move the schema back."""
    op.drop_column("plan", "wishes")
    op.drop_column("plan", "prices")
    op.drop_column("planned_person", "rounds")


def _fill() -> None:
    """Write beside each plan that is there what new ones are given as they are written."""
    connection = op.get_bind()
    plans = sa.table("plan", *map(sa.column, ("id", "problem", "rounds", "wishes")))
    planned = sa.table("planned_person", *map(sa.column, ("plan_id", "person_id", "rounds")))
    as_json = sa.bindparam("r") if connection.dialect.name == "sqlite" else sa.cast(sa.bindparam("r"), postgresql.JSONB)
    for plan_id in connection.scalars(sa.select(plans.c.id)).all():
        row = connection.execute(sa.select(plans.c.problem, plans.c.rounds).where(plans.c.id == plan_id)).one()
        problem, rounds = (json.loads(one) if isinstance(one, str) else one for one in row)
        wishes = len(problem.get("wanted", []))
        connection.execute(sa.update(plans).where(plans.c.id == plan_id).values(wishes=wishes))
        some = [
            {"p": int(one["id"]), "r": json.dumps([rounds[place - 1] for place in one["rounds"]])}
            for one in problem.get("people", [])
            if "rounds" in one
        ]
        if some:
            connection.execute(
                sa.update(planned)
                .where(planned.c.plan_id == plan_id, planned.c.person_id == sa.bindparam("p"))
                .values(rounds=as_json),
                some,
            )
