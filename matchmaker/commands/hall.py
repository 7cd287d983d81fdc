"""`matchmaker hall`: run one event without internet, on a computer in the hall, and bring it back."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from matchmaker.commands.hall_folder import HallFolder, local_address
from matchmaker.commands.installation import open_installation
from matchmaker.documents.counts import plural
from matchmaker.services.event import run_in_hall
from matchmaker.settings import certificate_fingerprint
from matchmaker.store.event import hall_file
from matchmaker.store.event.hall_file import SHORTEST, HallFileError

FILE = click.Path(dir_okay=False, path_type=Path)
THERE = click.Path(exists=True, dir_okay=False, path_type=Path)
NAMED = {"ignore_unknown_options": True}
"""How a command takes an event that is named with something that begins with "-", as an address of earlier may."""
OPEN_HTTP = (
    "This is http: whoever is in the same network can read names, codes and answers as they travel. Use it only in a "
    "network of your own, with a password. Without --http it is https."
)


class HallCommands(click.Group):
    """Commands that say what is wrong with a file, or with when they are used, in one sentence."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what cannot be done ends it with words."""
        try:
            return super().invoke(ctx)
        except HallFileError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=HallCommands)
def hall() -> None:
    """Run one event without internet: take it out, open it in the hall, close it, bring it back."""


@hall.command("take-out", context_settings=NAMED)
@click.argument("event")
@click.argument("file", type=FILE)
def take_out(event: str, file: Path) -> None:
    """Write EVENT, by its name, to FILE, encrypted. Until it is brought back, it is read-only here."""
    passphrase = _new_passphrase()
    installation = open_installation()
    try:
        with installation.database.writing() as session:
            found, plain = run_in_hall.take_out(session, event, datetime.now(UTC))
            hall_file.write(file, plain, passphrase)
            name = found.name
    finally:
        installation.database.dispose()
    click.echo(
        f"{file} holds {name}. It is read-only here until you bring it back. On the computer in the hall: "
        f"`matchmaker hall open {file.name}`. Nobody can open it without the passphrase."
    )


@hall.command("open")
@click.argument("file", type=THERE)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("hall"), show_default=True,
    help="Where the event lives on this computer.",
)  # fmt: skip
@click.option(
    "--address", default="", help="How phones reach this computer, if not by the address it finds itself."
)
@click.option(
    "--port", type=click.IntRange(1024, 65535), default=5443, show_default=True, help="Where to listen."
)
@click.option("--http", "plain_http", is_flag=True, help="Without encryption, in a network of your own.")
@click.option("--no-serve", is_flag=True, help="Only make the folder.")
def open_(file: Path, folder: Path, address: str, port: int, *, plain_http: bool, no_serve: bool) -> None:
    """Run the event of FILE on this computer, for phones in the same network."""
    here = HallFolder(folder)
    if not here.holds(file):
        here.fill(file, click.prompt("Passphrase", hide_input=True))
    certificate = here.answer_at(address or local_address(), port, plain_http=plain_http)
    said = here.said()
    click.echo(f"Phones in this network open {said['MATCHMAKER_PUBLIC_URL']}")
    if certificate:
        click.echo(
            "Their browser warns once, as nobody outside vouches for this computer. The SHA-256 fingerprint of its "
            f"certificate is\n{certificate_fingerprint(folder)}"
        )
    else:
        click.echo(OPEN_HTTP, err=True)
    click.echo("Sign in with your address: codes appear here. The poster for the wall: The day → Poster.")
    if not no_serve:
        _serve(here, port, certificate)


def _serve(here: HallFolder, port: int, certificate: tuple[Path, Path] | None) -> None:
    from matchmaker.commands.serve import Server  # noqa: PLC0415 - the other commands need no web server

    # What this computer may serve at other times is none of the hall's business.
    for name in [name for name in os.environ if name.startswith("MATCHMAKER_")]:
        del os.environ[name]
    os.environ["MATCHMAKER_SETTINGS"] = str(here.settings.resolve())
    installation = open_installation()
    installation.database.dispose()
    Server(f"0.0.0.0:{port}", 1, 8, [], certificate).run()


@hall.command()
@click.argument("file", type=FILE)
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("hall"),
    show_default=True, help="Where the event lives on this computer.",
)  # fmt: skip
def close(file: Path, folder: Path) -> None:
    """Write what changed to FILE, encrypted with the same passphrase; from then on it is read-only here."""
    here = HallFolder(folder)
    if not here.settings.exists():
        raise HallFileError(f"No event was opened in {folder}. Say where with --folder.")
    passphrase = click.prompt("Passphrase with which it was taken out", hide_input=True)
    taken = hall_file.read(here.taken_out, passphrase, "out")
    database = here.database()
    try:
        with database.writing() as session:
            plain = run_in_hall.close(session, taken, here.said()["MATCHMAKER_PUBLIC_URL"], datetime.now(UTC))
            hall_file.write(file, plain, passphrase)
    finally:
        database.dispose()
    click.echo(
        f"{file} holds what changed. On the website's computer: `matchmaker hall bring-back {file.name}`. "
        f"Once that has worked, delete {folder}: it holds personal data."
    )


@hall.command("bring-back")
@click.argument("file", type=THERE)
def bring_back(file: Path) -> None:
    """Apply what changed in the hall, as FILE says it, and let the event be changed here again."""
    held = hall_file.read(file, click.prompt("Passphrase", hide_input=True), "back")
    installation = open_installation()
    try:
        with installation.database.writing() as session:
            report = run_in_hall.bring_back(session, held, installation.settings, datetime.now(UTC))
        installation.queue.announce(len(report.jobs))
    finally:
        installation.queue.close()
        installation.database.dispose()
    click.echo(
        f"{report.event} is back: {plural(report.new, 'row is', 'rows are')} new, {report.changed} changed, "
        f"{report.gone} gone. "
        "It can be changed here again."
    )
    for note in report.notes:
        click.echo(f"- {note}")
    click.echo(f"Delete {file} and the folder in the hall now: both hold personal data.")


@hall.command(context_settings=NAMED)
@click.argument("event")
@click.option("--yes", is_flag=True, help="Do not ask.")
def cancel(event: str, *, yes: bool) -> None:
    """Give up the copy of EVENT in the hall, with all that was changed there; it can be changed here again."""
    if not yes:
        click.confirm("What was changed in the hall can then not be brought back. Go on?", abort=True)
    installation = open_installation()
    try:
        with installation.database.writing() as session:
            name = run_in_hall.cancel(session, event, datetime.now(UTC)).name
    finally:
        installation.database.dispose()
    click.echo(f"{name} can be changed here again.")


def _new_passphrase() -> str:
    while True:
        ask = f"A passphrase of at least {SHORTEST} signs, such as four words"
        said: str = click.prompt(ask, hide_input=True, confirmation_prompt=True)
        if len(said) >= SHORTEST:
            return said
        click.echo(f"That has {len(said)} signs. Use at least {SHORTEST}.", err=True)
