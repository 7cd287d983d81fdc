"""Presence: the first time stands, it is about one event, and hours are kept so that later rounds count too."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from matchmaker.services.people.record_presence import NoRound, attend, come_late, mark, span
from matchmaker.store.event.events import Event
from matchmaker.store.people import hours, registrations
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database

NINE, TEN = (datetime(2027, 3, 11, hour, tzinfo=UTC) for hour in (9, 10))
S = RegistrationState


@pytest.mark.parametrize("presence", [Presence.HERE, Presence.ABSENT])
def test_the_first_time_stands_until_it_is_undone(database: Database, maker: Any, presence: Presence) -> None:
    make = maker(database)
    row = make.registration(make.event())
    elsewhere = make.registration(make.event(), row.person)
    with database.writing() as session:
        mine = session.get_one(Registration, row.id)
        assert mark(session, mine, presence, NINE)
        assert not mark(session, mine, presence, TEN)
        assert (mine.presence, mine.presence_at) == (presence, NINE)
    with database.reading() as session:
        other = session.get_one(Registration, elsewhere.id)
        assert (other.presence, other.presence_at) == (Presence.EXPECTED, None)
    with database.writing() as session:
        mine = session.get_one(Registration, row.id)
        assert mark(session, mine, Presence.EXPECTED, TEN)
        assert (mine.presence, mine.presence_at) == (Presence.EXPECTED, None)


@pytest.mark.parametrize(
    ("state", "presence", "then"),
    [
        (S.DECLINED, Presence.HERE, S.CONFIRMED),
        (S.CANCELLED, Presence.HERE, S.CONFIRMED),
        (S.WAITING, Presence.HERE, S.CONFIRMED),
        (S.DECLINED, Presence.ABSENT, S.DECLINED),
        (S.INVITED, Presence.HERE, S.INVITED),
        (S.INVITED, Presence.ABSENT, S.INVITED),
    ],
)
def test_only_who_had_said_no_and_is_here_is_confirmed(
    sqlite: Database, make: Any, state: S, presence: Presence, then: S
) -> None:
    row = make.registration(make.event(), state=state)
    with sqlite.writing() as session:
        mine = session.get_one(Registration, row.id)
        assert mark(session, mine, presence, NINE)
        assert (mine.state, mine.presence) == (then, presence)


@pytest.fixture
def event(make: Any) -> Event:
    """Three rounds, at 11:00, 11:30 and 12:00 in Paris."""
    made: Event = make.event(rounds=3, zone="Europe/Paris")
    make.registration(made)
    return made


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        (1, 3, (None, None)),
        (2, 3, (time(11, 30), None)),
        (1, 2, (None, time(11, 50))),
        (2, 2, (time(11, 30), time(11, 50))),
    ],
)
def test_the_hours_are_those_of_the_rounds_in_the_events_own_time(
    sqlite: Database, event: Event, first: int, last: int, hours: tuple[time | None, time | None]
) -> None:
    with sqlite.writing() as session:
        (row,) = registrations.at_event(session, event.id)
        attend(session, session.get_one(Event, event.id), row, first, last)
        assert (row.arrives, row.leaves) == hours


def test_the_last_round_does_not_come_before_the_first(sqlite: Database, event: Event) -> None:
    with sqlite.writing() as session:
        (row,) = registrations.at_event(session, event.id)
        there = session.get_one(Event, event.id)
        with pytest.raises(NoRound):
            attend(session, there, row, 3, 2)
        with pytest.raises(KeyError):
            attend(session, there, row, 1, 4)
        assert (row.arrives, row.leaves) == (None, None)


def test_a_span_goes_from_the_first_round_to_the_last_of_those_somebody_is_there_for(event: Event) -> None:
    assert span(event.rounds, frozenset({2, 3})) == (2, 3)
    assert span(event.rounds, frozenset({2})) == (2, 2)
    assert span(event.rounds, frozenset({7})) is None


@pytest.mark.parametrize(
    ("known", "said", "then"),
    [
        (None, time(11, 30), Presence.EXPECTED),
        (time(11, 30), time(11, 30), Presence.EXPECTED),
        (time(14), time(11, 30), Presence.EXPECTED),
        (None, time(11), Presence.HERE),
        (None, time(10, 30), Presence.HERE),
    ],
)
def test_who_was_here_and_is_said_to_come_at_a_time_ahead_went_off_again(
    sqlite: Database, event: Event, known: time | None, said: time, then: Presence
) -> None:
    with sqlite.writing() as session:
        (row,) = registrations.at_event(session, event.id)
        there = session.get_one(Event, event.id)
        row.arrives = known
        mark(session, row, Presence.HERE, NINE)
        assert hours.missed(there, row) == frozenset()
        come_late(session, there, row, said, TEN)
        assert (row.arrives, row.presence) == (said, then)
        assert hours.missed(there, row) == (frozenset({1}) if then is Presence.EXPECTED else frozenset())


def test_who_is_here_and_sits_the_first_rounds_out_is_here_all_the_same(
    sqlite: Database, event: Event
) -> None:
    with sqlite.writing() as session:
        (row,) = registrations.at_event(session, event.id)
        there = session.get_one(Event, event.id)
        mark(session, row, Presence.HERE, NINE)
        for first, last, misses in ((2, 3, {1}), (3, 3, {1, 2}), (2, 2, {1, 3}), (1, 3, set())):
            attend(session, there, row, first, last)
            assert (row.presence, hours.missed(there, row)) == (Presence.HERE, misses)
