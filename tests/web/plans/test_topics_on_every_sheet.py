"""Whoever sits at a table topic is there on every sheet, page and file that lists the day, and nowhere free."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from sqlalchemy import select

from matchmaker.store.event.events import Event, HallTable, TopicsFrom
from matchmaker.store.files import File
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans import plans, sittings, talks
from matchmaker.store.plans.plans import PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.session import Database
from tests.made_once import MadeOnce

RIVERS, SOIL = "Who owns the rivers list?", "Soil at scale"
NAMES = [
    "Amara Obi",
    "Ben Price",
    "Carys Vaughan",
    "Dev Shah",
    "Elin Wyn",
    "Farah Aziz",
    "Gwil Lloyd",
    "Hana Ito",
]


class Unconference:
    """Eight people, three rounds, two topics at tables 8 and 9, planned beside pairs at tables 1 to 4; published."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Database, legible: Any) -> None:
        self.make, self.browser, self.database, self.legible = make, browser, database, legible
        tomorrow = datetime.now(UTC).date() + timedelta(days=1)
        self.event = make.event(
            rounds=3, tables=4, topics_from=TopicsFrom.EVERYBODY, held_on=tomorrow,
            erase_on=tomorrow + timedelta(days=30), wall_key="hall",
        )  # fmt: skip
        self.rows = [make.registration(self.event, make.person(name)) for name in NAMES]
        make.registration(make.event(rounds=3, tables=4, wall_key="other"), make.person("Nobody here"))
        make.add(*(HallTable(event_id=self.event.id, number=n, seats=3, for_topics=True) for n in (8, 9)))
        self.topic(RIVERS, 0, 1, 2)
        self.topic(SOIL, 3, 4, 5)
        self.olga = make.organiser(self.event, make.person("Olga Organiser"))
        self.organiser = browser(self.olga)
        self.at, self.organise = f"/events/{self.event.public_id}", f"/organise/{self.event.public_id}"
        self.organiser.get(self.organiser.post(f"{self.organise}/plans").location, status=302)
        with database.reading() as session:
            made = plans.latest(session, self.event.id)
            assert made is not None
            self.id, self.plan = made.id, made.public_id
            names = {row.person_id: row.person.name for row in self.rows}
            self.at_topics = {
                (names[seat.person_id], one.round_number): (one.table_number, one.topic.title)
                for one in talks.of_plan(session, made.id)
                for seat in one.seats
            }
            self.in_meetings = {
                (names[person], one.round_number): one.table_number
                for one in sittings.sittings(session, made.id)
                for person in one.people
            }
            self.starts = {one.number: one.starts_at for one in session.get_one(Event, self.event.id).rounds}

    def topic(self, title: str, host: int, *stars: int) -> None:
        row = TableTopic(
            event_id=self.event.id, host_id=self.rows[host].person_id, title=title, about="Bring an example.",
            state=TopicState.ACCEPTED, seats=3,
        )  # fmt: skip
        self.make.add(row)
        self.make.add(*(TopicStar(topic_id=row.id, person_id=self.rows[one].person_id) for one in stars))

    def publish(self) -> None:
        self.organiser.follow(
            f"{self.organise}/plans/{self.plan}/publish", {"instead_of": "", "revision": "1"}
        )

    def free_in(self, number: int) -> set[str]:
        """Return who has neither a meeting nor a topic in a round."""
        return {one for one in NAMES if (one, number) not in {**self.at_topics, **self.in_meetings}}

    def file(self, name: str) -> bytes:
        """Ask for the plan as a table and download it."""
        job = self.organiser.post(f"{self.organise}/plans/{self.plan}/table/{name}")
        return bytes(self.organiser.client.get(self.organiser.get(job.location, status=302).location).data)

    def printed(self, name: str) -> str:
        """Ask for a PDF and return its words."""
        job = self.organiser.post(f"{self.organise}/plans/{self.plan}/print/{name}")
        self.organiser.get(job.location, status=302)
        with self.database.reading() as session:
            begins = f"{name}-plan-"
            (content,) = (one.content for one in session.scalars(select(File)) if one.name.startswith(begins))
        return str(self.legible(content))

    def own(self, name: str) -> Any:
        return self.browser(self.rows[NAMES.index(name)].person)


