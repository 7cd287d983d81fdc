"""What may leave: each circle of readers sees what its people agreed to, and no more."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.recognition.label import Label
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits import show_labels
from matchmaker.store.catalogue import datasets
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


class Hall:
    """Ada and Ben worked on one dataset and Cy on another; Ada agreed to be named in public."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(labels_public=True), make.event()
        self.ada = make.person("Ada", organisation="Met Office", public_since=NOW)
        self.ben = make.person("Ben", organisation="Defra")
        self.cy = make.person("Cy", organisation="Ofgem", public_since=NOW)
        self.rows = [make.registration(self.event, one) for one in (self.ada, self.ben)]
        make.registration(self.other, self.cy)
        self.rivers, self.peat = make.dataset("River Levels", "Defra"), make.dataset("Peat Depth")
        self.credit = make.contribution(self.ada, self.rivers)
        make.contribution(self.ben, self.rivers)
        make.contribution(self.ben, self.rivers, "checked", state=ContributionState.CLAIMED)
        make.contribution(self.cy, self.peat)
        make.endorsement(self.event, self.ben, self.credit, sentence="From Ben to Ada, of the gauges.")
        make.endorsement(self.event, self.cy, self.credit, sentence="From Cy to Ada, of the gauges.")
        for columns in ({"sealed": True}, {"moderated": True}, {"state": EndorsementState.HIDDEN}):
            giver = make.person(public_since=NOW)
            make.endorsement(
                self.event, giver, self.credit, sentence="Nobody else may read this one.", **columns
            )

    def public(self) -> dict[str, Label]:
        with self.database.reading() as session:
            found = show_labels.in_public(session, [self.rivers.id, self.peat.id])
        return {{self.rivers.id: "rivers", self.peat.id: "peat"}[one]: label for one, label in found.items()}

    def change(self, kind: Any, key: int, **columns: Any) -> None:
        with self.database.writing() as session:
            for name, value in columns.items():
                setattr(session.get_one(kind, key), name, value)


def shown(label: Label) -> list[tuple[str, str]]:
    return sorted((entry.shown, entry.organisation) for line in label.lines for entry in line.entries)


def said(label: Label) -> list[str]:
    return sorted(one.sentence for one in label.thanks)


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


def test_inside_everything_accepted_is_told_and_nothing_else(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    with database.reading() as session:
        labels = show_labels.inside(session, [hall.rivers.id])
    assert list(labels) == [hall.rivers.id]
    assert [name for name, _ in shown(labels[hall.rivers.id])] == ["Ada", "Ben"]
    assert said(labels[hall.rivers.id]) == [
        "From Ben to Ada, of the gauges.",
        "From Cy to Ada, of the gauges.",
    ]


def test_in_public_only_who_agreed_is_named_and_thanks_need_both(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    found = hall.public()
    assert sorted(found) == ["peat", "rivers"]
    names = [name for name, _ in shown(found["rivers"])]
    assert "Ada" in names
    assert "Ben" not in names
    assert len(names) == 2
    assert said(found["rivers"]) == ["From Cy to Ada, of the gauges."]


def test_a_list_of_public_labels_says_the_same_without_reading_any_thanks(hall: Hall, queries: Any) -> None:
    with hall.database.reading() as session:
        ids = [hall.rivers.id, hall.peat.id]
        whole = show_labels.in_public(session, ids)
        with queries() as sent:
            found = show_labels.makers_in_public(session, ids)
    assert not any("endorsement" in one for one in sent)
    assert found == {one: label.makers for one, label in whole.items()}


def test_whoever_did_not_agree_is_told_of_only_while_their_event_is_public_and_they_come(hall: Hall) -> None:
    assert len(shown(hall.public()["rivers"])) == 2
    hall.change(Registration, hall.rows[1].id, state=RegistrationState.CANCELLED)
    assert [name for name, _ in shown(hall.public()["rivers"])] == ["Ada"]


def test_nothing_is_public_while_no_event_says_so(hall: Hall) -> None:
    hall.change(Event, hall.event.id, labels_public=False)
    assert hall.public() == {}


def test_a_dataset_of_nobody_who_may_be_told_of_has_no_public_label(hall: Hall) -> None:
    hall.change(Person, hall.cy.id, public_since=None)
    assert sorted(hall.public()) == ["rivers"]


def test_the_datasets_of_an_event_are_those_its_people_are_named_for(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.contribution(hall.ben, hall.make.dataset("Bog Maps"), state=ContributionState.AWAITING)
    hall.make.contribution(hall.ada, hall.make.dataset("Air Quality"))
    with database.reading() as session:
        found, labels = show_labels.of_event(session, hall.event.id)
        assert [one.title for one in found] == ["Air Quality", "River Levels"]
        assert len(shown(labels[hall.rivers.id])) == 2


def test_files_take_only_what_has_a_label_with_safe_addresses(hall: Hall) -> None:
    hall.make.dataset("Without a label")
    with hall.database.writing() as session:
        rivers, peat = datasets.by_ids(session, [hall.rivers.id]), datasets.by_ids(session, [hall.peat.id])
        rivers[0].url, peat[0].url = "https://data.example/rivers", "javascript:alert(1)"
        labels = show_labels.inside(session, [hall.rivers.id, hall.peat.id])
        both = show_labels.labelled([*peat, *rivers], labels, {hall.rivers.id: "https://m.example/labels/1"})
        none = show_labels.labelled(peat, {}, {})
    assert [(one.title, one.publisher, one.landing_page, one.public_page) for one in both] == [
        ("Peat Depth", "", "", ""),
        ("River Levels", "Defra", "https://data.example/rivers", "https://m.example/labels/1"),
    ]
    assert none == []
