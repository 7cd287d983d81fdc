"""What somebody needs in the hall, and what they eat, in their own words."""

import sqlalchemy as sa
from alembic import op


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("access_needs", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("diet", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("diet")
        batch_op.drop_column("access_needs")
