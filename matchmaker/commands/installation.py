"""What a command that works on the installation starts from: its settings, its database, its queue."""

from dataclasses import dataclass

import click

from matchmaker.commands.log import write_log
from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings, SettingsError, from_environment
from matchmaker.store import schema
from matchmaker.store.session import Database


@dataclass(frozen=True)
class Installation:
    """Settings, and the database and queue they name."""

    settings: Settings
    database: Database
    queue: Queue


def open_installation(settings: Settings | None = None, *, bring_up_to_date: bool = False) -> Installation:
    """Open the installation that the environment describes; stop with words if it is not fit to run.

    The embedded database is brought up to date on the way where `bring_up_to_date` is set. A PostgreSQL server,
    which others may be using at this moment, never is: `matchmaker upgrade` does that.
    """
    write_log()
    try:
        settings = settings or from_environment()
        database = Database(settings.database_url)
        if bring_up_to_date and database.is_sqlite:
            schema.upgrade(database)
        if not schema.is_current(database):
            raise click.ClickException("The database is not up to date. Run `matchmaker upgrade` first.")
        return Installation(settings, database, Queue(settings, database))
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
