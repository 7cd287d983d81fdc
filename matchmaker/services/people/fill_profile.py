"""Fill in a profile: what attendees say about themselves, kept in the tables it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any

from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.recognition.rules import Claim, tidy
from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits.state_contributions import add_dataset, claim, decide, mark_use, take_back
from matchmaker.services.people import list_in_directory
from matchmaker.services.suggestions import forget_work
from matchmaker.store.catalogue import datasets, topics
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import SHOWN, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Session, hold

USES = {UseKind.USES: "I use it", UseKind.WANTS: "I want to use it", UseKind.STUCK: "I am stuck on it"}
STANDINGS: dict[str, str] = {
    **{kind.value: words for kind, words in USES.items()},
    **{role.id: role.label for role in ROLES.values() if role.id != OTHER},
}
"""How somebody can stand to a dataset in their profile: value → words. "Other" needs a text of its own, so it
is said on the dataset's page."""

MOST_TOPICS = 20
MOST_LINKS = 40


NEEDS = {"step_free": False, "quiet": False, "large_print": False, "access_needs": "", "diet": ""}
"""What a profile says that somebody needs at the venue or eats, and what it says where they do not."""


@dataclass(frozen=True)
class DatasetLine:
    """One line of the list of datasets: which one (its public id, or "" for a new title) and how one stands."""

    dataset: str
    title: str
    standing: str


@dataclass(frozen=True)
class HelpAnswers:
    """The first step of a profile: what somebody would like help with, and what they can help with."""

    needs: str
    offers: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class DatasetAnswers:
    """The second step: datasets, each with what somebody has to do with it."""

    links: tuple[DatasetLine, ...]


@dataclass(frozen=True)
class AboutAnswers:
    """The third step: who somebody is, and what makes meetings work for them.

    `arrives` and `leaves` are local times, None for all day.
    """

    pronouns: str
    job_title: str
    organisation: str
    team: str
    bio: str
    arrives: time | None
    leaves: time | None
    step_free: bool
    quiet: bool
    large_print: bool
    access_needs: str
    diet: str
    trio_ok: bool


ProfileAnswers = HelpAnswers | DatasetAnswers | AboutAnswers
"""What one step of the profile asks. The fields of each are the one list from which is taken what is read, what its
form shows and what is kept. A field is one of the lists, or a column by its name: of the registration, or else of the
person."""

BROUGHT = frozenset({"organisation", "job_title", "team"})
"""Fields that the organisers' list of attendees usually brings, so that they say nothing of a step being done."""


def links(session: Session, person_id: int) -> tuple[DatasetLine, ...]:
    """Return a person's datasets as their profile lists them, by title: what they say they did, and uses."""
    did = [
        (row.dataset, row.role)
        for row in contributions.of_person(session, person_id)
        if row.state in SHOWN and row.role != OTHER
    ]
    uses = [(row.dataset, row.kind.value) for row in contributions.uses_of_people(session, [person_id])]
    found = sorted(did + uses, key=lambda one: (one[0].title_key, one[0].id, one[1]))
    return tuple(DatasetLine(dataset.public_id, dataset.title, standing) for dataset, standing in found)


def stored(session: Session, registration: Registration, step: type[ProfileAnswers]) -> ProfileAnswers:
    """Return what is kept of one step of a profile."""
    return step(**{one.name: _stored(session, registration, one.name) for one in fields(step)})


def is_begun(session: Session, registration: Registration, step: type[ProfileAnswers]) -> bool:
    """Whether somebody has said anything in a step, beyond what a list of attendees usually brings."""
    return any(
        contributions.any_of_person(session, registration.person_id, OTHER)
        if one.name == "links"
        else _stored(session, registration, one.name)
        for one in fields(step)
        if one.name not in BROUGHT
    )


