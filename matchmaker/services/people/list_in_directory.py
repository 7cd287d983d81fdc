"""List somebody in the directory of people coming. Nobody is listed unless they say so."""

from datetime import datetime

from matchmaker.recognition.name_order import folded
from matchmaker.services.people.coming import record
from matchmaker.store.people import directory, registrations
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session

LISTED = (
    "Others who come to this event may find me in its directory, by my name, my organisation, my job title, my"
    " topics, what I write about my work, what I can help with and the datasets I work with."
)
NOT_LISTED = "I do not want to be in the directory of this event any more."


def choose(session: Session, registration: Registration, agrees: bool, at: datetime) -> None:
    """Keep whether somebody is in the directory, and record the words; saying it again changes nothing."""
    # Of two presses at once the second sees what the first has kept.
    registrations.hold(session, registration.event_id, registration.person_id)
    session.refresh(registration, ["in_directory"])
    if registration.in_directory is agrees:
        return
    registration.in_directory = agrees
    kind = BasisKind.CONSENT if agrees else BasisKind.WITHDRAWAL
    record(session, registration, kind, LISTED if agrees else NOT_LISTED, at)
    index(session, registration)


def index(session: Session, registration: Registration) -> None:
    """Write the words by which the directory finds somebody: none unless they are in it.

    To be called when anything of it has changed: the profile, the name, what they work on.
    """
    if not registration.in_directory:
        registration.directory_key = ""
        return
    person = registration.person
    datasets = directory.datasets_of(session, [person.id]).get(person.id, []) if person.show_name else []
    said = (
        person.name,
        person.organisation,
        person.job_title,
        registration.offers,
        registration.bio,
        *(topic.name for topic in registration.topics),
        *datasets,
    )
    registration.directory_key = " ".join(folded(text) for text in said if text)
    session.flush()
