"""`matchmaker setup`: ask five questions, or one on a laptop, and write the settings file."""

import secrets
from pathlib import Path

import click

from matchmaker.settings import SETTINGS_FILE, SettingsError, from_environment
from matchmaker.store.private_files import keep_private


@click.command()
@click.option(
    "--file", "path", type=click.Path(dir_okay=False, path_type=Path), default=SETTINGS_FILE, show_default=True,
    help="Where to write it.",
)  # fmt: skip
def setup(path: Path) -> None:
    """Ask five questions and write the settings file."""
    if path.exists():
        raise click.ClickException(f"{path} is there already. Change it, or move it away first.")
    address = click.prompt(
        "1. Which address will people type? (https://…, or nothing to use this computer alone, without mail)",
        default="", show_default=False,
    ).strip()  # fmt: skip
    if not address:
        _write(path, {"MATCHMAKER_SECRET_KEY": secrets.token_hex(32)})
        click.echo("Then `matchmaker serve`. Codes to sign in appear in its window; nobody else gets mail.")
        return
    mail_url = click.prompt("2. Which server sends mail? (smtp+starttls://user:password@host:587)").strip()
    mail_from = click.prompt("3. Which address do letters come from?").strip()
    database = click.prompt(
        "4. Which PostgreSQL database? (postgresql://user:password@host/name, or nothing for a file here)",
        default="", show_default=False,
    ).strip()  # fmt: skip
    proxies = click.prompt("5. How many proxies stand in front, such as nginx or Caddy?", type=int, default=1)
    said = {
        "MATCHMAKER_ENV": "production",
        "MATCHMAKER_SECRET_KEY": secrets.token_hex(32),
        "MATCHMAKER_PUBLIC_URL": address,
        "MATCHMAKER_MAIL_URL": mail_url,
        "MATCHMAKER_MAIL_FROM": mail_from,
        "MATCHMAKER_DATABASE_URL": database,
        "MATCHMAKER_TRUSTED_PROXIES": str(proxies),
    }
    try:
        from_environment(said)
    except SettingsError as error:
        raise click.ClickException(f"{error} Nothing was written.") from error
    _write(path, said)


def _write(path: Path, said: dict[str, str]) -> None:
    """Write the settings that say something, and what to do next."""
    keep_private(path)
    lines = [f"{name}={value}" for name, value in said.items() if value]
    path.write_text(
        "\n".join(["# Keep this file: without its key, everybody is signed out.", *lines, ""]), "utf-8"
    )
    click.echo(f"Wrote {path}, for your eyes alone. Next: `matchmaker upgrade`, then `matchmaker doctor`.")
