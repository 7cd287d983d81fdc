"""What is long comes last in the row of a plan on SQLite, and indexes for what pages count."""

import sqlalchemy as sa
from alembic import op


revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

LONG = ("when_and_where", "printed", "tables", "introduced", "prices", "certificate", "problem")
SHORT = (
    "id", "public_id", "event_id", "version", "state", "rounds", "fixed_rounds", "unanswered", "revision",
    "made_at", "made_by_id", "published_at", "people", "passed", "wishes",
)
PLAN = """
CREATE TABLE plan_in_order (
    id INTEGER NOT NULL,
    public_id VARCHAR(24) NOT NULL,
    event_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state VARCHAR(24) NOT NULL,
    rounds JSON NOT NULL,
    fixed_rounds JSON NOT NULL,
    unanswered BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    made_at DATETIME NOT NULL,
    made_by_id INTEGER,
    published_at DATETIME,
    people INTEGER DEFAULT '0' NOT NULL,
    passed VARCHAR(64) DEFAULT '' NOT NULL,
    wishes INTEGER DEFAULT '0' NOT NULL,
    when_and_where JSON DEFAULT '{}' NOT NULL,
    printed JSON DEFAULT '{}' NOT NULL,
    tables JSON NOT NULL,
    introduced JSON DEFAULT '[]' NOT NULL,
    prices JSON DEFAULT '[]' NOT NULL,
    certificate JSON NOT NULL,
    problem JSON NOT NULL,
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT ck_plan_published_has_time CHECK ((state = 'draft') = (published_at IS NULL)),
    CONSTRAINT ck_plan_state_known CHECK (state IN ('draft', 'published', 'superseded')),
    CONSTRAINT ck_plan_version_from_one CHECK (version >= 1),
    CONSTRAINT fk_plan_event_id FOREIGN KEY(event_id) REFERENCES event (id) ON DELETE CASCADE,
    CONSTRAINT fk_plan_made_by_id FOREIGN KEY(made_by_id) REFERENCES person (id) ON DELETE SET NULL,
    CONSTRAINT uq_plan_event_id_version UNIQUE (event_id, version),
    CONSTRAINT uq_plan_public_id UNIQUE (public_id)
)
"""


def upgrade() -> None:
    """Move the schema forward."""
    if op.get_bind().dialect.name == "sqlite":
        # SQLite reads a row from its beginning: what comes after megabytes is read through all of them.
        columns = ", ".join(SHORT + LONG)
        op.execute(PLAN)
        op.execute(f"INSERT INTO plan_in_order ({columns}) SELECT {columns} FROM plan")
        op.execute("DROP TABLE plan")
        op.execute("ALTER TABLE plan_in_order RENAME TO plan")
        op.create_index("ix_plan_made_by_id", "plan", ["made_by_id"])
        op.create_index(
            "uq_plan_published", "plan", ["event_id"], unique=True, sqlite_where=sa.text("state = 'published'")
        )
    op.create_index("ix_registration_standing", "registration", ["event_id", "state", "presence", "person_id"])
    op.drop_index("ix_endorsement_event_id", "endorsement")
    op.create_index("ix_endorsement_event_id", "endorsement", ["event_id", "state", "moderated", "sealed"])


def downgrade() -> None:
    """Move the schema back; in which order a row has its columns makes no other difference."""
    op.drop_index("ix_endorsement_event_id", "endorsement")
    op.create_index("ix_endorsement_event_id", "endorsement", ["event_id"])
    op.drop_index("ix_registration_standing", "registration")
