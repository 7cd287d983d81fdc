"""When the day of an event has come, and when it is over: by the clock of the place where it is held."""

from datetime import UTC, date, datetime

import pytest

from matchmaker.store.event.events import Event, Round


def event(zone: str, rounds: bool) -> Event:
    found = Event(held_on=date(2027, 7, 1), zone=zone, rounds=[])
    if rounds:
        for number, hour in ((2, 15), (1, 9)):
            found.rounds.append(
                Round(number=number, starts_at=datetime(2027, 7, 1, hour, tzinfo=UTC), minutes=30)
            )
    return found


@pytest.mark.parametrize(
    ("zone", "at", "come"),
    [
        ("Europe/London", datetime(2027, 6, 30, 22, 59, tzinfo=UTC), False),
        ("Europe/London", datetime(2027, 6, 30, 23, tzinfo=UTC), True),
        ("America/Lima", datetime(2027, 7, 1, 4, 59, tzinfo=UTC), False),
        ("America/Lima", datetime(2027, 7, 3, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_the_day_comes_at_midnight_where_the_event_is(zone: str, at: datetime, come: bool) -> None:
    assert event(zone, rounds=True).day_has_come(at) is come


@pytest.mark.parametrize(
    ("rounds", "at", "over"),
    [
        (True, datetime(2027, 7, 1, 15, 29, tzinfo=UTC), False),
        (True, datetime(2027, 7, 1, 15, 30, tzinfo=UTC), True),
        (False, datetime(2027, 7, 1, 22, 59, tzinfo=UTC), False), (False, datetime(2027, 7, 1, 23, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_an_event_is_over_with_its_last_round_or_its_day(rounds: bool, at: datetime, over: bool) -> None:
    assert event("Europe/London", rounds).is_over(at) is over
