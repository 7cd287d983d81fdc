"""Propose tables for lost labels: which of the people coming might know who made the most wanted datasets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matchmaker.matching.profile import DatasetLink
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, label_names
from matchmaker.store.credits.contributions import SHOWN
from matchmaker.store.event.events import Event
from matchmaker.store.people import people, profiles
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session

if TYPE_CHECKING:
    from matchmaker.matching.lost_labels import Knower, LikelyKnower

MOST_TABLES = 12
MOST_ASKED = 40
"""So many of the most wanted datasets are looked at."""


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


def propose(session: Session, event: Event) -> list[LostTable]:
    """Return tables for the datasets without a name that most people use, want or are stuck on.

    Whoever objects to being suggested is on none.
    """
    from matchmaker.matching.lost_labels import UnnamedDataset, tables  # noqa: PLC0415 - heavy: loads scikit-learn

    gaps = [one.id for one in label_names.by_publisher(session) if one.named < one.datasets]
    asked = label_names.missing(session, [one if isinstance(one, int) else None for one in gaps], MOST_ASKED)
    wanted = sorted((one for one in asked if one.wanted), key=lambda one: (-one.wanted, one.title))
    counts = {one.public_id: one.wanted for one in wanted[:MOST_ASKED]}
    rows = {row.id: row for row in datasets.by_public_ids(session, counts)}
    lost = [
        UnnamedDataset(
            DatasetLink(str(row.id), row.title, row.description, tuple(row.tags)),
            row.publisher.name if row.publisher else "",
            row.modified_on.year if row.modified_on else None,
            counts[row.public_id],
        )
        for row in rows.values()
    ]
    found = tables(lost, _knowers(session, event), MOST_TABLES)
    who = people.by_ids(session, {int(guess.id) for table in found for guess in table.people})
    return [
        LostTable(
            rows[int(table.lost.link.id)],
            table.lost.wanted,
            tuple(TableGuest(who[int(guess.id)], _words(guess)) for guess in table.people),
        )
        for table in found
    ]


def _knowers(session: Session, event: Event) -> "list[Knower]":
    from matchmaker.matching.lost_labels import Knower  # noqa: PLC0415 - heavy: loads scikit-learn

    coming = profiles.at_event(session, event.id, suggestible_only=True)
    publishers: dict[str, set[str]] = {}
    years: dict[str, list[tuple[int, int]]] = {}
    # Held here, so that no row has to ask for its own person.
    held = people.by_ids(session, [int(one.id) for one in coming])
    for row in contributions.of_people(session, held):
        if row.state_for_others not in SHOWN or not row.person.show_name:
            continue
        if row.dataset.publisher:
            publishers.setdefault(str(row.person_id), set()).add(row.dataset.publisher.name)
        ends = [year for year in (row.first_year, row.last_year) if year]
        if ends:
            years.setdefault(str(row.person_id), []).append((min(ends), max(ends)))
    return [
        Knower(one, frozenset(publishers.get(one.id, ())), tuple(years.get(one.id, ()))) for one in coming
    ]


def _words(guess: "LikelyKnower") -> tuple[str, ...]:
    say = {
        "own": "says that they worked on it",
        "similar": "worked with {}, which is like it",
        "publisher": "knows {}, which publishes it",
        "topic": "works on {}",
        "years": "was at such work around {}",
    }
    return tuple(say[kind].format(what) for kind, what in guess.why)
