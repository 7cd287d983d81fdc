"""Having everybody's suggestions worked out again after somebody said something new of their work."""

from datetime import UTC, datetime

from matchmaker.services import suggesting
from matchmaker.store import events, registrations
from matchmaker.store.registrations import COMING
from matchmaker.web.account import me
from matchmaker.web.transaction import session, start


def work_out_again() -> None:
    """Ask for the lists of every coming event at which the signed-in person is suggested."""
    today = datetime.now(UTC).date()
    for registration in registrations.events_of(session(), me().id):
        event = events.by_id(session(), registration.event_id)
        if event and event.held_on >= today and registration.state in COMING and registration.suggestible:
            start(suggesting.ask_anew(session(), event.id, me().id))
