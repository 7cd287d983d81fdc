"""`matchmaker upgrade`: bring the database up to the schema of this version."""

import click

from matchmaker.settings import from_environment
from matchmaker.store import schema
from matchmaker.store.session import Database


@click.command()
def upgrade() -> None:
    """Bring the database up to date. Safe to repeat; make a backup first."""
    database = Database(from_environment().database_url)
    try:
        schema.upgrade(database)
    finally:
        database.dispose()
    click.echo("The database is up to date.")
