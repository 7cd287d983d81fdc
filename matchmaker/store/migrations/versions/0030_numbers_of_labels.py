"""Numbers of labels, kept, and the marks that say when they are true no more; watched by the statement on PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.add_column(
        'plan_review',
        sa.Column('paper', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='{}', nullable=False),
    )
    op.create_table('label_change',
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('key', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('by_transaction', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('kind', 'key', 'by_transaction', name=op.f('pk_label_change'))
    )
    op.create_table('label_tally',
    sa.Column('name', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('found', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.PrimaryKeyConstraint('name', 'event_id', name=op.f('pk_label_tally'))
    )
    op.create_table('publisher_tally',
    sa.Column('publisher_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('fresh', sa.Boolean(), nullable=False),
    sa.Column('datasets', sa.Integer(), nullable=False),
    sa.Column('named', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('letter', sa.String(length=16), nullable=False),
    sa.Column('unnamed', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.PrimaryKeyConstraint('publisher_id', name=op.f('pk_publisher_tally'))
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table('publisher_tally')
    op.drop_table('label_tally')
    op.drop_table('label_change')
    op.drop_column('plan_review', 'paper')
