"""Agree to be shown more widely: on the screen in the hall, and on public labels. Nobody is unless they say so."""

from datetime import datetime

from matchmaker.services.people import erase_people
from matchmaker.services.people.coming import record
from matchmaker.store.event import event_roles
from matchmaker.store.people import registrations
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session, hold

SCREEN = "Thanks that I gave or accepted at this event may be shown on the screen in the hall."
NO_SCREEN = "Nothing that I gave or accepted may be shown on the screen in the hall any more."
PUBLIC = (
    "If the organisers make labels public, anybody may read there what I did for datasets, as far as I accepted"
    " it, and thanks that I gave and accepted. This may stay when the event's data is erased, and then my name,"
    " my organisation and my email address stay with it until I take this back."
)
NOT_PUBLIC = "I do not want to be named on public labels any more."


def choose_screen(session: Session, registration: Registration, agrees: bool, at: datetime) -> None:
    """Keep whether somebody may be on the hall's screen, and record the words; saying it again changes nothing."""
    # Of two presses at once the second sees what the first has kept.
    hold(session, registration)
    if registration.on_screen is agrees:
        return
    registration.on_screen = agrees
    kind = BasisKind.CONSENT if agrees else BasisKind.WITHDRAWAL
    record(session, registration, kind, SCREEN if agrees else NO_SCREEN, at)


def choose_public(session: Session, registration: Registration, agrees: bool, at: datetime) -> None:
    """Keep whether somebody may be named on public labels, and record the words, like `choose_screen`."""
    person = registration.person
    hold(session, person)
    if (person.public_since is not None) is agrees:
        return
    person.public_since = at if agrees else None
    kind = BasisKind.CONSENT if agrees else BasisKind.WITHDRAWAL
    record(session, registration, kind, PUBLIC if agrees else NOT_PUBLIC, at)


def take_back(session: Session, person: Person, at: datetime) -> bool:
    """Take somebody off public labels at once; return whether this erased them.

    That is so if no event keeps them any more: their word was the only ground on which they were still here.
    """
    there = registrations.events_of(session, person.id)
    for row in there:
        choose_public(session, row, False, at)
    person.public_since = None
    session.flush()
    if there or person.is_owner or event_roles.roles_of(session, person.id):
        return False
    erase_people.erase_person(session, person, keep_thanks=False)
    return True
