"""Passing offers of a place on by the clock, when nobody has answered them."""

from datetime import datetime

from matchmaker.services.event import places
from matchmaker.settings import Settings
from matchmaker.store.people import places as rows
from matchmaker.store.session import Database


def pass_offers_on(database: Database, settings: Settings, at: datetime) -> int:
    """Offer places whose offer ran out to the next; return how many. Nothing is written while none has."""
    with database.reading() as session:
        waiting = rows.events_with_lapsed(session, at)
    offered = 0
    for event_id in waiting:
        with database.writing() as session:
            offered += places.pass_on(
                session, event_id, lambda event: f"{settings.public_url}/events/{event.public_id}/", at
            )
    return offered
