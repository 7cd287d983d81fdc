"""The job "print-labels": lay out sheets about labels as a PDF and keep it for download."""

from datetime import UTC, datetime

from matchmaker.jobs.lay_out import laid_out
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.credits import label_sheets
from matchmaker.services.plans import sheet_values
from matchmaker.store import files
from matchmaker.store.base import JsonObject
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.event import events


def print_labels(work: Work) -> JsonObject:
    """Return the public id of the file; a file with the same sheets is used again.

    `details` are the kind of sheet and the address that public labels begin with.
    """
    assert work.event_id is not None
    at, labels_at = datetime.now(UTC), work.details["labels_at"]

    def page(dataset: Dataset) -> str:
        return f"{labels_at}{dataset.public_id}"

    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        if event is None:
            raise JobRefused("This event is no longer there.")
        ready = label_sheets.SHEETS[work.details["sheet"]](session, event, page, at)
        made = files.by_name(session, event.id, label_sheets.file_name(ready))
    if made is None:
        content = laid_out(work, ready.pdf, "There is nothing to print yet.")
        with work.writing() as session:
            # Whoever was erased while the sheets were laid out must not be left in them.
            events.lock(session, event.id)
            now = label_sheets.SHEETS[work.details["sheet"]](session, event, page, at)
            if now.fingerprint != ready.fingerprint:
                raise JobRefused(CHANGED)
            made = sheet_values.keep(session, event.id, label_sheets.file_name(ready), content, at)
    return {"file": made.public_id}
