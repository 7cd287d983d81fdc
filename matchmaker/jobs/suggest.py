"""The job that works out everybody's suggestions."""

from matchmaker.jobs.work import Work
from matchmaker.services import suggesting
from matchmaker.store.base import JsonObject


def suggest(work: Work) -> JsonObject:
    """Read in one transaction, compute in none, write in one; the result counts people and suggestions."""
    assert work.event_id is not None
    with work.reading() as session:
        material = suggesting.load(session, work.event_id)
    people = len(material.profiles)
    work.progress(1, 3, f"Comparing {people:,} {'person' if people == 1 else 'people'}")
    found = suggesting.compute(material)
    work.progress(2, 3, "Keeping the suggestions")
    with work.writing() as session:
        kept = suggesting.save(session, work.event_id, found)
    return {"people": people, "suggestions": kept}
