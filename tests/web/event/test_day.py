"""The day: who has not come, who walks in, who is late; and how many presses until the changed slips are on paper."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from matchmaker.store.event.events import Event, Round
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.session import Database


class Presser:
    """An organiser who only presses what the page in front of them has, and counts the presses."""

    def __init__(self, one: Any, address: str) -> None:
        self.one, self.presses, self.address = one, 0, address
        self.page = one.get(address)

    def follow(self, words: str) -> "Presser":
        """Press a link."""
        found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>((?:(?!</a>).)*)</a>', self.page.html, re.S)
        (address,) = {unescape(href) for href, inner in found if _plain(inner).startswith(words)}
        self.presses += 1
        return self._arrive(self.one.client.get(address))

    def press(self, words: str, **typed: Any) -> "Presser":
        """Press a button, with what the form holds and what is typed into it."""
        for form in re.findall(r"<form.*?</form>", self.page.html, re.S):
            for tag, inner in re.findall(r"(<button[^>]*>)(.*?)</button>", form, re.S):
                if _plain(inner).startswith(words):
                    self.presses += 1
                    return self._arrive(self._send(form, tag, typed))
        raise AssertionError(f"no button {words!r} on: {self.page.text[:800]}")

    def _send(self, form: str, button: str, typed: dict[str, Any]) -> Any:
        data = {
            name.group(1): unescape(value.group(1)) if (value := re.search(r'value="([^"]*)"', tag)) else ""
            for tag in [*re.findall(r'<input[^>]*type="hidden"[^>]*>', form), button]
            if (name := re.search(r'name="([^"]+)"', tag))
        }
        action = re.search(r'<form[^>]*action="([^"]+)"', form)
        return self.one.client.post(unescape(action.group(1)) if action else self.address, data=data | typed)

    def _arrive(self, answer: Any) -> "Presser":
        while answer.status_code == 302:
            self.address = answer.headers["Location"]
            answer = self.one.client.get(self.address)
        assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
        self.address = answer.request.path
        self.answer = answer
        if answer.mimetype == "text/html":
            self.page = type(self.page)(answer)
        return self


def _plain(inner: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())


class Hall:
    """Today's event: sixteen people, five rounds, the first of which begins in an hour; a published plan."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Database) -> None:
        self.make, self.database = make, database
        now = datetime.now(UTC)
        # A zone in which it is about noon, so that the day of the event is not over while a test runs.
        zone = ZoneInfo(f"Etc/GMT{now.hour - 12:+d}")
        self.begins = now.astimezone(zone).replace(second=0, microsecond=0) + timedelta(hours=1)
        today = self.begins.date()
        self.event: Event = make.event(
            "The day", tables=8, held_on=today, erase_on=today + timedelta(days=30), zone=zone.key
        )
        make.add(
            *[
                Round(
                    event_id=self.event.id,
                    number=n,
                    starts_at=self.begins + timedelta(minutes=2 * (n - 1)),
                    minutes=1,
                )
                for n in range(1, 6)
            ]
        )
        self.people = [
            make.registration(self.event, make.person(f"Guest {chr(65 + n)}", organisation=f"Office {n}"))
            for n in range(16)
        ]
        elsewhere = make.event(rounds=1, tables=1)
        self.noise = make.registration(elsewhere, make.person("Noise Nora"))
        self.one = browser(make.organiser(self.event, make.person("Olga")))
        self.address = f"/organise/{self.event.public_id}"

    def publish(self) -> None:
        """Make the first plan and publish it."""
        Presser(self.one, f"{self.address}/plans").press("Make the plan").follow("Publish").press(
            "Publish this plan"
        )

    def presences(self) -> list[Presence]:
        with self.database.reading() as session:
            rows = registrations.at_event(session, self.event.id)
            return [one.presence for one in sorted(rows, key=lambda row: row.id)]

    def row(self, one: Registration) -> Registration:
        with self.database.reading() as session:
            found = registrations.by_public_id(session, one.event_id, one.public_id)
        assert found is not None
        return found

    def check_in(self, *people: Registration) -> None:
        for one in people:
            self.one.post(f"{self.address}/desk/{one.public_id}", {"presence": "here"})

    def day(self) -> Presser:
        return Presser(self.one, f"{self.address}/day")


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Database) -> Hall:
    return Hall(make, browser, sqlite)


def test_the_page_says_which_round_comes_and_counts_who_is_here(hall: Hall) -> None:
    hall.check_in(*hall.people[:3])
    hall.one.post(f"{hall.address}/desk/{hall.people[3].public_id}", {"presence": "absent"})
    page = hall.day().page
    assert page.heading == "The day"
    assert "Round 1 begins at" in page.text
    assert "3 here 12 not here yet 1 not coming" in page.text
    assert "No plan is published yet" in page.text
    for words, names in (("here", 3), ("not here yet", 12), ("not coming", 1)):
        assert hall.day().follow(words).page.html.count(">Guest ") == names


def test_everybody_not_checked_in_is_marked_and_one_undo_takes_back_just_that(hall: Hall) -> None:
    here, left, come = hall.people[:12], hall.people[12], hall.people[13]
    hall.check_in(*here)
    hall.one.post(f"{hall.address}/desk/{left.public_id}", {"presence": "absent"})
    asked = hall.day().follow("Everybody not checked in is not here")
    assert asked.page.heading == "Mark 3 people as not here?"
    assert hall.presences().count(Presence.ABSENT) == 1, "nothing happens before the second press"
    told = asked.press("Mark 3 people as not here")
    assert hall.presences() == [Presence.HERE] * 12 + [Presence.ABSENT] * 4
    hall.check_in(come)
    told.press("Undo this for all of them")
    assert hall.presences() == [
        *[Presence.HERE] * 12,
        Presence.ABSENT,
        Presence.HERE,
        *[Presence.EXPECTED] * 2,
    ]
    assert "Undo" not in hall.day().page.text
    assert hall.row(hall.noise).presence is Presence.EXPECTED


