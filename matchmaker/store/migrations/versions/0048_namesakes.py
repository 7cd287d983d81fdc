"""An index of names: who is called as somebody on a page is asked for them, and not for everybody at the event."""

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_index("ix_person_name_key", "person", ["name_key"])


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_person_name_key", "person")
