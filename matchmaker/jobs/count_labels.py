"""The job "count-labels": count what is not kept of labels, or is not true any more, and keep it."""

from matchmaker.jobs.work import Work
from matchmaker.services.credits import kept_labels
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import label_tallies


def count_labels(work: Work) -> JsonObject:
    """Return whether the numbers are `kept`: not if another count began meanwhile. Changes meanwhile leave marks."""
    with work.writing() as session:
        turn = label_tallies.begin(session)
    with work.reading() as session:
        asked = label_tallies.lacking(session, kept_labels.MOST_EVENTS)
        publishers, tallies = kept_labels.count(session, asked)
    with work.writing() as session:
        kept = label_tallies.keep(session, turn, asked, publishers, tallies)
        return work.finish(session, {"kept": kept})
