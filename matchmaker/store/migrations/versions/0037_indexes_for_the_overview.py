"""Indexes for what the overview and how it is going count."""

from alembic import op


revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_index("ix_answer_kind", "answer", ["event_id", "kind", "person_id", "about_id"])
    op.drop_index("ix_dataset_use_dataset_id", "dataset_use")
    op.create_index("ix_dataset_use_dataset_id", "dataset_use", ["dataset_id", "kind", "person_id"])


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_dataset_use_dataset_id", "dataset_use")
    op.create_index("ix_dataset_use_dataset_id", "dataset_use", ["dataset_id"])
    op.drop_index("ix_answer_kind", "answer")
