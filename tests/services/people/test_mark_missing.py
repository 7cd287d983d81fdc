"""Marking whoever is not checked in as not here, on both databases: who is due, and an undo of exactly those."""

from datetime import UTC, datetime, time
from typing import Any

from matchmaker.services.people import mark_missing, record_presence
from matchmaker.services.people.mark_missing import Missing
from matchmaker.store.event import events
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Presence, RegistrationState

NOON = datetime(2027, 3, 11, 12, tzinfo=UTC)


def presences(database: Any, event: Any) -> dict[str, Presence]:
    with database.reading() as session:
        return {one.person.name: one.presence for one in registrations.at_event(session, event.id)}


def test_who_is_due_is_marked_and_one_undo_brings_back_just_them(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event(rounds=2)
    for name, columns in (
        ("Here", {"presence": Presence.HERE, "presence_at": NOON}),
        ("Gone before", {"presence": Presence.ABSENT, "presence_at": NOON}),
        ("Due", {}),
        ("Due since eleven", {"arrives": time(11)}),
        ("Later", {"arrives": time(13, 30)}),
        ("Silent", {"state": RegistrationState.INVITED}),
        ("Said no", {"state": RegistrationState.DECLINED}),
    ):
        make.registration(event, make.person(name), **columns)
    make.registration(make.event(), make.person("Elsewhere"))
    before = presences(database, event)
    at = NOON.replace(minute=10)
    with database.reading() as session:
        assert mark_missing.missing(session, events.by_id(session, event.id), at) == Missing(due=3, later=1)
    with database.writing() as session:
        assert mark_missing.mark(session, events.by_id(session, event.id), at) == 3
    marked = presences(database, event)
    assert {name for name in marked if marked[name] is not before[name]} == {
        "Due",
        "Due since eleven",
        "Silent",
    }
    with database.writing() as session:
        silent = next(one for one in registrations.at_event(session, event.id) if one.person.name == "Silent")
        record_presence.mark(session, silent, Presence.HERE, at)
    with database.writing() as session:
        assert mark_missing.undo(session, events.by_id(session, event.id)) == 2
    assert presences(database, event) == {**before, "Silent": Presence.HERE}
    with database.writing() as session:
        assert mark_missing.undo(session, events.by_id(session, event.id)) == 0


def test_a_second_marking_of_nobody_keeps_the_undo_of_the_first(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    make.registration(event, make.person("Due"))
    for at, marked in ((NOON, 1), (NOON.replace(hour=13), 0)):
        with database.writing() as session:
            assert mark_missing.mark(session, events.by_id(session, event.id), at) == marked
    with database.writing() as session:
        assert mark_missing.undo(session, events.by_id(session, event.id)) == 1
    assert presences(database, event) == {"Due": Presence.EXPECTED}


def test_on_a_day_before_the_event_only_those_without_hours_are_due(database: Any, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    make.registration(event, arrives=time(9))
    make.registration(event)
    with database.reading() as session:
        there = events.by_id(session, event.id)
        assert mark_missing.missing(session, there, NOON.replace(day=10)) == Missing(due=1, later=1)
        assert mark_missing.missing(session, there, NOON.replace(day=12)) == Missing(due=2, later=0)
