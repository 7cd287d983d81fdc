"""Talks that fall away: since when, who was told, and a talk that outlives the topic of an erased host."""

import sqlalchemy as sa
from alembic import op


revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.alter_column('topic_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.drop_constraint(batch_op.f('fk_talk_topic_id'), type_='foreignkey')
        batch_op.create_foreign_key(batch_op.f('fk_talk_topic_id'), 'table_topic', ['topic_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('talk_seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('off_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('told_off_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Move the schema back; talks without a topic go."""
    op.execute("DELETE FROM talk_seat WHERE talk_id IN (SELECT id FROM talk WHERE topic_id IS NULL)")
    op.execute("DELETE FROM talk WHERE topic_id IS NULL")
    with op.batch_alter_table('talk_seat', schema=None) as batch_op:
        batch_op.drop_column('told_off_at')
        batch_op.drop_column('off_since')

    with op.batch_alter_table('talk', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_talk_topic_id'), type_='foreignkey')
        batch_op.create_foreign_key(batch_op.f('fk_talk_topic_id'), 'table_topic', ['topic_id'], ['id'], ondelete='CASCADE')
        batch_op.alter_column('topic_id',
               existing_type=sa.INTEGER(),
               nullable=False)
