"""The job "refresh": some people's suggestions anew, and their place on the lists of others."""

from matchmaker.jobs.meaning import forget_unused, remembered
from matchmaker.jobs.work import Work
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.services.suggestions.refresh_lists import Ready
from matchmaker.store.base import JsonObject
from matchmaker.store.session import IntegrityError
from matchmaker.store.suggestions import suggestions

MOST_TRIES = 50
"""Each time the lists have changed meanwhile, another refresh was kept: with this many something is wrong."""


def refresh(work: Work) -> JsonObject:
    """Refresh each person in turn, then fill the lists that somebody left; the result counts both."""
    assert work.event_id is not None
    with work.reading() as session:
        material = suggest_people.load(session, work.event_id)
    model = remembered(work, work.event_id, material.profiles, material.catalogue)
    ready = refresh_lists.read(material, model)
    asked: list[int] = work.details["people"]
    for person_id in asked:
        _one(work, work.event_id, ready, person_id)
    with work.reading() as session:
        short = refresh_lists.left_short(ready, suggestions.standing(session, work.event_id))
    filled = [person_id for person_id in short if person_id not in asked]
    for person_id in filled:
        _one(work, work.event_id, ready, person_id, own_only=True)
    named = suggest_people.named(material, asked)
    with work.writing() as session:
        suggest_people.keep_named(session, work.event_id, named)
        forget_unused(session, work.event_id, model)
    return {"refreshed": len(asked), "filled": len(filled)}


def _one(work: Work, event_id: int, ready: Ready, person_id: int, *, own_only: bool = False) -> None:
    for _ in range(MOST_TRIES):
        with work.reading() as session:
            standing = suggestions.standing(session, event_id)
        found = refresh_lists.renew(ready, person_id, standing)
        try:
            with work.writing() as session:
                if refresh_lists.keep(session, event_id, person_id, found, standing, own_only=own_only):
                    return
        except IntegrityError:
            continue  # somebody on a list was erased in the same moment
    raise RuntimeError("The lists changed each time they were about to be kept.")
