"""How long each list of suggestions was when it was worked out."""

import sqlalchemy as sa
from alembic import op


revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward; the lists that are there are taken as full."""
    op.create_table(
        "list_length",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_list_length_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_list_length_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_list_length")),
    )
    op.create_index("ix_list_length_person_id", "list_length", ["person_id"])
    op.execute(
        "INSERT INTO list_length (event_id, person_id, entries)"
        " SELECT event_id, person_id, count(*) FROM suggestion GROUP BY event_id, person_id"
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table("list_length")
