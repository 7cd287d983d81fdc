"""Where and when the meetings of a published plan were; when whoever was not checked in was marked as not here."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.add_column(sa.Column("when_and_where", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False))
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("missed_at")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_column("when_and_where")
