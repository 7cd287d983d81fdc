"""The content comes last in the row of a file on SQLite, which reads a row from its beginning.

When a file was made, and how many pages it has, were read through all of the megabytes before them.
"""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

COLUMNS = "id, public_id, event_id, name, media_type, pages, made_at, purge_at, content"
FILE = """
CREATE TABLE file_in_order (
    id INTEGER NOT NULL,
    public_id VARCHAR(24) NOT NULL,
    event_id INTEGER NOT NULL,
    name VARCHAR(300) NOT NULL,
    media_type VARCHAR(120) NOT NULL,
    pages INTEGER,
    made_at DATETIME NOT NULL,
    purge_at DATETIME NOT NULL,
    content BLOB,
    CONSTRAINT pk_file PRIMARY KEY (id),
    CONSTRAINT fk_file_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
    CONSTRAINT uq_file_public_id UNIQUE (public_id)
)
"""


def upgrade() -> None:
    """Move the schema forward."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(FILE)
    op.execute(f"INSERT INTO file_in_order ({COLUMNS}) SELECT {COLUMNS} FROM file")
    op.execute("DROP TABLE file")
    op.execute("ALTER TABLE file_in_order RENAME TO file")
    op.create_index("ix_file_event_id", "file", ["event_id"])
    op.create_index("ix_file_purge_at", "file", ["purge_at"])


def downgrade() -> None:
    """Move the schema back; in which order a row has its columns makes no other difference."""
