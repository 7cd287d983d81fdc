"""Notes between two people who both want to meet, which can be reported like thanks and credits."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = (
    "(CASE WHEN endorsement_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN unclaimed_id IS NULL THEN 0 ELSE 1 END) = 1"
)
AFTER = BEFORE.removesuffix(" = 1") + " + (CASE WHEN note_id IS NULL THEN 0 ELSE 1 END) = 1"


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "introduction_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("writer_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("moderated", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("writer_id <> reader_id", name=op.f("ck_introduction_note_not_to_oneself")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_introduction_note_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["writer_id"], ["person.id"], name=op.f("fk_introduction_note_writer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["person.id"], name=op.f("fk_introduction_note_reader_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_note")),
        sa.UniqueConstraint(
            "event_id", "writer_id", "reader_id", name=op.f("uq_introduction_note_event_id_writer_id_reader_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_introduction_note_public_id")),
    )
    op.create_index(op.f("ix_introduction_note_writer_id"), "introduction_note", ["writer_id"])
    op.create_index(op.f("ix_introduction_note_reader_id"), "introduction_note", ["reader_id"])
    for table in ("report", "moderation_act"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("note_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_note_id"),
                "introduction_note",
                ["note_id"],
                ["id"],
                ondelete="CASCADE",
            )
            batch.create_index(op.f(f"ix_{table}_note_id"), ["note_id"])
            if table == "report":
                batch.drop_constraint(op.f("ck_report_about_one_thing"), type_="check")
                batch.create_check_constraint(op.f("ck_report_about_one_thing"), AFTER)


def downgrade() -> None:
    """Move the schema back."""
    op.execute("DELETE FROM report WHERE note_id IS NOT NULL")
    for table in ("report", "moderation_act"):
        with op.batch_alter_table(table) as batch:
            if table == "report":
                batch.drop_constraint(op.f("ck_report_about_one_thing"), type_="check")
                batch.create_check_constraint(op.f("ck_report_about_one_thing"), BEFORE)
            batch.drop_index(op.f(f"ix_{table}_note_id"))
            batch.drop_constraint(op.f(f"fk_{table}_note_id"), type_="foreignkey")
            batch.drop_column("note_id")
    op.drop_table("introduction_note")