def test_who_comes_later_is_not_marked_as_missing(hall: Hall) -> None:
    late = hall.people[0]
    day = Presser(hall.one, f"{hall.address}/day?q=guest+a")
    until = (hall.begins + timedelta(minutes=3)).strftime("%H:%M")
    said = day.press("Save", until=until)
    assert "Guest A is expected from" in said.page.text
    assert hall.row(late).arrives == time.fromisoformat(until)
    asked = hall.day().follow("Everybody not checked in is not here")
    assert "1 person who said that they come later stays expected" in asked.page.text
    asked.press("Mark 15 people as not here")
    assert hall.presences() == [Presence.EXPECTED] + [Presence.ABSENT] * 15
    again = hall.day().follow("Everybody not checked in is not here")
    assert (
        "Nobody is missing: whoever is coming is checked in, or said that they come later." in again.page.text
    )


def test_a_time_that_cannot_be_read_is_kept_with_what_to_do(hall: Hall) -> None:
    one = hall.people[0]
    page = hall.one.post(
        f"{hall.address}/day/{one.public_id}/late", {"until": "soonish", "q": "guest a"}, status=422
    )
    assert "Enter a time, for example 10.45am or 14:00" in page.text
    assert 'value="soonish"' in page.html
    assert hall.row(one).arrives is None


def test_who_was_marked_as_not_here_and_is_only_late_is_expected_again(hall: Hall) -> None:
    one = hall.people[0]
    hall.one.post(f"{hall.address}/desk/{one.public_id}", {"presence": "absent"})
    hall.one.post(f"{hall.address}/day/{one.public_id}/late", {"until": "11.30pm"})
    assert (hall.row(one).presence, hall.row(one).arrives) == (Presence.EXPECTED, time(23, 30))


def test_nobody_comes_after_they_leave(hall: Hall) -> None:
    with hall.database.writing() as session:
        row = registrations.by_public_id(session, hall.event.id, hall.people[0].public_id)
        assert row is not None
        row.leaves = time(15)
    page = hall.one.post(
        f"{hall.address}/day/{hall.people[0].public_id}/late", {"until": "15:00"}, status=422
    )
    assert "Guest A leaves before that" in page.text
    assert hall.row(hall.people[0]).arrives is None


def test_no_shows_are_eight_presses_or_fewer_from_the_page_to_the_changed_slips(
    hall: Hall, heard: Callable[[bytes], str]
) -> None:
    hall.publish()
    hall.check_in(*hall.people[:14])
    printed = (
        hall.day()
        .follow("Everybody not checked in is not here")
        .press("Mark 2 people as not here")
        .press("Plan again")
        .press("Publish and print the changed slips")
        .follow("Download the PDF : Only the changed slips")
    )
    assert printed.presses == 5
    assert printed.answer.mimetype == "application/pdf"
    assert "replaces plan 1" in heard(printed.answer.data)
    with hall.database.reading() as session:
        plan = plans.published(session, hall.event.id)
        assert plan is not None
        sitting = {seat.person_id for meeting in plan.meetings for seat in meeting.seats}
    assert plan.version == 2
    assert sitting == {one.person_id for one in hall.people[:14]}


def test_a_walk_in_has_a_printed_slip_after_four_presses(hall: Hall, heard: Callable[[bytes], str]) -> None:
    hall.publish()
    hall.one.post(f"{hall.address}/desk/{hall.people[15].public_id}", {"presence": "absent"})
    printed = (
        hall.day()
        .follow("Walk-in")
        .press(
            "Check in and give them meetings",
            name="Wanda Walker",
            email="wanda@outside.example",
            organisation="River Trust",
            works_on="Fish counts of the river Severn",
        )
        .press("Publish and print the changed slips")
        .follow("Download the PDF : Only the changed slips")
    )
    assert printed.presses == 4
    assert "Wanda Walker" in heard(printed.answer.data)
    with hall.database.reading() as session:
        (wanda,) = [
            one for one in registrations.at_event(session, hall.event.id) if one.person.name == "Wanda Walker"
        ]
        assert (wanda.state, wanda.presence) == (RegistrationState.CONFIRMED, Presence.HERE)
        assert (wanda.pool, wanda.bio) == (Pool.OUTSIDE, "Fish counts of the river Severn")


def test_a_walk_in_who_is_on_the_list_is_checked_in_instead(hall: Hall) -> None:
    there = hall.people[2]
    page = hall.one.post(
        f"{hall.address}/day/walk-in", {"name": "Guest C", "organisation": "Office 2"}, status=422
    )
    assert "Guest C of Office 2 is on the list already" in page.text
    assert "Check in Guest C, who is on the list" in page.text
    hall.one.follow(f"{hall.address}/day/{there.public_id}/here")
    assert hall.row(there).presence is Presence.HERE


def test_before_a_plan_is_published_a_walk_in_is_only_checked_in(hall: Hall) -> None:
    page = hall.day().follow("Walk-in").press("Check in and give them meetings", name="Wanda").page
    assert page.heading == "The day"
    assert "Wanda is on the list and checked in" in page.html
    page = hall.one.follow(f"{hall.address}/day/plan")
    assert "No plan is published yet. Make one first" in page.html


def test_the_board_of_another_day_does_not_pretend_to_be_today(make: Any, browser: Any) -> None:
    event = make.event(held_on=date(2020, 1, 1), erase_on=date(2020, 2, 1), rounds=1)
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/day")
    assert "The event is on Wednesday 1 January 2020, not today." in page.text
