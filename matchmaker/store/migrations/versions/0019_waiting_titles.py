"""Titles that people named in a list and no dataset has yet."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "waiting_title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("title_key", sa.String(500), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.CheckConstraint(
            "kind IN ('made', 'uses', 'wants', 'stuck')", name=op.f("ck_waiting_title_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_waiting_title_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_title")),
        sa.UniqueConstraint(
            "registration_id", "title_key", "kind", name=op.f("uq_waiting_title_registration_id_title_key_kind")
        ),
    )
    op.create_index(op.f("ix_waiting_title_title_key"), "waiting_title", ["title_key"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("waiting_title")
