"""Putting a letter into the outbox, in the transaction of the change it tells of."""

from matchmaker.documents.mail import Letter
from matchmaker.store.mail import Mail
from matchmaker.store.people import Person
from matchmaker.store.session import Session


def post(
    session: Session,
    letter: Letter,
    person: Person,
    kind: str,
    *,
    event_id: int | None = None,
    reply_to: str = "",
    secret: bool = False,
) -> Mail | None:
    """Write a letter to a person; None for somebody without an address. It is sent after the commit."""
    if not person.email:
        return None
    mail = Mail(
        event_id=event_id,
        person_id=person.id,
        kind=kind,
        to=person.email,
        reply_to=reply_to,
        subject=letter.subject,
        body=letter.body,
        secret=secret,
    )
    session.add(mail)
    return mail
