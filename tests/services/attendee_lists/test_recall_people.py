"""What is known of the people in a list: by address anywhere, without one only among the people of this event."""

from typing import Any

import pytest

from matchmaker.intake.rows import AttendeeRow
from matchmaker.recognition.states import ContributionState
from matchmaker.services.attendee_lists.recall_people import Known, NameIndex, know, person_of
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database


class Hall:
    """Ada, Ben (no address) and Cy (left) at an event; Dee, and another Ben without address, at a second."""

    def __init__(self, make: Any) -> None:
        self.database = make.database
        self.event, self.other = make.event(), make.event()
        self.ada = make.person("Ada", "ada@inside.example", organisation="Defra")
        self.ben = make.person("Ben", "", organisation="Defra")
        self.cy = make.person("Cy", "cy@inside.example")
        self.dee = make.person("Dee", "dee@inside.example")
        make.registration(self.event, self.ada)
        make.registration(self.event, self.ben)
        make.registration(self.event, self.cy, state=RegistrationState.CANCELLED)
        make.registration(self.other, self.dee)
        make.registration(self.other, self.ada)
        make.registration(self.other, make.person("Fay", "", organisation="Defra"))
        self.rivers = make.dataset("River Levels")
        make.add(Use(person_id=self.ada.id, dataset_id=self.rivers.id, kind=UseKind.STUCK))
        make.contribution(self.dee, self.rivers, state=ContributionState.CLAIMED)
        make.contribution(make.person("Nobody here"), self.rivers)
        make.add(Exclusion(event_id=self.event.id, a_id=self.ada.id, b_id=self.ben.id))
        make.add(Exclusion(event_id=self.other.id, a_id=self.ada.id, b_id=self.dee.id))

    def know(self, *rows: AttendeeRow) -> Known:
        with self.database.reading() as session:
            return know(session, session.get_one(Event, self.event.id), rows)


@pytest.fixture
def hall(database: Database, maker: Any) -> Hall:
    return Hall(maker(database))


def test_a_person_is_known_by_address_or_by_name_among_those_without_one_here(hall: Hall) -> None:
    rows = [
        AttendeeRow(2, "Somebody", "dee@inside.example"),
        AttendeeRow(3, "ben", organisation="DEFRA"),
        AttendeeRow(4, "Ben", organisation="Ofgem"),
        AttendeeRow(5, "Ada", organisation="Defra"),
        AttendeeRow(6, "Fay", organisation="Defra"),
        AttendeeRow(7, "New", "new@inside.example"),
    ]
    known = hall.know(*rows)
    found = [person_of(row, known) for row in rows]
    assert [one.name if one else None for one in found] == ["Dee", "Ben", None, None, None, None]


def test_what_they_said_and_who_is_kept_apart_here_is_known(hall: Hall) -> None:
    known = hall.know(
        AttendeeRow(2, "Dee", "dee@inside.example", datasets=("river levels",), datasets_stuck=("Bogs",))
    )
    assert known.elsewhere == {hall.ada.id, hall.dee.id}
    assert known.uses == {hall.ada.id: {hall.rivers.id: UseKind.STUCK}}
    assert known.made == {hall.dee.id: {hall.rivers.id}}
    assert known.apart == {(hall.ada.id, hall.ben.id)}
    assert sorted(known.at_event) == sorted((hall.ada.id, hall.ben.id, hall.cy.id))
    assert [one.id for titles in known.datasets.values() for one in titles] == [hall.rivers.id]


def test_a_name_means_everybody_who_has_it_in_the_list_or_still_at_the_event(hall: Hall) -> None:
    rows = [
        AttendeeRow(2, "Ada", "other.ada@inside.example"),
        AttendeeRow(3, "New", "new@inside.example", not_with=("Dee@inside.example",)),
    ]
    names = NameIndex(rows, hall.know(*rows))
    ada = ("person", hall.ada.id)
    assert names.find("ADA") == [(ada, "Ada"), (("line", 2), "Ada")]
    assert names.find("Ada@inside.example") == []
    assert names.find("New@inside.example") == [(("line", 3), "New")]
    assert names.find("Ben") == [(("person", hall.ben.id), "Ben")]
    assert [names.find(one) for one in ("Cy", "Dee", "dee@inside.example", "nobody")] == [[], [], [], []]
