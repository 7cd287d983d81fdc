"""Registering, checking in: rules that hold whatever page asks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.services.event import set_up_event
from matchmaker.services.people import record_presence, register_people
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import (
    REGISTRATION_MOVES,
    Presence,
    Registration,
    RegistrationState,
)
from matchmaker.store.session import Database

NINE = datetime(2027, 3, 11, 9, tzinfo=UTC)


def test_a_registration_moves_where_it_may_and_nowhere_else(sqlite: Database, make: Any) -> None:
    event = make.event()
    for before in RegistrationState:
        for after in set(RegistrationState) - {before}:
            one = make.registration(event, state=before)
            with sqlite.writing() as session:
                row = session.get_one(Registration, one.id)
                if after in REGISTRATION_MOVES[before]:
                    register_people.move(session, row, after)
                    assert row.state is after
                else:
                    with pytest.raises(Refused, match="has changed since you opened the page"):
                        register_people.move(session, row, after)
                    assert row.state is before


def test_suggestions_are_due_when_somebody_joins_or_leaves_and_not_otherwise(
    sqlite: Database, make: Any
) -> None:
    one = make.registration(make.event(), state=RegistrationState.INVITED)
    with sqlite.writing() as session:
        row = session.get_one(Registration, one.id)
        assert not register_people.move(session, row, RegistrationState.CONFIRMED)
        assert not register_people.move(session, row, RegistrationState.CONFIRMED)
        assert register_people.move(session, row, RegistrationState.CANCELLED)
        assert register_people.move(session, row, RegistrationState.INVITED)


def test_the_first_time_at_the_desk_stands(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    one, bystander = make.registration(event), make.registration(event)
    with database.writing() as session:
        row = session.get_one(Registration, one.id)
        assert record_presence.mark(session, row, Presence.HERE, NINE)
        assert not record_presence.mark(session, row, Presence.HERE, NINE + timedelta(hours=1))
        assert (row.presence, row.presence_at) == (Presence.HERE, NINE)
        assert record_presence.mark(session, row, Presence.EXPECTED, NINE + timedelta(hours=2))
        assert (row.presence, row.presence_at) == (Presence.EXPECTED, None)
        assert session.get_one(Registration, bystander.id).presence is Presence.EXPECTED


def test_who_had_said_no_and_comes_all_the_same_is_confirmed(sqlite: Database, make: Any) -> None:
    one = make.registration(make.event(), state=RegistrationState.DECLINED)
    with sqlite.writing() as session:
        row = session.get_one(Registration, one.id)
        record_presence.mark(session, row, Presence.HERE, NINE)
        assert (row.state, row.presence) == (RegistrationState.CONFIRMED, Presence.HERE)


def test_two_organisers_adding_one_address_at_once_make_one_person(postgres: Database, maker: Any) -> None:
    make = maker(postgres)
    event = make.event()
    with postgres.writer() as first:
        first.begin()
        register_people.add(first, event, Newcomer("Amara", "amara@inside.example"))
        with postgres.writer() as second:
            second.begin()
            second.connection().exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(Exception, match="lock timeout"):
                register_people.add(second, event, Newcomer("Amara", "amara@inside.example"))
        first.commit()
    with postgres.writing() as session, pytest.raises(register_people.AlreadyThere):
        register_people.add(session, event, Newcomer("Amara", "amara@inside.example"))
    with postgres.reading() as session:
        assert len(registrations.at_event(session, event.id)) == 1


def test_two_organisers_adding_the_same_tables_at_once_add_them_once(postgres: Database, maker: Any) -> None:
    make = maker(postgres)
    made = make.event()
    options = {"step_free": False, "quiet": False}
    with postgres.writer() as first, postgres.writer() as second:
        mine, theirs = first.get_one(Event, made.id), second.get_one(Event, made.id)
        assert (mine.tables, theirs.tables) == ([], [])
        set_up_event.add_tables(first, mine, 1, 4, 2, **options)
        first.commit()
        with pytest.raises(Refused, match="Tables 1, 2, 3, 4 are already there"):
            set_up_event.add_tables(second, theirs, 1, 4, 2, **options)
