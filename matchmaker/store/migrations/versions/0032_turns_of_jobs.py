"""When an event last had its turn, found without reading all its jobs."""

from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.drop_index('ix_job_event_id', 'job')
    op.create_index('ix_job_event_turn', 'job', ['event_id', 'heartbeat_at'], unique=False)


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index('ix_job_event_turn', 'job')
    op.create_index('ix_job_event_id', 'job', ['event_id'], unique=False)
