"""The job "lost-labels": propose who might know whom the most wanted datasets without a name are from."""

from matchmaker.jobs.work import JobRefused, Work
from matchmaker.services.credits import lost_labels
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events


def propose_tables(work: Work) -> JsonObject:
    """Return the proposal, which takes the place of any earlier one: ids, and each person's reasons."""
    assert work.event_id is not None
    with work.reading() as session:
        event = events.by_id(session, work.event_id)
        if event is None:
            raise JobRefused("This event is no longer there.")
        found = lost_labels.propose(session, event)
    with work.writing() as session:
        # Whoever was erased while it was worked out must not be left in it.
        events.lock(session, work.event_id)
        jobs.forget_at(session, lost_labels.KIND, [work.event_id])
        return work.finish(session, lost_labels.of_known_people(session, found))
