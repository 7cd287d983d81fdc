"""Erasing: a person who asks, at once; and everybody of an event whose erase date has passed."""

from datetime import datetime

from matchmaker.store import erasing, events, files, registrations
from matchmaker.store.people import Person
from matchmaker.store.session import Session


class OnlyOrganiser(Exception):  # noqa: N818 - it is an answer, not a fault
    """The person is the only organiser of these events, which would be left to nobody."""

    def __init__(self, names: list[str]) -> None:
        """Name the events."""
        super().__init__(", ".join(names))
        self.names = names


def erase_person(session: Session, person: Person, *, keep_thanks: bool) -> list[int]:
    """Erase a person and all that hangs on them; return the ids of the events that lose an attendee.

    The thanks they gave stay without a name if `keep_thanks`; the thanks they received go. Their seats are
    taken out of every plan, so that no page shows their name, and the files made for their events go, as they
    may hold it. Raises OnlyOrganiser.
    """
    alone = events.organised_alone(session, person.id)
    if alone:
        raise OnlyOrganiser([event.name for event in alone])
    attended = sorted(one.event_id for one in registrations.events_of(session, person.id))
    for event_id in attended:
        # Lists that name them are not changed by others while they go.
        events.lock(session, event_id)
    files.remove_all(session, attended)
    erasing.remove_people(session, [person.id], keep_thanks=keep_thanks)
    return attended


def erase_past_events(session: Session, at: datetime) -> int:
    """Erase the personal data of every event whose erase date has passed; return how many events.

    Counts, and the name, day and programme of the event, are all that is left of it. People whom only this
    event knew go, with the credits they claimed or were given. Only where it made its labels public, those stay
    who agreed that this outlives it: with their name, what they accepted, and thanks between two such people.
    """
    past = events.past_erase_date(session, at.date())
    for event in past:
        event.counts = erasing.counts(session, event.id)
        event.erased_at = at
        event.wall_key = None
        session.flush()
        gone = erasing.nowhere_else(session, event.id)
        staying = erasing.named_in_public(session) if event.labels_public else set()
        erasing.remove_details(session, event.id, staying)
        erasing.remove_people(session, gone - staying, keep_thanks=False)
        erasing.strip_to_credits(session, gone & staying)
    return len(past)
