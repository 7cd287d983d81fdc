"""Put a letter into the outbox, in the same transaction as the change it is about, and take it up to send it."""

from datetime import datetime, time, timedelta

from matchmaker.documents.mail import Letter
from matchmaker.store import mail
from matchmaker.store.event import events
from matchmaker.store.event.events import Event
from matchmaker.store.mail import SUBJECT_LONGEST, Mail
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

NEEDED = frozenset(
    {"sign-in code", "personal code used", "invitation", "place", "plan", "meeting off", "moderation"}
)
"""Kinds of letters that nobody can do without: to come in, to know when and where, and what was decided of them."""

PROMPT = frozenset({"place"})
"""Kinds of letters that wait for nothing: an offer of a place lapses."""
BETWEEN = timedelta(days=1)
"""From one letter about an event to the next, before its day."""
MORNING = time(6)


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


def take(session: Session, mail_id: int, at: datetime) -> list[Mail]:
    """Take a letter for sending, with those that go in one with it; none if it is taken, sent, or has to wait.

    Until the morning of an event, nobody gets more than one letter a day about it: what would be a second waits a
    day, and goes together with all that is due by then. Codes belong to no event, and wait for nothing.
    """
    letter = session.get(Mail, mail_id)
    event = events.by_id(session, letter.event_id) if letter is not None and letter.event_id else None
    if (
        letter is None
        or event is None
        or letter.person_id is None
        or letter.kind in PROMPT
        or at >= morning_of(event)
    ):
        alone = mail.claim(session, mail_id, at)
        return [alone] if alone else []
    if letter.due_at > at:
        return []  # it went back a moment ago, with the letter it was to go with
    # Of two workers with a letter each to the same reader, the second sees what the first has taken.
    registrations.hold(session, event.id, letter.person_id)
    last = mail.last_left(session, event.id, letter.person_id, at)
    if last is not None and at < last + BETWEEN:
        mail.wait(session, event.id, letter.person_id, at, min(last + BETWEEN, morning_of(event)))
        return []
    taken = (mail.claim(session, one, at) for one in mail.due_together(session, letter, at))
    return [one for one in taken if one is not None]


def morning_of(event: Event) -> datetime:
    """Return from when on nothing about an event can wait: the morning of its day, where it is held."""
    return datetime.combine(event.held_on, MORNING, event.tz)


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
    written = Mail(
        event_id=event_id,
        person_id=person.id,
        about_id=about.id if about else None,
        kind=kind,
        to=person.email,
        reply_to=reply_to,
        subject=letter.subject[:SUBJECT_LONGEST],
        body=letter.body,
    )
    session.add(written)
    return written
