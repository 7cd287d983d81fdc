"""Refresh one person's list of suggestions, and their place on other people's lists, from the lists as they are.

Whatever changes something asks for this with `ask_for`. The job reads, computes without the database, and keeps what
it found only if the lists are still those it began from; if not, it looks again. So two refreshes at once never undo
each other, and no refresh does what `suggest_people.suggest` would not do.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from matchmaker.matching.profile import Profile
from matchmaker.services.ask_for_work import ask
from matchmaker.services.suggestions import suggest_people
from matchmaker.services.suggestions.suggest_people import Material
from matchmaker.store import jobs
from matchmaker.store.catalogue import catalogue_version
from matchmaker.store.event import events
from matchmaker.store.jobs import Job
from matchmaker.store.people import people, profile_changes, profiles, registrations, suggestible
from matchmaker.store.people.registrations import COMING
from matchmaker.store.session import Session
from matchmaker.store.suggestions import list_lengths, suggestions
from matchmaker.store.suggestions.suggestions import Entry

if TYPE_CHECKING:
    from matchmaker.matching.refresh import Refresh
    from matchmaker.matching.standing_lists import StandingLists
    from matchmaker.matching.vectors import Meaning, Vectors

KIND = "refresh"
"""The kind of job that does this; its details name the people."""

MOST_UPDATED = 60
"""If more profiles than this changed since everybody was read, everybody is read again."""

MOST_AT_ONCE = 20
"""If more people than this wait for a refresh, all lists are worked out again, which is then no more work."""


@dataclass(frozen=True)
class Ready:
    """An event's people, read into numbers."""

    vectors: "Vectors"
    each: int
    """How many suggestions a person gets."""


def ask_for(session: Session, event_id: int, person_ids: Collection[int], asked_by_id: int | None) -> Job:
    """Ask for these people's lists, and their place on others', to be worked out; the caller starts the job.

    With nobody named it fills the lists that somebody left. Whoever is asked for while a job waits goes with it.
    """
    everybody = jobs.waiting(session, event_id, suggest_people.KIND)
    if everybody is not None:
        return everybody
    waiting = jobs.waiting(session, event_id, KIND)
    wanted = sorted({*person_ids, *(waiting.details["people"] if waiting else ())})
    if len(wanted) > MOST_AT_ONCE:
        return suggest_people.ask_anew(session, event_id, asked_by_id)
    if waiting is None:
        return ask(session, KIND, event_id, asked_by_id, {"people": wanted}, "Working out suggestions")
    waiting.details = {"people": wanted}
    session.flush()
    return waiting


def ask_everywhere(session: Session, person_id: int, today: date, asked_by_id: int | None) -> list[Job]:
    """Ask for a person's suggestions at every event to come at which they are suggested."""
    asked = []
    for one, event in registrations.with_events(session, person_id):
        if event.held_on >= today and one.state in COMING and one.suggestible:
            asked.append(ask_for(session, event.id, [person_id], asked_by_id))
    return asked


def read(material: Material, meaning: "Meaning | None" = None) -> Ready:
    """Read the profiles of an event into numbers: a tenth of a second for 200 people, O(characters).

    `meaning` is the sentence model, if it is to count.
    """
    from matchmaker.matching.vectors import vectorise  # noqa: PLC0415 - heavy: loads scikit-learn

    return Ready(vectorise(material.profiles, material.catalogue, meaning), material.each)


def version(session: Session, event_id: int, model: str) -> str:
    """Return what must be the same for numbers of an earlier run to be used: catalogue, settings, sentence model."""
    event = events.by_id(session, event_id)
    settled = (event.suggestions_each, event.count_acquaintances) if event else ()
    return f"{catalogue_version.current(session)} {settled} {model} "


def changed_since(
    session: Session, event_id: int, ready: Ready, seen: int, asked: Collection[int]
) -> tuple[list[Profile], int] | None:
    """Return the profiles that changed since everybody was read, and which marks come after (`profile_changes`).

    None if everybody must be read again. Whoever left has an empty profile, which suits nobody. A fixed number of
    queries, and time for those who changed alone.
    """
    now = profile_changes.now(session)
    marked = profile_changes.since(session, seen)
    if marked is None:
        return None
    changed = suggestible.among_these(session, event_id, marked.union(asked))
    gone = {one for one in marked - changed if str(one) in ready.vectors.position}
    if len(changed) + len(gone) > MOST_UPDATED or len(people.by_ids(session, gone)) < len(gone):
        # Of somebody who was erased nothing may stay, their words among those of others least of all.
        return None
    fresh = profiles.of_some(session, event_id, changed) if changed else []
    return [*fresh, *(Profile(str(one)) for one in sorted(gone))], now


