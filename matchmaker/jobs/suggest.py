"""The job that works out everybody's suggestions."""

from matchmaker.documents.counts import plural
from matchmaker.jobs import garbage, kept_vectors
from matchmaker.jobs.meaning import forget_unused, model_in_use, remembered
from matchmaker.jobs.work import Work
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.people import profile_changes


@garbage.left_lying()
def suggest(work: Work) -> JsonObject:
    """Read in one transaction, compute in none, write in one; the result counts people and suggestions.

    A refresh that was kept meanwhile is overwritten by lists that know nothing of it, so it is asked for again.
    """
    assert work.event_id is not None
    with work.reading() as session:
        version = refresh_lists.version(session, work.event_id, model_in_use(work.settings))
        first = jobs.first_open(session, work.event_id, refresh_lists.KIND)
        # In this order: whoever leaves or says something else between the two is found to have changed the next time.
        seen = profile_changes.now(session)
        material = suggest_people.load(session, work.event_id)
    people, each = len(material.profiles), material.each
    work.progress(1, 4, f"Reading what {plural(people, 'person', 'people')} wrote")
    model = remembered(work, work.event_id, material.profiles, material.catalogue)
    ready = refresh_lists.read(material, model)
    kept_vectors.store(work, version, seen, ready)
    del material  # which nobody looks at again, before what takes most memory
    work.progress(2, 4, f"Comparing {plural(people, 'person', 'people')}")
    found = suggest_people.compute(ready.vectors, each)
    named = suggest_people.named(ready.vectors)
    work.progress(3, 4, "Keeping the suggestions")
    with work.writing() as session:
        kept = suggest_people.save(session, work.event_id, found)
        suggest_people.keep_named(session, work.event_id, named)
        forget_unused(session, work.event_id, model)
        profile_changes.tidy(session)
        meanwhile = jobs.begun_since(session, work.event_id, refresh_lists.KIND, first)
        if meanwhile:
            again = {one for job in meanwhile for one in job.details["people"]}
            work.asked.append(refresh_lists.ask_for(session, work.event_id, again, None).id)
    return {"people": people, "suggestions": kept}
