"""The directory."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("in_directory", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("directory_key", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("directory_key")
        batch_op.drop_column("in_directory")
