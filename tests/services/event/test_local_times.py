"""What clocks show on a day is a moment, also in the night in which they are changed."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from matchmaker.services.event.local_times import moment, skipped
from matchmaker.services.refused import Refused

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


def in_utc(day: date, clock: time) -> datetime:
    return moment(day, clock, LONDON).astimezone(UTC)


def test_of_a_time_that_the_clocks_show_twice_the_first_is_taken() -> None:
    assert in_utc(BACK, time(1, 15)) == datetime(2027, 10, 31, 0, 15, tzinfo=UTC)
    assert in_utc(BACK, time(2)) == datetime(2027, 10, 31, 2, tzinfo=UTC)


def test_a_time_that_the_clocks_skip_is_refused_with_what_they_show_in_its_place() -> None:
    assert in_utc(FORWARD, time(0, 59)) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert in_utc(FORWARD, time(2)) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        moment(FORWARD, time(1), LONDON)
    assert str(refused.value) == (
        "There is no 1am on 28 March 2027, as the clocks go forward and skip it. "
        "Enter a time before 1am, or 2am or later"
    )


@pytest.mark.parametrize(
    ("zone", "day", "typed", "words"),
    [
        ("Europe/London", FORWARD, time(1, 55), "Enter a time before 1am, or 2am or later"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 10), "a time before 2am, or 2.30am or later"),
        ("America/Santiago", date(2027, 9, 5), time(0, 30), "skip it. Enter 1am or later"),
    ],
)
def test_wherever_in_what_is_skipped_a_time_is_its_two_ends_are_named(
    zone: str, day: date, typed: time, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        moment(day, typed, ZoneInfo(zone))


@pytest.mark.parametrize("day", [date(2027, 3, 27), FORWARD, BACK])
def test_on_a_day_without_a_change_and_in_a_zone_without_one_nothing_is_skipped(day: date) -> None:
    assert skipped(day, time(1, 15), ZoneInfo("UTC")) == ""
    assert bool(skipped(day, time(1, 15), LONDON)) == (day == FORWARD)