PLANNED = MadeOnce[Unconference]()


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Any, legible: Any) -> Unconference:
    mine = PLANNED.give(make, lambda: Unconference(make, browser, sqlite, legible))
    mine.make, mine.browser, mine.database, mine.organiser = make, browser, sqlite, browser(mine.olga)
    return mine


def test_both_topics_are_held_and_others_meet_beside_them(hall: Unconference) -> None:
    assert len(hall.at_topics) == 6
    rounds = {number for _, number in hall.at_topics}
    assert {number for _, number in hall.in_meetings} & rounds
    assert {*hall.at_topics}.isdisjoint(hall.in_meetings)


def test_the_list_by_surname_has_the_table_of_a_topic_and_says_which_tables_those_are(
    hall: Unconference,
) -> None:
    said = hall.printed("list")
    for name in NAMES:
        tables = {**hall.in_meetings, **{key: table for key, (table, _) in hall.at_topics.items()}}
        line = " ".join(str(tables.get((name, number), "–")) for number in (1, 2, 3))
        assert re.search(rf"{name.split()[1]} .*?{line}", said), (name, line)
    places = sorted({table for table, _ in hall.at_topics.values()})
    words = "Tables 8, 9 are for topics." if len(places) == 2 else f"Table {places[0]} is for a topic."
    assert words in said


def test_a_badge_says_the_topic_and_calls_nobody_free_who_is_at_one(hall: Unconference) -> None:
    said = hall.printed("badges")
    assert said.count(f"Table topic: {RIVERS}") == 3
    assert said.count(f"Table topic: {SOIL}") == 3
    free = sum(len(hall.free_in(number)) for number in (1, 2, 3))
    assert said.count("No meeting in this round") == free


def test_the_run_sheet_has_the_topics_of_each_round_and_names_only_who_is_free(hall: Unconference) -> None:
    said = hall.printed("run-sheet")
    for number in (1, 2, 3):
        row = said.partition(f"Round {number} ")[2].partition("Round ")[0]
        held = {place for (_, round_), place in hall.at_topics.items() if round_ == number}
        for table, title in ((8, RIVERS), (9, RIVERS), (8, SOIL), (9, SOIL)):
            assert (f"Table {table}: {title}" in row) == ((table, title) in held)
        assert {name for name in NAMES if name in row} == hall.free_in(number)


@pytest.mark.parametrize("sheet", ["slips", "large-slips"])
def test_slips_have_a_line_for_each_topic(hall: Unconference, sheet: str) -> None:
    said = hall.printed(sheet)
    assert said.count(f"Table topic: {RIVERS}") == 3
    assert said.count("You host it.") == 2
    assert said.count("Take a break, or ask at the desk") == sum(len(hall.free_in(one)) for one in (1, 2, 3))


def test_tables_for_spreadsheets_have_each_topic_with_its_people(hall: Unconference) -> None:
    rows = list(csv.DictReader(io.StringIO(hall.file("csv").decode("utf-8-sig"))))
    told = {
        (row[f"Person {seat}"], int(row["Round"])): (int(row["Table"]), row["Topic"])
        for row in rows
        for seat in (1, 2, 3)
        if row["Topic"] and row[f"Person {seat}"]
    }
    assert told == hall.at_topics
    book = openpyxl.load_workbook(io.BytesIO(hall.file("xlsx")))
    head, *people = ([cell.value for cell in row] for row in book["By person"].rows)
    days = {row[0]: dict(zip(head, row, strict=True)) for row in people}
    for (name, number), (table, title) in hall.at_topics.items():
        cell = next(value for key, value in days[name].items() if key.startswith(f"Round {number},"))
        assert cell == f"Table {table}: {title}"


