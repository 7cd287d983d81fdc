"""An index of the datasets that people want or are stuck on, which are few of all they name."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    needed = sa.text("kind IN ('wants', 'stuck')")
    op.create_index(
        "ix_dataset_use_needed",
        "dataset_use",
        ["person_id", "dataset_id"],
        sqlite_where=needed,
        postgresql_where=needed,
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_dataset_use_needed", "dataset_use")
