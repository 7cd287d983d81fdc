"""The job "attendee-table": write everybody on the list of an event as one table, and keep it for download."""

import hashlib
from datetime import UTC, datetime

from matchmaker.documents.people.attendee_list import attendee_list_csv
from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.attendee_lists import list_people
from matchmaker.services.plans import sheet_values
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events

LEFT = "Somebody left the list while it was written. Ask for it once more."


def write_attendee_table(work: Work) -> JsonObject:
    """Return the public id of the file.

    Reading thousands takes seconds, so it is not done again in the transaction that keeps them: only that nobody who
    is on the table has left the list, or was erased, meanwhile.
    """
    assert work.event_id is not None
    at = datetime.now(UTC)
    work.progress(0, 1, "Writing the table")
    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        assert event is not None
        listed = list_people.in_order(session, event.id)
        content = attendee_list_csv(list_people.rows_of(session, event))
    with work.writing() as session:
        events.lock(session, work.event_id)
        if not set(listed) <= set(list_people.in_order(session, work.event_id)):
            raise JobRefused(LEFT)
        name = f"{list_people.TABLE}{hashlib.sha256(content).hexdigest()[:8]}.csv"
        return {"file": sheet_values.keep(session, work.event_id, name, content, at).public_id}
