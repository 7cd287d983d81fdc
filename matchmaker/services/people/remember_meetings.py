"""Remembering whom somebody met at an event: when, why, and what they say of it for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import why
from matchmaker.services.people import coming
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import encounters
from matchmaker.store.people.encounters import Encounter, Useful
from matchmaker.store.people.people import Person
from matchmaker.store.plans.plans import Meeting
from matchmaker.store.session import Session
from matchmaker.store.suggestions import answers


@dataclass(frozen=True)
class Met:
    """Somebody whom a reader met or may have met; `round` is None for an introduction that has no meeting.

    `said` is what the reader says of it, `theirs` what the other does, which is for nobody's eyes: it only tells
    whether both want to keep in touch.
    """

    person: Person
    round: Round | None
    table: int
    reasons: tuple[str, ...]
    said: Encounter | None
    theirs: Encounter | None

    @property
    def in_touch(self) -> bool:
        """Whether both give the other something."""
        return bool(self.said and self.theirs and self.said.shares and self.theirs.shares)

    @property
    def answered(self) -> bool:
        """Whether the reader has said how it was, and not only that it took place."""
        said = self.said
        if said is None:
            return False
        more = said.knew_before is not None or said.useful or said.next_step or said.shares
        return said.took_place is False or bool(more)


@dataclass(frozen=True)
class EncounterAnswers:
    """What somebody says of having met another, in whole; see `Encounter`."""

    took_place: bool | None
    knew_before: bool | None
    useful: Useful | None
    next_step: str
    shares: frozenset[str]


def met(
    session: Session, event: Event, reader: Person, at: datetime, meetings: Sequence[Meeting] | None = None
) -> list[Met]:
    """Return whom a reader met by now: by plan, in rounds that have begun, then by introduction alone.

    Nobody with whom a meeting could not take place, as on the page of their day: who was marked absent once the
    reader had said that they met is still among them. Nobody before the first round. A fixed number of queries; the
    reader's published meetings that can take place are not read again where they are given.
    """
    begun = {one.number: one for one in event.rounds if one.starts_at <= at}
    if not begun:
        return []
    words = encounters.of_person(session, event.id, reader.id)
    said = {one.other_id: one for one in words if one.person_id == reader.id}
    theirs = {one.person_id: one for one in words if one.other_id == reader.id}
    found: dict[int, Met] = {}
    planned = set()
    if meetings is None:
        meetings = coming.published_meetings(session, event.id, reader.id, begun=begun)
    for meeting in meetings:
        for other in (seat.person for seat in meeting.seats if seat.person_id != reader.id):
            planned.add(other.id)
            if round_ := begun.get(meeting.round_number):
                reasons = tuple(why(meeting.reasons(reader.id, other.id), first_name(other.name)))
                both = said.get(other.id), theirs.get(other.id)
                found[other.id] = Met(other, round_, meeting.table_number, reasons, *both)
    for other in answers.introduced_to(session, event.id, reader.id):
        if other.id not in planned:
            found[other.id] = Met(other, None, 0, (), said.get(other.id), theirs.get(other.id))
    return list(found.values())


def find(session: Session, event: Event, reader: Person, public_id: str, at: datetime) -> Met | None:
    """Return whom an address names, if the reader met them by now, as `met` has it."""
    return next((one for one in met(session, event, reader, at) if one.person.public_id == public_id), None)


def will_meet(session: Session, event: Event, reader: Person, public_id: str) -> bool:
    """Say whether an address names somebody whom the reader is to meet, later if not by now."""
    both = answers.introduced_to(session, event.id, reader.id)
    mine = coming.published_meetings(session, event.id, reader.id)
    seated = [seat.person for one in mine for seat in one.seats]
    return any(one.public_id == public_id for one in (*both, *seated) if one.id != reader.id)


def say(
    session: Session, event: Event, reader: Person, other: Person, took_place: bool, at: datetime
) -> Encounter:
    """Keep that a meeting took place, or did not: then nothing is given to the other any more."""
    row = row_of(session, event, reader, other)
    row.took_place, row.at = took_place, at
    if not took_place:
        row.share(())
    session.flush()
    return row


def keep(
    session: Session, event: Event, reader: Person, other: Person, said: EncounterAnswers, at: datetime
) -> Encounter:
    """Keep all that somebody says of having met another. The caller holds the registrations of both."""
    row = row_of(session, event, reader, other)
    row.took_place, row.knew_before, row.useful = said.took_place, said.knew_before, said.useful
    row.next_step, row.at = said.next_step, at
    row.share(said.shares if said.took_place is not False else ())
    session.flush()
    return row


def row_of(session: Session, event: Event, reader: Person, other: Person) -> Encounter:
    """Return the row of what a reader says of another, a new one if they have said nothing yet."""
    row = encounters.one(session, event.id, reader.id, other.id)
    if row is None:
        row = Encounter(event_id=event.id, person_id=reader.id, other_id=other.id)
        session.add(row)
    return row
