"""Ask for a place at an event with open registration: confirm the address by a code, then wait for an organiser."""

from datetime import datetime

from matchmaker.documents.mail import Sender
from matchmaker.documents.people.place_mail import code_to_ask
from matchmaker.services import sign_in_by_code
from matchmaker.services.event.pools import pool_of
from matchmaker.services.outbox import post_to
from matchmaker.services.people import coming, register_people
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.sign_in_by_code import SignInContext
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, registrations
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Session

_S = RegistrationState


def is_open(event: Event, at: datetime) -> bool:
    """Return whether anybody may ask for a place now: before the day of the event, if its organisers say so."""
    kept = event.erased_at is None and event.in_hall_since is None
    return event.open_registration and kept and at.astimezone(event.tz).date() < event.held_on


def mail_code(session: Session, desk: SignInContext, event: Event, email: str, at: datetime) -> str:
    """Mail a code to an address, whether it is known or not; return the seal that goes with it. Raises TooMany."""
    code, seal = sign_in_by_code.new_code_for(session, desk, email, at)
    sender = Sender(f"the organisers of {event.name}", event.contact_email)
    letter = code_to_ask(code, sign_in_by_code.CODE_MINUTES, event.name, sender)
    post_to(session, letter, email, "sign-in code", event=event, about=None)
    return seal


def ask(session: Session, event: Event, who: Newcomer, at: datetime) -> Registration:
    """Keep that somebody whose address is confirmed asks for a place, having read the notice.

    Whoever is known by the address stays who they are; whoever is on the list already stays as they are there,
    unless they had said no or had no place.
    """
    events.lock(session, event.id)
    email = register_people.clean_email(who.email)
    person = people.by_email(session, email)
    if person is None:
        person = Person(name=who.name, organisation=who.organisation, addresses=[Address(email=email)])
        session.add(person)
        session.flush()
    row = registrations.of_person(session, event.id, person.id)
    if row is None:
        row = Registration(event_id=event.id, person=person, state=_S.PENDING, asked_at=at)
        row.pool = pool_of(person.email, event.inside_domains)
        session.add(row)
        session.flush()
    elif row.state in (_S.DECLINED, _S.CANCELLED):
        register_people.move(session, row, _S.PENDING)
        row.asked_at = at
    coming.record(session, row, BasisKind.NOTICE, "\n\n".join(coming.notice(event)), at)
    return row
