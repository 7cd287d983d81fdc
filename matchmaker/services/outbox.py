"""Put a letter into the outbox, in the same transaction as the change it is about."""

from matchmaker.documents.mail import Letter
from matchmaker.store.event.events import Event
from matchmaker.store.mail import SUBJECT_LONGEST, Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

NEEDED = frozenset(
    {"sign-in code", "personal code used", "invitation", "place", "plan", "meeting off", "moderation"}
)
"""Kinds of letters that nobody can do without: to come in, to know when and where, and what was decided of them."""


def post_to(
    session: Session, letter: Letter, email: str, kind: str, *, event: Event, about: Person | None
) -> None:
    """Write a letter to an address that belongs to nobody here. It is sent after the commit."""
    session.add(
        Mail(
            event_id=event.id,
            about_id=about.id if about else None,
            kind=kind,
            to=email,
            reply_to=event.contact_email,
            subject=letter.subject[:SUBJECT_LONGEST],
            body=letter.body,
        )
    )


def post(
    session: Session,
    letter: Letter,
    person: Person,
    kind: str,
    *,
    event_id: int | None = None,
    reply_to: str = "",
    about: Person | None = None,
) -> Mail | None:
    """Write a letter to a person; it is sent after the commit.

    None for somebody without an address, and for who wants only letters of the kinds that are `NEEDED`.
    `about` is somebody else whom the letter names: if they are erased, the letter goes with them.
    """
    if not person.email or (person.few_letters and kind not in NEEDED):
        return None
    mail = Mail(
        event_id=event_id,
        person_id=person.id,
        about_id=about.id if about else None,
        kind=kind,
        to=person.email,
        reply_to=reply_to,
        subject=letter.subject[:SUBJECT_LONGEST],
        body=letter.body,
    )
    session.add(mail)
    return mail