@pytest.mark.parametrize("view", ["round", "person"])
def test_the_page_of_the_plan_shows_topics_by_round_and_by_person(hall: Unconference, view: str) -> None:
    said = hall.organiser.get(f"{hall.organise}/plans/{hall.plan}?by={view}").text
    grid = said[said.rindex("Table 1" if view == "round" else NAMES[0]) :] if view == "round" else said
    for table, title in set(hall.at_topics.values()):
        assert title in grid
        if view == "person":
            assert said.count(f"Table {table}: {title}") == 3


def test_who_is_at_a_topic_is_not_free_for_a_meeting_changed_by_hand(hall: Unconference) -> None:
    for number in sorted({number for _, number in hall.at_topics}):
        said = hall.organiser.get(f"{hall.organise}/plans/{hall.plan}/edit?round={number}").text
        _, _, below = said.partition("Free in this round")
        there = {name for name, round_ in hall.at_topics if round_ == number}
        assert there.isdisjoint(name for name in NAMES if name in below)
        assert {name for name in NAMES if name in below} >= hall.free_in(number)
        for table, title in {place for key, place in hall.at_topics.items() if key[1] == number}:
            assert f"Table {table}: {title} , 3 people" in said


def test_whom_to_swap_in_says_who_is_at_a_topic(hall: Unconference) -> None:
    (name, number), (table, _) = next(
        one for one in hall.at_topics.items() if one[0][1] in {key[1] for key in hall.in_meetings}
    )
    taken = next(place for key, place in hall.in_meetings.items() if key[1] == number)
    page = hall.organiser.get(f"{hall.organise}/plans/{hall.plan}/rounds/{number}/tables/{taken}")
    assert f"{name}, at a table topic, table {table}" in page.text
    assert f"{name}, free" not in page.text


def test_my_day_the_home_page_and_the_calendar_have_the_topic(hall: Unconference) -> None:
    hall.publish()
    for (name, number), (table, title) in hall.at_topics.items():
        page, held = hall.own(name), sum(key[0] == name for key in hall.in_meetings)
        assert f"Table topic {title}" in page.get(f"{hall.at}/day").text
        meetings = f"{held} meeting{'s' if held != 1 else ''}"
        assert f"You have {meetings} and 1 table topic." in page.get(f"{hall.at}/").text
        day = page.client.get(f"{hall.at}/day.ics").data
        told = {one["UID"]: one for one in Calendar.from_ical(day).walk("VEVENT")}
        (entry,) = (one for key, one in told.items() if f"-{number}@" in key)
        assert (str(entry["SUMMARY"]), str(entry["STATUS"])) == (f"Table {table}: {title}", "CONFIRMED")


def test_the_copy_of_ones_data_has_when_and_where_the_topic_is_and_whether_it_takes_place(
    hall: Unconference,
) -> None:
    hall.publish()

    def planned() -> list[Any]:
        content = hall.own("Ben Price").client.get("/mine/copy.zip").data
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            told = json.loads(packed.read("everything.json"))["topics"]
        return [one for one in told if one["you"] == "are planned there"]

    (one,) = planned()
    (number,) = (number for name, number in hall.at_topics if name == "Ben Price")
    assert (one["topic"], one["table"], one["takes_place"]) == (
        RIVERS, hall.at_topics["Ben Price", number][0], True,
    )  # fmt: skip
    assert datetime.fromisoformat(one["at"]) == hall.starts[number]
    with hall.database.writing() as session:
        session.merge(hall.rows[0]).presence = Presence.ABSENT
    assert [one["takes_place"] for one in planned()] == [False]


