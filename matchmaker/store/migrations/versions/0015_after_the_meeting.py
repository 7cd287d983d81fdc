"""After the meeting."""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "encounter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("took_place", sa.Boolean(), nullable=True),
        sa.Column("knew_before", sa.Boolean(), nullable=True),
        sa.Column(
            "useful",
            sa.Enum("very", "somewhat", "not", name="useful", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("next_step", sa.String(length=500), nullable=False),
        sa.Column("share_email", sa.Boolean(), nullable=False),
        sa.Column("share_phone", sa.Boolean(), nullable=False),
        sa.Column("share_link", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("useful IN ('very', 'somewhat', 'not')", name=op.f("ck_encounter_useful_known")),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_encounter_not_oneself")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_encounter_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_encounter_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_encounter_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encounter")),
        sa.UniqueConstraint(
            "event_id", "person_id", "other_id", name=op.f("uq_encounter_event_id_person_id_other_id")
        ),
    )
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_encounter_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_encounter_person_id"), ["person_id"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column(
            "said",
            sa.Enum("yes", "no", "not-now", name="solved", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("said IN ('yes', 'no', 'not-now')", name=op.f("ck_outcome_said_known")),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_outcome_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_outcome_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["helper_id"], ["person.id"], name=op.f("fk_outcome_helper_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outcome_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint(
            "event_id", "person_id", "dataset_id", name=op.f("uq_outcome_event_id_person_id_dataset_id")
        ),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_dataset_id"), ["dataset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_helper_id"), ["helper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outcome_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_if_solved_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("link", sa.String(length=300), server_default="", nullable=False))


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("link")
        batch_op.drop_column("phone")

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("asked_if_solved_at")

    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_person_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_helper_id"))
        batch_op.drop_index(batch_op.f("ix_outcome_dataset_id"))

    op.drop_table("outcome")
    with op.batch_alter_table("encounter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_encounter_person_id"))
        batch_op.drop_index(batch_op.f("ix_encounter_other_id"))

    op.drop_table("encounter")
