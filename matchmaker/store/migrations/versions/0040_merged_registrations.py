"""Remember what registrations that were merged into another had given out: their badges and calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "merged_registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("badge_code", sa.String(length=12), nullable=False),
        sa.Column("calendar_turn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_merged_registration_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_registration")),
        sa.UniqueConstraint("badge_code", name=op.f("uq_merged_registration_badge_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_merged_registration_public_id")),
    )
    op.create_index(
        op.f("ix_merged_registration_registration_id"), "merged_registration", ["registration_id"]
    )


def downgrade() -> None:
    """Move the schema back."""
    op.drop_table("merged_registration")
