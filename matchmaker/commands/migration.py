"""`matchmaker migration NAME`: for developers, write the migration that a change to the tables needs."""

import click

from matchmaker.store.migration_draft import NothingChanged, draft


@click.command()
@click.argument("name")
def migration(name: str) -> None:
    """Write a migration called NAME from the tables in the code. Read it before you keep it."""
    try:
        path = draft(name)
    except NothingChanged as nothing:
        raise click.ClickException(
            "The migrations already make these tables, so there is nothing to write."
        ) from nothing
    click.echo(f"Wrote {path}. Read it, then run the tests of the store.")
