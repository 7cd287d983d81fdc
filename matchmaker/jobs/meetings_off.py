"""Telling people by the clock that a meeting of theirs falls away, or takes place after all."""

from datetime import datetime

from matchmaker.services.plans import tell_partners
from matchmaker.settings import Settings
from matchmaker.store.session import Database


def tell_of_meetings_off(database: Database, settings: Settings, at: datetime) -> int:
    """Write the letters that are due and return how many; nothing is locked or written while there is no news."""
    with database.reading() as session:
        waiting = tell_partners.waiting(session, at)
    written = 0
    for event_id in waiting:
        with database.writing() as session:
            written += tell_partners.tell(
                session, event_id, lambda event: f"{settings.public_url}/events/{event.public_id}/day", at
            )
    return written
