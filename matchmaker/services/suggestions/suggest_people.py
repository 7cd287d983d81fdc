"""Work out who people should meet: read the profiles, compute without the database, keep the lists."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.services.ask_for_work import ask
from matchmaker.store import jobs
from matchmaker.store.base import JsonObject
from matchmaker.store.catalogue import datasets
from matchmaker.store.event import events
from matchmaker.store.jobs import Job
from matchmaker.store.people import profiles, suggestible
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session
from matchmaker.store.suggestions import list_lengths, mentions, suggestions

if TYPE_CHECKING:
    from matchmaker.matching.suggest import Suggestion as Proposal
    from matchmaker.matching.vectors import Vectors

CATALOGUE = "import-catalogue"
"""The kind of job after which lists are out of date, as rarity is counted over the catalogue."""

KIND = "suggest"
"""The kind of job that does all this. `refreshing` does it for one person."""


@dataclass(frozen=True)
class Material:
    """What suggestions are computed from: the people who may be suggested, and every dataset there is."""

    profiles: tuple[Profile, ...]
    catalogue: tuple[DatasetLink, ...]
    each: int
    """How many suggestions a person gets."""


def ask_anew(session: Session, event_id: int, asked_by_id: int | None) -> Job:
    """Ask for the lists of an event to be worked out again; the caller starts the job after the commit."""
    return ask(session, KIND, event_id, asked_by_id, saying="Working out whom people should meet")


def ask_for_one_behind(session: Session, today: date) -> Job | None:
    """Ask for new lists for the next event whose lists are older than the last change of the catalogue.

    One at a time: the catalogue is everybody's, and to work out all lists of all events at once would hold up what
    people wait for.
    """
    behind = jobs.events_behind(session, KIND, CATALOGUE, today)
    return ask_anew(session, behind[0], None) if behind else None


def load(session: Session, event_id: int) -> Material:
    """Read what the suggestions of an event depend on, in a fixed number of queries."""
    event = events.by_id(session, event_id)
    return Material(
        tuple(profiles.at_event(session, event_id, suggestible_only=True)),
        tuple(profiles.catalogue(session)),
        event.suggestions_each if event else 1,
    )


def compute(vectors: "Vectors", each: int) -> Mapping[str, tuple["Proposal", ...]]:
    """Return everybody's list, best first, by person id as text. Nothing is read or kept."""
    from matchmaker.matching.suggest import suggest_from  # noqa: PLC0415 - heavy: loads scikit-learn

    return suggest_from(vectors, each) if len(vectors.profiles) > 1 else {}


def named(vectors: "Vectors", only: Collection[int] | None = None) -> Mapping[int, mentions.Named]:
    """Return the datasets that everybody, or `only` these, name in what they write, with the words, by person id."""
    from matchmaker.matching.mentions import mentioned  # noqa: PLC0415 - heavy: loads scikit-learn

    places = (
        (vectors.position.get(str(one)) for one in only) if only is not None else range(len(vectors.profiles))
    )
    found = mentioned([vectors.profiles[one] for one in places if one is not None], vectors.names)
    return {int(one): [(int(dataset), words) for dataset, words in some] for one, some in found.items()}


def keep_named(session: Session, event_id: int, found: Mapping[int, mentions.Named]) -> None:
    """Keep what people name, of those who are still here and the datasets that are."""
    events.lock(session, event_id)
    here = suggestible.among_these(session, event_id, found)
    known = datasets.existing(session, {dataset for some in found.values() for dataset, _ in some})
    still = {
        one: [(dataset, words) for dataset, words in some if dataset in known]
        for one, some in found.items()
        if one in here
    }
    mentions.keep(session, event_id, still)


def say_meant(
    session: Session, registration: Registration, public_ids: Collection[str], *, meant: bool
) -> None:
    """Keep whether a person means these datasets with the words that seem to name them."""
    ids = [one.id for one in datasets.by_public_ids(session, public_ids)]
    mentions.mean(session, registration.event_id, registration.person_id, ids, meant=meant)


def save(session: Session, event_id: int, found: Mapping[str, tuple["Proposal", ...]]) -> int:
    """Keep the lists in place of the old ones; return how many suggestions there are.

    Somebody may have left, objected or answered while they were computed: what no longer holds is left out.
    """
    events.lock(session, event_id)
    welcome = suggestible.ids(session, event_id)
    out = kept_apart(session, event_id, welcome, welcome)
    suggestions.clear(session, event_id)
    rows = (
        row(event_id, person_id, one, position)
        for person_id in welcome
        for position, one in enumerate(
            (one for one in found.get(str(person_id), ()) if not out(person_id, one.id)), start=1
        )
    )
    kept = suggestions.add(session, rows)
    lengths = {one: len(found.get(str(one), ())) for one in welcome}
    list_lengths.note(session, event_id, lengths, everybody=True)
    return kept


def kept_apart(
    session: Session, event_id: int, among: Collection[int], welcome: Collection[int]
) -> Callable[[int, int | str], bool]:
    """Return a test of whether one of these people must not be suggested to another, as things are now."""
    never = profiles.apart(session, event_id, among) | profiles.acquainted(session, event_id, among)

    def out(person_id: int, other: int | str) -> bool:
        return (
            person_id not in welcome or int(other) not in welcome or profiles.pair(person_id, other) in never
        )

    return out


def row(event_id: int, person_id: int, proposal: "Proposal", position: int) -> JsonObject:
    """Return a proposal as it is kept, in this place of this person's list."""
    return {
        "event_id": event_id,
        "person_id": person_id,
        "other_id": int(proposal.id),
        "position": position,
        "score": min(1.0, max(0.0, proposal.score)),
        "reasons": [reason.kept() for reason in proposal.reasons if reason.kind != "other"],
        "bridge": proposal.bridge,
        "opening": proposal.opening,
    }
