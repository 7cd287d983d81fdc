"""Datasets that were thanked for are counted by event: what was kept of the other count is worked out anew."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget the numbers of labels: a job counts them again within a minute."""
    op.execute("DELETE FROM label_tally")


def downgrade() -> None:
    """Forget them as well: the rule of before is another."""
    op.execute("DELETE FROM label_tally")