def save(session: Session, registration: Registration, told: ProfileAnswers, at: datetime) -> None:
    """Keep the answers of one step of a profile and touch no other; what is missing from its lists is removed.

    A contribution that was thanked for, or that a colleague stated, is hidden rather than deleted, and comes
    back if it is added again.
    """
    for one in fields(told):
        _keep(session, registration, one.name, getattr(told, one.name), at)
    registration.profile_saved_at = at
    session.flush()
    list_in_directory.index(session, registration)


def _stored(session: Session, registration: Registration, name: str) -> Any:
    if name == "topics":
        return tuple(topic.name for topic in registration.topics)
    if name == "links":
        return links(session, registration.person_id)
    return getattr(_row(registration, name), name)


def _keep(session: Session, registration: Registration, name: str, value: Any, at: datetime) -> None:
    if name == "topics":
        chosen = {row.id: row for row in (topics.find_or_add(session, one) for one in value)}
        registration.topics = list(chosen.values())
    elif name == "links":
        _save_links(session, registration.person, value, at)
    else:
        setattr(_row(registration, name), name, value)


def _row(registration: Registration, name: str) -> Registration | Person:
    return registration if name in Registration.__table__.columns else registration.person


def tells_needs(registration: Registration) -> bool:
    """Return whether anything is kept of what somebody needs at the venue or eats."""
    return any(getattr(registration, name) for name in NEEDS)


def take_out_needs(session: Session, registration: Registration) -> None:
    """Forget what somebody needs at the venue and eats, whoever said it, as their profile may be shut to them."""
    hold(session, registration)
    for name, nothing in NEEDS.items():
        setattr(registration, name, nothing)
    session.flush()


def show_name(session: Session, person: Person, shown: bool) -> None:
    """Show a person's name beside what they did for datasets, or "someone at" their organisation.

    A name that is hidden leaves the reasons kept with lists and plans at once, where it stands beside what they did.
    """
    person.show_name = shown
    if not shown:
        forget_work.forget_all(session, person.id)
    session.flush()


def _save_links(session: Session, person: Person, told: Sequence[DatasetLine], at: datetime) -> None:
    rows = [(_dataset(session, person, link), link.standing) for link in told]
    uses = {dataset.id: (dataset, UseKind(standing)) for dataset, standing in rows if standing in USES}
    for use in contributions.uses_of_people(session, [person.id]):
        if use.dataset_id not in uses:
            mark_use(session, person, use.dataset, None)
    for dataset, kind in uses.values():
        mark_use(session, person, dataset, kind)
    roles = {(dataset.id, standing): dataset for dataset, standing in rows if standing not in USES}
    _save_claims(session, person, roles, at)


def _save_claims(
    session: Session, person: Person, wanted: Mapping[tuple[int, str], Dataset], at: datetime
) -> None:
    listed = [
        row for row in contributions.of_person(session, person.id) if row.state in SHOWN and row.role != OTHER
    ]
    for row in listed:
        if (row.dataset_id, row.role) not in wanted and not take_back(session, row):
            decide(session, row, ContributionState.HIDDEN)
    for dataset_id, role in wanted.keys() - {(row.dataset_id, row.role) for row in listed}:
        _claim(session, person, wanted[dataset_id, role], role, at)


def _claim(session: Session, person: Person, dataset: Dataset, role: str, at: datetime) -> None:
    """Claim a role; a credit that was hidden or waits for a yes keeps its note and its years."""
    row = contributions.one(session, person.id, dataset.id, role)
    said = Claim(role) if row is None else Claim(role, "", row.note, row.first_year, row.last_year)
    claim(session, person, dataset, said, at)


def _dataset(session: Session, person: Person, link: DatasetLine) -> Dataset:
    """Return the dataset a line is about; one by a new title is added, unless it has come in since."""
    found = datasets.by_public_id(session, link.dataset) if link.dataset else None
    if found is not None:
        return found
    title = tidy(link.title)
    known = datasets.by_title(session, title)
    return known[0] if known else add_dataset(session, person, title, "")
