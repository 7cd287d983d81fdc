"""A plan says beside it what of it has passed its check."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward. A plan that is there has no mark yet, and is checked wherever it is shown."""
    op.add_column("plan", sa.Column("passed", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Move the schema back."""
    op.drop_column("plan", "passed")
