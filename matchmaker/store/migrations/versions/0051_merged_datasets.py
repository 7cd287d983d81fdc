"""The index of datasets that are merged into another has no others, which SQLite went through for all that are not."""

import sqlalchemy as sa
from alembic import op


revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

INDEX, COLUMNS = "ix_dataset_merged_into_id", ["merged_into_id"]


def upgrade() -> None:
    """Move the schema forward."""
    merged = sa.text("merged_into_id IS NOT NULL")
    op.drop_index(INDEX, "dataset")
    op.create_index(INDEX, "dataset", COLUMNS, sqlite_where=merged, postgresql_where=merged)


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index(INDEX, "dataset")
    op.create_index(INDEX, "dataset", COLUMNS)
