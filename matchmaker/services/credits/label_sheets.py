"""Printing what is about labels: from the labels of an event to finished sheets."""

import hashlib
import math
from datetime import datetime

from matchmaker.documents import clock
from matchmaker.documents.credits import gift_tags, publisher_letters
from matchmaker.services.credits import kept_labels, show_labels, write_publishers
from matchmaker.services.event.organisers import contact
from matchmaker.services.plans.sheet_values import PlanSheet, ToldSheet
from matchmaker.store.credits import label_words
from matchmaker.store.event.events import Event
from matchmaker.store.files import LABELS
from matchmaker.store.session import Session

TAGS, LETTERS = "tags", "letters"


def tags(session: Session, event: Event, labels_at: str, at: datetime) -> PlanSheet:
    """Return the gift tags of an event's datasets; those whose label is public carry its address.

    `labels_at` is the address that those of public labels begin with.
    """
    mark = _mark_of_tags(session, event, labels_at)
    found, labels = show_labels.of_event(session, event.id)
    public = show_labels.in_public(session, [one.id for one in found])
    addresses = {one.id: labels_at + one.public_id for one in found if one.id in public}
    all_tags = [gift_tags.gift_tag(one) for one in show_labels.labelled(found, labels, addresses)]
    count = len(all_tags)
    return PlanSheet(
        TAGS, mark, count, _pages(count), lambda: gift_tags.tags_sheets(all_tags, event.name, at)
    )


def told_tags(session: Session, event: Event, labels_at: str, *, compared: bool) -> ToldSheet:
    """Return what there is to tell of the gift tags, without putting any together.

    What they are made from is read only to be `compared` with finished ones: else they have no fingerprint.
    """
    count = int(kept_labels.of_event(session, event.id)["tags"])
    mark = _mark_of_tags(session, event, labels_at) if compared else ""
    return ToldSheet(TAGS, mark, count, _pages(count))


def name_of_tags(session: Session, event: Event, labels_at: str) -> str:
    """Return what finished gift tags are called that say what those made now would, without putting any together."""
    return _name(TAGS, _mark_of_tags(session, event, labels_at))


def _mark_of_tags(session: Session, event: Event, labels_at: str) -> str:
    there = sorted(kept_labels.with_label(session, event.id))
    return fingerprint(event, (labels_at, there, label_words.mark(session, there)))


def _pages(tags: int) -> int:
    return math.ceil(tags / gift_tags.TAGS_A_SHEET)


def letters(session: Session, event: Event, _labels_at: str, at: datetime) -> PlanSheet:
    """Return the letters to all publishers about datasets without a name."""
    found = write_publishers.letters(session, event, at)
    return PlanSheet(
        LETTERS,
        _mark_of_letters(session, event, at),
        len(found),
        len(found),
        lambda: publisher_letters.letters_sheets(found),
    )


def name_of_letters(session: Session, event: Event, at: datetime) -> str:
    """Return what finished letters are called that say what letters made now would, without writing any."""
    return _name(LETTERS, _mark_of_letters(session, event, at))


def _mark_of_letters(session: Session, event: Event, at: datetime) -> str:
    said = (event.host, contact(event), clock.day(at, event.tz))
    return fingerprint(event, [*said, *write_publishers.mark(session)])


SHEETS = {TAGS: tags, LETTERS: letters}
"""Every kind of sheet about labels."""


def file_name(ready: PlanSheet) -> str:
    """Return what finished sheets are called: the same for the same content."""
    return _name(ready.key, ready.fingerprint)


def begins(key: str) -> str:
    """Return how the names of finished sheets of a kind begin."""
    return f"{LABELS}{key}-"


def _name(key: str, mark: str) -> str:
    return f"{begins(key)}{mark}.pdf"


def fingerprint(event: Event, values: object) -> str:
    """Return eight letters that differ where the printed values do."""
    return hashlib.sha256(f"{event.name}\n{values!r}".encode()).hexdigest()[:8]
