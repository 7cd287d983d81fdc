"""The whole schema in one import, and its migrations."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, text

from matchmaker.settings import SettingsError
from matchmaker.store import files, jobs, mail  # noqa: F401 - adds its tables
from matchmaker.store.attendee_lists import imports, waiting_titles  # noqa: F401 - adds its tables
from matchmaker.store.base import Base
from matchmaker.store.catalogue import datasets, publishers, topics  # noqa: F401 - adds its tables
from matchmaker.store.credits import (  # noqa: F401 - adds its tables
    contributions,
    endorsements,
    label_tallies,
    moderation,
    outcomes,
    unclaimed,
)
from matchmaker.store.credits.label_watch import WATCH as LABEL_WATCH
from matchmaker.store.event import event_roles, events, hall_copies  # noqa: F401 - adds its tables
from matchmaker.store.people import (  # noqa: F401 - adds its tables
    apart_organisations,
    basis,
    encounters,
    exclusions,
    kept_forms,
    merged_registrations,
    people,
    profile_changes,
    registrations,
    sign_in_codes,
    sign_ins,
)
from matchmaker.store.people.profile_watch import WATCH as PROFILE_WATCH
from matchmaker.store.plans import (  # noqa: F401 - adds its tables
    plan_reviews,
    planned_people,
    plans,
    table_topics,
    talks,
    topic_orders,
)
from matchmaker.store.plans.plan_watch import WATCH as PLAN_WATCH
from matchmaker.store.session import Database
from matchmaker.store.suggestions import (  # noqa: F401 - adds its tables
    answers,
    list_lengths,
    meanings,
    mentions,
    suggestions,
)

metadata = Base.metadata
WATCHES = (PLAN_WATCH, LABEL_WATCH, PROFILE_WATCH)
"""What the database itself notices of changes, so that what is kept beside tables is not read once it is untrue."""


@event.listens_for(metadata, "after_create")
def _watch(_metadata: object, connection: Connection, **_: object) -> None:
    for watch in WATCHES:
        watch.install(connection)


NO_LETTERS = (
    "The database keeps text as {}, which has not the letters of every name. Make one that has:"
    " `createdb --encoding=UTF8 --template=template0 NAME`, and set MATCHMAKER_DATABASE_URL."
)


def config_for(database: Database) -> Config:
    """Return what Alembic has to know to work on `database`."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("matchmaker.store") / "migrations"))
    config.attributes["engine"] = database.engine
    return config


def letters_missing(connection: Connection) -> str:
    """Say that the database keeps text in an encoding without the letters of every name, and what to do; else ""."""
    if connection.dialect.name == "sqlite":
        return ""
    encoding = connection.scalar(text("SHOW server_encoding"))
    return "" if encoding == "UTF8" else NO_LETTERS.format(encoding)


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database's schema up to revision `to`; does nothing where it is there already.

    Raises SettingsError for an empty database that could not keep every name.
    """
    with database.engine.connect() as connection:
        words = "" if revision(connection) else letters_missing(connection)
    if words:
        raise SettingsError(words)
    command.upgrade(config_for(database), to)


def downgrade(database: Database, to: str) -> None:
    """Take the database's schema back to revision `to` ("base" for none)."""
    command.downgrade(config_for(database), to)


def revision(connection: Connection) -> str | None:
    """Return the revision of the schema that a connection finds; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(database: Database, revision: str) -> bool:
    """Return whether this code can make the tables of a revision."""
    known = ScriptDirectory.from_config(config_for(database)).walk_revisions()
    return revision in {one.revision for one in known}


def is_current(database: Database) -> bool:
    """Return whether the database's schema is the one this code was written for."""
    with database.engine.connect() as connection:
        at = revision(connection)
    return at == ScriptDirectory.from_config(config_for(database)).get_current_head()
