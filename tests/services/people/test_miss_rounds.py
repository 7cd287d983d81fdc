"""Late, leaving, a break, not today: what falls away is shown first, and then that and nothing else does."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from matchmaker.services.people import mark_missing, miss_rounds
from matchmaker.services.people.miss_rounds import Way
from matchmaker.services.plans.hall import rounds_there
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.session import Database


@pytest.fixture
def three(met: Any, make: Any) -> Any:
    """The day with a third round, in which Amara has no meeting."""
    starts = met.in_round_one + timedelta(minutes=55)
    make.add(Round(event_id=met.event.id, number=3, starts_at=starts, minutes=20))
    return met


def say(
    database: Database, hall: Any, way: Way, number: int | None, at: datetime, who: str = "amara"
) -> frozenset[int]:
    with database.writing() as session:
        event, row = session.get_one(Event, hall.event.id), session.get_one(Registration, hall.rows[who].id)
        return miss_rounds.say(session, event, row, way, number, at)


def offered(database: Database, hall: Any, at: datetime) -> list[tuple[str, int, list[str]]]:
    with database.reading() as session:
        event = session.get_one(Event, hall.event.id)
        row = session.get_one(Registration, hall.rows["amara"].id)
        return [
            (
                one.way.value,
                one.round.number if one.round else 0,
                [person.name for gone in one.falls for person in gone.others],
            )
            for one in miss_rounds.choices(session, event, row, at)
        ]


def test_each_choice_says_which_meetings_fall_away(sqlite: Database, three: Any) -> None:
    assert offered(sqlite, three, three.before) == [
        ("late", 2, ["Ben Reed"]),
        ("late", 3, ["Ben Reed", "Cat Reed"]),
        ("leave", 2, ["Cat Reed"]),
        ("leave", 3, []),
        ("pause", 1, ["Ben Reed"]),
        ("pause", 2, ["Cat Reed"]),
        ("pause", 3, []),
        ("not-today", 0, ["Ben Reed", "Cat Reed"]),
    ]
    assert offered(sqlite, three, three.in_round_one) == [
        ("late", 3, ["Cat Reed"]),
        ("leave", 3, []),
        ("pause", 2, ["Cat Reed"]),
        ("pause", 3, []),
        ("not-today", 0, ["Cat Reed"]),
    ]
    assert [
        one for one in offered(sqlite, three, three.before - timedelta(days=1)) if one[0] == "not-today"
    ] == []
    assert offered(sqlite, three, three.afterwards) == []


@pytest.mark.parametrize(
    ("way", "number", "missed"),
    [(Way.LATE, 3, {1, 2}), (Way.LEAVE, 2, {2, 3}), (Way.PAUSE, 2, {2})],
)
def test_what_is_missed_is_kept_for_oneself_and_can_be_taken_back(
    way: Way, number: int, missed: set[int], sqlite: Database, three: Any
) -> None:
    for _ in range(2):
        assert say(sqlite, three, way, number, three.before) == missed
    with sqlite.reading() as session:
        event = session.get_one(Event, three.event.id)
        rows = registrations.of_people(session, three.event.id, [three.amara.id, three.ben.id])
        assert [rounds_there(event, one) for one in rows] == [
            frozenset({1, 2, 3} - missed),
            frozenset({1, 2, 3}),
        ]
        (elsewhere,) = registrations.of_people(session, three.elsewhere.id, [three.amara.id])
        assert elsewhere.away_rounds == frozenset()
    assert say(sqlite, three, Way.BACK, None, three.in_round_one) == missed & {1}
    assert say(sqlite, three, Way.BACK, None, three.before) == set()


def test_who_is_there_after_all_forgets_hours_that_would_keep_them_away(sqlite: Database, three: Any) -> None:
    with sqlite.writing() as session:
        row = session.get_one(Registration, three.rows["amara"].id)
        event = session.get_one(Event, three.event.id)
        row.leaves = event.rounds[1].ends_at.astimezone(event.tz).time()
        row.away_rounds = frozenset({1})
    with sqlite.reading() as session:
        row = session.get_one(Registration, three.rows["amara"].id)
        found = miss_rounds.choices(session, event, row, three.before)
        assert {one.round.number for one in found if one.round and one.way is Way.PAUSE} == {2}
    assert say(sqlite, three, Way.PAUSE, 2, three.in_round_one) == {1, 2}
    assert say(sqlite, three, Way.BACK, None, three.in_round_one) == {1}
    with sqlite.reading() as session:
        row = session.get_one(Registration, three.rows["amara"].id)
        assert (row.arrives, row.leaves, row.away_rounds) == (None, None, frozenset({1}))
    say(sqlite, three, Way.BACK, None, three.before)


def test_not_today_is_marked_as_not_here_before_the_first_round_and_misses_the_rest_after_it(
    sqlite: Database, three: Any
) -> None:
    assert say(sqlite, three, Way.NOT_TODAY, None, three.before) == set()
    assert say(sqlite, three, Way.NOT_TODAY, None, three.in_round_one, who="ben") == {2, 3}
    with sqlite.reading() as session:
        rows = registrations.of_people(session, three.event.id, [three.amara.id, three.ben.id, three.cat.id])
        assert [one.presence for one in rows] == [Presence.ABSENT, Presence.EXPECTED, Presence.EXPECTED]
    say(sqlite, three, Way.BACK, None, three.in_round_one)
    with sqlite.reading() as session:
        assert session.get_one(Registration, three.rows["amara"].id).presence is Presence.EXPECTED


@pytest.mark.parametrize(("way", "number"), [(Way.PAUSE, 1), (Way.LATE, 9), (Way.LEAVE, None)])
def test_a_round_that_has_begun_or_is_not_there_is_refused(
    way: Way, number: int | None, sqlite: Database, three: Any
) -> None:
    with pytest.raises(Refused, match="That round has begun"):
        say(sqlite, three, way, number, three.in_round_one)


def test_whoever_said_that_they_miss_this_round_is_not_marked_as_missing(
    sqlite: Database, three: Any
) -> None:
    say(sqlite, three, Way.LATE, 2, three.before)
    say(sqlite, three, Way.PAUSE, 3, three.before, who="cat")
    with sqlite.writing() as session:
        event = session.get_one(Event, three.event.id)
        missing = mark_missing.missing(session, event, three.in_round_one)
        assert (missing.due, missing.later) == (4, 1)
        assert mark_missing.mark(session, event, three.in_round_one) == 4
    with sqlite.reading() as session:
        rows = registrations.of_people(session, three.event.id, [three.amara.id, three.cat.id])
        assert [one.presence for one in rows] == [Presence.EXPECTED, Presence.ABSENT]


def test_a_round_that_is_removed_is_missed_by_nobody(sqlite: Database, three: Any) -> None:
    say(sqlite, three, Way.LATE, 3, three.before)
    with sqlite.writing() as session:
        registrations.forget_away_round(session, three.event.id, 2)
        registrations.forget_away_round(session, three.elsewhere.id, 1)
    with sqlite.reading() as session:
        assert session.get_one(Registration, three.rows["amara"].id).away_rounds == {1}
