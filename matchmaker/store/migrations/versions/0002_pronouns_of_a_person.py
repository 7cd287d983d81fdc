"""Pronouns of a person."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pronouns", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("pronouns")
