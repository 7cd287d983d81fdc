"""The lines of a calendar file: read back by a library that knows every kind of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from matchmaker.documents.plans.calendar import CalendarEntry, calendar

LATE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
HARD = (
    "Über; allem, \\ nicht \\n",
    "漢字かな交じり文" * 20,
    "two\nlines\r\nand a third",
    "\\" * 200,
    "👩🏽‍🔬" * 40,
    '"quoted": a=b',
)


def entry(title: str, why: str = "", begins: datetime = LATE, *, cancelled: bool = False) -> CalendarEntry:
    return CalendarEntry("una-1@matchmaker", 3, begins, begins + timedelta(minutes=20), title, why, cancelled)


def read(content: bytes) -> Any:
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.endswith(b"\r\n")
    return Calendar.from_ical(content)


@pytest.mark.parametrize("words", HARD)
def test_words_come_back_as_they_were_written_and_no_line_is_too_long(words: str) -> None:
    content = calendar("Day", words, "https://m.example/day", ZoneInfo("UTC"), LATE, [entry(words, words)])
    (found,) = read(content).walk("VEVENT")
    said = words.replace("\r\n", "\n")
    assert str(found["SUMMARY"]) == str(found["LOCATION"]) == said
    assert str(found["DESCRIPTION"]) == f"{said}\n\nYour whole day: https://m.example/day"
    for line in content.split(b"\r\n"):
        line.decode()  # no letter is parted


@pytest.mark.parametrize("zone", ["Europe/London", "America/St_Johns", "Pacific/Chatham", "Asia/Tokyo"])
def test_times_are_those_of_the_zone_whose_rules_are_in_the_file(zone: str) -> None:
    summer = datetime(2026, 7, 1, 9, tzinfo=UTC)
    held = [entry("Winter"), entry("Summer", begins=summer)]
    whole = read(calendar("Day", "", "https://m.example", ZoneInfo(zone), LATE, held))
    found = whole.walk("VEVENT")
    assert [one.decoded("DTSTART") for one in found] == [summer, LATE]
    assert [one.decoded("DTEND") - one.decoded("DTSTART") for one in found] == [timedelta(minutes=20)] * 2
    (rules,) = whole.walk("VTIMEZONE")
    assert str(rules["TZID"]) == zone == found[0]["DTSTART"].params["TZID"]
    there = rules.to_tz()
    for one in (summer, LATE):
        assert one.astimezone(there).utcoffset() == one.astimezone(ZoneInfo(zone)).utcoffset()


def test_what_falls_away_is_cancelled_and_leaves_the_time_free() -> None:
    held = [entry("No meeting in this round", cancelled=True), entry("Table 4: Ben")]
    found = read(calendar("Day", "", "https://m.example", ZoneInfo("UTC"), LATE, held)).walk("VEVENT")
    assert [(str(one["STATUS"]), str(one["TRANSP"])) for one in found] == [
        ("CANCELLED", "TRANSPARENT"),
        ("CONFIRMED", "OPAQUE"),
    ]
    assert not any("LOCATION" in one for one in found)
    assert {str(one["UID"]) for one in found} == {"una-1@matchmaker"}
    assert {int(one["SEQUENCE"]) for one in found} == {3}


def test_a_day_without_meetings_says_what_it_is_called_and_how_often_to_look_again() -> None:
    content = calendar("Rivers, bogs; and data", "", "", ZoneInfo("Europe/London"), LATE, [])
    assert b"X-WR-CALNAME:Rivers\\, bogs\\; and data\r\n" in content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\nX-PUBLISHED-TTL:PT15M\r\n" in content
    assert read(content).walk("VEVENT") == read(content).walk("VTIMEZONE") == []
