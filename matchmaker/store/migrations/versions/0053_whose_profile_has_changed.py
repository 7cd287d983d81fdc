"""Marks of whose profile has changed, and an index in which the lists of an event are read without their reasons."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table('profile_change',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('by_transaction', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('person_id', 'by_transaction', name=op.f('pk_profile_change'))
    )
    op.create_index(op.f('ix_profile_change_by_transaction'), 'profile_change', ['by_transaction'], unique=False)
    op.create_index(
        'ix_suggestion_standing',
        'suggestion',
        ['event_id', 'person_id', 'position', 'id', 'other_id', 'score', 'bridge', 'computed_at'],
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index('ix_suggestion_standing', 'suggestion')
    op.drop_table('profile_change')
