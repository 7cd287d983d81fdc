"""What pages say and offer long before the event, on its day, and once it is over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.intake import apart
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event, Round, TopicsFrom
from matchmaker.store.jobs import Job
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database

Open = Callable[..., Any]

AFTER = {
    "": "What can be done now Report on the event : what was planned, what took place and what came of it",
    "day": "The event was on Wednesday 1 January 2020. It is over. 0 were here",
    "plans": "The event is over, so no plan is made any more. None was published. What can be done now",
    "print": "The event is over. What may still be of use on paper:",
    "desk": "The event is over. You can still put right who was here.",
    "day/walk-in": "The event is over, so nobody is let in any more.",
    "day/missing": "They were to come and nobody checked them in.",
    "people": "The event is over. Everybody’s data is erased by itself after 1 February 2099.",
    "attendance": "The event is over. What you change here counts in the report",
    "invitations": "The event is over, so nobody is invited any more. Make another event like this one",
    "places": "The event is over, so no place is offered any more.",
    "rounds": "The event is over, so no round is added any more.",
    "tables": "The event is over, so no table is added any more.",
    "topics": "The event is over, so no topic is added or changed any more.",
    "progress": "How it went",
    "people/add": "The event is over, so nobody is put on the list any more.",
    "imports/attendees": "The event is over, so nobody is put on the list any more.",
    "imports": "Upload a file, look at what it would change",
}
ONLY_BEFORE = (
    "Add rounds", "Add tables", "Walk-in", "Make the plan", "Plan again", "Shift the rest", "Invite people",
    "Import a list", "Change the numbers", "Add a topic", "How it is going", "not here yet",
)  # fmt: skip
ENDED = (
    "day/plan",
    "day/walk-in",
    "plans",
    "invitations",
    "invitations/asked",
    "topics",
    "topics/add",
    "people/add",
    "imports/attendees",
    "rounds",
    "rounds/1",
    "rounds/1/remove",
    "tables",
    "tables/1",
    "tables/remove",
)


def held(make: Any, day: date) -> tuple[Event, Person]:
    """Return an event on a day with two people who come, one who has not answered, and its organiser."""
    event = make.event(
        "Data day", held_on=day, erase_on=date(2099, 2, 1), tables=2, topics_from=TopicsFrom.EVERYBODY
    )
    ends = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    make.add(Round(event_id=event.id, number=1, starts_at=ends, minutes=20))
    for name in ("Amara", "Ben"):
        make.registration(event, make.person(name))
    return event, make.organiser(event)


def test_after_the_event_each_page_says_what_can_be_done_then(
    make: Any, browser: Open, sqlite: Database
) -> None:
    event, person = held(make, date(2020, 1, 1))
    organiser = browser(person)
    for where, words in AFTER.items():
        page = organiser.get(f"/organise/{event.public_id}/{where}")
        assert words in page.text, where
        for offer in ONLY_BEFORE:
            assert offer not in page.text or (where, offer) == ("day/walk-in", "Walk-in"), f"{where}: {offer}"
    page = organiser.get(f"/organise/{event.public_id}/day")
    for link in ("report", "labels", "letters"):
        assert f'href="/organise/{event.public_id}/{link}"' in page.html
    assert f'href="/new-event?like={event.public_id}"' in page.html
    for where in ENDED:
        page = organiser.follow(f"/organise/{event.public_id}/{where}", {"name": "Wanda", "who": "everybody"})
        assert "The event is over, so this is not done any more. Nothing is changed" in page.text, where
    with sqlite.reading() as session:
        assert session.query(Job).count() == 0
        assert session.query(Registration).count() == 2


def test_after_the_event_nobody_is_put_on_the_list_while_datasets_still_come(
    make: Any, browser: Open, sqlite: Database
) -> None:
    event, person = held(make, date(2020, 1, 1))
    empty = make.event("Nobody came", held_on=date(2020, 1, 1))
    make.add(Organiser(event_id=empty.id, person_id=person.id))
    organiser, here = browser(person), f"/organise/{event.public_id}"
    for where in ("people", "imports", "attendance", "people/paper?q=Zed"):
        for one in (event, empty):
            html = organiser.get(f"/organise/{one.public_id}/{where}").html
            assert "/imports/attendees" not in html, where
            assert "/people/add" not in html, where
    assert f'href="{here}/imports/catalogue"' in organiser.get(f"{here}/imports").html
    text = organiser.get(f"/organise/{empty.public_id}/people").text
    assert "Nobody is on the list, and the event is over, so nobody is put on it any more." in text
    with sqlite.writing() as session:
        data = b"Name,Email\nZed,zed@inside.example\n"
        row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "late.csv", data, None)
        keep_readings.keep(session, row, apart.read(keep_readings.order(row, {}), data))
    page = organiser.follow(f"{here}/imports/{row.public_id}/confirm", {})
    assert "The event is over, so this is not done any more. Nothing is changed" in page.text
    with sqlite.reading() as session:
        assert session.query(Job).count() == 0


def test_after_the_event_the_list_of_people_is_given_as_a_file_until_it_is_erased(
    make: Any, browser: Open
) -> None:
    event, person = held(make, date(2020, 1, 1))
    organiser, here = browser(person), f"/organise/{event.public_id}"
    page = organiser.get(f"{here}/people")
    assert f'method="post" action="{here}/imports/table"' in page.html
    job = organiser.post(f"{here}/imports/table")
    given = organiser.client.get(organiser.get(job.location, status=302).location).get_data(as_text=True)
    assert [line.partition(",")[0] for line in given.splitlines()[1:]] == ["Amara", "Ben"]


def test_who_has_not_answered_an_event_that_is_over_is_not_asked_whether_they_come(
    make: Any, browser: Open, sqlite: Database
) -> None:
    event, _ = held(make, date(2020, 1, 1))
    late = make.registration(event, make.person("Cy"), state=RegistrationState.INVITED)
    guest, where = browser(late.person), f"/events/{event.public_id}/"
    page = guest.get(where)
    assert page.heading == "Data day is over"
    assert "unless you would like to be asked the next time" in page.text
    assert "Are you coming?" not in page.text
    page = guest.follow(f"{where}coming", {"coming": "yes"})
    assert "The event is over, so there is nothing to say yes to any more" in page.text
    guest.post(f"{where}coming", {"coming": "another-day"})
    with sqlite.reading() as session:
        kept = session.get_one(Registration, late.id)
        assert (kept.state, kept.ask_next_time) == (RegistrationState.DECLINED, True)


def test_who_was_offered_a_place_at_an_event_that_is_over_is_not_asked_whether_they_come(
    make: Any, browser: Open
) -> None:
    event, _ = held(make, date(2020, 1, 1))
    late = make.registration(event, make.person("Cy"), state=RegistrationState.OFFERED)
    guest, where = browser(late.person), f"/events/{event.public_id}/"
    page = guest.get(where)
    assert page.heading == "You were offered a place at Data day"
    assert "The event is over." in page.text
    assert "Are you coming?" not in page.text
    assert "I no longer want a place" in page.text
    assert 'value="yes"' not in page.html


@pytest.mark.parametrize("until", [40, 1])
def test_before_the_day_its_buttons_are_not_the_main_thing(make: Any, browser: Open, until: int) -> None:
    event, person = held(make, datetime.now(UTC).date() + timedelta(days=until))
    page = browser(person).get(f"/organise/{event.public_id}/day")
    assert ", not today. 0 here" in page.text
    first, folded = page.html.split("<details")
    assert "Screen in the hall" in first
    assert "Walk-in" not in first
    assert "The buttons of the day, to use before then" in folded
    assert "Walk-in" in folded
    assert (
        "not today. Personal codes can be given now"
        in browser(person).get(f"/organise/{event.public_id}/desk").text
    )


def test_after_the_event_who_came_is_told_as_past_and_nobody_is_given_a_place_any_more(
    make: Any, browser: Open, sqlite: Database
) -> None:
    pages = {}
    for day in (date(2020, 1, 1), datetime.now(UTC).date()):
        event, person = held(make, day)
        organiser, at = browser(person), datetime(day.year, day.month, day.day, 10, 5, tzinfo=UTC)
        ends = datetime.now(UTC) + timedelta(hours=2)
        if day.year != 2020:
            with sqlite.writing() as session:
                session.execute(update(Round).where(Round.event_id == event.id).values(starts_at=ends))
        here = make.registration(
            event, make.person("Cy"), presence=Presence.HERE, presence_at=at, invited_at=at
        )
        make.registration(event, make.person("Di"), presence=Presence.ABSENT, presence_at=at)
        make.registration(event, make.person("Ed"), state=RegistrationState.INVITED, invited_at=at)
        make.registration(
            event,
            make.person("Flo"),
            state=RegistrationState.CANCELLED,
            presence=Presence.HERE,
            presence_at=at,
        )
        where = f"/organise/{event.public_id}"
        pages[day.year == 2020] = [
            organiser.get(f"{where}/{one}").text
            for one in ("people?show=all", f"people/{here.public_id}", "desk")
        ]
        moved = organiser.follow(f"{where}/people/{here.public_id}/state", {"state": "cancelled"}).text
        assert ("so this is not done any more" in moved) == (day.year == 2020)
        if day.year == 2020:
            several = {"act": "coming", "all": "y", "show": "all"}
            assert "so this is not done any more" in organiser.follow(f"{where}/people/several", several).text
            asked = organiser.get(f"{where}/people/several?act=invite&all=y&show=all", status=302)
            assert asked.location.endswith("/people?show=all")
    people, person_page, desk = pages[True]
    for words in (
        "Said yes Enough",
        "Came",
        "Did not come",
        "Did not answer",
        "Was not coming in the end",
        "Came (2)",
    ):
        assert words in people.replace("Nearly empty", "Enough"), words
    for words in ("Coming", "Not here", "Here", "yet", "Mark as", "Invite by email", "has no place"):
        assert words not in people, words
    assert "Came, checked in on" in person_page
    assert "Mark as" not in person_page
    assert "Cancel their place" not in person_page
    assert "Came checked in at" in desk
    assert "Did not come noted at" in desk
    assert "Here since" not in desk
    people, person_page, desk = pages[False]
    assert "Coming" in people
    assert "Here, since" in person_page
    assert "Cancel their place" in person_page
    assert "Here since" in desk


def test_after_the_event_every_page_counts_whoever_left_before_its_end_among_those_who_came(
    make: Any, browser: Open
) -> None:
    event, person = held(make, date(2020, 1, 1))
    came = [("Cy", RegistrationState.CONFIRMED), ("Flo", RegistrationState.CANCELLED)]
    for name, state in came:
        make.registration(
            event, make.person(name), state=state, presence=Presence.HERE, presence_at=event.created_at
        )
    make.registration(event, make.person("Gus"), state=RegistrationState.CANCELLED)
    elsewhere = make.event("Another", held_on=date(2020, 1, 2))
    make.registration(elsewhere, make.person("Hal"), presence=Presence.HERE)
    organiser, where = browser(person), f"/organise/{event.public_id}"

    def said(page: str) -> str:
        return organiser.get(f"{where}/{page}").text

    listed = said("people")
    assert "Came (2)" in listed
    assert "Said no, left or had no place (1)" in listed
    assert "Flo" in listed
    assert "Gus" not in listed
    assert "Flo" in said("people?show=here")
    assert "Flo" not in said("people?show=out")
    desk = said("desk")
    assert "2 of 4 people were here" in desk
    assert "Flo" in desk
    assert "2 were here" in said("day")
    assert "People who were checked in 2" in said("report")
    chosen = said("people/several?act=remove&all=y&show=here")
    assert "Cy" in chosen
    assert "Flo" in chosen


def test_after_the_event_when_somebody_was_here_is_asked_and_told_as_past(make: Any, browser: Open) -> None:
    event, person = held(make, date(2020, 1, 1))
    make.add(Round(event_id=event.id, number=2, starts_at=datetime(2020, 1, 1, 11, tzinfo=UTC), minutes=20))
    make.registration(event, make.person("Cy"), presence=Presence.ABSENT)
    late = make.registration(event, make.person("Di"), away_rounds=frozenset({1}))
    organiser, where = browser(person), f"/organise/{event.public_id}"
    page = organiser.get(f"{where}/attendance")
    assert page.heading == "Who was here and when"
    for words in ("Did not come", "Was there for round 2", "checked in and there for its round"):
        assert words in page.text
    asked = organiser.get(f"{where}/people/{late.public_id}/attendance")
    assert asked.heading == "When Di was here"
    for words in ("Was this person here?", "Yes, or it is not known", "First round they were there for"):
        assert words in asked.text
