"""The job "rank-topics": the order of table topics for each reader, kept for the page that shows them."""

from collections.abc import Collection

from matchmaker.jobs.work import Work
from matchmaker.services.ask_for_work import ask
from matchmaker.services.plans import suggest_topics
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.event import events
from matchmaker.store.people import suggestible

MOST_AT_ONCE = 100
"""So many readers are ranked by one job, for some seconds; then it asks for the next, so that others come between."""


def rank_topics(work: Work) -> JsonObject:
    """Rank for the next people at an event; the result counts those who had another order, or none."""
    assert work.event_id is not None
    with work.reading() as session:
        people = sorted(suggestible.ids(session, work.event_id))
    left = [one for one in people if one > work.details["after"]]
    ranked = rank_for(work, work.event_id, left[:MOST_AT_ONCE])
    if len(left) > MOST_AT_ONCE:
        details = {**work.details, "after": left[MOST_AT_ONCE - 1]}
        with work.writing() as session:
            newest = jobs.latest(session, work.event_id, suggest_topics.KIND)
            # Of topics that are others by now, another job has been asked for, which begins anew.
            if newest is None or newest.details.get("topics") == work.details["topics"]:
                work.asked.append(ask(session, suggest_topics.KIND, work.event_id, None, details).id)
    return {"ranked": ranked}


def rank_for(work: Work, event_id: int, person_ids: Collection[int]) -> int:
    """Rank the topics for these people, and return for how many that was to be done."""
    with work.reading() as session:
        event = events.by_id(session, event_id)
        asked = suggest_topics.unranked(session, event, person_ids) if event else {}
    found = {person_id: (one.digest, one.ranked()) for person_id, one in asked.items()}
    if found:
        with work.writing() as session:
            suggest_topics.keep(session, event_id, found)
    return len(found)
