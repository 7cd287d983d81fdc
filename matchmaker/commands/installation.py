"""What a command that asks for work starts from: the settings of the installation, its database, its queue."""

from dataclasses import dataclass

from matchmaker.commands.open_database import open_database
from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings
from matchmaker.store.session import Database


@dataclass(frozen=True)
class Installation:
    """Settings, and the database and queue they name."""

    settings: Settings
    database: Database
    queue: Queue


def open_installation(settings: Settings | None = None, *, bring_up_to_date: bool = False) -> Installation:
    """Open the installation that the environment describes, as `open_database` does, with its queue."""
    settings, database = open_database(settings, bring_up_to_date=bring_up_to_date)
    return Installation(settings, database, Queue(settings, database))
