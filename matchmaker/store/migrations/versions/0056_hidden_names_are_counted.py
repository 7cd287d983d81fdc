"""Datasets on whose labels everybody hides their name are counted with the numbers of labels, which are counted anew.

That somebody hides theirs leaves a mark from now on: triggers are put back for it after any migration.
"""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget the numbers of labels: a job counts them again within a minute."""
    op.execute("DELETE FROM label_tally")


def downgrade() -> None:
    """Forget them as well: the hidden are not among the numbers of before."""
    op.execute("DELETE FROM label_tally")
