"""The `matchmaker` command: one subcommand a file, each loaded only when it is asked for.

Loading a subcommand late keeps `matchmaker read` free of Flask, SQLAlchemy and scikit-learn, and makes
`matchmaker --help` answer at once.
"""

from importlib import import_module

import click

SUBCOMMANDS: dict[str, str] = {
    "assets": "matchmaker.commands.assets:assets",
    "backup": "matchmaker.commands.archive:backup",
    "check": "matchmaker.commands.check:check",
    "demo": "matchmaker.commands.demo:demo",
    "doctor": "matchmaker.commands.doctor:doctor",
    "migration": "matchmaker.commands.migration:migration",
    "organiser": "matchmaker.commands.organiser:organiser",
    "pair": "matchmaker.commands.pair:pair",
    "read": "matchmaker.commands.read:read",
    "restore": "matchmaker.commands.archive:restore",
    "serve": "matchmaker.commands.serve:serve",
    "suggest": "matchmaker.commands.suggest:suggest",
    "upgrade": "matchmaker.commands.upgrade:upgrade",
    "worker": "matchmaker.commands.worker:worker",
}
"""Name typed → where the click command lives, as `module:attribute`."""


class LazyGroup(click.Group):
    """A click group whose subcommands are imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands, in alphabetical order."""
        return sorted(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the subcommand called `cmd_name`, or None if there is none."""
        if cmd_name not in SUBCOMMANDS:
            return None
        module, attribute = SUBCOMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="matchmaker")
def main() -> None:
    """Run matchmaker: plan a day on which people who work on data meet."""


if __name__ == "__main__":
    main()
