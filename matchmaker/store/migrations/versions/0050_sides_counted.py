"""The index that people are counted by has their side, and who asks for another day, so that no long row is looked at."""

from alembic import op


revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

BEFORE = [
    "event_id", "state", "presence", "person_id", "invited_at", "profile_saved_at", "created_at", "words",
    "step_free", "quiet", "fixed_table", "in_directory",
]  # fmt: skip
COUNTED = ["pool", "ask_next_time"]


def upgrade() -> None:
    """Move the schema forward."""
    op.drop_index("ix_registration_standing", "registration")
    op.create_index("ix_registration_standing", "registration", BEFORE + COUNTED)


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_registration_standing", "registration")
    op.create_index("ix_registration_standing", "registration", BEFORE)
