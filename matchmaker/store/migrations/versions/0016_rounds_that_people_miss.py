"""Rounds that people miss."""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('away_rounds', sa.String(length=200), server_default='', nullable=False))



def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_column('away_rounds')

