"""What one person did, as a certificate and a thank-you note that only they can print."""

from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from matchmaker.documents.credits.label_files import role_words
from matchmaker.documents.credits.thank_you_notes import Deed, ThankYouNote
from matchmaker.recognition.label import make_label
from matchmaker.services.credits import build_labels
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session


def note(session: Session, person: Person, at: datetime, zone: ZoneInfo) -> ThankYouNote:
    """Return what a person accepted, by dataset, with the thanks that others may read, too.

    Their own name stands in it, also if labels do not show it: the note is theirs alone.
    """
    given = endorsements.received_by(session, person.id)[::-1]
    credited = contributions.of_person(session, person.id)
    hidden = build_labels.not_to_be_named(session).among(build_labels.words(credited, given))
    withheld = [one for one in hidden if one.name != person.name]
    deeds = []
    for dataset_id, rows in groupby(credited, lambda row: row.dataset_id):
        own = list(rows)
        label = make_label(
            [
                replace(one, person=replace(one.person, shows_name=True))
                for one in map(build_labels.credit, own)
            ],
            [build_labels.thanks(one) for one in given if one.dataset_id == dataset_id],
            withheld,
        )
        if label.lines:
            dataset = own[0].dataset
            roles = tuple(role_words(line, entry) for line in label.lines for entry in line.entries)
            publisher = dataset.publisher.name if dataset.publisher else ""
            deeds.append(Deed(dataset.title, publisher, roles, label.thanks, label.voices))
    place = ", ".join(part for part in (person.job_title, person.organisation) if part)
    return ThankYouNote(person.name, place, tuple(deeds), at, zone)
