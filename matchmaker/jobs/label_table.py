"""The job "label-table": write the labels of an event as one table, and keep it for download."""

import hashlib
from datetime import UTC, datetime

from matchmaker.documents.credits.label_files import labels_csv
from matchmaker.jobs.work import CHANGED, JobRefused, Work
from matchmaker.services.credits import show_labels
from matchmaker.services.plans import sheet_values
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import label_names
from matchmaker.store.event import events
from matchmaker.store.files import LABELS


def write_label_table(work: Work) -> JsonObject:
    """Return the public id of the file.

    Reading all labels takes seconds, so it is not done again in the transaction that keeps them: only that nobody
    who may be named in them is gone meanwhile.
    """
    assert work.event_id is not None
    at = datetime.now(UTC)
    work.progress(0, 1, "Writing the table")
    with work.reading() as session:
        there = label_names.nameable(session)
        content = labels_csv(show_labels.every_of_event(session, work.event_id))
    with work.writing() as session:
        events.lock(session, work.event_id)
        if label_names.nameable(session, there) != there:
            raise JobRefused(CHANGED)
        name = f"{LABELS}table-{hashlib.sha256(content).hexdigest()[:8]}.csv"
        return {"file": sheet_values.keep(session, work.event_id, name, content, at).public_id}
