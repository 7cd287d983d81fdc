"""What was printed of a version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column(
        'plan',
        sa.Column('printed', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='{}', nullable=False),
    )



def downgrade() -> None:
    """Move the schema back."""
    op.drop_column('plan', 'printed')
