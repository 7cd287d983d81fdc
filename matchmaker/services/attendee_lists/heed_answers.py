"""What a list says of the coming of people who are here already: asked of the organiser, never done by itself.

A list that says “Declined” of somebody who said yes here may be older than their yes, or newer. So the preview asks
of each, and only who is ticked there leaves, on the organiser's word, which is recorded with them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matchmaker.intake.attendees import AttendeeFile
from matchmaker.services.attendee_lists.judge_rows import Verdict
from matchmaker.services.attendee_lists.recall_people import GONE, know, person_of
from matchmaker.services.people import coming
from matchmaker.store.event.events import Event
from matchmaker.store.people import basis
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.registrations import COMING, Registration, RegistrationState
from matchmaker.store.session import Session
from matchmaker.store.suggestions import suggestions

DOUBTFUL = ("not-confirmed", "status")
"""Kinds of notes about whoever may come or not, which say how somebody new is read."""
_STANDS = {
    RegistrationState.INVITED: "has not answered here",
    RegistrationState.PENDING: "has asked for a place here",
    RegistrationState.OFFERED: "has the offer of a place here",
    RegistrationState.WAITING: "waits for a place here",
    RegistrationState.CONFIRMED: "is down as coming here",
}
_SAID_YES = "said here themselves that they come"


@dataclass(frozen=True)
class SaidOtherwise:
    """That a line of a list says by `word` that somebody who is here does not come, or may not.

    `stands` is what holds of them here, as the end of a sentence.
    """

    line: int
    word: str
    registration: Registration
    stands: str


def said_otherwise(session: Session, event: Event, file: AttendeeFile) -> list[SaidOtherwise]:
    """Return of whom a list says no, or says maybe although they are down as coming here, by line.

    Whoever also has a line that is read without doubt is not among them: they booked again. The number of
    queries does not grow with the list.
    """
    maybe = {note.line: note.value for note in file.notes if note.kind == "not-confirmed"}
    said = [*file.declines, *((row, maybe[row.line]) for row in file.rows if row.line in maybe)]
    known = know(session, event, [row for row, _ in said])
    sure = [row for row in file.rows if row.line not in maybe]
    again = {(row.email or row.name.casefold()) for row in sure}
    found: list[tuple[int, str, Registration]] = []
    for row, word in said:
        person = person_of(row, known)
        held = known.at_event.get(person.id) if person else None
        if held is None or held.state in GONE or (row.email or row.name.casefold()) in again:
            continue
        if row.line not in maybe or held.state is RegistrationState.CONFIRMED:
            found.append((row.line, word, held))
    own = basis.who_has(session, [held.id for _, _, held in found], BasisKind.NOTICE)
    return [
        SaidOtherwise(line, word, held, _stands(held, own)) for line, word, held in sorted(found, key=_line)
    ]


def as_it_stands(file: AttendeeFile, verdicts: Sequence[Verdict]) -> AttendeeFile:
    """Return the list with what it says of doubtful answers put right for those whose answer here stays."""
    answered = {
        one.row.line
        for one in verdicts
        if one.registration is not None and one.registration.state is not RegistrationState.INVITED
    }
    notes = (
        replace(note, text=f"The list says “{note.value}”. Their answer here stays as it is.")
        if note.kind in DOUBTFUL and note.line in answered
        else note
        for note in file.notes
    )
    return replace(file, notes=tuple(notes))


def let_go(
    session: Session, said: Sequence[SaidOtherwise], lines: Collection[int], file_name: str, at: datetime
) -> int:
    """Mark as not coming those whose lines an organiser ticked, with the record of it; return how many."""
    going = [one for one in said if one.line in lines and one.registration.state not in GONE]
    for one in going:
        held = one.registration
        yes = held.state is RegistrationState.CONFIRMED
        if held.state in COMING:
            suggestions.remove_person(session, held.event_id, held.person_id)
        held.state = RegistrationState.CANCELLED if yes else RegistrationState.DECLINED
        word = f"You said that you do not come: “{one.word}” in {file_name}"
        coming.record(session, held, BasisKind.ORGANISER, word, at)
    return len(going)


def _stands(held: Registration, own: Collection[int]) -> str:
    said_yes = held.state is RegistrationState.CONFIRMED and held.id in own
    return _SAID_YES if said_yes else _STANDS[held.state]


def _line(found: tuple[int, str, Registration]) -> int:
    return found[0]
