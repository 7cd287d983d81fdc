"""Put on the list of an event whoever could not come to an earlier one and would like to be asked the next time."""

from matchmaker.services.event.pools import pool_of
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import next_time
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session


def waiting(session: Session, organiser: Person, event: Event) -> list[Person]:
    """Return who would like to be asked and is not on this event's list, by name, of events the organiser has."""
    rows = next_time.of_organiser(session, organiser.id, event)
    return list({row.person_id: row.person for row in rows}.values())


def put_on_list(session: Session, organiser: Person, event: Event) -> list[Registration]:
    """Register them all as invited, and return them. Nothing is sent; their wish is fulfilled and kept no longer."""
    events.lock(session, event.id)
    rows = next_time.of_organiser(session, organiser.id, event)
    new = {
        row.person_id: Registration(
            event_id=event.id, person=row.person, team=row.team,
            pool=pool_of(row.person.email, event.inside_domains),
        )
        for row in rows
    }  # fmt: skip
    for row in rows:
        row.ask_next_time = False
    session.add_all(new.values())
    session.flush()
    return list(new.values())
