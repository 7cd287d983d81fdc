"""Writing to publishers: the letters about datasets without a name, on paper and by mail."""

import sys
from datetime import datetime

from matchmaker.documents.credits.publisher_letters import NamelessDataset, PublisherLetter
from matchmaker.documents.mail import Letter
from matchmaker.services.credits import kept_labels
from matchmaker.services.event.organisers import contact
from matchmaker.services.outbox import post_to
from matchmaker.store.credits import label_names
from matchmaker.store.credits.label_names import Gap
from matchmaker.store.event.events import Event
from matchmaker.store.session import Session

KIND = "letter to a publisher"


def gaps(session: Session) -> list[Gap]:
    """Return the publishers with datasets that nobody is named for, by name; without those of no known one."""
    return [one for one in kept_labels.gaps(session) if one.id is not None and one.named < one.datasets]


def mark(session: Session) -> list[object]:
    """Return what differs wherever a letter to any publisher does, but for the event and the day."""
    lacking = gaps(session)
    said = kept_labels.letters(session, lacking)
    return [(one.name, one.named, one.datasets, said[one.id]) for one in lacking]


def letters(
    session: Session, event: Event, at: datetime, publisher_id: int | None = None
) -> list[PublisherLetter]:
    """Return the letters to all publishers, or to one; empty if nobody is missing there."""
    wanted = [one for one in gaps(session) if publisher_id in (None, one.id)]
    ids = [one.id for one in wanted if isinstance(one.id, int)]
    missing: dict[int | None, list[NamelessDataset]] = {}
    for one in label_names.missing(session, ids, sys.maxsize):
        missing.setdefault(one.publisher_id, []).append(NamelessDataset(one.title, one.datasets, one.wanted))
    return [
        PublisherLetter(
            gap.name,
            tuple(missing[gap.id]),
            gap.named,
            gap.datasets,
            event.name,
            event.host,
            contact(event),
            at,
            event.tz,
        )
        for gap in wanted
        if isinstance(gap.id, int) and gap.id in missing
    ]


def send(session: Session, event: Event, letter: Letter, email: str) -> None:
    """Put a letter into the outbox; answers go to the event's contact."""
    post_to(session, letter, email, KIND, event=event, about=None)
