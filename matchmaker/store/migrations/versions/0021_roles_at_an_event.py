"""Roles at an event besides the organiser's: a helper at the desk, and a reader."""

import sqlalchemy as sa
from alembic import op


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role', sa.Enum('organiser', 'helper', 'reader', name='eventrole', native_enum=False, length=24), server_default='organiser', nullable=False))

    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_organiser_role_known'), "role IN ('organiser', 'helper', 'reader')")


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_organiser_role_known'), type_='check')

    with op.batch_alter_table('organiser', schema=None) as batch_op:
        batch_op.drop_column('role')
