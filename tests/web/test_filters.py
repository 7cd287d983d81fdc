"""Dates, times, counts and lists in words."""

from datetime import UTC, date, datetime

import pytest

from matchmaker.documents.counts import plural
from matchmaker.web.filters import clock, day, sentence_list, weekday, when


def test_a_moment_is_shown_in_the_zone_of_the_event() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert when(late) == "1 July 2026 at 12.30am"
    assert when(late, "America/New_York") == "30 June 2026 at 7.30pm"
    assert day(late) == "1 July 2026"
    assert weekday(late) == "Wednesday 1 July 2026"


def test_a_date_has_no_zone() -> None:
    assert day(date(2026, 11, 24)) == "24 November 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 5, "12.05am"),
        (9, 0, "9am"),
        (10, 30, "10.30am"),
        (12, 0, "midday"),
        (12, 1, "12.01pm"),
        (14, 5, "2.05pm"),
    ],
)
def test_the_clock_has_twelve_hours_and_no_needless_minutes(hour: int, minute: int, words: str) -> None:
    assert clock(datetime(2026, 11, 24, hour, minute, tzinfo=UTC)) == words


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        clock(datetime(2026, 11, 24, 9, 0))


def test_a_count_takes_its_noun_along() -> None:
    assert [plural(n, "person", "people") for n in (0, 1, 1200)] == ["0 people", "1 person", "1,200 people"]
    assert plural(2, "round") == "2 rounds"


def test_a_list_reads_as_a_sentence() -> None:
    assert [sentence_list(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]
    assert sentence_list(["A", "B"], "or") == "A or B"
