"""Whom a mark of plans concerns, and as things stood when a review says it; what was kept is worked out anew."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Move the schema forward."""
    _forget()
    op.create_table('plan_change',
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('plan_id', sa.Integer(), server_default='0', autoincrement=False, nullable=False),
    sa.Column('person_id', sa.Integer(), server_default='0', autoincrement=False, nullable=False),
    sa.Column('by_transaction', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('event_id', 'plan_id', 'person_id', 'by_transaction', name=op.f('pk_plan_change'))
    )
    op.add_column('event_review', sa.Column('at', sa.DateTime(timezone=True), nullable=True))
    _plan_review(sa.Column('sound', sa.Integer(), nullable=True), found_is_there=False)


def downgrade() -> None:
    """Move the schema back."""
    _forget()
    op.create_table('plan_change',
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('by_transaction', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('event_id', 'by_transaction', name=op.f('pk_plan_change'))
    )
    op.drop_column('event_review', 'at')
    _plan_review(found_is_there=True)


def _forget() -> None:
    """Take away all that is kept: without it, no mark is needed."""
    op.drop_table('plan_change')
    op.drop_table('plan_review')
    op.execute('DELETE FROM event_review')


def _plan_review(*more: sa.Column[int | None], found_is_there: bool) -> None:
    op.create_table('plan_review',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    *more,
    sa.Column('found', JSON, nullable=not found_is_there),
    sa.Column('paper', JSON, server_default='{}', nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_plan_review_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_review_plan_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_plan_review'))
    )
    op.create_index(op.f('ix_plan_review_event_id'), 'plan_review', ['event_id'], unique=False)
