"""Keep what its owner calls a browser that is signed in, and when it last sent something."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.add_column(sa.Column("browser", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("sign_in") as batch_op:
        batch_op.drop_column("used_at")
        batch_op.drop_column("browser")
