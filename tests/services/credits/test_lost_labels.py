"""Tables for lost labels: whom a proposal may name, and what of a kept one still holds when somebody reads it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import lost_labels
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


def test_nobody_is_proposed_for_what_is_sealed_or_hidden_by_an_organiser(sqlite: Database, make: Any) -> None:
    event = make.event(sealed=True)
    one, two, *others = (make.registration(event).person for _ in range(5))
    lost, known = make.dataset("Tide gauges", "Water Office"), make.dataset("Soil maps", "Water Office")
    make.add(Use(person_id=make.person().id, dataset_id=lost.id, kind=UseKind.WANTS))
    make.contribution(one, known, "built", declared_by_id=two.id, sealed_by_id=event.id)
    make.contribution(two, known, "checked", moderated=True)
    for person in others:
        make.contribution(person, known, "curated", state=ContributionState.CLAIMED)
    with sqlite.reading() as session:
        (table,) = lost_labels.propose(session, event)["tables"]
        assert {seated["person"] for seated in table["people"]} == {person.id for person in others}


@pytest.fixture
def hall(sqlite: Database, make: Any) -> Any:
    """A kept proposal of one table: Ada, Ben and Cy, who work at or made something of the same publisher."""
    event = make.event()
    rows = [
        make.registration(event, make.person(name, organisation="Moor Office")) for name in ("Ada", "Ben")
    ]
    rows.append(make.registration(event, make.person("Cy", organisation="Elsewhere")))
    lost, near = make.dataset("Peat depths", "Moor Office"), make.dataset("Bog plants", "Moor Office")
    credit = make.contribution(rows[2].person, near, "built")
    make.add(Use(person_id=make.person().id, dataset_id=lost.id, kind=UseKind.WANTS))
    with sqlite.reading() as session:
        kept = lost_labels.propose(session, event)
    assert len(kept["tables"]) == 1
    return SimpleNamespace(event=event, rows=rows, lost=lost, near=near, credit=credit, kept=kept)


def shown(database: Database, hall: Any) -> list[list[tuple[str, tuple[str, ...]]]]:
    """Return the names and reasons of every table that still holds."""
    with database.reading() as session:
        tables = lost_labels.still(session, hall.event, hall.kept)
        return [[(one.person.name, one.why) for one in table.people] for table in tables]


KNOWS = ("knows Moor Office, which publishes it",)


def test_a_kept_proposal_says_whom_and_why(sqlite: Database, hall: Any) -> None:
    (table,) = shown(sqlite, hall)
    assert sorted(table) == [("Ada", KNOWS), ("Ben", KNOWS), ("Cy", KNOWS)]


@pytest.mark.parametrize(
    ("table", "row", "values"),
    [
        (Registration, lambda hall: hall.rows[0], {"suggestible": False}),
        (Registration, lambda hall: hall.rows[0], {"state": RegistrationState.CANCELLED}),
        (Contribution, lambda hall: hall.credit, {"moderated": True}),
        (Contribution, lambda hall: hall.credit, {"state": ContributionState.HIDDEN}),
        (Person, lambda hall: hall.rows[2].person, {"show_name": False}),
        (Person, lambda hall: hall.rows[1].person, {"organisation": "Bus Office"}),
    ],
    ids=["objects", "leaves", "is moderated", "takes it back", "hides their name", "changes office"],
)
def test_a_table_is_gone_as_soon_as_one_of_the_three_could_no_longer_be_proposed(
    sqlite: Database, hall: Any, table: Any, row: Callable[[Any], Any], values: dict[str, Any]
) -> None:
    with sqlite.writing() as session:
        for name, value in values.items():
            setattr(session.get_one(table, row(hall).id), name, value)
    assert shown(sqlite, hall) == []


def test_a_table_is_gone_once_two_of_the_three_must_not_meet(sqlite: Database, make: Any, hall: Any) -> None:
    ada, ben, _ = (row.person for row in hall.rows)
    make.answer(make.event(), ada, ben, AnswerKind.NOT_FOR_ME)
    assert len(shown(sqlite, hall)) == 1, "what was said at another event holds there"
    make.answer(hall.event, ben, ada, AnswerKind.BLOCK)
    assert shown(sqlite, hall) == []


def test_a_table_is_gone_once_its_dataset_has_a_name(sqlite: Database, make: Any, hall: Any) -> None:
    make.contribution(make.person(), hall.near, "checked")
    make.contribution(hall.rows[0].person, hall.lost, "built", state=ContributionState.AWAITING)
    assert len(shown(sqlite, hall)) == 1
    make.contribution(make.person(), hall.lost, "built")
    assert shown(sqlite, hall) == []


def test_who_was_erased_while_it_was_worked_out_is_in_no_proposal(
    sqlite: Database, make: Any, hall: Any
) -> None:
    with sqlite.writing() as session:
        session.delete(session.get_one(Person, hall.rows[1].person_id))
        assert lost_labels.of_known_people(session, hall.kept) == {"tables": []}
