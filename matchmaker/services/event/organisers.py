"""Who organises an event; and making an event for its first organiser."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, Organiser
from matchmaker.store.people import people, registrations, sign_in_codes, sign_ins
from matchmaker.store.people.people import Address, Person
from matchmaker.store.session import Session

KEPT_AFTER = timedelta(days=92)
"""How long after its day a new event's erase date is, until the organiser sets another."""


def as_date(moment: object) -> date | None:
    """Return the day of a date and time typed on the command line, or None."""
    return moment.date() if isinstance(moment, datetime) else None


def find_or_add_person(session: Session, email: str, name: str) -> Person:
    """Return the person at this address, or a new one of this name; raises Refused for a bad address."""
    try:
        address = validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Refused(f"{email} is not an email address: {error}") from error
    person = people.by_email(session, address)
    if person is None:
        person = Person(name=name, addresses=[Address(email=address)])
        session.add(person)
        session.flush()
    return person


def add_organiser(
    session: Session, email: str, name: str, event_name: str, held_on: date | None = None
) -> Event:
    """Make a person, new or known, an organiser of the event of this name; safe to repeat.

    A new event needs `held_on`; raises Refused without it, or for a bad address.
    """
    person = find_or_add_person(session, email, name)
    event = next((one for one in events.all_events(session) if one.name == event_name), None)
    if event is None:
        if held_on is None:
            raise Refused(f"There is no event called {event_name} yet. Add --date YYYY-MM-DD to make it.")
        event = Event(name=event_name, held_on=held_on, erase_on=held_on + KEPT_AFTER, contact_name=name)
        event.contact_email = person.email
        session.add(event)
        session.flush()
    _promote(session, event, person)
    return event


def appoint(session: Session, event: Event, person: Person) -> bool:
    """Make somebody an organiser of an event; return whether they were not one before."""
    if events.organises(session, person.id, event.id):
        return False
    session.add(Organiser(event_id=event.id, person_id=person.id))
    session.flush()
    return True


def add_to(session: Session, event: Event, email: str, name: str) -> tuple[Person, bool]:
    """Make the person at this address, or a new one of this name, an organiser; say whether they were not one before.

    Their browsers and codes of the time when they could do less end. Raises Refused for a bad address.
    """
    person = find_or_add_person(session, email, name)
    return person, _promote(session, event, person)


def _promote(session: Session, event: Event, person: Person) -> bool:
    """Make somebody an organiser, and end what let them in when they could do less; return whether that is news."""
    if not appoint(session, event, person):
        return False
    sign_in_codes.end_personal_codes(session, person.id)
    sign_ins.end_all(session, [person.id])
    session.flush()
    return True


def dismiss(session: Session, event: Event, person: Person) -> None:
    """Remove somebody from an event's organisers. Raises Refused for the last one."""
    events.lock(session, event.id)
    organisers = events.organisers(session, event.id)
    if [one.id for one in organisers] == [person.id]:
        raise Refused("An event needs an organiser. Add somebody else first")
    events.remove_organiser(session, event.id, person.id)


def all_organisers(session: Session) -> list[tuple[Event, list[Person]]]:
    """Return every event with who organises it, the latest event first."""
    return [(event, events.organisers(session, event.id)) for event in events.all_events(session)]


def beyond(session: Session, person_ids: Collection[int], organiser: Person) -> set[int]:
    """Return those of these people whose ways to sign in this organiser must not touch.

    Whoever can give somebody a code or an address can act as them. So an organiser may not do that for the
    owner of the installation, nor for people who organise, or are registered at, an event that they do not
    organise themselves.
    """
    if organiser.is_owner:
        return set()
    owners = {one.id for one in people.by_ids(session, person_ids).values() if one.is_owner}
    organising = events.organised_elsewhere(session, person_ids, organiser.id)
    attending = registrations.attending_elsewhere(session, person_ids, organiser.id)
    return (owners | organising | attending) - {organiser.id}


def contact(event: Event) -> str:
    """Return whom to write to about an event, with the address if there is one."""
    who = event.contact_name or "the organisers"
    return f"{who} ({event.contact_email})" if event.contact_email else who
