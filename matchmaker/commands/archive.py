"""`matchmaker backup` and `matchmaker restore`: everything in one file, and back."""

from pathlib import Path

import click

from matchmaker.documents.counts import plural
from matchmaker.settings import from_environment
from matchmaker.store import archive
from matchmaker.store.session import Database


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything this installation keeps to FILE, a new zip. It holds personal data: keep it as such."""
    database = _database()
    try:
        count = archive.back_up(database, file)
    except archive.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.dispose()
    click.echo(f"{file} holds {plural(count, 'row')}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put everything of the backup FILE into an empty database: the one MATCHMAKER_DATABASE_URL names."""
    database = _database()
    try:
        count = archive.restore(database, file)
    except archive.ArchiveError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.dispose()
    click.echo(f"{plural(count, 'row is', 'rows are')} back.")


def _database() -> Database:
    return Database(from_environment().database_url)
