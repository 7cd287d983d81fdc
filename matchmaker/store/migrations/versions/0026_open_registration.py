"""Open registration: whether anybody may ask for a place at an event."""

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('open_registration', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('open_registration')