def test_the_desk_sends_people_to_the_table_of_their_topic_where_that_is_next(hall: Unconference) -> None:
    hall.publish()
    everywhere = {**hall.in_meetings, **{key: table for key, (table, _) in hall.at_topics.items()}}
    said = hall.organiser.get(f"{hall.organise}/desk").text
    for name in NAMES:
        first = min(number for one, number in everywhere if one == name)
        after = said.partition(name)[2]
        assert re.search(r"Table (\d+) at", after).group(1) == str(everywhere[name, first])  # type: ignore[union-attr]


def test_the_board_in_the_hall_has_the_topics_of_the_round_that_is_next_or_on(hall: Unconference) -> None:
    assert RIVERS not in hall.browser(None).get("/wall/hall/rounds").text
    hall.publish()
    page = hall.browser(None).get("/wall/hall/rounds")
    shown = re.findall(r'<section data-topics="(\d)"[^>]*?( hidden)?>', page.html)
    assert [int(number) for number, _ in shown] == sorted({number for _, number in hall.at_topics})
    assert [number for number, hidden in shown if not hidden] == ["1"] * ("1" in dict(shown))
    for table, title in set(hall.at_topics.values()):
        assert f"Table {table} {title}" in page.text
    assert not any(name in page.text for name in NAMES)
    assert RIVERS not in hall.browser(None).get("/wall/other/rounds").text
    with hall.database.writing() as session:
        session.merge(hall.rows[0]).presence = Presence.ABSENT
    said = hall.browser(None).get("/wall/hall/rounds").text
    assert (RIVERS in said, SOIL in said) == (False, True)


def test_the_letter_of_a_plan_has_the_topic_with_its_table(hall: Unconference, mails: Any) -> None:
    hall.publish()
    (one,) = mails("Ben Price")
    (number,) = (number for name, number in hall.at_topics if name == "Ben Price")
    table = hall.at_topics["Ben Price", number][0]
    words = " ".join(one.body.split())
    assert f", table {table}: Table topic: {RIVERS}. Amara Obi hosts it, and you gave it a star." in words


@pytest.fixture
def mails(hall: Unconference) -> Callable[[str], list[Any]]:
    """Give the letters to somebody, by name."""
    from matchmaker.store.mail import Mail  # noqa: PLC0415 - for this fixture alone

    def of(name: str) -> list[Any]:
        person = hall.rows[NAMES.index(name)].person_id
        with hall.database.reading() as session:
            return list(session.scalars(select(Mail).where(Mail.person_id == person)))

    return of


def test_who_leaves_reads_that_the_topic_they_host_will_not_take_place(hall: Unconference) -> None:
    hall.publish()
    words = "1 table topic that you host will not take place: whoever was to be there is told that, not why"
    for name, hosts in (("Amara Obi", True), ("Ben Price", False)):
        assert (words in hall.own(name).get(f"{hall.at}/choices/leave").text) == hosts
        assert (words in hall.own(name).get("/mine/delete").text) == hosts


def test_the_report_counts_topics_only_where_there_are_any(hall: Unconference) -> None:
    words = "Table topics planned, each time one is held"
    where = f"{hall.organise}/report"
    assert words not in hall.organiser.get(where).text
    hall.publish()
    assert f"{words} 2" in hall.organiser.get(where).text


def test_who_only_sits_at_a_topic_cannot_be_taken_off_the_list_as_if_never_there(hall: Unconference) -> None:
    with hall.database.writing() as session:
        for one in sittings.sittings(session, hall.id):
            session.delete(session.get_one(plans.Meeting, one.id))
        session.merge(hall.rows[1]).state = RegistrationState.CANCELLED
        kept = session.get_one(plans.Plan, hall.id)
        assert kept.state is PlanState.DRAFT
    from matchmaker.store.people import ties  # noqa: PLC0415 - the rule alone is asked here

    with hall.database.reading() as session:
        ids = [row.person_id for row in hall.rows]
        at_topics = {ids[NAMES.index(name)] for name, _ in hall.at_topics}
        here = Registration.event_id == hall.event.id
        asked = select(Registration.person_id).where(here, ties.tied())
        assert set(session.scalars(asked)) == at_topics
