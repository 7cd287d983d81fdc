"""A paper form, printed for people without a computer, and typed in for them by the rules of a list of one row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from matchmaker.documents import clock
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people.paper_form import FormHead, form_sheets
from matchmaker.intake.rows import RefusedError, RowReader
from matchmaker.services.attendee_lists import import_people
from matchmaker.services.attendee_lists.judge_rows import judge
from matchmaker.services.attendee_lists.recall_people import know
from matchmaker.services.event.organisers import contact
from matchmaker.services.people.coming import short_notice
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session

FIELDS = (
    "bio", "topics", "datasets_made", "datasets", "datasets_wanted", "datasets_stuck", "offers", "needs",
    "arrives", "leaves", "step_free", "quiet", "access_needs", "diet", "trio",
)  # fmt: skip
"""What a paper form asks, in its order, by the names of the columns of a list."""
_ANYBODY = "Any Body"
"""Stands for the name while a form is read: whose it is, is known, and their name is not read again."""


@dataclass(frozen=True)
class Entered:
    """What became of a form: what is kept, each in a word or two, and sentences on what is not."""

    kept: tuple[str, ...]
    notes: tuple[str, ...]


def to_print(event: Event, at: datetime) -> Sheets:
    """Return the form to print: what an organiser types in, in that order, with the short notice at its head."""
    where = ", ".join(part for part in (clock.in_words(event.held_on), event.place) if part)
    return form_sheets(FIELDS, FormHead(event.name, where, short_notice(event), contact(event)), at)


def enter(session: Session, event: Event, registration: Registration, said: Mapping[str, str]) -> Entered:
    """Keep what somebody wrote on paper, by the names in FIELDS; what they saved themselves stays.

    Titles that no dataset has wait for a catalogue. Raises Refused for a form that cannot be read.
    """
    person = registration.person
    answers = {name: said.get(name, "") for name in FIELDS}
    values = {name: [text] for name, text in {"name": _ANYBODY, **answers}.items() if text.strip()}
    reader = RowReader(line=1, values=values)
    try:
        read = reader.attendee()
    except RefusedError as refused:
        raise Refused(str(refused)) from None
    # Whoever has no address is known by name and organisation.
    known_by = "" if person.email else person.organisation
    row = replace(read, name=person.name, email=person.email, organisation=known_by)
    known = know(session, event, [row])
    (verdict,) = judge([row], known)
    if verdict.registration is not registration:
        raise Refused("Somebody else is on the list with this name or address. Merge the two first")
    import_people.keep_changes(session, verdict, person, registration, known)
    return Entered(
        tuple(change.label for change in verdict.changes),
        (*verdict.notes, *(note.text for note in reader.notes)),
    )
