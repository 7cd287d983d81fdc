"""An index of who is in the directory of an event, which its pages count and put in order."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_index(
        "ix_registration_directory",
        "registration",
        ["event_id", "state", "person_id", "in_directory"],
        sqlite_where=sa.text("in_directory IS 1"),
        postgresql_where=sa.text("in_directory IS true"),
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_registration_directory", "registration")
