"""Checking in: who is here and who is not. Saying the same again changes nothing, so the first time stands."""

from datetime import datetime

from matchmaker.services.people import register_people
from matchmaker.store.people import presence as presences
from matchmaker.store.people.registrations import COMING, Presence, Registration, RegistrationState
from matchmaker.store.session import Session


def mark(session: Session, registration: Registration, presence: Presence, at: datetime) -> bool:
    """Record that somebody is here, is absent, or is only expected (which undoes); return whether it is news.

    Somebody who had said no and is here all the same is confirmed. Raises registering.Refused if that cannot be.
    """
    if presence is Presence.HERE and registration.state not in COMING:
        register_people.move(session, registration, RegistrationState.CONFIRMED)
    time_kept = None if presence is Presence.EXPECTED else at
    return presences.put(session, registration, presence, time_kept)
