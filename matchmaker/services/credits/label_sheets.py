"""Printing what is about labels: from the labels of an event to finished sheets."""

import hashlib
import math
from collections.abc import Callable
from datetime import datetime

from matchmaker.documents import clock
from matchmaker.documents.credits import gift_tags, publisher_letters
from matchmaker.services.credits import show_labels, write_publishers
from matchmaker.services.event.organisers import contact
from matchmaker.services.plans.sheet_values import PlanSheet
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.event.events import Event
from matchmaker.store.files import LABELS
from matchmaker.store.session import Session

Page = Callable[[Dataset], str]
"""A dataset → the whole address of its public label, whether or not it is public now."""


def tags(session: Session, event: Event, page: Page, at: datetime) -> PlanSheet:
    """Return the gift tags of an event's datasets; those whose label is public carry its address."""
    found, labels = show_labels.of_event(session, event.id)
    public = show_labels.in_public(session, [one.id for one in found])
    addresses = {one.id: page(one) for one in found if one.id in public}
    all_tags = [gift_tags.gift_tag(one) for one in show_labels.labelled(found, labels, addresses)]
    return PlanSheet(
        "tags",
        fingerprint(event, all_tags),
        len(all_tags),
        math.ceil(len(all_tags) / gift_tags.TAGS_A_SHEET),
        lambda: gift_tags.tags_sheets(all_tags, event.name, at),
    )


def letters(session: Session, event: Event, _page: Page, at: datetime) -> PlanSheet:
    """Return the letters to all publishers about datasets without a name."""
    found = write_publishers.letters(session, event, at)
    return PlanSheet(
        "letters",
        _mark_of_letters(session, event, at),
        len(found),
        len(found),
        lambda: publisher_letters.letters_sheets(found),
    )


def name_of_letters(session: Session, event: Event, at: datetime) -> str:
    """Return what finished letters are called that say what letters made now would, without writing any."""
    return _name("letters", _mark_of_letters(session, event, at))


def _mark_of_letters(session: Session, event: Event, at: datetime) -> str:
    said = (event.host, contact(event), clock.day(at, event.tz))
    return fingerprint(event, [*said, *write_publishers.mark(session)])


SHEETS = {"tags": tags, "letters": letters}
"""Every kind of sheet about labels."""


def file_name(ready: PlanSheet) -> str:
    """Return what finished sheets are called: the same for the same content."""
    return _name(ready.key, ready.fingerprint)


def _name(key: str, mark: str) -> str:
    return f"{LABELS}{key}-{mark}.pdf"


def fingerprint(event: Event, values: object) -> str:
    """Return eight letters that differ where the printed values do."""
    return hashlib.sha256(f"{event.name}\n{values!r}".encode()).hexdigest()[:8]
