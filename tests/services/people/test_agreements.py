"""Agreeing to be named in public: what outlives an event, and what taking it back does."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.credits import show_labels
from matchmaker.services.people import agreements, coming, erase_people, list_in_directory
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event import events
from matchmaker.store.people import registrations
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database, Session
from tests.services.two_at_once import two_at_once

AGREED = datetime(2027, 3, 1, tzinfo=UTC)
AFTER = datetime(2027, 6, 12, tzinfo=UTC)


@pytest.fixture
def hall(database: Database, maker: Any) -> Any:
    """Ada and Ben agreed to be named in public, Cy did not; all three only know this event."""
    make = maker(database)
    event = make.event("Data Together", labels_public=True, wall_key="hall")
    ada, ben, cy = (make.person(name, organisation=f"{name}'s office") for name in ("Ada", "Ben", "Cy"))
    for one in (ada, ben, cy):
        make.registration(event, one)
    with database.writing() as session:
        for one in (ada, ben):
            session.get_one(Person, one.id).public_since = AGREED
    peat = make.dataset("Peat Depth")
    checked = make.contribution(ada, peat, "checked", note="My own words")
    make.contribution(ada, peat, "built", state=ContributionState.CLAIMED)
    make.contribution(ada, peat, "cleared", state=ContributionState.HIDDEN)
    make.contribution(cy, peat, "curated")
    make.add(Use(person_id=ada.id, dataset_id=peat.id, kind=UseKind.STUCK))
    thanked = make.endorsement(event, ben, checked)
    make.endorsement(event, cy, checked)
    return SimpleNamespace(make=make, event=event, ada=ada, ben=ben, cy=cy, peat=peat, thanked=thanked)


def kept(database: Database, kind: Any, column: Any) -> list[Any]:
    with database.reading() as session:
        return sorted(session.scalars(select(column).select_from(kind)))


def test_credits_outlive_an_event_only_with_the_persons_word(database: Database, hall: Any) -> None:
    with database.writing() as session:
        assert erase_people.erase_past_events(session, AFTER) == 1
    assert kept(database, Person, Person.name) == ["Ada", "Ben"]
    assert kept(database, Contribution, Contribution.role) == ["checked"]
    assert kept(database, Contribution, Contribution.note) == [""]
    assert kept(database, Endorsement, Endorsement.id) == [hall.thanked.id]
    assert kept(database, Use, Use.id) == []
    with database.reading() as session:
        (label,) = show_labels.in_public(session, [hall.peat.id]).values()
        assert [entry.shown for line in label.lines for entry in line.entries] == ["Ada"]
        assert [one.giver for one in label.thanks] == ["Ben"]
        event = events.by_id(session, hall.event.id)
        assert event is not None
        assert event.wall_key is None


def test_nothing_outlives_an_event_whose_labels_are_not_public(database: Database, hall: Any) -> None:
    with database.writing() as session:
        session.get_one(type(hall.event), hall.event.id).labels_public = False
        erase_people.erase_past_events(session, AFTER)
    assert kept(database, Person, Person.name) == []
    assert kept(database, Endorsement, Endorsement.id) == []


def test_thanks_that_were_not_accepted_do_not_outlive_an_event(database: Database, hall: Any) -> None:
    with database.writing() as session:
        session.get_one(Endorsement, hall.thanked.id).state = EndorsementState.HIDDEN
        erase_people.erase_past_events(session, AFTER)
    assert kept(database, Endorsement, Endorsement.id) == []


def test_taking_it_back_after_the_event_erases_the_person(database: Database, hall: Any) -> None:
    with database.writing() as session:
        erase_people.erase_past_events(session, AFTER)
    with database.writing() as session:
        assert agreements.take_back(session, session.get_one(Person, hall.ada.id), AFTER)
    assert kept(database, Person, Person.name) == ["Ben"]
    assert kept(database, Contribution, Contribution.id) == []


def test_taking_it_back_before_changes_only_that(database: Database, hall: Any) -> None:
    with database.writing() as session:
        assert not agreements.take_back(session, session.get_one(Person, hall.ada.id), AGREED)
    assert kept(database, Person, Person.name) == ["Ada", "Ben", "Cy"]
    assert kept(database, BasisRecord, BasisRecord.wording) == [agreements.NOT_PUBLIC]


def test_each_word_is_recorded_once(database: Database, hall: Any) -> None:
    with database.writing() as session:
        row = registrations.of_person(session, hall.event.id, hall.cy.id)
        assert row is not None
        for agrees in (True, True, False, False):
            agreements.choose_screen(session, row, agrees, AGREED)
        agreements.choose_public(session, row, True, AGREED)
        assert row.person.public_since == AGREED
    with database.reading() as session:
        records = session.execute(
            select(BasisRecord.kind, BasisRecord.wording).order_by(BasisRecord.id)
        ).all()
    assert [tuple(one) for one in records] == [
        (BasisKind.CONSENT, agreements.SCREEN),
        (BasisKind.WITHDRAWAL, agreements.NO_SCREEN),
        (BasisKind.CONSENT, agreements.PUBLIC),
    ]


CHOICES: dict[str, Callable[[Session, Registration], None]] = {
    "screen": lambda session, row: agreements.choose_screen(session, row, True, AGREED),
    "public": lambda session, row: agreements.choose_public(session, row, True, AGREED),
    "directory": lambda session, row: list_in_directory.choose(session, row, True, AGREED),
    "suggestions": lambda session, row: coming.object_to_suggestions(session, row, AGREED),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_that_is_sent_twice_at_the_same_moment_is_recorded_once(
    choice: str, postgres: Database, maker: Any
) -> None:
    make = maker(postgres)
    row = make.registration(make.event())

    def choose(session: Session) -> None:
        kept = session.get_one(Registration, row.id)
        assert kept.person.name
        CHOICES[choice](session, kept)

    two_at_once(postgres, choose)
    with postgres.reading() as session:
        assert session.scalar(select(func.count()).select_from(BasisRecord)) == 1
