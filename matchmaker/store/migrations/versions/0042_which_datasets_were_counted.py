"""Which datasets were counted, and when a draft was last sound; what was kept is worked out anew."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Move the schema forward."""
    _label_tally(sa.Column('parts', JSON, nullable=False))
    _publisher_tally()
    _plan_review(sa.Column('sound_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Move the schema back."""
    _label_tally()
    _publisher_tally(
        sa.Column('fresh', sa.Boolean(), nullable=False),
        sa.Column('datasets', sa.Integer(), nullable=False),
        sa.Column('named', sa.Integer(), nullable=False),
    )
    _plan_review()


def _label_tally(*more: sa.Column[object]) -> None:
    op.drop_table('label_tally')
    op.execute('DELETE FROM label_change')
    op.create_table('label_tally',
    sa.Column('name', sa.String(length=12), nullable=False),
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('found', JSON, nullable=False),
    *more,
    sa.PrimaryKeyConstraint('name', 'event_id', name=op.f('pk_label_tally'))
    )


def _publisher_tally(*more: sa.Column[bool] | sa.Column[int]) -> None:
    op.drop_table('publisher_tally')
    op.create_table('publisher_tally',
    sa.Column('publisher_id', sa.Integer(), autoincrement=False, nullable=False),
    *more,
    sa.Column('wanted', sa.Integer(), nullable=False),
    sa.Column('letter', sa.String(length=16), nullable=False),
    sa.Column('unnamed', JSON, nullable=False),
    sa.PrimaryKeyConstraint('publisher_id', name=op.f('pk_publisher_tally'))
    )


def _plan_review(*more: sa.Column[object]) -> None:
    """What is long comes last, as SQLite reads a row from its beginning."""
    op.drop_table('plan_review')
    op.execute('DELETE FROM event_review')
    op.create_table('plan_review',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sound', sa.Integer(), nullable=True),
    *more,
    sa.Column('found', JSON, nullable=True),
    sa.Column('paper', JSON, server_default='{}', nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_plan_review_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_review_plan_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_plan_review'))
    )
    op.create_index(op.f('ix_plan_review_event_id'), 'plan_review', ['event_id'], unique=False)
