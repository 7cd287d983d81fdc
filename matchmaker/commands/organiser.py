"""`matchmaker organiser`: who may organise an event; the way the first organiser comes to be."""

import click

from matchmaker.commands.open_database import open_database
from matchmaker.intake.text import tidy
from matchmaker.intake.whole_names import as_said
from matchmaker.services.event import organisers
from matchmaker.services.refused import Refused


@click.group()
def organiser() -> None:
    """Say who organises an event."""


@organiser.command()
@click.argument("email")
@click.option("--name", required=True, help="Their name, as others read it.")
@click.option(
    "--event", "event_name", required=True, help="The event's name; it is made if there is none of this name."
)
@click.option(
    "--date",
    "held_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The event's day: for a new event, or where several have this name.",
)
def add(email: str, name: str, event_name: str, held_on: object) -> None:
    """Make EMAIL an organiser of an event, and make the event if it is new."""
    settings, database = open_database(bring_up_to_date=True)
    name = as_said(tidy(name))
    try:
        with database.writing() as session:
            made = organisers.add_organiser(session, email, name, event_name, organisers.as_date(held_on))
            message = f"{name} organises {made.name}, on {made.held_on:%-d %B %Y}."
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    finally:
        database.dispose()
    click.echo(message)
    click.echo(f"They sign in at {settings.public_url}/sign-in with {email.lower()}.")


@organiser.command("list")
def list_() -> None:
    """List the events and who organises them."""
    _settings, database = open_database(bring_up_to_date=True)
    try:
        with database.reading() as session:
            for made, people in organisers.all_organisers(session):
                names = ", ".join(f"{person.name} <{person.email}>" for person in people) or "nobody"
                click.echo(f"{made.held_on}  {made.name}: {names}")
    finally:
        database.dispose()
