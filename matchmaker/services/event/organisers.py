"""Who organises an event, helps at its desk or may look at it; and making an event for its first organiser."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from matchmaker.intake.text import tidy
from matchmaker.services.refused import Refused
from matchmaker.store.event import event_roles, events
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.store.people import guest_list, people, registrations, sign_in_codes, sign_ins
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.people import Address, Person
from matchmaker.store.session import Session

KEPT_AFTER = timedelta(days=92)
"""How long after its day a new event's erase date is, until the organiser sets another."""


LONGEST = 200
"""Characters of a name."""


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
    people.write_out(person, address)
    return person


def add_organiser(
    session: Session, email: str, name: str, event_name: str, held_on: date | None = None
) -> Event:
    """Make a person, new or known, an organiser of the event of this name, on `held_on` if it is given.

    Safe to repeat. Where there is none it is made, which needs `held_on`: the event of another day that has the same
    name, as each year's may, is another one. Raises Refused without it, for a bad address, an empty name, and where
    several events have the name.
    """
    name, event_name = tidy(name), tidy(event_name)
    if not (0 < len(name) <= LONGEST and 0 < len(event_name) <= LONGEST):
        raise Refused(f"Give the person and the event a name, of at most {LONGEST} characters each.")
    person = find_or_add_person(session, email, name)
    called = [one for one in events.all_events(session) if tidy(one.name).casefold() == event_name.casefold()]
    meant = [one for one in called if held_on in (None, one.held_on)]
    if len(meant) > 1:
        days = ", ".join(sorted(f"{one.held_on}" for one in meant))
        raise Refused(f"There are {len(meant)} events called {event_name}. Add --date to say which: {days}.")
    event = meant[0] if meant else None
    if event is None:
        if held_on is None:
            raise Refused(f"There is no event called {event_name} yet. Add --date YYYY-MM-DD to make it.")
        event = Event(name=event_name, held_on=held_on, erase_on=held_on + KEPT_AFTER, contact_name=name)
        event.contact_email = person.email
        session.add(event)
        session.flush()
    give_role(session, event, person, EventRole.ORGANISER)
    return event


def add_to(session: Session, event: Event, email: str, name: str, role: EventRole) -> tuple[Person, bool]:
    """Give the person at this address, or a new one of this name, a role at an event; say whether that is news.

    Raises Refused for a bad address, or if the event would be without an organiser.
    """
    person = find_or_add_person(session, email, name)
    return person, give_role(session, event, person, role)


def give_role(session: Session, event: Event, person: Person, role: EventRole) -> bool:
    """Give somebody a role at an event in place of the one they had; return whether that is news.

    Their browsers and codes of the time when they could do less end. Raises Refused for the last organiser.
    """
    events.lock(session, event.id)
    before = event_roles.role_at(session, person.id, event.id)
    if before is role:
        return False
    if before is EventRole.ORGANISER:
        _need_another_organiser(session, event, person)
    else:
        sign_in_codes.end_personal_codes(session, person.id)
        sign_ins.end_all(session, [person.id])
    event_roles.put_role(session, event.id, person.id, role)
    return True


def dismiss(session: Session, event: Event, person: Person) -> None:
    """Take somebody's role at an event away. Raises Refused for the last organiser."""
    events.lock(session, event.id)
    _need_another_organiser(session, event, person)
    event_roles.remove_organiser(session, event.id, person.id)


def _need_another_organiser(session: Session, event: Event, person: Person) -> None:
    if [one.id for one in event_roles.organisers(session, event.id)] == [person.id]:
        raise Refused("An event needs an organiser. Add somebody else first")


def all_organisers(session: Session) -> list[tuple[Event, list[Person]]]:
    """Return every event with who organises it, the latest event first."""
    return [(event, event_roles.organisers(session, event.id)) for event in events.all_events(session)]


def beyond(session: Session, person_ids: Collection[int], organiser: Person) -> set[int]:
    """Return those of these people whose ways to sign in this organiser, or helper, must not touch: two queries."""
    return people.who_of(session, person_ids, is_beyond(session, organiser))


def is_beyond(session: Session, organiser: Person) -> Condition:
    """Return the condition that this organiser, or helper, must not touch somebody's ways to sign in. One query.

    Whoever can give somebody a code or an address can act as them. So they may not do that for the owner of the
    installation, for people with a role at an event that they do not organise, nor for people registered at an
    event that they neither organise nor help at.
    """
    if organiser.is_owner:
        return ~guest_list.anybody()
    barred: Condition = Person.is_owner.is_(True)
    if event_roles.any_not_organised(session, organiser.id):
        barred |= event_roles.has_role_elsewhere(organiser.id) | registrations.attends_elsewhere(organiser.id)
    return barred & (Person.id != organiser.id)


def contact(event: Event) -> str:
    """Return whom to write to about an event, with the address if there is one."""
    who = event.contact_name or "the organisers"
    return f"{who} ({event.contact_email})" if event.contact_email else who
