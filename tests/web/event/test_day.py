"""The day: who has not come, who walks in, who is late; and how many presses until the changed slips are on paper."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from matchmaker.documents import clock
from matchmaker.store.event import events
from matchmaker.store.event.events import Event, Round
from matchmaker.store.mail import Mail
from matchmaker.store.people import people, registrations
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import PlanState
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Database, Session
from tests.made_once import MadeOnce
from tests.whole_words import says

ZONES = (
    "Europe/London",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "America/New_York",
)


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
        data: dict[str, Any] = {}
        for tag in [*re.findall(r'<input[^>]*type="hidden"[^>]*>', form), button]:
            if name := re.search(r'name="([^"]+)"', tag):
                value = re.search(r'value="([^"]*)"', tag)
                data.setdefault(name.group(1), []).append(unescape(value.group(1)) if value else "")
        action = re.search(r'<form[^>]*action="([^"]+)"', form)
        return self.one.client.post(unescape(action.group(1)) if action else self.address, data=data | typed)

    def _arrive(self, answer: Any) -> "Presser":
        while answer.status_code in (302, 303):
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
        # A zone in which it is between late morning and evening, so that the day is not over while a test runs.
        zone = next(zone for zone in map(ZoneInfo, ZONES) if 11 <= now.astimezone(zone).hour <= 19)
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
        self.olga = make.organiser(self.event, make.person("Olga"))
        self.one = browser(self.olga)
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


def seated(session: Session, plan_id: int) -> list[tuple[int, int, int]]:
    """Return (person, round, table) of every seat of a plan."""
    return [
        (person, one.round_number, one.table_number)
        for one in sittings(session, plan_id)
        for person in one.people
    ]


HALL = MadeOnce[Hall]()


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Database) -> Hall:
    mine = HALL.give(make, lambda: Hall(make, browser, sqlite))
    mine.make, mine.database, mine.one = make, sqlite, browser(mine.olga)
    return mine


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
    hall.publish()
    with hall.database.reading() as session:
        plan = plans.published(session, hall.event.id)
        assert plan is not None
        were = seated(session, plan.id)
    mails = len(letters(hall))
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
    assert "There was nothing to undo" in hall.one.follow(f"{hall.address}/day/missing/undo").text
    assert hall.row(hall.noise).presence is Presence.EXPECTED
    with hall.database.reading() as session:
        assert [one.version for one in plans.versions(session, hall.event.id)] == [1]
        assert seated(session, plan.id) == were
    assert len(letters(hall)) == mails


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
    assert "There was nobody to mark" in hall.one.follow(f"{hall.address}/day/missing").text
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
    assert "<title>Error: The day – matchmaker</title>" in " ".join(page.html.split())
    assert f'<a href="#until-{one.public_id}">Enter a time' in page.html
    assert hall.row(one).arrives is None


def test_who_was_marked_as_not_here_and_is_only_late_is_expected_again(hall: Hall) -> None:
    one = hall.people[0]
    hall.one.post(f"{hall.address}/desk/{one.public_id}", {"presence": "absent"})
    hall.one.post(f"{hall.address}/day/{one.public_id}/late", {"until": "11.30pm"})
    assert (hall.row(one).presence, hall.row(one).arrives) == (Presence.EXPECTED, time(23, 30))


@pytest.mark.parametrize(
    ("hour", "typed", "until"), [(19, "7.30", (19, 30)), (5, "5:46", (5, 46)), (10, "1.15", (13, 15))]
)
def test_a_time_without_half_of_the_day_is_in_the_half_in_which_the_event_is(
    make: Any, browser: Callable[..., Any], sqlite: Database, hour: int, typed: str, until: tuple[int, int]
) -> None:
    event = make.event("Far ahead", held_on=date(2099, 3, 2), erase_on=date(2099, 4, 2), tables=2)
    begins = datetime(2099, 3, 2, hour, tzinfo=UTC)
    make.add(
        *(
            Round(event_id=event.id, number=n, starts_at=begins + timedelta(minutes=30 * n), minutes=20)
            for n in range(1, 7)
        )
    )
    guest = make.registration(event, make.person("Guest A"))
    one = browser(make.organiser(event, make.person("Olga")))
    one.post(f"/organise/{event.public_id}/day/{guest.public_id}/late", {"until": typed, "q": "guest a"})
    with sqlite.reading() as session:
        assert session.get_one(Registration, guest.id).arrives == time(*until)


def test_who_is_late_for_meetings_of_the_plan_is_said_to_be(hall: Hall) -> None:
    one = hall.people[0]
    where = f"{hall.address}/day/{one.public_id}/late"
    missed = re.compile(
        r"\d meetings? of theirs will not take place: those who would have met them are told\. Plan again"
    )
    assert not missed.search(hall.one.follow(where, {"until": "11.50pm"}).text), "there is no plan"
    with hall.database.writing() as session:
        session.get_one(Registration, one.id).arrives = None
    hall.publish()
    soon, last = hall.begins - timedelta(minutes=1), hall.begins + timedelta(hours=3)
    assert not missed.search(hall.one.follow(where, {"until": soon.strftime("%H:%M")}).text)
    assert missed.search(hall.one.follow(where, {"until": last.strftime("%H:%M")}).text)
    other = f"{hall.address}/people/{hall.people[1].public_id}/attendance"
    assert missed.search(
        Presser(hall.one, other).press("Save", presence="yes", first="5", last="5").page.text
    )
    assert not missed.search(
        Presser(hall.one, other).press("Save", presence="yes", first="1", last="5").page.text
    )
    assert not missed.search(
        Presser(hall.one, other).press("Save", presence="no", first="1", last="5").page.text
    )


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
    hall: Hall, legible: Callable[[bytes], str]
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
    assert "replaces plan 1" in legible(printed.answer.data)
    with hall.database.reading() as session:
        plan = plans.published(session, hall.event.id)
        assert plan is not None
        sitting = {seat.person_id for meeting in plan.meetings for seat in meeting.seats}
    assert plan.version == 2
    assert sitting == {one.person_id for one in hall.people[:14]}


def test_a_walk_in_has_a_printed_slip_after_four_presses(hall: Hall, legible: Callable[[bytes], str]) -> None:
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
    assert "Wanda Walker" in legible(printed.answer.data)
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


def test_of_whoever_is_added_with_an_address_of_somebody_called_otherwise_the_page_says_whose_it_is(
    hall: Hall, make: Any
) -> None:
    joan = make.person("Joan Known", "joan@known.example")
    make.person("Noise Person", "noise@known.example")
    said = "This address is Joan Known’s. The name stays. If Wanda is somebody else, give them an address of their"
    for where, more in (
        ("people/add", {}),
        ("day/walk-in", {"works_on": "peat"}),
        ("organisers", {"role": "helper"}),
    ):
        with hall.database.writing() as session:
            session.execute(delete(Registration).where(Registration.person_id == joan.id))
        typed = {"name": "Wanda", "email": "joan@known.example", **more}
        hall.one.post(f"{hall.address}/{where}", typed)
        assert said in hall.one.get(f"{hall.address}/people").text, where
    with hall.database.writing() as session:
        session.execute(delete(Registration).where(Registration.person_id == joan.id))
    hall.one.post(f"{hall.address}/people/add", {"name": "joan  known", "email": "joan@known.example"})
    assert "The name stays" not in hall.one.get(f"{hall.address}/people").text


def test_before_a_plan_is_published_a_walk_in_is_only_checked_in(hall: Hall) -> None:
    page = hall.day().follow("Walk-in").press("Check in and give them meetings", name="Wanda").page
    assert page.heading == "The day"
    assert "Wanda is on the list and checked in" in page.html
    page = hall.one.follow(f"{hall.address}/day/plan")
    assert "No plan is published yet. Make one first" in page.html


def test_the_board_of_another_day_does_not_pretend_to_be_today(make: Any, browser: Any) -> None:
    event = make.event(held_on=date(2020, 1, 1), erase_on=date(2020, 2, 1), rounds=1)
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/day")
    assert "The event was on Wednesday 1 January 2020. It is over." in page.text


def shift(hall: Hall, minutes: str) -> Presser:
    return hall.day().press("Shift the rest", minutes=minutes)


def starts(hall: Hall) -> list[datetime]:
    with hall.database.reading() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        return [one.starts_at for one in event.rounds]


def letters(hall: Hall) -> list[Mail]:
    with hall.database.reading() as session:
        return list(session.scalars(select(Mail).where(Mail.kind == "plan").order_by(Mail.id)))


def test_a_shift_is_three_presses_from_the_page_to_the_changed_slips(
    hall: Hall, legible: Callable[[bytes], str]
) -> None:
    hall.publish()
    printed = (
        shift(hall, "20")
        .press("Save, tell people and print the changed slips")
        .follow("Download the PDF : Only the changed slips")
    )
    assert printed.presses == 3
    words = legible(printed.answer.data)
    assert "replaces plan 1" in words
    first = clock.clock(hall.begins + timedelta(minutes=20), hall.event.tz)
    assert first in words


def test_a_shift_says_first_what_it_makes_wrong_and_saves_nothing(hall: Hall, sqlite: Database) -> None:
    hall.publish()
    with sqlite.writing() as session:
        person = people.by_ids(session, [hall.people[0].person_id])[hall.people[0].person_id]
        person.addresses.clear()
    before, mails = starts(hall), len(letters(hall))
    asked = shift(hall, "10")
    assert asked.page.heading == "This changes the published plan"
    for words in (
        "16 slips on paper",
        "8 table cards",
        "16 badges to fold",
        "the list by surname, the run sheet",
        "15 people had",
    ):
        assert words in asked.page.text
    assert "Guest A has no email address and needs a slip on paper." in asked.page.text
    assert starts(hall) == before
    assert len(letters(hall)) == mails
    with sqlite.reading() as session:
        assert [plan.version for plan in plans.versions(session, hall.event.id)] == [1]
    for page in (asked.page, hall.day().page):
        assert "begin 10 minutes later" not in page.html, "nothing that did not happen is told"


def test_a_shift_makes_a_version_with_the_same_meetings_and_mails_everybody_once(hall: Hall) -> None:
    hall.publish()
    before, mails = starts(hall), len(letters(hall))
    shift(hall, "10").press("Save and tell people")
    assert starts(hall) == [one + timedelta(minutes=10) for one in before]
    new = letters(hall)[mails:]
    assert len(new) == len({one.person_id for one in new}) == 16
    assert clock.clock(hall.begins + timedelta(minutes=10), hall.event.tz) in new[0].body
    with hall.database.reading() as session:
        now, was = plans.versions(session, hall.event.id)
        assert (now.version, now.state, was.state) == (2, PlanState.PUBLISHED, PlanState.SUPERSEDED)
        assert sorted(seated(session, now.id)) == sorted(seated(session, was.id))


def test_where_no_letter_leaves_nobody_is_said_to_be_told_of_a_shift_or_of_who_is_missing(
    hall: Hall, no_mail_server: None
) -> None:
    hall.publish()
    asked = shift(hall, "10")
    assert "they get a new one" not in asked.page.text
    assert "no email address" not in asked.page.text
    assert "Print what changed and hand it out." in asked.page.text
    asked.press("Save and print the changed slips")
    missing = hall.day().follow("Everybody not checked in is not here").page.text
    assert "told by email" not in missing
    assert "No email leaves this computer: tell whoever would have met them" in missing


def test_the_slip_of_the_replaced_version_keeps_the_times_it_had(
    hall: Hall, legible: Callable[[bytes], str]
) -> None:
    hall.publish()
    shift(hall, "30").press("Save and tell people")
    with hall.database.reading() as session:
        _, was = plans.versions(session, hall.event.id)
    page = Presser(hall.one, f"{hall.address}/print?plan={was.public_id}").press(
        "Make a PDF : Personal slips"
    )
    words = legible(page.follow("Download the PDF : Personal slips").answer.data)
    assert clock.clock(hall.begins, hall.event.tz) in words
    assert not says(words, clock.clock(hall.begins + timedelta(minutes=30), hall.event.tz))


def test_rounds_that_have_begun_stay_and_the_rest_keeps_its_order(hall: Hall) -> None:
    hall.publish()
    with hall.database.writing() as session:
        event = events.by_id(session, hall.event.id)
        assert event is not None
        event.rounds[0].starts_at -= timedelta(hours=1, minutes=5)
    before = starts(hall)
    shift(hall, "1").press("Save and tell people")
    assert starts(hall) == [before[0], *[one + timedelta(minutes=1) for one in before[1:]]]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ("soon", "Enter a number of minutes, for example 10"),
        ("0", "Enter a number of minutes, for example 10"),
        ("720", "The last round would run past midnight"),
        ("−90", "The rest can move earlier by 5"),
    ],
)
def test_a_shift_that_cannot_be_says_what_can(hall: Hall, minutes: str, words: str) -> None:
    before = starts(hall)
    page = hall.one.post(f"{hall.address}/day/shift", {"minutes": minutes}, status=422)
    assert words in page.text
    assert f'value="{minutes}"' in page.html
    assert starts(hall) == before


def test_the_second_of_two_organisers_who_shift_is_told_of_the_first(
    hall: Hall, make: Any, browser: Any
) -> None:
    hall.publish()
    before = starts(hall)
    mine = shift(hall, "10")
    hall.one = browser(make.organiser(hall.event, make.person("Otto")))
    shift(hall, "5").press("Save and tell people")
    told = mine.press("Save and tell people")
    assert "another version was published since you opened the page" in told.page.text
    assert starts(hall) == [one + timedelta(minutes=5) for one in before]
    told.press("Save and tell people")
    assert starts(hall) == [one + timedelta(minutes=15) for one in before]


def test_before_a_plan_is_published_a_shift_asks_nothing(hall: Hall) -> None:
    before = starts(hall)
    assert "5 rounds begin 10 minutes later" in shift(hall, "10").page.html
    assert starts(hall) == [one + timedelta(minutes=10) for one in before]


def set_up(hall: Hall, held_on: date, **changed: str) -> dict[str, Any]:
    """Return what the form of the set-up sends, with the event on a day."""
    erase_on = hall.event.erase_on
    return {
        "name": "The day", "host": "", "place": hall.event.place, "zone": hall.event.zone,
        "held_on": [str(held_on.day), str(held_on.month), str(held_on.year)],
        "erase_on": [str(erase_on.day), str(erase_on.month), str(erase_on.year)],
        "contact_name": "Kit", "contact_email": "contact@inside.example", "purpose": "to plan meetings",
        "inside_domains": "inside.example", "same_organisation": "never", "suggestions_each": "8",
        "thanks_each": "15", **changed,
    }  # fmt: skip


def test_a_day_in_the_past_is_warned_of_and_all_paper_with_it_is_out_of_date(hall: Hall) -> None:
    hall.publish()
    mails, page = len(letters(hall)), f"{hall.address}/setup"
    asked = Presser(hall.one, page)
    asked.page = hall.one.post(page, set_up(hall, hall.begins.date() - timedelta(days=3)), status=200)
    for words in (
        "That day, or its last round, is past. Once this is saved the event counts as over: nobody is told",
        "16 slips on paper", "8 table cards", "16 badges to fold", "the list by surname, the run sheet",
        "the mail that people had with their day: no new one is sent",
    ):  # fmt: skip
        assert words in asked.page.text, words
    assert "print the changed slips" not in asked.page.text
    assert "print only the sheets that changed" not in asked.page.text
    saved = asked.press("Save all the same")
    assert "is past, so the event counts as over" in saved.page.text
    assert len(letters(hall)) == mails


def test_moving_the_day_or_a_round_warns_of_rounds_that_have_begun_and_would_begin_again(hall: Hall) -> None:
    hall.publish()
    with hall.database.writing() as session:
        begun = select(Round).where(Round.event_id == hall.event.id, Round.number < 3)
        for one in session.scalars(begun):
            one.starts_at -= timedelta(hours=2)

    def moved(number: int, to: timedelta) -> str:
        starts = (hall.begins + to).strftime("%H:%M")
        page = f"{hall.address}/rounds/{number}"
        return str(hall.one.post(page, {"starts": starts, "minutes": "1"}, status=200).text)

    again = moved(2, timedelta(minutes=-30))
    assert "Round 2 has begun. Once this is saved, the meetings in it count as still to come" in again
    assert "“Shift the rest” on the page of the day does that." in again
    day = set_up(hall, hall.begins.date() + timedelta(days=1))
    page = hall.one.post(f"{hall.address}/setup", day, status=200)
    assert "Rounds 1 and 2 have begun. Once this is saved, the meetings in them count as" in page.text
    later = moved(5, timedelta(minutes=30))
    assert "Round 5 begins at" in later
    assert "begun" not in later


def test_another_place_and_another_table_are_changes_of_the_plan_too(hall: Hall) -> None:
    hall.publish()
    mails = len(letters(hall))
    table = Presser(hall.one, f"{hall.address}/tables/3").press("Save", seats="2", quiet="y")
    assert "1 table is described in another way: 3" in table.page.text
    assert "1 table card" in table.page.text
    assert "nobody’s mail" in table.page.text
    printing = table.press("Save")
    assert printing.page.heading == "Print"
    assert "Only the changed table cards" in printing.page.text
    assert "Only the changed slips" not in printing.page.text
    assert len(letters(hall)) == mails
    moved = hall.one.post(
        f"{hall.address}/setup", set_up(hall, hall.begins.date(), place="The other hall"), status=200
    )
    assert "The place is The other hall" in moved.text
    asked = Presser(hall.one, f"{hall.address}/setup")
    asked.page = moved
    asked.press("Save and tell people")
    assert "The place is now The other hall." in letters(hall)[-1].body
    with hall.database.reading() as session:
        assert [one.version for one in plans.versions(session, hall.event.id)] == [3, 2, 1]


def test_only_the_changed_cards_and_lines_are_printed_for_a_no_show(
    hall: Hall, legible: Callable[[bytes], str]
) -> None:
    hall.publish()
    with hall.database.reading() as session:
        plan = plans.published(session, hall.event.id)
        assert plan is not None
        away = hall.people[3].person_id
        seats = seated(session, plan.id)
        sat = {(number, table) for person, number, table in seats if person == away}
    hall.one.post(f"{hall.address}/desk/{hall.people[3].public_id}", {"presence": "absent"})
    page = hall.day().press("Plan again").press("Publish this plan")
    here = Presser(hall.one, f"{hall.address}/print").press("Make a PDF : Only the changed table cards")
    cards = legible(here.follow("Download the PDF : Only the changed table cards").answer.data)
    assert "Guest D" not in cards
    assert page.page.heading == "Plan, version 2"
    here = Presser(hall.one, f"{hall.address}/print").press("Make a PDF : Only the changed lines")
    lines = legible(here.follow("Download the PDF : Only the changed lines").answer.data)
    assert "whose line has changed" in lines
    assert "Guest D" not in lines
    assert {table for _, table in sat}, "the no-show had meetings"


def test_a_change_of_a_round_that_no_plan_uses_asks_nothing(hall: Hall, make: Any) -> None:
    hall.publish()
    last = hall.begins + timedelta(minutes=60)
    make.add(Round(event_id=hall.event.id, number=6, starts_at=last, minutes=5))
    done = Presser(hall.one, f"{hall.address}/rounds/6").press(
        "Save", starts=last.strftime("%H:%M"), minutes="7"
    )
    assert done.page.heading == "Rounds"
    with hall.database.reading() as session:
        assert len(plans.versions(session, hall.event.id)) == 1


@pytest.mark.parametrize("page", ["desk", "people", "day"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kathryn", "Catherine Okafor"), ("okofor", "Catherine Okafor"), ("jon smyth", "John Smith")],
)
def test_a_slip_of_the_pen_finds_who_is_meant(
    hall: Hall, make: Any, page: str, typed: str, meant: str
) -> None:
    for name in ("Catherine Okafor", "John Smith", "Wolf Zimmer"):
        make.registration(hall.event, make.person(name))
    make.registration(make.event(), make.person("Katherine Elsewhere"))
    seen = hall.one.get(f"{hall.address}/{page}", query_string={"q": typed})
    assert re.findall(r"<bdi>([^<]+)</bdi></a></li>", seen.html) == [meant]
    assert meant in Presser(hall.one, f"{hall.address}/{page}?q={typed}").follow(meant).page.text
    assert "Did you mean" not in hall.one.get(f"{hall.address}/{page}?q=zimmer").text
    assert "Did you mean" not in hall.one.get(f"{hall.address}/{page}?q=xyzzy").text


def test_who_said_no_is_found_where_they_stand_and_is_no_slip_of_the_pen(hall: Hall, make: Any) -> None:
    make.registration(hall.event, make.person("Wolf Zimmer"), state=RegistrationState.DECLINED)
    make.registration(hall.event, make.person("Wolf Zimmermann"))
    seen = hall.one.get(f"{hall.address}/people?q=wolf+zimmer&show=no-answer")
    assert (
        "Nobody is found Among everybody on the list, whatever they said: 2 people with “wolf zimmer”."
        in seen.text
    )
    assert "Did you mean" not in seen.text
    found = (
        Presser(hall.one, f"{hall.address}/people?q=wolf+zimmer&show=no-answer").follow("2 people").page.text
    )
    assert "Wolf Zimmer" in found
    assert "Nobody is found" not in found
    nobody = hall.one.get(f"{hall.address}/people?q=xyzzy").text
    assert "Nobody is found Try a shorter part" in nobody


def test_nobody_who_is_checked_in_counts_as_without_an_answer(hall: Hall, make: Any) -> None:
    invited_at = datetime(2026, 11, 1, tzinfo=UTC)
    silent = [
        make.registration(
            hall.event, make.person(name), state=RegistrationState.INVITED, invited_at=invited_at
        )
        for name in ("Silent Sam", "Quiet Quinn")
    ]
    assert "2 people have not answered their invitation" in hall.one.get(f"{hall.address}/").text
    hall.check_in(silent[0])
    assert "1 person has not answered their invitation" in hall.one.get(f"{hall.address}/").text
    listed = hall.one.get(f"{hall.address}/people?show=no-answer").text
    assert ("Quiet Quinn" in listed, "Silent Sam" in listed) == (True, False)
