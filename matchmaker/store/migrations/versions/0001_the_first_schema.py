"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_kind_key_at", ["kind", "key", "at"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("erase_on", sa.Date(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("inside_domains", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "same_organisation",
            sa.Enum("never", "rarely", "allowed", name="sameorganisation", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("mixing_least", sa.Integer(), nullable=True),
        sa.Column("thanks_each", sa.Integer(), nullable=False),
        sa.Column("suggestions_each", sa.Integer(), nullable=False),
        sa.Column("count_acquaintances", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("labels_public", sa.Boolean(), nullable=False),
        sa.Column("wall_key", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "same_organisation IN ('never', 'rarely', 'allowed')", name=op.f("ck_event_same_organisation_known")
        ),
        sa.CheckConstraint("erase_on >= held_on", name=op.f("ck_event_erase_after_event")),
        sa.CheckConstraint("mixing_least BETWEEN 1 AND 50", name=op.f("ck_event_mixing_least_sane")),
        sa.CheckConstraint("suggestions_each BETWEEN 1 AND 50", name=op.f("ck_event_suggestions_each_sane")),
        sa.CheckConstraint("thanks_each BETWEEN 1 AND 200", name=op.f("ck_event_thanks_each_sane")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_public_id")),
        sa.UniqueConstraint("wall_key", name=op.f("uq_event_wall_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=False),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("open_to_thanks", sa.Boolean(), nullable=False),
        sa.Column("public_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("sign_in_key", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("stands_alone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher")),
        sa.UniqueConstraint("key", name=op.f("uq_publisher_key")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["topic.id"], name=op.f("fk_topic_merged_into_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("key", name=op.f("uq_topic_key")),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_person_id"), ["person_id"], unique=False)
        batch_op.create_index("uq_address_email", ["email"], unique=True)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("meet", "not-for-me", "know", "block", name="answerkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('meet', 'not-for-me', 'know', 'block')", name=op.f("ck_answer_kind_known")
        ),
        sa.CheckConstraint("person_id <> about_id", name=op.f("ck_answer_not_oneself")),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_answer_about_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_answer_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_answer_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "event_id", "person_id", "about_id", name=op.f("uq_answer_event_id_person_id_about_id")
        ),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "column_meaning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_column_meaning_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_meaning")),
        sa.UniqueConstraint("event_id", "heading", name=op.f("uq_column_meaning_event_id_heading")),
    )
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_exclusion_in_order")),
        sa.ForeignKeyConstraint(["a_id"], ["person.id"], name=op.f("fk_exclusion_a_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_id"], ["person.id"], name=op.f("fk_exclusion_b_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_exclusion_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint("event_id", "a_id", "b_id", name=op.f("uq_exclusion_event_id_a_id_b_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exclusion_public_id")),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_a_id"), ["a_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exclusion_b_id"), ["b_id"], unique=False)

    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purge_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_file_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_file_public_id")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_file_purge_at"), ["purge_at"], unique=False)

    op.create_table(
        "hall_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hall_table_number_from_one")),
        sa.CheckConstraint("seats BETWEEN 2 AND 50", name=op.f("ck_hall_table_seats_sane")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_hall_table_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_table")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_hall_table_event_id_number")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("queued", "running", "done", "failed", name="jobstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("saying", sa.String(length=300), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state_known")
        ),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_job_progress_in_range")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_job_asked_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_job_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_job_public_id")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_job_state_heartbeat", ["state", "heartbeat_at"], unique=False)

    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("reply_to", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mail_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_mail_about_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_public_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mail_about_id"), ["about_id"], unique=False)
        batch_op.create_index("ix_mail_unsent", ["sent_at", "due_at"], unique=False)

    op.create_table(
        "mailed_code",
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mailed_code_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_mailed_code")),
    )
    with op.batch_alter_table("mailed_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailed_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organiser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_organiser_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organiser_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organiser")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_organiser_event_id_person_id")),
    )
    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organiser_person_id"), ["person_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", "superseded", name="planstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("problem", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("certificate", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("rounds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("tables", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("fixed_rounds", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (published_at IS NULL)", name=op.f("ck_plan_published_has_time")
        ),
        sa.CheckConstraint("state IN ('draft', 'published', 'superseded')", name=op.f("ck_plan_state_known")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_plan_version_from_one")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_plan_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_plan_made_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_plan_event_id_version")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_public_id")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plan_published",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.create_table(
        "publisher_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"],
            ["publisher.id"],
            name=op.f("fk_publisher_alias_publisher_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher_alias")),
        sa.UniqueConstraint("key", name=op.f("uq_publisher_alias_key")),
    )
    with op.batch_alter_table("publisher_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publisher_alias_publisher_id"), ["publisher_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "pending",
                "offered",
                "confirmed",
                "waiting",
                "declined",
                "cancelled",
                name="registrationstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "pool", sa.Enum("inside", "outside", name="pool", native_enum=False, length=24), nullable=False
        ),
        sa.Column("pool_reason", sa.String(length=200), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("arrives", sa.Time(), nullable=True),
        sa.Column("leaves", sa.Time(), nullable=True),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("fixed_table", sa.Integer(), nullable=True),
        sa.Column("most_meetings", sa.Integer(), nullable=True),
        sa.Column("meetings_in_a_row", sa.Integer(), nullable=True),
        sa.Column("helper", sa.String(length=200), nullable=False),
        sa.Column("large_print", sa.Boolean(), nullable=False),
        sa.Column("trio_ok", sa.Boolean(), nullable=False),
        sa.Column("suggestible", sa.Boolean(), nullable=False),
        sa.Column("on_screen", sa.Boolean(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("expected", "here", "absent", name="presence", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("presence_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("profile_saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("pool IN ('inside', 'outside')", name=op.f("ck_registration_pool_known")),
        sa.CheckConstraint(
            "presence IN ('expected', 'here', 'absent')", name=op.f("ck_registration_presence_known")
        ),
        sa.CheckConstraint(
            "state IN ('invited', 'pending', 'offered', 'confirmed', 'waiting', 'declined', 'cancelled')",
            name=op.f("ck_registration_state_known"),
        ),
        sa.CheckConstraint(
            "arrives IS NULL OR leaves IS NULL OR arrives < leaves",
            name=op.f("ck_registration_arrives_before_leaves"),
        ),
        sa.CheckConstraint(
            "fixed_table IS NULL OR fixed_table >= 1", name=op.f("ck_registration_fixed_table_from_one")
        ),
        sa.CheckConstraint(
            "meetings_in_a_row IS NULL OR meetings_in_a_row >= 1",
            name=op.f("ck_registration_meetings_in_a_row_from_one"),
        ),
        sa.CheckConstraint(
            "most_meetings IS NULL OR most_meetings >= 1",
            name=op.f("ck_registration_most_meetings_from_one"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_registration_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("event_id", "person_id", name=op.f("uq_registration_event_id_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_round_minutes_sane")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_round_number_from_one")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_round_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_round_event_id_number")),
    )
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("bridge", sa.Boolean(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_suggestion_not_oneself")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_suggestion_score_in_range")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_suggestion_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["person.id"], name=op.f("fk_suggestion_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_suggestion_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint(
            "event_id", "person_id", "other_id", name=op.f("uq_suggestion_event_id_person_id_other_id")
        ),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_person_id"), ["person_id"], unique=False)

    op.create_table(
        "text_meaning",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_text_meaning_digest_is_sha256")),
        sa.CheckConstraint("length(model) = 64", name=op.f("ck_text_meaning_model_is_sha256")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_text_meaning_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "model", "digest", name=op.f("pk_text_meaning")),
    )

    op.create_table(
        "basis_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "notice", "objection", "consent", "withdrawal", name="basiskind", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('notice', 'objection', 'consent', 'withdrawal')",
            name=op.f("ck_basis_record_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_basis_record_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basis_record")),
    )
    with op.batch_alter_table("basis_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_basis_record_registration_id"), ["registration_id"], unique=False
        )

    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("source_id", sa.String(length=1000), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("title_key", sa.String(length=1000), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=True),
        sa.Column("is_series", sa.Boolean(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_hint", sa.String(length=1000), nullable=False),
        sa.Column("hint_settled", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("licence", sa.String(length=500), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("modified_on", sa.Date(), nullable=True),
        sa.Column("keyed_by_title", sa.Boolean(), nullable=False),
        sa.Column("in_last_import", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_dataset_added_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["dataset.id"], name=op.f("fk_dataset_merged_into_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["publisher.id"], name=op.f("fk_dataset_publisher_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["dataset.id"], name=op.f("fk_dataset_series_id"), ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "series_id IS NULL OR NOT is_series", name=op.f("ck_dataset_series_in_no_series")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dataset_public_id")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_dataset_source_source_id")),
    )
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_publisher_id"), ["publisher_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dataset_series_id"), ["series_id"], unique=False)
        batch_op.create_index("ix_dataset_title_key", ["title_key"], unique=False)

    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("attendees", "catalogue", name="importkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("waiting", "confirmed", "dropped", name="importstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("mapping", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('attendees', 'catalogue')", name=op.f("ck_import_kind_known")),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'dropped')", name=op.f("ck_import_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_import_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_import_file_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_import_made_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_import_public_id")),
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_event_id"), ["event_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("why", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.CheckConstraint("round_number >= 1", name=op.f("ck_meeting_round_from_one")),
        sa.CheckConstraint("table_number >= 1", name=op.f("ck_meeting_table_from_one")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_meeting_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("id", "plan_id", "round_number", name=op.f("uq_meeting_id_plan_id_round_number")),
        sa.UniqueConstraint(
            "plan_id",
            "round_number",
            "table_number",
            name=op.f("uq_meeting_plan_id_round_number_table_number"),
        ),
    )
    op.create_table(
        "personal_code",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_personal_code_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_personal_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_personal_code_code_hash")),
    )
    op.create_table(
        "registration_topic",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_topic_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_registration_topic_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("registration_id", "topic_id", name=op.f("pk_registration_topic")),
    )
    with op.batch_alter_table("registration_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_topic_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("role_text", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "awaiting",
                "accepted",
                "hidden",
                "declined",
                name="contributionstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("declared_by_id", sa.Integer(), nullable=True),
        sa.Column("moderated", sa.Boolean(), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('claimed', 'awaiting', 'accepted', 'hidden', 'declined')",
            name=op.f("ck_contribution_state_known"),
        ),
        sa.CheckConstraint(
            "first_year IS NULL OR last_year IS NULL OR first_year <= last_year",
            name=op.f("ck_contribution_years_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_contribution_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["declared_by_id"],
            ["person.id"],
            name=op.f("fk_contribution_declared_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contribution_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sealed_by_id"], ["event.id"], name=op.f("fk_contribution_sealed_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "id", "person_id", "dataset_id", "role", name=op.f("uq_contribution_id_person_id_dataset_id_role")
        ),
        sa.UniqueConstraint(
            "person_id",
            "dataset_id",
            "role",
            "role_text",
            name=op.f("uq_contribution_person_id_dataset_id_role_role_text"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_contribution_public_id")),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_dataset_id"), ["dataset_id"], unique=False)

    op.create_table(
        "dataset_subject",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["dataset.id"],
            name=op.f("fk_dataset_subject_dataset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dataset_id", "key", name=op.f("pk_dataset_subject")),
    )
    with op.batch_alter_table("dataset_subject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_subject_key"), ["key"], unique=False)

    op.create_table(
        "dataset_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_dataset_alias_dataset_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_alias")),
        sa.UniqueConstraint("dataset_id", "key", name=op.f("uq_dataset_alias_dataset_id_key")),
    )
    with op.batch_alter_table("dataset_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_alias_key"), ["key"], unique=False)

    op.create_table(
        "dataset_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("uses", "wants", "stuck", name="usekind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.CheckConstraint("kind IN ('uses', 'wants', 'stuck')", name=op.f("ck_dataset_use_kind_known")),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_dataset_use_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dataset_use_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_use")),
        sa.UniqueConstraint("person_id", "dataset_id", name=op.f("uq_dataset_use_person_id_dataset_id")),
    )
    with op.batch_alter_table("dataset_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dataset_use_dataset_id"), ["dataset_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("stands_in", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "plan_id", "round_number"],
            ["meeting.id", "meeting.plan_id", "meeting.round_number"],
            name=op.f("fk_seat_meeting_id_plan_id_round_number"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seat_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "plan_id", "round_number", "person_id", name=op.f("uq_seat_plan_id_round_number_person_id")
        ),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_person_id"), ["person_id"], unique=False)

    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("relation", sa.String(length=24), nullable=False),
        sa.Column("evidence_url", sa.String(length=2000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awaiting",
                "accepted",
                "hidden",
                "declined",
                "withdrawn",
                name="endorsementstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_no", sa.Boolean(), nullable=False),
        sa.Column("moderated", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "relation IN ('together', 'user', 'manager', 'met')", name=op.f("ck_endorsement_relation_known")
        ),
        sa.CheckConstraint(
            "state = 'withdrawn' OR length(sentence) >= 20", name=op.f("ck_endorsement_sentence_long_enough")
        ),
        sa.CheckConstraint(
            "state IN ('awaiting', 'accepted', 'hidden', 'declined', 'withdrawn')",
            name=op.f("ck_endorsement_state_known"),
        ),
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_endorsement_not_oneself")),
        sa.ForeignKeyConstraint(
            ["contribution_id", "receiver_id", "dataset_id", "role"],
            ["contribution.id", "contribution.person_id", "contribution.dataset_id", "contribution.role"],
            name=op.f("fk_endorsement_contribution_id_receiver_id_dataset_id_role"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_endorsement_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["person.id"], name=op.f("fk_endorsement_giver_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_endorsement_public_id")),
    )
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.create_index("ix_endorsement_contribution", ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_endorsement_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_endorsement_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index("ix_endorsement_receiver_id", ["receiver_id"], unique=False)
        batch_op.create_index(
            "uq_endorsement_live",
            ["event_id", "giver_id", "contribution_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('awaiting', 'accepted', 'hidden', 'declined')"),
            postgresql_where=sa.text("state IN ('awaiting', 'accepted', 'hidden', 'declined')"),
        )

    op.create_table(
        "unclaimed_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("role_text", sa.String(length=60), nullable=False),
        sa.Column("is_team", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=420), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "shown", "claimed", "removed", name="unclaimedstate", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("moderated", sa.Boolean(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_how", sa.String(length=300), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('waiting', 'shown')) = (name <> '')", name=op.f("ck_unclaimed_credit_name_while_live")
        ),
        sa.CheckConstraint("NOT is_team OR email = ''", name=op.f("ck_unclaimed_credit_teams_get_no_mail")),
        sa.CheckConstraint(
            "state <> 'shown' OR agreed_at IS NOT NULL", name=op.f("ck_unclaimed_credit_shown_by_word")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'shown', 'claimed', 'removed')",
            name=op.f("ck_unclaimed_credit_state_known"),
        ),
        sa.CheckConstraint(
            "reminded_at IS NULL OR invited_at IS NOT NULL",
            name=op.f("ck_unclaimed_credit_reminded_after_invited"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"],
            ["person.id"],
            name=op.f("fk_unclaimed_credit_agreed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"],
            ["person.id"],
            name=op.f("fk_unclaimed_credit_claimed_by_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["dataset.id"], name=op.f("fk_unclaimed_credit_dataset_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_unclaimed_credit_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["person.id"], name=op.f("fk_unclaimed_credit_named_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclaimed_credit")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_unclaimed_credit_code_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unclaimed_credit_public_id")),
    )
    with op.batch_alter_table("unclaimed_credit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unclaimed_credit_address_hash"), ["address_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_unclaimed_credit_agreed_by_id"), ["agreed_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_unclaimed_credit_claimed_by_id"), ["claimed_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_unclaimed_credit_dataset_id"), ["dataset_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unclaimed_credit_named_by_id"), ["named_by_id"], unique=False)
        batch_op.create_index(
            "uq_unclaimed_credit_live",
            ["event_id", "dataset_id", "role", "role_text", "name_key"],
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'shown')"),
            postgresql_where=sa.text("state IN ('waiting', 'shown')"),
        )

    op.create_table(
        "moderation_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hidden",
                "restored",
                "kept",
                "agreed",
                "taken-off",
                "removed",
                "opened",
                name="actkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("endorsement_id", sa.Integer(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("unclaimed_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('hidden', 'restored', 'kept', 'agreed', 'taken-off', 'removed', 'opened')",
            name=op.f("ck_moderation_act_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_moderation_act_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_moderation_act_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["endorsement_id"],
            ["endorsement.id"],
            name=op.f("fk_moderation_act_endorsement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_moderation_act_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unclaimed_id"],
            ["unclaimed_credit.id"],
            name=op.f("fk_moderation_act_unclaimed_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_moderation_act_by_id"), ["by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_moderation_act_contribution_id"), ["contribution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_moderation_act_endorsement_id"), ["endorsement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_moderation_act_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_act_unclaimed_id"), ["unclaimed_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("endorsement_id", sa.Integer(), nullable=True),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("unclaimed_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN endorsement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN contribution_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unclaimed_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_report_about_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_report_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["endorsement_id"], ["endorsement.id"], name=op.f("fk_report_endorsement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_report_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["person.id"], name=op.f("fk_report_reporter_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unclaimed_id"], ["unclaimed_credit.id"], name=op.f("fk_report_unclaimed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_contribution_id"), ["contribution_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_endorsement_id"), ["endorsement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_reporter_id"), ["reporter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_unclaimed_id"), ["unclaimed_id"], unique=False)


def downgrade() -> None:
    """Move the schema back."""
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_unclaimed_id"))
        batch_op.drop_index(batch_op.f("ix_report_reporter_id"))
        batch_op.drop_index(batch_op.f("ix_report_event_id"))
        batch_op.drop_index(batch_op.f("ix_report_endorsement_id"))
        batch_op.drop_index(batch_op.f("ix_report_contribution_id"))

    op.drop_table("report")
    with op.batch_alter_table("moderation_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_act_unclaimed_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_event_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_endorsement_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_contribution_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_act_by_id"))

    op.drop_table("moderation_act")
    with op.batch_alter_table("unclaimed_credit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_unclaimed_credit_live",
            sqlite_where=sa.text("state IN ('waiting', 'shown')"),
            postgresql_where=sa.text("state IN ('waiting', 'shown')"),
        )
        batch_op.drop_index(batch_op.f("ix_unclaimed_credit_named_by_id"))
        batch_op.drop_index(batch_op.f("ix_unclaimed_credit_dataset_id"))
        batch_op.drop_index(batch_op.f("ix_unclaimed_credit_claimed_by_id"))
        batch_op.drop_index(batch_op.f("ix_unclaimed_credit_agreed_by_id"))
        batch_op.drop_index(batch_op.f("ix_unclaimed_credit_address_hash"))

    op.drop_table("unclaimed_credit")
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_endorsement_live",
            sqlite_where=sa.text("state IN ('awaiting', 'accepted', 'hidden', 'declined')"),
            postgresql_where=sa.text("state IN ('awaiting', 'accepted', 'hidden', 'declined')"),
        )
        batch_op.drop_index("ix_endorsement_receiver_id")
        batch_op.drop_index(batch_op.f("ix_endorsement_giver_id"))
        batch_op.drop_index(batch_op.f("ix_endorsement_event_id"))
        batch_op.drop_index("ix_endorsement_contribution")

    op.drop_table("endorsement")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_person_id"))

    op.drop_table("seat")
    with op.batch_alter_table("dataset_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataset_use_dataset_id"))

    op.drop_table("dataset_use")
    with op.batch_alter_table("dataset_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataset_alias_key"))

    op.drop_table("dataset_alias")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_dataset_id"))

    op.drop_table("contribution")
    with op.batch_alter_table("registration_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_topic_topic_id"))

    op.drop_table("registration_topic")
    op.drop_table("personal_code")
    op.drop_table("meeting")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_event_id"))

    op.drop_table("import")
    with op.batch_alter_table("dataset_subject", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dataset_subject_key"))

    op.drop_table("dataset_subject")
    with op.batch_alter_table("dataset", schema=None) as batch_op:
        batch_op.drop_index("ix_dataset_title_key")
        batch_op.drop_index(batch_op.f("ix_dataset_series_id"))
        batch_op.drop_index(batch_op.f("ix_dataset_publisher_id"))

    op.drop_table("dataset")
    with op.batch_alter_table("basis_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_basis_record_registration_id"))

    op.drop_table("basis_record")
    op.drop_table("text_meaning")
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_person_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_other_id"))

    op.drop_table("suggestion")
    op.drop_table("round")
    with op.batch_alter_table("publisher_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publisher_alias_publisher_id"))

    op.drop_table("publisher_alias")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_person_id"))

    op.drop_table("registration")
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_published",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )

    op.drop_table("plan")
    with op.batch_alter_table("organiser", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organiser_person_id"))

    op.drop_table("organiser")
    with op.batch_alter_table("mailed_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailed_code_person_id"))

    op.drop_table("mailed_code")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index("ix_mail_unsent")
        batch_op.drop_index(batch_op.f("ix_mail_about_id"))
        batch_op.drop_index(batch_op.f("ix_mail_person_id"))
        batch_op.drop_index(batch_op.f("ix_mail_event_id"))

    op.drop_table("mail")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state_heartbeat")
        batch_op.drop_index(batch_op.f("ix_job_event_id"))

    op.drop_table("job")
    op.drop_table("hall_table")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_purge_at"))
        batch_op.drop_index(batch_op.f("ix_file_event_id"))

    op.drop_table("file")
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exclusion_b_id"))
        batch_op.drop_index(batch_op.f("ix_exclusion_a_id"))

    op.drop_table("exclusion")
    op.drop_table("column_meaning")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_person_id"))
        batch_op.drop_index(batch_op.f("ix_answer_about_id"))

    op.drop_table("answer")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index("uq_address_email")
        batch_op.drop_index(batch_op.f("ix_address_person_id"))

    op.drop_table("address")
    op.drop_table("topic")
    op.drop_table("publisher")
    op.drop_table("person")
    op.drop_table("event")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_kind_key_at")

    op.drop_table("attempt")
