"""Introduce two people who both want to meet: an email to each, and one short note from each to the other."""

from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.mail import Sender
from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions import introduction_mail as letters
from matchmaker.documents.suggestions.introduction_mail import IntroductionNews, NoteNews
from matchmaker.documents.suggestions.reasons import why
from matchmaker.intake.text import tidy_lines
from matchmaker.services.outbox import post
from matchmaker.services.people import coming
from matchmaker.services.refused import Refused
from matchmaker.store import mail
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.plans import plans
from matchmaker.store.session import IntegrityError, Session
from matchmaker.store.suggestions import answers, introduction_notes, suggestions
from matchmaker.store.suggestions.introduction_notes import NOTE_LONGEST, IntroductionNote

INTRODUCED, NOTE = "introduction", "note"
"""Kinds of letters."""


@dataclass(frozen=True)
class Introduction:
    """What a reader is told about somebody, where each wants to meet the other.

    `meeting` is a sentence: when and where they meet, or what there is instead. `received` is None also while an
    organiser hides it.
    """

    other: Person
    reasons: tuple[str, ...]
    question: str
    meeting: str
    written: IntroductionNote | None
    received: IntroductionNote | None


def find(session: Session, event: Event, reader: Person, public_id: str, at: datetime) -> Introduction | None:
    """Return the introduction of a reader and whoever an address names; None unless both want to meet.

    None, too, while one of them does not come or anything keeps them apart: it looks as if it was never said.
    """
    both = answers.introduced_to(session, event.id, reader.id)
    other = next((one for one in both if one.public_id == public_id), None)
    if other is None:
        return None
    received = introduction_notes.one(session, event.id, other.id, reader.id)
    return Introduction(
        other,
        *_why(session, event, reader, other),
        meeting=_when(session, event, reader, other, at),
        written=introduction_notes.one(session, event.id, reader.id, other.id),
        received=received if received is not None and not received.moderated else None,
    )


def tell_both(
    session: Session, event: Event, one: Person, other: Person, links: tuple[str, str], at: datetime
) -> bool:
    """Write to two people that both want to meet, once ever; say whether both do, as things stand now.

    `links` lead to the page of each, in their order. The caller holds both registrations, so that of two who say it
    at the same moment the second sees the first.
    """
    if other.id not in {person.id for person in answers.introduced_to(session, event.id, one.id)}:
        return False
    if one.id not in {person.id for person in answers.introduced_to(session, event.id, other.id)}:
        return False
    for reader, about, link in ((one, other, links[0]), (other, one, links[1])):
        if mail.told(session, event.id, reader.id, about.id, INTRODUCED):
            continue
        reasons, question = _why(session, event, reader, about)
        letter = letters.introduced(
            IntroductionNews(
                reader.name,
                event.name,
                about.name,
                ", ".join(filter(None, (about.job_title, about.organisation))),
                reasons,
                question,
                _when(session, event, reader, about, at),
                link,
                _sender(event),
            )
        )
        post(
            session, letter, reader, INTRODUCED, event_id=event.id, reply_to=event.contact_email, about=about
        )
    return True


def write_note(
    session: Session,
    event: Event,
    writer: Person,
    introduction: Introduction,
    words: str,
    link: str,
    at: datetime,
) -> IntroductionNote:
    """Keep the one note that a writer may send to the person they are introduced to, and mail it.

    The same words again are the note that was sent, by whoever pressed twice. Raises Refused for no words, too many,
    or a second note.
    """
    words, reader = tidy_lines(words), introduction.other
    if not words:
        raise Refused("Write a few words first")
    if len(words) > NOTE_LONGEST:
        raise Refused(f"Your note must be {NOTE_LONGEST} characters or fewer. It has {len(words)}")
    if introduction.written is not None:
        return _same(introduction.written, words)
    note = IntroductionNote(
        event_id=event.id, writer_id=writer.id, reader_id=reader.id, words=words, written_at=at
    )
    try:
        with session.begin_nested():
            session.add(note)
    except IntegrityError:
        there = introduction_notes.one(session, event.id, writer.id, reader.id)
        if there is None:
            raise
        return _same(there, words)
    letter = letters.note_written(NoteNews(reader.name, event.name, writer.name, words, link, _sender(event)))
    post(session, letter, reader, NOTE, event_id=event.id, reply_to=event.contact_email, about=writer)
    return note


def _same(there: IntroductionNote, words: str) -> IntroductionNote:
    if there.words == words:
        return there
    raise Refused(f"You have written to {there.reader.name} already. It is one note from each of you")


def hold(session: Session, event_id: int, one_id: int, other_id: int) -> None:
    """Let nobody else answer for either of two people until the transaction ends."""
    registrations.hold(session, event_id, one_id, other_id)


def _sender(event: Event) -> Sender:
    return Sender(f"the organisers of {event.name}", event.contact_email or event.contact_name)


def _why(session: Session, event: Event, reader: Person, other: Person) -> tuple[tuple[str, ...], str]:
    """Return the reasons in sentences and the question to begin with, as the reader's own list has them."""
    found = suggestions.visible(session, event.id, reader.id, other.id)
    if found is None:
        return (), ""
    return tuple(why(found.reasons, first_name(other.name))), found.opening


def _when(session: Session, event: Event, reader: Person, other: Person, at: datetime) -> str:
    over = event.is_over(at)
    if plans.published_id(session, event.id) is None:
        return "No meeting was planned." if over else "The organisers place you together if they can."
    for one in coming.published_meetings(session, event.id, reader.id):
        told = coming.appointment(event, one, at)
        if told and any(seat.person_id == other.id for seat in one.seats):
            return str(told)
    if over:
        return "The plan had no meeting for the two of you."
    return "The plan has no meeting for the two of you. You can still say hello in a break."
