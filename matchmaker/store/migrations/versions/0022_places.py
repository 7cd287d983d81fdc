"""Places: for how many people there is room, who asked when, and until when an offer is open."""

import sqlalchemy as sa
from alembic import op


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('places', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('places_inside', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('places_outside', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('offer_days', sa.Integer(), server_default='7', nullable=False))

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('offered_until', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_event_places_sane'), "places BETWEEN 0 AND 100000 AND places_inside BETWEEN 0 AND 100000 AND places_outside BETWEEN 0 AND 100000")
        batch_op.create_check_constraint(op.f('ck_event_offer_days_sane'), "offer_days BETWEEN 1 AND 60")


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_event_offer_days_sane'), type_='check')
        batch_op.drop_constraint(op.f('ck_event_places_sane'), type_='check')

    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_column('offered_until')
        batch_op.drop_column('asked_at')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('offer_days')
        batch_op.drop_column('places_outside')
        batch_op.drop_column('places_inside')
        batch_op.drop_column('places')
