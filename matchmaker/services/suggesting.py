"""Working out whom people should meet: read the profiles, compute without the database, keep the lists."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.services.asking import ask
from matchmaker.store import events, profiles, registrations, suggestions
from matchmaker.store.jobs import Job
from matchmaker.store.registrations import COMING
from matchmaker.store.session import Session
from matchmaker.store.suggestions import Suggestion

if TYPE_CHECKING:
    from matchmaker.matching.suggesting import Suggestion as Proposal

KIND = "suggest"
"""The kind of job that does all this."""


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


def load(session: Session, event_id: int) -> Material:
    """Read what the suggestions of an event depend on, in a fixed number of queries."""
    event = events.by_id(session, event_id)
    return Material(
        tuple(profiles.at_event(session, event_id, suggestible_only=True)),
        tuple(profiles.catalogue(session)),
        event.suggestions_each if event else 1,
    )


def compute(material: Material) -> Mapping[str, tuple["Proposal", ...]]:
    """Return everybody's list, best first, by person id as text. Nothing is read or kept."""
    from matchmaker.matching.suggesting import suggest  # noqa: PLC0415 - heavy: loads scikit-learn

    if len(material.profiles) < 2:
        return {}
    return suggest(material.profiles, catalogue=material.catalogue, top=material.each)


def save(session: Session, event_id: int, found: Mapping[str, tuple["Proposal", ...]]) -> int:
    """Keep the lists in place of the old ones; return how many suggestions there are.

    Somebody may have left, objected or answered while they were computed: what no longer holds is left out.
    """
    welcome = {
        str(one.person_id) for one in registrations.at_event(session, event_id, COMING) if one.suggestible
    }
    ids = [int(one) for one in welcome]
    never = profiles.apart(session, event_id, ids) | profiles.acquainted(session, event_id, ids)
    suggestions.clear(session, event_id)
    kept = []
    for person in welcome.intersection(found):
        still = [
            one for one in found[person] if one.id in welcome and profiles.pair(person, one.id) not in never
        ]
        kept += [_row(event_id, int(person), one, position) for position, one in enumerate(still, start=1)]
    session.add_all(kept)
    session.flush()
    return len(kept)


def _row(event_id: int, person_id: int, proposal: "Proposal", position: int) -> Suggestion:
    return Suggestion(
        event_id=event_id,
        person_id=person_id,
        other_id=int(proposal.id),
        position=position,
        score=min(1.0, max(0.0, proposal.score)),
        reasons=[asdict(reason) for reason in proposal.reasons if reason.kind != "other"],
        bridge=proposal.bridge,
        opening=proposal.opening,
    )
