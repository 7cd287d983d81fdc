"""An index of the few who do not want their name shown: each label asks for them, of however many people there are."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_index(
        "ix_person_unnamed",
        "person",
        ["id"],
        sqlite_where=sa.text("show_name = 0"),
        postgresql_where=sa.text("NOT show_name"),
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_index("ix_person_unnamed", "person")
