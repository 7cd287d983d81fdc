"""Table topics, the stars given to them, the talks of a plan, and the tables and rounds for them."""

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table('table_topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('host_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('about', sa.String(length=500), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('pitched', 'accepted', 'declined', 'withdrawn', name='topicstate', native_enum=False, length=24), nullable=False),
    sa.Column('pitched_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('pitched', 'accepted', 'declined', 'withdrawn')", name=op.f('ck_table_topic_state_known')),
    sa.CheckConstraint('seats BETWEEN 2 AND 50', name=op.f('ck_table_topic_seats_sane')),
    sa.CheckConstraint('times BETWEEN 1 AND 10', name=op.f('ck_table_topic_times_sane')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_table_topic_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['host_id'], ['person.id'], name=op.f('fk_table_topic_host_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_table_topic')),
    sa.UniqueConstraint('public_id', name=op.f('uq_table_topic_public_id'))
    )
    with op.batch_alter_table('table_topic', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_table_topic_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_table_topic_host_id'), ['host_id'], unique=False)

    op.create_table('talk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('round_number', sa.Integer(), nullable=False),
    sa.Column('table_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_talk_plan_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['table_topic.id'], name=op.f('fk_talk_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_talk')),
    sa.UniqueConstraint('id', 'plan_id', 'round_number', name=op.f('uq_talk_id_plan_id_round_number')),
    sa.UniqueConstraint('plan_id', 'round_number', 'table_number', name=op.f('uq_talk_plan_id_round_number_table_number'))
    )
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talk_topic_id'), ['topic_id'], unique=False)

    op.create_table('topic_star',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_topic_star_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['table_topic.id'], name=op.f('fk_topic_star_topic_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_star')),
    sa.UniqueConstraint('topic_id', 'person_id', name=op.f('uq_topic_star_topic_id_person_id'))
    )
    with op.batch_alter_table('topic_star', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_star_person_id'), ['person_id'], unique=False)

    op.create_table('talk_seat',
    sa.Column('talk_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('round_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_talk_seat_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['talk_id', 'plan_id', 'round_number'], ['talk.id', 'talk.plan_id', 'talk.round_number'], name=op.f('fk_talk_seat_talk_id_plan_id_round_number'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('talk_id', 'person_id', name=op.f('pk_talk_seat')),
    sa.UniqueConstraint('plan_id', 'round_number', 'person_id', name=op.f('uq_talk_seat_plan_id_round_number_person_id'))
    )
    with op.batch_alter_table('talk_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_talk_seat_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('topics_from', sa.Enum('nobody', 'organisers', 'everybody', name='topicsfrom', native_enum=False, length=24), server_default='nobody', nullable=False))

    with op.batch_alter_table('hall_table', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_topics', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_for', sa.Enum('both', 'meetings', 'topics', name='roundfor', native_enum=False, length=24), server_default='both', nullable=False))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_event_topics_from_known'), "topics_from IN ('nobody', 'organisers', 'everybody')")

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_round_is_for_known'), "is_for IN ('both', 'meetings', 'topics')")



def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_round_is_for_known'), type_='check')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_event_topics_from_known'), type_='check')

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_column('is_for')

    with op.batch_alter_table('hall_table', schema=None) as batch_op:
        batch_op.drop_column('for_topics')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('topics_from')

    with op.batch_alter_table('talk_seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_talk_seat_person_id'))

    op.drop_table('talk_seat')
    with op.batch_alter_table('topic_star', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_topic_star_person_id'))

    op.drop_table('topic_star')
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_talk_topic_id'))

    op.drop_table('talk')
    with op.batch_alter_table('table_topic', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_table_topic_host_id'))
        batch_op.drop_index(batch_op.f('ix_table_topic_event_id'))

    op.drop_table('table_topic')
