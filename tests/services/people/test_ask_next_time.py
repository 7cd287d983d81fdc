"""Asking the next time: who is offered to the organisers of a later event, put on its list once, then forgotten."""

from datetime import date
from typing import Any

import pytest

from matchmaker.services.people import ask_next_time
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Database

S = RegistrationState


@pytest.fixture
def hall(make: Any) -> Any:
    """Two events of Kit's: Ada and Ben could not come to the first and ask to be asked; Cy said a plain no."""

    class Hall:
        first = make.event("First", held_on=date(2027, 3, 11))
        next = make.event("Next", held_on=date(2027, 9, 11), erase_on=date(2027, 12, 1))
        foreign = make.event("Of somebody else", held_on=date(2027, 1, 1))
        kit = make.organiser(first)
        rows: dict[str, Registration] = {}

    with make.database.writing() as session:
        event_roles.put_role(session, Hall.next.id, Hall.kit.id, EventRole.ORGANISER)
    make.organiser(Hall.foreign)
    for name, event, asks in (
        ("Ben", Hall.first, True), ("Ada", Hall.first, True), ("Cy", Hall.first, False), ("Dai", Hall.foreign, True),
    ):  # fmt: skip
        person = make.person(name, f"{name.lower()}@inside.example")
        row = make.registration(event, person, state=S.DECLINED, ask_next_time=asks, team="Tides")
        Hall.rows[name] = row
    return Hall


def waiting(database: Database, hall: Any, event: Any) -> list[str]:
    with database.reading() as session:
        kit, there = session.get_one(Person, hall.kit.id), session.get_one(Event, event.id)
        return [one.name for one in ask_next_time.waiting(session, kit, there)]


def put(database: Database, hall: Any) -> list[tuple[str, S, str, Pool]]:
    with database.writing() as session:
        kit, there = session.get_one(Person, hall.kit.id), session.get_one(Event, hall.next.id)
        added = ask_next_time.put_on_list(session, kit, there)
        return [(one.person.name, one.state, one.team, one.pool) for one in added]


def test_a_later_event_of_the_same_organiser_is_offered_who_asked(hall: Any, sqlite: Database) -> None:
    assert waiting(sqlite, hall, hall.next) == ["Ada", "Ben"]
    assert waiting(sqlite, hall, hall.first) == []


def test_they_are_on_its_list_once_and_nothing_is_kept_of_the_wish(hall: Any, sqlite: Database) -> None:
    assert put(sqlite, hall) == [
        ("Ada", S.INVITED, "Tides", Pool.INSIDE), ("Ben", S.INVITED, "Tides", Pool.INSIDE),
    ]  # fmt: skip
    assert put(sqlite, hall) == []
    assert waiting(sqlite, hall, hall.next) == []
    with sqlite.reading() as session:
        at_next = registrations.at_event(session, hall.next.id)
        assert [(one.person.name, one.invited_at) for one in at_next] == [("Ada", None), ("Ben", None)]
        asking = {
            name: session.get_one(Registration, row.id).ask_next_time for name, row in hall.rows.items()
        }
        assert asking == {"Ada": False, "Ben": False, "Cy": False, "Dai": True}


def test_who_is_on_the_list_or_comes_after_all_is_not_offered(hall: Any, make: Any, sqlite: Database) -> None:
    make.registration(hall.next, hall.rows["Ada"].person, state=S.DECLINED)
    with sqlite.writing() as session:
        session.get_one(Registration, hall.rows["Ben"].id).state = S.CONFIRMED
    assert waiting(sqlite, hall, hall.next) == []


@pytest.mark.parametrize("role", [EventRole.HELPER, EventRole.READER])
def test_a_helper_or_reader_of_the_earlier_event_is_offered_nobody(
    hall: Any, sqlite: Database, role: EventRole
) -> None:
    with sqlite.writing() as session:
        event_roles.put_role(session, hall.first.id, hall.kit.id, role)
    assert waiting(sqlite, hall, hall.next) == []
    assert put(sqlite, hall) == []


def test_somebody_who_asked_at_two_events_is_one(hall: Any, make: Any, sqlite: Database) -> None:
    second = make.event("Second", held_on=date(2027, 4, 1))
    with sqlite.writing() as session:
        event_roles.put_role(session, second.id, hall.kit.id, EventRole.ORGANISER)
    make.registration(second, hall.rows["Ada"].person, state=S.DECLINED, ask_next_time=True)
    assert waiting(sqlite, hall, hall.next) == ["Ada", "Ben"]
    assert [one[0] for one in put(sqlite, hall)] == ["Ada", "Ben"]
    assert waiting(sqlite, hall, hall.next) == []
