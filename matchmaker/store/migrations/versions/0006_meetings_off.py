"""Keep since when a meeting cannot take place, and whom a letter told."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column("seat", sa.Column("off_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("seat", sa.Column("told_off_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    op.drop_column("seat", "told_off_at")
    op.drop_column("seat", "off_since")
