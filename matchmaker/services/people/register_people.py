"""Register people: add somebody to an event, change what is known about them, and move their registration on."""

from dataclasses import dataclass
from datetime import time

from email_validator import EmailNotValidError, validate_email

from matchmaker.services.event.pools import pool_of
from matchmaker.services.refused import Refused
from matchmaker.store.base import normalised, now
from matchmaker.store.event import events, hall
from matchmaker.store.event.events import Event
from matchmaker.store.people import listed_people, people, registrations, sign_in_codes, sign_ins
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import (
    COMING,
    REGISTRATION_MOVES,
    Pool,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import IntegrityError, Session
from matchmaker.store.suggestions import suggestions


class AlreadyThere(Refused):
    """The person is registered at this event already, as `registration`."""

    def __init__(self, registration: Registration, words: str) -> None:
        """Keep the registration that is in the way."""
        super().__init__(words)
        self.registration = registration


class NoSuchTable(Refused):
    """The hall has no such table."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added; everything but the name may be empty."""

    name: str
    email: str = ""
    organisation: str = ""
    job_title: str = ""
    team: str = ""


@dataclass(frozen=True)
class RegistrationChanges:
    """What an organiser may change of a registration and its person; `pool` None means: as the domains say."""

    name: str
    organisation: str
    job_title: str
    emails: tuple[str, ...]
    team: str
    bio: str
    offers: str
    needs: str
    arrives: time | None
    leaves: time | None
    step_free: bool
    quiet: bool
    fixed_table: int | None
    large_print: bool
    access_needs: str
    diet: str
    trio_ok: bool
    most_meetings: int | None
    meetings_in_a_row: int | None
    helper: str
    pool: Pool | None
    pool_reason: str


def add(session: Session, event: Event, new: Newcomer, *, namesake_is_fine: bool = False) -> Registration:
    """Register somebody as invited. Somebody whose address is known stays who they are.

    Raises AlreadyThere for a person who is registered, or, unless `namesake_is_fine`, for one without an
    address who has the name and organisation of one who is; Refused for a bad address.
    """
    email = clean_email(new.email) if new.email else ""
    events.lock(session, event.id)
    person = people.by_email(session, email) if email else None
    if person is not None:
        there = registrations.of_person(session, event.id, person.id)
        if there is not None:
            raise AlreadyThere(there, f"{person.name} is on the list with this address already")
        people.write_out(person, email)
    elif not namesake_is_fine:
        _look_for_namesake(session, event, new)
    if person is None:
        person = Person(name=new.name, organisation=new.organisation, job_title=new.job_title)
        person.addresses = [Address(email=email)] if email else []
    registration = Registration(event_id=event.id, person=person, team=new.team)
    registration.pool = pool_of(person.email, event.inside_domains)
    try:
        with session.begin_nested():
            session.add(registration)
    except IntegrityError:
        raise Refused("Somebody with this address was added at the same moment. Look at the list") from None
    return registration


def name_stays(typed: str, person: Person) -> str:
    """Return what to tell whoever typed a name with an address of somebody who is called otherwise; else ""."""
    if normalised(typed) == normalised(person.name):
        return ""
    return (
        f"This address is {person.name}’s. The name stays. If {typed} is somebody else, give them an address of "
        "their own."
    )


def _look_for_namesake(session: Session, event: Event, new: Newcomer) -> None:
    there = listed_people.namesake(session, event.id, new.name, new.organisation)
    if there is not None:
        who = there.person
        where = f" of {who.organisation}" if who.organisation else ""
        words = f"{who.name}{where} is on the list already. If this is somebody else, say so below"
        raise AlreadyThere(there, words)


def change(session: Session, event: Event, registration: Registration, wanted: RegistrationChanges) -> bool:
    """Change a registration and its person; return whether suggestions must be worked out again.

    Raises NoSuchTable, or Refused for an address that is bad or somebody else's.
    """
    person = registration.person
    table = wanted.fixed_table
    if table not in (None, registration.fixed_table) and not _in_hall(session, event, table):
        raise NoSuchTable(f"There is no table {table} in the hall. Choose another, or add it first")
    before = _matched_on(registration)
    set_addresses(session, person, wanted.emails)
    person.name, person.organisation, person.job_title = wanted.name, wanted.organisation, wanted.job_title
    for name in (
        "team", "bio", "offers", "needs", "arrives", "leaves",
        "step_free", "quiet", "large_print", "access_needs", "diet", "fixed_table", "trio_ok",
        "most_meetings", "meetings_in_a_row", "helper",
    ):  # fmt: skip
        setattr(registration, name, getattr(wanted, name))
    registration.pool = wanted.pool or pool_of(person.email, event.inside_domains)
    registration.pool_reason = wanted.pool_reason if wanted.pool else ""
    session.flush()
    return registration.state in COMING and _matched_on(registration) != before


def _in_hall(session: Session, event: Event, table: int | None) -> bool:
    return table is not None and hall.table_numbered(session, event.id, table) is not None


def _matched_on(registration: Registration) -> tuple[str, ...]:
    one = registration
    return (one.person.organisation, one.team, one.bio, one.offers, one.needs)


def set_addresses(session: Session, person: Person, emails: tuple[str, ...]) -> None:
    """Give a person these addresses, the first being the one that gets mail.

    One that is taken away opens nothing any more: its code goes, and its owner is signed out everywhere.
    Raises Refused for an address that is bad or somebody else's.
    """
    wanted = list(dict.fromkeys(clean_email(one) for one in emails if one.strip()))
    have = {one.email: one for one in person.addresses}
    for email in wanted:
        owner = people.by_email(session, email)
        if owner is not None and owner.id != person.id:
            raise Refused(
                f"{email} is the address of {owner.name}. If the two are one person, merge them instead"
            )
    for email in have.keys() - wanted:
        person.addresses.remove(have[email])
        sign_in_codes.forget_mailed_code(session, email)
        sign_ins.end_all(session, [person.id])
    for email in wanted:
        if email not in have:
            have[email] = Address(email=email)
            person.addresses.append(have[email])
    for position, email in enumerate(wanted):
        have[email].position = position
    session.flush()
    session.expire(person, ["addresses"])


def clean_email(typed: str) -> str:
    """Return an address as it is kept, lower case; raises Refused if it cannot be one."""
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Refused(f"{typed.strip()} is not an email address. Enter it like name@example.gov.uk") from None


def move(session: Session, registration: Registration, state: RegistrationState) -> bool:
    """Take a registration to another state; return whether suggestions must be worked out again.

    Staying put changes nothing. Raises Refused for a move that `REGISTRATION_MOVES` does not have.
    """
    before = registration.state
    if state is before:
        return False
    if state not in REGISTRATION_MOVES[before]:
        raise Refused("Their registration has changed since you opened the page. Look at it again")
    registration.state = state
    if state is RegistrationState.WAITING and registration.asked_at is None:
        registration.asked_at = now()
    if before in COMING and state not in COMING:
        suggestions.remove_person(session, registration.event_id, registration.person_id)
    session.flush()
    return (before in COMING) != (state in COMING)
