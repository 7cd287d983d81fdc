"""Few letters."""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('few_letters', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('few_letters')