def with_changes(ready: Ready, changed: Sequence[Profile], meaning: "Meaning | None") -> Ready:
    """Return everybody with these profiles in place of those they had; what is rare stays as it was learnt."""
    from matchmaker.matching.updating import with_profile  # noqa: PLC0415 - heavy: loads scikit-learn

    vectors = ready.vectors
    for profile in changed:
        vectors = with_profile(vectors, profile, meaning)
    return replace(ready, vectors=vectors)


def texts_in_use(ready: Ready) -> set[str]:
    """Return the texts that somebody here still has."""
    vectors = ready.vectors
    return {vectors.texts[one] for field in vectors.said for one in field.items.tolist()}


def renew(ready: Ready, person_id: int, standing: Sequence[Entry]) -> "Refresh | None":
    """Work out what changes for a person, or return None if they are not, or no longer, suggested here."""
    from matchmaker.matching.refresh import refresh  # noqa: PLC0415 - heavy: loads scikit-learn

    who, vectors = str(person_id), ready.vectors
    if who not in vectors.position:
        return None
    return refresh(vectors, who, _in_columns(vectors.position, standing), top=ready.each)


def _in_columns(position: Mapping[str, int], standing: Sequence[Entry]) -> "StandingLists":
    import numpy as np  # noqa: PLC0415 - heavy, as is the next

    from matchmaker.matching.standing_lists import StandingLists  # noqa: PLC0415 - heavy: loads scikit-learn

    readers, listed, scores, bridges = zip(*standing, strict=True) if standing else ((), (), (), ())
    people = np.asarray((readers, listed), dtype=np.intp)
    ids, numbers = np.unique(people, return_inverse=True)
    reader, listed = numbers.reshape(people.shape)
    score, bridge = np.asarray(scores, dtype=np.float64), np.asarray(bridges, dtype=np.bool_)
    return StandingLists.of(position, [*map(str, ids.tolist())], reader, listed, score, bridge)


def left_short(session: Session, event_id: int, ready: Ready) -> list[int]:
    """Return whose lists somebody left since they were worked out, the shortest first.

    Each of several who were refreshed, or who are no longer here, may have left as many as one can be on. A list that
    was short from the beginning is not looked at: there is nobody else for it.
    """
    left = list_lengths.short(session, event_id)
    position, profiles_ = ready.vectors.position, ready.vectors.profiles
    here = [
        one for one in left if str(one) in position and profiles_[position[str(one)]] != Profile(str(one))
    ]
    return sorted(here, key=lambda one: (left[one], one))


def keep(
    session: Session,
    event_id: int,
    person_id: int,
    found: "Refresh | None",
    mark: tuple[object, ...],
    *,
    own_only: bool = False,
) -> bool:
    """Keep what was found, or return False, with nothing changed, if the lists are no longer those of `mark`.

    Whoever left, objected or was kept apart from the person meanwhile is left out. `own_only` changes the
    person's own list alone.
    """
    events.lock(session, event_id)
    if suggestions.mark(session, event_id) != mark:
        return False
    named = {int(one.id) for one in found.own} | {int(one) for one in found.joins} if found else set()
    welcome = suggestible.among_these(session, event_id, {person_id, *named})
    if found is None or person_id not in welcome:
        suggestions.remove_person(session, event_id, person_id)
        return True
    joins = {} if own_only else {int(owner): entry for owner, entry in found.joins.items()}
    leaves = set() if own_only else {(int(owner), int(gone)) for owner, gone in found.leaves}
    out = suggest_people.kept_apart(session, event_id, {person_id, *named}, welcome)
    suggestions.clear(session, event_id, [person_id])
    suggestions.remove(session, event_id, leaves | {(owner, person_id) for owner in joins})
    mine = [one for one in found.own if not out(person_id, one.id)]
    rows = [suggest_people.row(event_id, person_id, one, place) for place, one in enumerate(mine, start=1)]
    rows += [
        suggest_people.row(event_id, owner, entry, 0)
        for owner, entry in joins.items()
        if not out(owner, person_id)
    ]
    suggestions.add(session, rows)
    suggestions.put_in_order(session, event_id, joins.keys() | {owner for owner, _ in leaves})
    list_lengths.note(session, event_id, {person_id: len(found.own)})
    list_lengths.note_grown(session, event_id, joins)
    return True
