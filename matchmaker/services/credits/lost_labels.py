"""Propose tables for lost labels: which of those coming might know who made the most wanted datasets.

A proposal takes seconds to work out, so a job keeps it as ids and reasons. Whoever reads it later reads only what
still holds: nobody who has objected, left or been kept apart since, and no dataset that has a name by then.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from matchmaker.matching.profile import DatasetLink
from matchmaker.store.base import JsonObject
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, label_names
from matchmaker.store.credits.contributions import SHOWN, Contribution
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, profiles, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Registration
from matchmaker.store.session import Session

if TYPE_CHECKING:
    from matchmaker.matching.lost_labels import Knower

KIND = "lost-labels"
"""The kind of the job that works a proposal out."""
MOST_TABLES = 12
MOST_ASKED = 40
"""So many of the most wanted datasets are looked at."""
SAYS = {
    "own": "says that they worked on it",
    "similar": "worked with {}, which is like it",
    "publisher": "knows {}, which publishes it",
    "topic": "works on {}",
    "years": "was at such work around {}",
}
"""Kind of reason → its words."""


@dataclass(frozen=True)
class TableGuest:
    """One of the three, and the reasons in words."""

    person: Person
    why: tuple[str, ...]


@dataclass(frozen=True)
class LostTable:
    """A dataset nobody is named for, how many want it, and three people to sit over it."""

    dataset: Dataset
    wanted: int
    people: tuple[TableGuest, ...]


def propose(session: Session, event: Event) -> JsonObject:
    """Return tables for the datasets without a name that most people use, want or are stuck on, to be kept.

    Whoever objects to being suggested is on none.
    """
    from matchmaker.matching.lost_labels import UnnamedDataset, tables  # noqa: PLC0415 - heavy: loads scikit-learn

    gaps = [one.id for one in label_names.by_publisher(session) if one.named < one.datasets]
    asked = label_names.missing(session, [one if isinstance(one, int) else None for one in gaps], MOST_ASKED)
    wanted = sorted((one for one in asked if one.wanted), key=lambda one: (-one.wanted, one.title))
    counts = {one.public_id: one.wanted for one in wanted[:MOST_ASKED]}
    lost = [
        UnnamedDataset(
            DatasetLink(str(row.id), row.title, row.description, tuple(row.tags)),
            row.publisher.name if row.publisher else "",
            row.modified_on.year if row.modified_on else None,
            counts[row.public_id],
        )
        for row in datasets.by_public_ids(session, counts)
    ]
    return {
        "tables": [
            {
                "dataset": int(table.lost.link.id),
                "wanted": table.lost.wanted,
                "people": [{"person": int(one.id), "why": list(map(list, one.why))} for one in table.people],
            }
            for table in tables(lost, _knowers(session, event), MOST_TABLES)
        ]
    }


def of_known_people(session: Session, proposal: JsonObject) -> JsonObject:
    """Return a proposal without the tables of people who were erased since it was worked out."""
    tables = proposal["tables"]
    known = people.by_ids(session, {one["person"] for table in tables for one in table["people"]})
    return {"tables": [table for table in tables if all(one["person"] in known for one in table["people"])]}


def _knowers(session: Session, event: Event) -> "list[Knower]":
    from matchmaker.matching.lost_labels import Knower  # noqa: PLC0415 - heavy: loads scikit-learn

    coming = profiles.at_event(session, event.id, suggestible_only=True)
    publishers: dict[str, set[str]] = {}
    years: dict[str, list[tuple[int, int]]] = {}
    # Held here, so that no row has to ask for its own person.
    held = people.by_ids(session, [int(one.id) for one in coming])
    for row in _shown(session, held):
        if row.dataset.publisher:
            publishers.setdefault(str(row.person_id), set()).add(row.dataset.publisher.name)
        ends = [year for year in (row.first_year, row.last_year) if year]
        if ends:
            years.setdefault(str(row.person_id), []).append((min(ends), max(ends)))
    return [
        Knower(one, frozenset(publishers.get(one.id, ())), tuple(years.get(one.id, ()))) for one in coming
    ]


def _shown(session: Session, person_ids: Collection[int]) -> list[Contribution]:
    """Return what these people did that an organiser may know of, of those who do not hide their name."""
    rows = contributions.of_people(session, person_ids)
    return [row for row in rows if row.state_for_others in SHOWN and row.person.show_name]


def still(session: Session, event: Event, kept: JsonObject) -> list[LostTable]:
    """Return the tables of a kept proposal that could be proposed now, each with the reasons that still hold.

    Ten queries about the few people it names, whatever the size of the event.
    """
    tables = kept.get("tables", [])
    ids = {one["person"] for table in tables for one in table["people"]}
    guests = _guests(session, event, ids)
    apart = profiles.apart(session, event.id, guests)
    lost = [table["dataset"] for table in tables]
    rows = {one.id: one for one in datasets.by_ids(session, lost)}
    names = label_names.of(session, lost)
    found = []
    for table in tables:
        dataset, who = rows.get(table["dataset"]), [one["person"] for one in table["people"]]
        if dataset is None or ((named := names.get(dataset.id)) and named.on_label):
            continue
        if any(profiles.pair(*two) in apart for two in combinations(who, 2)):
            continue
        seated = [_seated(guests, dataset, one) for one in table["people"]]
        if all(seated):
            found.append(LostTable(dataset, table["wanted"], tuple(one for one in seated if one)))
    return found


@dataclass(frozen=True)
class _Guest:
    """Somebody of a kept proposal as they stand now: what they made, and everything they have to do with, by name."""

    person: Person
    made: frozenset[int]
    about: frozenset[str]


def _guests(session: Session, event: Event, person_ids: Collection[int]) -> Mapping[int, _Guest]:
    """Return those of these people who may still be proposed, by inside id."""
    here: list[Registration] = [
        one
        for one in registrations.of_people_with_topics(session, event.id, person_ids)
        if one.state in COMING and one.suggestible
    ]
    about: dict[int, set[str]] = {
        one.person_id: {one.person.organisation, *(topic.name for topic in one.topics)} for one in here
    }
    made: dict[int, set[int]] = {one: set() for one in about}
    for row in _shown(session, about):
        made[row.person_id].add(row.dataset_id)
        about[row.person_id] |= {
            row.dataset.title,
            row.dataset.publisher.name if row.dataset.publisher else "",
        }
    for use in contributions.uses_of_people(session, about):
        about[use.person_id].add(use.dataset.title)
    return {
        one.person_id: _Guest(
            one.person,
            frozenset(made[one.person_id]),
            frozenset(name.casefold() for name in about[one.person_id]),
        )
        for one in here
    }


def _seated(guests: Mapping[int, _Guest], dataset: Dataset, kept: JsonObject) -> TableGuest | None:
    """Return one of the three with the reasons that still hold, or None if they may not or need not sit there."""
    guest = guests.get(kept["person"])
    if guest is None:
        return None
    holds = {"own": dataset.id in guest.made, "years": True}
    why = [(kind, what) for kind, what in kept["why"] if holds.get(kind, what.casefold() in guest.about)]
    if all(kind == "years" for kind, _ in why):
        return None
    return TableGuest(guest.person, tuple(SAYS[kind].format(what) for kind, what in why))
