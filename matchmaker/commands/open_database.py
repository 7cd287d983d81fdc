"""What every command that works on the installation begins with: its settings, and its database as it must be."""

import click

from matchmaker.commands.log import write_log
from matchmaker.settings import Settings, from_environment
from matchmaker.store import schema
from matchmaker.store.session import Database


def open_database(
    settings: Settings | None = None, *, bring_up_to_date: bool = False
) -> tuple[Settings, Database]:
    """Open the database that the environment describes; stop with words if it is not fit to be used.

    The embedded database is brought up to date on the way where `bring_up_to_date` is set. A PostgreSQL server,
    which others may be using at this moment, never is: `matchmaker upgrade` does that.
    """
    write_log()
    settings = settings or from_environment()
    database = Database(settings.database_url)
    try:
        if bring_up_to_date and database.is_sqlite:
            schema.upgrade(database)
        if not schema.is_current(database):
            raise click.ClickException("The database is not up to date. Run `matchmaker upgrade` first.")
    except BaseException:
        database.dispose()
        raise
    return settings, database
