"""What was said of single lines of an attendee list, and what a catalogue says in each language."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decisions", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="{}", nullable=False))
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.add_column(sa.Column("wordings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default="[]", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.drop_column("wordings")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_column("decisions")
