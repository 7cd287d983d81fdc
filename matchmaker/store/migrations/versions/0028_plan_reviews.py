"""Reviews of plans, kept beside them, and the marks that say when they are true no more."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table('plan_change',
    sa.Column('event_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('by_transaction', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('event_id', 'by_transaction', name=op.f('pk_plan_change'))
    )
    op.create_table('event_review',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.String(length=24), nullable=False),
    sa.Column('form', sa.Integer(), nullable=False),
    sa.Column('begun', sa.String(length=2000), nullable=False),
    sa.Column('found', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_review_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_event_review'))
    )
    op.create_table('plan_review',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('found', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_plan_review_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_review_plan_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('plan_id', name=op.f('pk_plan_review'))
    )
    with op.batch_alter_table('plan_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_review_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('planned_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_person_person_id'), ['person_id'], unique=False)



def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('planned_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_planned_person_person_id'))

    with op.batch_alter_table('plan_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_review_event_id'))

    op.drop_table('plan_review')
    op.drop_table('event_review')
    op.drop_table('plan_change')
