"""The `matchmaker` command: one subcommand a file, each loaded only when it is asked for.

Loading a subcommand late keeps `matchmaker read` free of Flask, SQLAlchemy and scikit-learn, and makes
`matchmaker --help` answer at once.
"""

from importlib import import_module

import click

from matchmaker.commands.in_words import in_words

SUBCOMMANDS: dict[str, tuple[str, str]] = {
    "assets": ("matchmaker.commands.assets:assets", "Build and check the front-end files in static/vendor."),
    "backup": (
        "matchmaker.commands.archive:backup",
        "Write everything this installation keeps to FILE, a new zip.",
    ),
    "check": ("matchmaker.commands.check:check", "Check PLAN against every rule of PROBLEM."),
    "demo": (
        "matchmaker.commands.demo:demo",
        "Serve the demo event: invented people, real datasets, nothing to configure.",
    ),
    "doctor": (
        "matchmaker.commands.doctor:doctor",
        "Say what this installation is, and what would stop it from working.",
    ),
    "hall": (
        "matchmaker.commands.hall:hall",
        "Run one event without internet: take it out, open it in the hall, close...",
    ),
    "migration": (
        "matchmaker.commands.migration:migration",
        "Write a migration called NAME from the tables in the code.",
    ),
    "organiser": ("matchmaker.commands.organiser:organiser", "Say who organises an event."),
    "pair": ("matchmaker.commands.pair:pair", "Plan who meets whom, in which round and at which table."),
    "read": (
        "matchmaker.commands.read:read",
        "Show what an import would understand of FILE, as JSON Lines, keeping nothing.",
    ),
    "restore": (
        "matchmaker.commands.archive:restore",
        "Put everything of the backup FILE into an empty database: the one...",
    ),
    "serve": ("matchmaker.commands.serve:serve", "Answer pages until stopped."),
    "setup": ("matchmaker.commands.setup:setup", "Ask five questions and write the settings file."),
    "suggest": (
        "matchmaker.commands.suggest:suggest",
        "Say whom each person in PROFILES should meet, and why.",
    ),
    "upgrade": ("matchmaker.commands.upgrade:upgrade", "Bring the database up to date."),
    "worker": (
        "matchmaker.commands.worker:worker",
        "Do the work behind the pages: plans, suggestions, prints and mail.",
    ),
}
"""Name typed → where the click command lives, as `module:attribute`, and what the help says of it.

The words are the first of the command's own; to ask the commands would load them all.
"""


class LazyGroup(click.Group):
    """A click group whose subcommands are imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all subcommands, in alphabetical order."""
        return sorted(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the subcommand called `cmd_name`, or None if there is none."""
        if cmd_name not in SUBCOMMANDS:
            return None
        module, attribute = SUBCOMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what goes wrong in it ends it with words, and never with those of people."""
        with in_words():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUBCOMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="matchmaker")
def main() -> None:
    """Run matchmaker: plan a day on which people who work on data meet."""


if __name__ == "__main__":
    main()
