"""Asking by the clock, some weeks after an event, whether what people were stuck on is solved."""

from datetime import datetime

from matchmaker.services.people import ask_if_solved
from matchmaker.settings import Settings
from matchmaker.store.session import Database


def ask_if_it_is_solved(database: Database, settings: Settings, at: datetime) -> int:
    """Write the letters that are due and return how many; nothing is locked or written while none is."""
    with database.reading() as session:
        waiting = ask_if_solved.waiting(session, at.date())
    written = 0
    for event_id in waiting:
        with database.writing() as session:
            written += ask_if_solved.ask(
                session, event_id, lambda event: f"{settings.public_url}/events/{event.public_id}/solved", at
            )
    return written
