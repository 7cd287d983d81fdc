"""Organisations that are two."""

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table('apart_organisations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('a', sa.Text(), nullable=False),
    sa.Column('b', sa.Text(), nullable=False),
    sa.Column('a_written', sa.Text(), nullable=False),
    sa.Column('b_written', sa.Text(), nullable=False),
    sa.CheckConstraint('a <> b', name=op.f('ck_apart_organisations_two')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_apart_organisations_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apart_organisations')),
    sa.UniqueConstraint('event_id', 'a', 'b', name=op.f('uq_apart_organisations_event_id_a_b')),
    sa.UniqueConstraint('public_id', name=op.f('uq_apart_organisations_public_id'))
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table('apart_organisations')
