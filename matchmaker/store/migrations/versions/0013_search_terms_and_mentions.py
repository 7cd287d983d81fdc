"""What datasets can be found by, and the datasets people name in what they write."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables, and read every dataset there is."""
    op.create_table(
        "dataset_term",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column(
            "term", sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["dataset.id"],
            name=op.f("fk_dataset_term_dataset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dataset_id", "term", name=op.f("pk_dataset_term")),
    )
    op.create_index("ix_dataset_term_term", "dataset_term", ["term", "weight", "dataset_id"])
    op.create_table(
        "dataset_mention",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("not_meant", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_dataset_mention_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dataset_mention_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["dataset.id"],
            name=op.f("fk_dataset_mention_dataset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", "dataset_id", name=op.f("pk_dataset_mention")),
    )
    op.create_index("ix_dataset_mention_person_id", "dataset_mention", ["person_id"])
    op.create_index("ix_dataset_mention_dataset_id", "dataset_mention", ["dataset_id"])
    _read_datasets()


def _read_datasets() -> None:
    from matchmaker.store.catalogue import search_terms  # noqa: PLC0415 - only where there are datasets

    aliases: dict[int, list[str]] = {}
    publishers: dict[int, list[str]] = {}
    connection = op.get_bind()
    for dataset_id, name in connection.execute(sa.text("SELECT dataset_id, name FROM dataset_alias")):
        aliases.setdefault(dataset_id, []).append(name)
    for publisher_id, name in connection.execute(sa.text("SELECT id, name FROM publisher")):
        publishers[publisher_id] = [name]
    tags: dict[int, list[str]] = {}
    for dataset_id, name in connection.execute(sa.text("SELECT dataset_id, name FROM dataset_subject")):
        tags.setdefault(dataset_id, []).append(name)
    rows = connection.execute(sa.text("SELECT id, title, description, publisher_id FROM dataset ORDER BY id"))
    found: dict[int, search_terms.Fields] = {
        dataset_id: (
            title,
            aliases.get(dataset_id, []),
            tags.get(dataset_id, []),
            description,
            publishers.get(publisher_id, []),
        )
        for dataset_id, title, description, publisher_id in rows
    }
    if found:
        search_terms.keep(Session(connection), found)


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("dataset_mention")
    op.drop_table("dataset_term")
