"""Calendar addresses."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar_turn", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("calendar_turn")
