"""That an event runs in the hall, and which copies of it were taken out."""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table('hall_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('out', 'back', 'given up', name='hallcopystate', native_enum=False, length=24), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('rows_sum', sa.String(length=64), nullable=False),
    sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('out', 'back', 'given up')", name=op.f('ck_hall_copy_state_known')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_hall_copy_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_copy')),
    sa.UniqueConstraint('public_id', name=op.f('uq_hall_copy_public_id'))
    )
    with op.batch_alter_table('hall_copy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_copy_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_hall_copy_event_id_out', ['event_id'], unique=True, sqlite_where=sa.text("state = 'out'"), postgresql_where=sa.text("state = 'out'"))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('in_hall_since', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('in_hall_since')

    with op.batch_alter_table('hall_copy', schema=None) as batch_op:
        batch_op.drop_index('uq_hall_copy_event_id_out', sqlite_where=sa.text("state = 'out'"), postgresql_where=sa.text("state = 'out'"))
        batch_op.drop_index(batch_op.f('ix_hall_copy_event_id'))

    op.drop_table('hall_copy')
