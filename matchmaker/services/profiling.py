"""Profiling: what an attendee tells of themselves, kept in the tables it belongs to."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.recognition.states import ContributionState
from matchmaker.store import contributions, datasets, endorsements, topics
from matchmaker.store.base import normalised
from matchmaker.store.contributions import Contribution, Use, UseKind
from matchmaker.store.datasets import Dataset
from matchmaker.store.people import Person
from matchmaker.store.profiles import STATED
from matchmaker.store.registrations import Registration
from matchmaker.store.session import Session

USES = {UseKind.USES: "I use it", UseKind.WANTS: "I want to use it", UseKind.STUCK: "I am stuck on it"}
STANDINGS: dict[str, str] = {
    **{kind.value: words for kind, words in USES.items()},
    **{role.id: role.label for role in ROLES.values() if role.id != OTHER},
}
"""How somebody can stand to a dataset in their profile: value → words. "Other" needs a text of its own, so it
is said on the dataset's page."""

MOST_TOPICS = 20
MOST_LINKS = 40
ADDED = "people"
"""The source of datasets that no catalogue lists and somebody added here."""


@dataclass(frozen=True)
class Link:
    """One line of the list of datasets: which one (its public id, or "" for a new title) and how one stands."""

    dataset: str
    title: str
    standing: str


@dataclass(frozen=True)
class Told:
    """Everything the profile page asks; `arrives` and `leaves` are local times, None for all day."""

    job_title: str
    organisation: str
    team: str
    bio: str
    offers: str
    needs: str
    topics: tuple[str, ...]
    links: tuple[Link, ...]
    arrives: time | None
    leaves: time | None
    step_free: bool
    quiet: bool
    trio_ok: bool


def links(session: Session, person_id: int) -> tuple[Link, ...]:
    """Return a person's datasets as their profile lists them, by title: what they say they did, and uses."""
    did = [
        (row.dataset, row.role)
        for row in contributions.of_person(session, person_id)
        if row.state in STATED and row.role != OTHER
    ]
    uses = [(row.dataset, row.kind.value) for row in contributions.uses_of_people(session, [person_id])]
    found = sorted(did + uses, key=lambda one: (one[0].title_key, one[0].id, one[1]))
    return tuple(Link(dataset.public_id, dataset.title, standing) for dataset, standing in found)


def save(session: Session, registration: Registration, told: Told, at: datetime) -> None:
    """Keep a profile as it was told; what is left out of its lists goes.

    A contribution that was thanked for, or that a colleague stated, is hidden rather than deleted, and comes
    back if it is added again.
    """
    person = registration.person
    person.job_title, person.organisation = told.job_title, told.organisation
    for name in ("team", "bio", "offers", "needs", "arrives", "leaves", "step_free", "quiet", "trio_ok"):
        setattr(registration, name, getattr(told, name))
    chosen = {row.id: row for row in (topics.find_or_add(session, name) for name in told.topics)}
    registration.topics = list(chosen.values())
    registration.profile_saved_at = at
    _save_links(session, person, told.links)
    session.flush()


def _save_links(session: Session, person: Person, told: Sequence[Link]) -> None:
    wanted = {(_dataset(session, person, link).id, link.standing) for link in told}
    uses = {row.dataset_id: row for row in contributions.uses_of_people(session, [person.id])}
    used = {dataset: standing for dataset, standing in wanted if standing in USES}
    for dataset_id, row in uses.items():
        if dataset_id not in used:
            session.delete(row)
    for dataset_id, standing in used.items():
        if dataset_id in uses:
            uses[dataset_id].kind = UseKind(standing)
        else:
            session.add(Use(person_id=person.id, dataset_id=dataset_id, kind=UseKind(standing)))
    _save_claims(session, person, {one for one in wanted if one[1] not in USES})


def _save_claims(session: Session, person: Person, wanted: set[tuple[int, str]]) -> None:
    rows = [row for row in contributions.of_person(session, person.id) if row.role != OTHER]
    thanked = {row.contribution_id for row in endorsements.received_by(session, person.id)}
    for row in rows:
        stated = row.state in STATED
        if (row.dataset_id, row.role) in wanted:
            if not stated:
                row.state = ContributionState.ACCEPTED
        elif stated and (row.state is ContributionState.ACCEPTED or row.id in thanked):
            row.state = ContributionState.HIDDEN
        elif stated:
            session.delete(row)
    known = {(row.dataset_id, row.role) for row in rows}
    session.add_all(
        Contribution(person_id=person.id, dataset_id=dataset, role=role, declared_by_id=person.id)
        for dataset, role in sorted(wanted - known)
    )


def _dataset(session: Session, person: Person, link: Link) -> Dataset:
    """Return the dataset a line is about; one by a new title is added, unless it has come in since."""
    found = datasets.by_public_id(session, link.dataset) if link.dataset else None
    if found is not None:
        return found
    known = datasets.by_title(session, link.title)
    if known:
        return known[0]
    made = Dataset(
        source=ADDED,
        source_id=secrets.token_urlsafe(12),
        title=link.title,
        title_key=normalised(link.title),
        added_by_id=person.id,
        tags=[],
    )
    made.search_key = datasets.search_text(made, "", [])
    session.add(made)
    session.flush()
    return made
