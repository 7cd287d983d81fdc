"""`matchmaker setup`: ask five questions, or one on a laptop, and write the settings file."""

import secrets
from collections.abc import Callable
from pathlib import Path

import click

from matchmaker.setting_rules import RULES
from matchmaker.settings import SETTINGS_FILE
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
    address = _asked(
        "1. Which address will people type? (https://…, or nothing to use this computer alone, without mail)",
        "PUBLIC_URL", default="",
    )  # fmt: skip
    if not address:
        _write(path, {"MATCHMAKER_SECRET_KEY": secrets.token_hex(32)})
        click.echo("Codes to sign in appear in the window of `matchmaker serve`; nobody else gets mail.")
        return
    mail_url = _asked("2. Which server sends mail? (smtp+starttls://user:password@host:587)", "MAIL_URL")
    mail_from = _asked("3. Which address do letters come from?", "MAIL_FROM")
    database = _asked(
        "4. Which PostgreSQL database? (postgresql://user:password@host/name, or nothing for a file here)",
        "DATABASE_URL", default="",
    )  # fmt: skip
    proxies = _asked(
        "5. How many proxies stand in front, such as nginx or Caddy? [1]", "TRUSTED_PROXIES", default="1"
    )
    said = {
        "MATCHMAKER_ENV": "production",
        "MATCHMAKER_SECRET_KEY": secrets.token_hex(32),
        "MATCHMAKER_PUBLIC_URL": address,
        "MATCHMAKER_MAIL_URL": mail_url,
        "MATCHMAKER_MAIL_FROM": mail_from,
        "MATCHMAKER_DATABASE_URL": database,
        "MATCHMAKER_TRUSTED_PROXIES": proxies,
    }
    _write(path, said)


def _asked(question: str, name: str, default: str | None = None) -> str:
    """Ask until the answer can work as the setting called so; every rule of a start is asked here, too."""
    answer: str = click.prompt(
        question, default=default, show_default=False, value_proc=_checked(name, default)
    )
    return answer


def _checked(name: str, default: str | None) -> Callable[[str], str]:
    """Return what reads an answer to a question: nothing is the default, where there is one."""

    def check(answer: str) -> str:
        said = answer.strip()
        instead = RULES[name](said, True) if said or default is None else ""
        if instead:
            raise click.UsageError(f"That cannot work. Type {instead}.")
        return said or default or ""

    return check


def _write(path: Path, said: dict[str, str]) -> None:
    """Write the settings that say something, and what to do next."""
    keep_private(path)
    lines = [f"{name}={value}" for name, value in said.items() if value]
    path.write_text(
        "\n".join(["# Keep this file: without its key, everybody is signed out.", *lines, ""]), "utf-8"
    )
    click.echo(f"Wrote {path}, for your eyes alone.")
    click.echo(
        "Next: `matchmaker upgrade` makes the database, `matchmaker organiser add` the first event and its "
        "organiser, and `matchmaker serve` serves it. `matchmaker doctor` says what is missing."
    )
