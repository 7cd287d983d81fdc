"""Who stands in: the first who is free and comes, is there in that round, and may be met."""

from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.plans import stand_ins
from matchmaker.store.event.events import Event
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind


class Hall:
    """Ada meets Ben in round 1; Cy, then Dee, could stand in."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(rounds=2), make.event(rounds=2)
        self.ada, self.ben, self.cy, self.dee = (make.person(name) for name in ("Ada", "Ben", "Cy", "Dee"))
        self.rows = {
            one.id: make.registration(self.event, one) for one in (self.ada, self.ben, self.cy, self.dee)
        }
        for one in (self.cy, self.dee):
            make.registration(self.other, one)
        plan = Plan(event_id=self.event.id, version=1, problem={}, certificate={}, rounds=[1, 2], tables=[1])
        make.add(plan)
        seats = [
            Seat(person_id=self.ada.id, stands_in=[self.cy.id, self.dee.id]),
            Seat(person_id=self.ben.id, stands_in=[self.dee.id]),
        ]
        self.meeting = Meeting(plan_id=plan.id, round_number=1, table_number=1, seats=seats)
        make.add(self.meeting)

    def named(self) -> dict[int, str]:
        with self.database.reading() as session:
            meeting = session.get_one(Meeting, self.meeting.id)
            event, ada = session.get_one(Event, self.event.id), session.get_one(Person, self.ada.id)
            found = stand_ins.stand_ins(session, event, [meeting], ada)
            return {number: person.name for number, person in found.items()}

    def change(self, person: Person, **columns: Any) -> None:
        with self.database.writing() as session:
            row = session.get_one(type(self.rows[person.id]), self.rows[person.id].id)
            for name, value in columns.items():
                setattr(row, name, value)


@pytest.fixture
def hall(make: Any) -> Hall:
    return Hall(make)


@pytest.mark.parametrize(
    "columns",
    [
        {"presence": Presence.ABSENT},
        {"state": RegistrationState.CANCELLED},
        {"state": RegistrationState.DECLINED},
        {"arrives": time(10, 1)},
        {"leaves": time(10, 19)},
    ],
)
def test_whoever_is_not_there_is_passed_over(hall: Hall, columns: dict[str, Any]) -> None:
    assert hall.named() == {1: "Cy"}
    hall.change(hall.cy, **columns)
    assert hall.named() == {1: "Dee"}


def test_a_block_an_exclusion_and_a_no_pass_over_the_same(database: Database, maker: Any) -> None:
    hall = Hall(maker(database))
    hall.make.add(Exclusion(event_id=hall.other.id, a_id=hall.ada.id, b_id=hall.cy.id))
    hall.make.answer(hall.other, hall.cy, hall.ada, AnswerKind.NOT_FOR_ME)
    assert hall.named() == {1: "Cy"}
    hall.make.answer(hall.event, hall.cy, hall.ada, AnswerKind.NOT_FOR_ME)
    assert hall.named() == {1: "Dee"}
    hall.make.answer(hall.other, hall.ada, hall.dee, AnswerKind.BLOCK)
    assert hall.named() == {}


def test_whoever_was_erased_is_passed_over(hall: Hall) -> None:
    with hall.database.writing() as session:
        session.delete(session.get_one(Person, hall.cy.id))
    assert hall.named() == {1: "Dee"}


def test_a_plan_notes_beside_each_seat_who_is_free_in_that_round(
    sqlite: Database, make: Any, new_day: Any
) -> None:
    day = new_day(make, sqlite, people=5, rounds=2, tables=2)
    plan = day.plan()
    with sqlite.writing() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        stand_ins.note(session, kept)
    with sqlite.reading() as session:
        meetings = list(session.scalars(select(Meeting).where(Meeting.plan_id == plan.id)))
        everybody = {one.person_id for one in day.people}
        for number in (1, 2):
            busy = {seat.person_id for one in meetings if one.round_number == number for seat in one.seats}
            (free,) = everybody - busy
            named = {
                tuple(seat.stands_in) for one in meetings if one.round_number == number for seat in one.seats
            }
            met = {
                seat.person_id
                for one in meetings
                for seat in one.seats
                if free in {other.person_id for other in one.seats}
            }
            named = {
                seat.person_id: seat.stands_in
                for one in meetings
                if one.round_number == number
                for seat in one.seats
            }
            assert set(map(tuple, named.values())) == {(free,), ()}
            assert not any(named[one] for one in met & named.keys())
