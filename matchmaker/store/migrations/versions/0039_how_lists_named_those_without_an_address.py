"""Remember by which names lists have named people without an address, so that the next list finds them again."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_as", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("listed_as")
