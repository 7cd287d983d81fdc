"""Invite people by email, with a printed code for each, or with a file for the department's own mailing tool."""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from matchmaker.documents.mail import Sender
from matchmaker.documents.people import place_mail
from matchmaker.documents.people.codes import CodeSheet, PrintedCode
from matchmaker.documents.people.place_mail import Invitation
from matchmaker.services.event.organisers import beyond, is_beyond
from matchmaker.services.outbox import post
from matchmaker.services.people.sealed_addresses import with_address
from matchmaker.services.sign_in_by_code import SignInContext, make_personal_codes, personal_code_ends
from matchmaker.store import mail
from matchmaker.store.event.events import Event
from matchmaker.store.people import guest_list, listed_people, people, sign_in_codes
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.listed_people import ListPart
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Session


class InvitationWay(enum.StrEnum):
    """How an invitation travels."""

    MAIL = "mail"
    PRINT = "print"
    FILE = "file"


class Invitees(enum.StrEnum):
    """Whom to invite."""

    NOT_INVITED = "not-invited"
    NO_ANSWER = "no-answer"
    NO_ADDRESS = "no-address"
    EVERYBODY = "everybody"


_INVITED = Registration.state == RegistrationState.INVITED
WHO: dict[Invitees, Condition] = {
    Invitees.NOT_INVITED: _INVITED & Registration.invited_at.is_(None),
    Invitees.NO_ANSWER: _INVITED & Registration.invited_at.is_not(None),
    Invitees.NO_ADDRESS: guest_list.coming() & guest_list.without_address(),
    Invitees.EVERYBODY: guest_list.coming(),
}
"""Audience → who of those on the list is in it."""

MAILED = (Invitees.NOT_INVITED, Invitees.NO_ANSWER)
"""Whom an invitation by mail makes sense for: nobody who has said yes is asked to come."""


@dataclass(frozen=True)
class Batch:
    """Who would be invited one way, who would be left out of it, and when the codes that would end were made.

    `whom` are the conditions that those who are reached meet.
    """

    whom: tuple[Condition, ...]
    reached: ListPart
    left_out: ListPart
    earlier_codes: Sequence[str] = ()


@dataclass(frozen=True)
class Addresses:
    """Where the links in an invitation lead: to sign in, and to sign in to see or erase one's data.

    Both get the address of whoever is invited, so that they need not type it, sealed with the installation's secret.
    """

    sign_in: str
    data: str
    secret_key: str


def batch(session: Session, event: Event, audience: Invitees, way: InvitationWay, organiser: Person) -> Batch:
    """Return who would be invited. By mail that needs an address.

    Codes are not made for people who may do what this organiser may not: see `organising.beyond`.
    """
    asked, by_mail = [WHO[audience]], way is InvitationWay.MAIL
    if by_mail and audience not in MAILED:
        return Batch((~guest_list.anybody(),), ListPart(), ListPart())
    barred = guest_list.without_address() if by_mail else is_beyond(session, organiser)
    reached, others = listed_people.parts(session, event.id, asked, [(barred, "left out")])
    whom = (*asked, ~barred)
    codes = [] if by_mail else sign_in_codes.made_at(session, event.id, whom)
    return Batch(whom, reached, others.get("left out", ListPart()), codes)


def by_mail(
    session: Session, event: Event, rows: Collection[Registration], addresses: Addresses, at: datetime
) -> int:
    """Write an invitation to all of these; return how many. They are sent after the commit."""
    for one in rows:
        letter = place_mail.invitation(invitation(event, one.person, addresses))
        post(session, letter, one.person, "invitation", event_id=event.id, reply_to=event.contact_email)
        one.invited_at = at
    session.flush()
    return len(rows)


def invitation(event: Event, person: Person, addresses: Addresses) -> Invitation:
    """Return what the invitation of one person says."""
    organisers = f"the organisers of {event.name}"
    by = event.host or event.contact_name or organisers
    keeps = f"{by} keeps your name and address for this event only, until {event.erase_on.day} {event.erase_on:%B %Y}"
    return Invitation(
        name=person.name,
        event=event.name,
        on=datetime.combine(event.held_on, time(12), event.tz),
        zone=event.tz,
        place=event.place or "a place that is still to be named",
        invited_by=by,
        basis=f"{organisers} put you on the list of people to invite. {keeps}",
        link=with_address(addresses.sign_in, addresses.secret_key, person.email),
        data_link=with_address(addresses.data, addresses.secret_key, person.email),
        sender=Sender(organisers, event.contact_email or event.contact_name or organisers),
        begins=event.begins,
    )


def send_again(session: Session, event: Event, organiser: Person, at: datetime) -> int:
    """Send again the letters of an event that were refused, to the address each person has now.

    Return how many. A letter to somebody with more rights than this organiser keeps the address it had.
    """
    refused = mail.refused(session, event.id)
    known = people.by_ids(session, [one.person_id for one in refused if one.person_id])
    barred = beyond(session, known, organiser)
    for letter in refused:
        person = known.get(letter.person_id or 0)
        if person is not None and person.email and person.id not in barred:
            letter.to = person.email
        letter.attempts, letter.problem, letter.claimed_at, letter.due_at = 0, "", None, at
    session.flush()
    return len(refused)


def with_codes(
    session: Session, desk: SignInContext, event: Event, batch: Batch, at: datetime
) -> list[PrintedCode]:
    """Make a personal code for everybody the batch reaches, ending earlier ones; they count as invited.

    Only this return value holds the codes.
    """
    made = []
    rows = guest_list.everybody(session, event.id, batch.whom)
    for one, code in zip(rows, make_personal_codes(session, desk, event, rows, at), strict=True):
        made.append(PrintedCode(one.person.name, one.person.organisation, code, one.person.email))
        if one.state is RegistrationState.INVITED and one.invited_at is None:
            one.invited_at = at
    session.flush()
    return made


def code_sheet(event: Event, address: str, at: datetime) -> CodeSheet:
    """Return what all codes made at `at` share; `address` is the page where they are typed."""
    return CodeSheet(event.name, address, personal_code_ends(event, at), at, event.tz)
