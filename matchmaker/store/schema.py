"""The whole schema in one import, and its migrations."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from matchmaker.store import (  # noqa: F401 - each import adds its tables to the metadata
    answers,
    basis,
    contributions,
    datasets,
    endorsements,
    events,
    exclusions,
    files,
    imports,
    jobs,
    mail,
    meanings,
    moderation,
    people,
    plans,
    publishers,
    registrations,
    signing_in,
    suggestions,
    topics,
    unclaimed,
)
from matchmaker.store.base import Base
from matchmaker.store.session import Database

metadata = Base.metadata


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("matchmaker.store") / "migrations"))
    config.attributes["engine"] = database.engine
    return config


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database's schema up to revision `to`; does nothing where it is there already."""
    command.upgrade(_config(database), to)


def downgrade(database: Database, to: str) -> None:
    """Take the database's schema back to revision `to` ("base" for none)."""
    command.downgrade(_config(database), to)


def revision(connection: Connection) -> str | None:
    """Return the revision of the schema that a connection finds; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(database: Database) -> bool:
    """Return whether the database's schema is the one this code was written for."""
    with database.engine.connect() as connection:
        at = revision(connection)
    return at == ScriptDirectory.from_config(_config(database)).get_current_head()
