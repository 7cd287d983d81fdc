"""The job "refresh": some people's suggestions anew, and their place on the lists of others."""

from dataclasses import replace

from matchmaker.jobs import garbage, kept_vectors
from matchmaker.jobs.meaning import Remembered, digests, forget_unused, model_in_use, remembered
from matchmaker.jobs.rank_topics import rank_for
from matchmaker.jobs.work import Work
from matchmaker.services.suggestions import refresh_lists, suggest_people
from matchmaker.services.suggestions.refresh_lists import Ready
from matchmaker.store.base import JsonObject
from matchmaker.store.people import profile_changes
from matchmaker.store.session import IntegrityError
from matchmaker.store.suggestions import suggestions

MANY = 20
"""With more changes than this the next refresh should not have to make them again."""

MOST_TRIES = 50
"""Each time the lists have changed meanwhile, another refresh was kept: with this many something is wrong."""


@garbage.left_lying()
def refresh(work: Work) -> JsonObject:
    """Refresh each person in turn, then fill the lists that somebody left; the result counts both."""
    assert work.event_id is not None
    asked: list[int] = work.details["people"]
    ready = _ready(work, work.event_id, asked)
    for person_id in asked:
        _one(work, work.event_id, ready, person_id)
    with work.reading() as session:
        short = refresh_lists.left_short(session, work.event_id, ready)
    for person_id in short:
        _one(work, work.event_id, ready, person_id, own_only=True)
    named = suggest_people.named(ready.vectors, asked)
    with work.writing() as session:
        suggest_people.keep_named(session, work.event_id, named)
    rank_for(work, work.event_id, asked)
    return {"refreshed": len(asked), "filled": len(short)}


def _ready(work: Work, event_id: int, asked: list[int]) -> Ready:
    """Return the event's people as numbers: kept ones with what changed since, or everybody read anew."""
    model = model_in_use(work.settings)
    with work.reading() as session:
        version = refresh_lists.version(session, event_id, model)
    kept = kept_vectors.load(work, version)
    if kept is not None:
        with work.reading() as session:
            found = refresh_lists.changed_since(session, event_id, kept.ready, kept.seen, asked)
        if found is not None:
            changed, seen = found
            meaning = Remembered(work, event_id, frozenset()) if model else None
            ready = refresh_lists.with_changes(kept.ready, changed, meaning)
            since = kept.since + len(changed)
            if since > MANY:
                kept_vectors.store(work, version, seen, ready)
            else:
                kept_vectors.hold(kept, replace(kept, seen=seen, ready=ready, since=since))
            if meaning is not None:
                _forget(work, event_id, meaning, ready)
            return ready
    with work.reading() as session:
        # In this order: whoever leaves or says something else between the two is found to have changed the next time.
        seen = profile_changes.now(session)
        material = suggest_people.load(session, event_id)
    remembering = remembered(work, event_id, material.profiles, material.catalogue)
    ready = refresh_lists.read(material, remembering)
    kept_vectors.store(work, version, seen, ready)
    with work.writing() as session:
        forget_unused(session, event_id, remembering)
    return ready


def _forget(work: Work, event_id: int, meaning: Remembered, ready: Ready) -> None:
    meaning.used = digests(refresh_lists.texts_in_use(ready))
    with work.writing() as session:
        forget_unused(session, event_id, meaning)


def _one(work: Work, event_id: int, ready: Ready, person_id: int, *, own_only: bool = False) -> None:
    for _ in range(MOST_TRIES):
        with work.reading() as session:
            mark = suggestions.mark(session, event_id)
            standing = suggestions.standing(session, event_id)
        found = refresh_lists.renew(ready, person_id, standing)
        try:
            with work.writing() as session:
                if refresh_lists.keep(session, event_id, person_id, found, mark, own_only=own_only):
                    return
        except IntegrityError:
            continue  # somebody on a list was erased in the same moment
    raise RuntimeError("The lists changed each time they were about to be kept.")
