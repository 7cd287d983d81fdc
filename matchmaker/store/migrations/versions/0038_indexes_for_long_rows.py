"""Indexes for pages that looked at each long row: of people who are counted, and of datasets with a hint of a series."""

import sqlalchemy as sa
from alembic import op


revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BEFORE = ["event_id", "state", "presence", "person_id"]
COUNTED = ["invited_at", "profile_saved_at", "created_at", "words", "step_free", "quiet", "fixed_table", "in_directory"]


def upgrade() -> None:
    """Move the schema forward."""
    op.drop_index("ix_registration_standing", "registration")
    op.create_index("ix_registration_standing", "registration", BEFORE + COUNTED)
    hinted = sa.text("series_hint > ''")
    op.create_index("ix_dataset_hinted", "dataset", ["title_key"], sqlite_where=hinted, postgresql_where=hinted)


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_dataset_hinted", "dataset")
    op.drop_index("ix_registration_standing", "registration")
    op.create_index("ix_registration_standing", "registration", BEFORE)
