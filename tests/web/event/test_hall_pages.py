"""Setting up from the pages: the event itself, its rounds and its tables."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.store.event import events
from matchmaker.store.event.events import Event, Round, SameOrganisation
from matchmaker.store.jobs import Job
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import Pool, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database

Open = Callable[..., Any]
KEPT_WAYS = {"Table topics", "Who organises", "Sealed thanks"}
"""What a new event has already."""


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event("The day")
    other = make.event("Another day", rounds=3, tables=9)
    make.registration(other)
    return made


@pytest.fixture
def organiser(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event))


def there(sqlite: Database, event: Event) -> Event:
    with sqlite.reading() as session:
        found = events.by_id(session, event.id)
        assert found is not None
        assert found.rounds is not None
        assert found.tables is not None
        return found


def details(**changed: Any) -> dict[str, Any]:
    return {
        "name": "The day",
        "host": "Department of Examples",
        "held_on": ["11", "3", "2027"],
        "place": "A hall in Birmingham",
        "zone": "Europe/London",
        "contact_name": "Kit Organiser",
        "contact_email": "contact@inside.example",
        "purpose": "to plan meetings",
        "erase_on": ["11", "6", "2027"],
        "inside_domains": "inside.example",
        "same_organisation": "never",
        "suggestions_each": "8",
        "count_acquaintances": "y",
        "thanks_each": "15",
        **changed,
    }


def programme(**changed: Any) -> dict[str, Any]:
    return {"first": "10am", "count": "6", "minutes": "20", "gap": "10", **changed}


def publish(make: Any, event: Event, people: list[Any], seats: list[tuple[int, int, list[Any]]]) -> None:
    """Keep a published plan with these (round, table, people) meetings."""
    plan = Plan(
        event_id=event.id,
        version=1,
        state=PlanState.PUBLISHED,
        published_at=datetime(2027, 3, 1, tzinfo=UTC),
        problem={"people": [{"id": str(one.id)} for one in people], "rounds": [], "pairs": []},
        certificate={},
        rounds=sorted({round_number for round_number, _, _ in seats}),
    )
    make.add(plan)
    for round_number, table, here in seats:
        meeting = Meeting(plan_id=plan.id, round_number=round_number, table_number=table)
        make.add(meeting)
        make.add(
            *[
                Seat(meeting_id=meeting.id, plan_id=plan.id, round_number=round_number, person_id=one.id)
                for one in here
            ]
        )


def test_everything_about_the_event_is_kept(organiser: Any, event: Event, sqlite: Database) -> None:
    organiser.follow(
        f"/organise/{event.public_id}/setup",
        details(
            name="Field Day", host="Defra", about="A day.", place="York", zone="Europe/Paris",
            held_on=["12", "3", "2027"], erase_on=["1", "7", "2027"], purpose="to meet",
            contact_name="Jo", contact_email="jo@host.example",
            inside_domains="Defra.gov.uk\n@ea.gov.uk", same_organisation="allowed", mixing_least="2",
            suggestions_each="5", thanks_each="3",
        ),
    )  # fmt: skip
    now = there(sqlite, event)
    assert (now.name, now.host, now.about, now.place) == ("Field Day", "Defra", "A day.", "York")
    assert (now.zone, now.held_on, now.erase_on) == ("Europe/Paris", date(2027, 3, 12), date(2027, 7, 1))
    assert (now.contact_name, now.contact_email, now.purpose) == ("Jo", "jo@host.example", "to meet")
    assert now.inside_domains == ["defra.gov.uk", "ea.gov.uk"]
    assert (now.same_organisation, now.mixing_least) == (SameOrganisation.ALLOWED, 2)
    assert (now.suggestions_each, now.thanks_each) == (5, 3)


def test_the_set_up_marks_what_nobody_has_entered_yet(make: Any, browser: Open) -> None:
    def ways(event: Event) -> list[tuple[str, str, str]]:
        html = browser(make.organiser(event)).get(f"/organise/{event.public_id}/setup").html
        rows = re.findall(r'mm-needs__item">.*?</li>', html, re.DOTALL)
        parts = [[one.strip() for one in re.findall(r">([^<>]+)<", row) if one.strip()] for row in rows]
        return [(title, words, button) for title, words, button, *_ in parts if title not in KEPT_WAYS]

    new = make.event(place="", inside_domains=[])
    assert ways(new) == [
        ("Rounds", "None yet: a plan needs them", "Add"),
        ("Tables", "None yet: a plan needs them", "Add"),
        ("People to keep apart", "Nobody", "Add"),
        ("Places", "No limit", "Set a limit"),
    ]
    page = browser(make.organiser(new)).get(f"/organise/{new.public_id}/setup")
    assert "Not filled in yet: Place Email domains inside the department Save" in page.text
    assert ('href="#place"' in page.html, 'href="#inside_domains"' in page.html) == (True, True)

    full = make.event(rounds=1, tables=2, places=10)
    assert ways(full) == [
        ("Rounds", "1 round", "Change"),
        ("Tables", "2 tables", "Change"),
        ("People to keep apart", "Nobody", "Add"),
        ("Places", "0 places are taken", "Change"),
    ]
    assert (
        "Not filled in yet" not in browser(make.organiser(full)).get(f"/organise/{full.public_id}/setup").text
    )


def test_whether_people_in_common_count_is_switched_here_and_asks_for_the_lists_anew_once(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    def asked() -> list[str]:
        with sqlite.reading() as session:
            return list(session.scalars(select(Job.kind).where(Job.event_id == event.id)))

    page = f"/organise/{event.public_id}/setup"
    (box,) = re.findall(r'<input[^>]*name="count_acquaintances"[^>]*>', organiser.get(page).html)
    assert " checked" in box
    organiser.follow(page, details())
    assert (there(sqlite, event).count_acquaintances, asked()) == (True, [])
    off = {name: value for name, value in details().items() if name != "count_acquaintances"}
    organiser.follow(page, off)
    assert (there(sqlite, event).count_acquaintances, asked()) == (False, ["suggest"])
    organiser.follow(page, off)
    assert asked() == ["suggest"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "Enter the name of the event"),
        ({"erase_on": ["10", "3", "2027"]}, "The erase date must not be before the event"),
        ({"held_on": ["31", "2", "2027"]}, "“Date” must be a real date"),
        ({"contact_email": "jo at host"}, "Enter an email address in the right form"),
        ({"inside_domains": "our people"}, "“our people” is not an email domain"),
        ({"suggestions_each": "0"}, "must be a whole number from 1 to 50"),
        (
            {"held_on": ["1", "3", "2020"], "erase_on": ["2", "3", "2020"]},
            "The erase date must be today or later",
        ),
    ],
)
def test_a_slip_in_the_set_up_is_named_and_changes_nothing(
    changed: dict[str, Any], words: str, organiser: Any, event: Event, sqlite: Database
) -> None:
    before = there(sqlite, event)
    answer = organiser.post(
        f"/organise/{event.public_id}/setup", details(place="Lost?", **changed), status=422
    )
    assert words in answer.text
    assert "Lost?" in answer.html, "what was typed is still there"
    after = there(sqlite, event)
    assert (after.place, after.held_on, after.erase_on) == (before.place, before.held_on, before.erase_on)


def test_new_domains_move_people_between_pools_unless_an_organiser_has_spoken(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    inside = make.registration(event, make.person(email="a@ea.example"), pool=Pool.OUTSIDE)
    below = make.registration(event, make.person(email="b@north.ea.example"), pool=Pool.OUTSIDE)
    look_alike = make.registration(event, make.person(email="c@notea.example"), pool=Pool.INSIDE)
    by_hand = make.registration(
        event, make.person(email="d@ea.example"), pool=Pool.OUTSIDE, pool_reason="contractor"
    )
    answer = organiser.follow(f"/organise/{event.public_id}/setup", details(inside_domains="EA.example"))
    assert "3 people changed sides" in answer.text
    with sqlite.reading() as session:
        pools = {one.id: one.pool for one in registrations.at_event(session, event.id)}
    assert pools == {
        inside.id: Pool.INSIDE,
        below.id: Pool.INSIDE,
        look_alike.id: Pool.OUTSIDE,
        by_hand.id: Pool.OUTSIDE,
    }


def test_rounds_keep_their_clock_times_on_another_day_and_in_another_zone(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    organiser.follow(f"/organise/{event.public_id}/rounds", programme(count="2"))
    organiser.follow(
        f"/organise/{event.public_id}/setup",
        details(held_on=["12", "6", "2027"], zone="America/New_York", erase_on=["12", "6", "2027"]),
    )
    now = there(sqlite, event)
    local = [one.starts_at.astimezone(now.tz) for one in now.rounds]
    assert [(one.date(), one.time()) for one in local] == [
        (date(2027, 6, 12), time(10)),
        (date(2027, 6, 12), time(10, 30)),
    ]


def test_a_whole_programme_is_added_at_once(organiser: Any, event: Event, sqlite: Database) -> None:
    answer = organiser.follow(
        f"/organise/{event.public_id}/rounds", programme(break_after="3", break_minutes="60")
    )
    rounds = there(sqlite, event).rounds
    assert [(one.number, f"{one.starts_at:%H:%M}", one.minutes) for one in rounds] == [
        (1, "10:00", 20), (2, "10:30", 20), (3, "11:00", 20), (4, "12:20", 20), (5, "12:50", 20), (6, "13:20", 20),
    ]  # fmt: skip
    assert "6 rounds added" in answer.text
    assert "12.20pm" in answer.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"first": "soon"}, "must be a time"),
        ({"first": "10.15am", "count": "1"}, "begins before the round at 10am is over, at 10.20am"),
        ({"first": "9pm", "count": "10"}, "would run past midnight"),
        ({"break_after": "6", "break_minutes": "60"}, "must have a round before and after it"),
        ({"break_after": "3"}, "Enter how many minutes the long break has"),
        ({"count": "many"}, "must be a whole number from 1 to 50"),
    ],
)
def test_rounds_that_cannot_be_are_refused_in_words(
    changed: dict[str, str], words: str, organiser: Any, event: Event, sqlite: Database
) -> None:
    organiser.follow(f"/organise/{event.public_id}/rounds", programme(count="1"))
    answer = organiser.post(
        f"/organise/{event.public_id}/rounds", programme(**{"first": "1pm", **changed}), status=422
    )
    assert words in answer.text
    assert len(there(sqlite, event).rounds) == 1


def test_rounds_are_numbered_by_the_clock_until_there_is_a_plan(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    where = f"/organise/{event.public_id}/rounds"
    organiser.follow(where, programme(count="2"))
    organiser.follow(where, programme(first="9am", count="1"))
    assert [(one.number, f"{one.starts_at:%H:%M}") for one in there(sqlite, event).rounds] == [
        (1, "09:00"), (2, "10:00"), (3, "10:30"),
    ]  # fmt: skip
    organiser.follow(f"{where}/1", {"starts": "11am", "minutes": "25"})
    assert [(one.number, f"{one.starts_at:%H:%M}") for one in there(sqlite, event).rounds] == [
        (1, "10:00"), (2, "10:30"), (3, "11:00"),
    ]  # fmt: skip
    publish(make, event, [], [])
    assert (
        "later than all others" in organiser.post(where, programme(first="9am", count="1"), status=422).text
    )
    assert (
        "their order must stay"
        in organiser.post(f"{where}/1", {"starts": "12pm", "minutes": "5"}, status=422).text
    )
    organiser.follow(f"{where}/1", {"starts": "10.05am", "minutes": "20"})
    organiser.follow(f"{where}/1/remove", {})
    assert [(one.number, f"{one.starts_at:%H:%M}") for one in there(sqlite, event).rounds] == [
        (2, "10:30"), (3, "11:00"),
    ]  # fmt: skip


def test_removing_a_round_lists_whom_the_published_plan_seats_there(
    organiser: Any, event: Event, make: Any
) -> None:
    organiser.follow(f"/organise/{event.public_id}/rounds", programme(count="2"))
    amara, ben, cleo, dan = (make.person(name) for name in ("Amara", "Ben", "Cleo", "Dan"))
    publish(make, event, [amara, ben, cleo, dan], [(1, 1, [amara, ben]), (2, 1, [cleo, dan])])
    words = organiser.get(f"/organise/{event.public_id}/rounds/1/remove").text
    assert "2 people have meetings there in the published plan" in words
    assert "Amara" in words
    assert "Cleo" not in words


def test_of_a_round_that_has_begun_the_page_says_what_is_lost_with_it(
    organiser: Any, event: Event, make: Any, sqlite: Any
) -> None:
    organiser.follow(f"/organise/{event.public_id}/rounds", programme(count="2"))
    publish(make, event, people := [make.person(name) for name in ("Amara", "Ben")], [(1, 1, people)])
    here = f"/organise/{event.public_id}/rounds/1/remove"
    before = organiser.get(here)
    assert "make the plan again and publish it" in before.text
    with sqlite.writing() as session:
        session.get_one(Event, event.id).rounds[0].starts_at = datetime.now(UTC) - timedelta(minutes=5)
    page = organiser.get(here).text
    assert "Remove it only if they do not take place: they then count as not held, on “My day”" in page
    assert "make the plan again" not in page
    old = organiser.post(here, {"concerns": "2"}, status=422)
    assert "The round has begun since you opened the page. Nothing is changed" in old.text
    assert "Round 1 is removed" in organiser.follow(here, {"concerns": "2", "begun": "yes"}).text


def test_the_page_says_in_words_whether_everybody_can_sit(organiser: Any, event: Event, make: Any) -> None:
    organiser.follow(
        f"/organise/{event.public_id}/rounds", {"first": "10am", "count": "1", "minutes": "20", "gap": "5"}
    )
    make.registration(event, state=RegistrationState.INVITED)
    words = organiser.get(f"/organise/{event.public_id}/rounds").text
    assert "There are no tables yet. 0 people are coming so far: who said yes counts." in words
    for _ in range(5):
        make.registration(event)
    organiser.follow(f"/organise/{event.public_id}/tables", {"first": "1", "last": "1", "seats": "2"})
    words = organiser.get(f"/organise/{event.public_id}/tables").text
    assert "5 people, 1 table: 3 people sit out each round. Add 1 table, and all but one can sit." in words


def test_tables_are_added_as_a_range_changed_and_removed(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    where = f"/organise/{event.public_id}/tables"
    organiser.follow(where, {"first": "1", "last": "60", "seats": "2"})
    organiser.follow(where, {"first": "70", "last": "71", "seats": "4", "step_free": "y", "quiet": "y"})
    tables = there(sqlite, event).tables
    assert [one.number for one in tables] == [*range(1, 61), 70, 71]
    pages = [organiser.get(f"{where}?page={number}").html for number in (1, 2)]
    shown = [re.findall(r'<th scope="row"[^>]*>(\d+)</th>', page) for page in pages]
    assert [[*map(int, one)] for one in shown] == [[*range(1, 51)], [*range(51, 61), 70, 71]]
    assert 'value="72"' in pages[1], "the next number comes after the last table, whatever the page"
    assert (tables[0].step_free, tables[0].quiet, tables[-1].step_free, tables[-1].quiet) == (
        False,
        False,
        True,
        True,
    )
    organiser.follow(f"{where}/58", {"seats": "2", "quiet": "y", "until": "59"})
    assert [one.number for one in there(sqlite, event).tables if one.quiet] == [58, 59, 70, 71]
    organiser.follow(f"{where}/70", {"seats": "3", "quiet": "y"})
    organiser.follow(f"{where}/remove", {"first": "1", "last": "60"})
    left = there(sqlite, event).tables
    assert [(one.number, one.seats, one.step_free, one.quiet) for one in left] == [
        (70, 3, False, True),
        (71, 4, True, True),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"first": "2", "last": "5"}, "Tables 2, 3 are already there"),
        ({"first": "9", "last": "8"}, "must not be lower"),
        ({"first": "10", "last": "2000"}, "An event can have 1000 tables"),
        ({"first": "0", "last": "5"}, "must be a whole number from 1 to 9,999"),
        ({"first": "10", "last": "11", "seats": "1"}, "A table has 2 to 50 seats"),
    ],
)
def test_tables_that_cannot_be_are_refused_in_words(
    typed: dict[str, str], words: str, organiser: Any, event: Event, sqlite: Database
) -> None:
    where = f"/organise/{event.public_id}/tables"
    organiser.follow(where, {"first": "1", "last": "3", "seats": "2"})
    assert words in organiser.post(where, {"seats": "2", **typed}, status=422).text
    assert [one.number for one in there(sqlite, event).tables] == [1, 2, 3]


def test_a_table_at_which_somebody_always_sits_stays(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    where = f"/organise/{event.public_id}/tables"
    organiser.follow(where, {"first": "1", "last": "3", "seats": "2"})
    make.registration(event, make.person("Wheelchair Wendy"), fixed_table=2)
    answer = organiser.post(f"{where}/remove", {"first": "1", "last": "3"}, status=422)
    assert (
        "Give these people another table first, as they always sit there: Wheelchair Wendy (table 2)."
        in answer.text
    )
    assert len(there(sqlite, event).tables) == 3


def test_removing_a_table_lists_whom_the_published_plan_seats_there(
    organiser: Any, event: Event, make: Any
) -> None:
    where = f"/organise/{event.public_id}/tables"
    organiser.follow(where, {"first": "1", "last": "2", "seats": "2"})
    amara, ben, cleo, dan = (make.person(name) for name in ("Amara", "Ben", "Cleo", "Dan"))
    publish(make, event, [amara, ben, cleo, dan], [(1, 1, [amara, ben]), (1, 2, [cleo, dan])])
    words = organiser.get(f"{where}/remove?first=2&last=2").text
    assert "2 people have meetings there" in words
    assert "Cleo" in words
    assert "Amara" not in words


def test_another_events_rounds_and_tables_are_not_there(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    for where in ("rounds/3", "rounds/3/remove", "tables/9"):
        organiser.get(f"/organise/{event.public_id}/{where}", status=404)
        organiser.post(
            f"/organise/{event.public_id}/{where}",
            {"starts": "9am", "minutes": "9", "seats": "9"},
            status=404,
        )
    organiser.post(f"/organise/{event.public_id}/tables/remove", {"first": "1", "last": "9"})
    with sqlite.reading() as session:
        (other,) = [one for one in events.all_events(session) if one.id != event.id]
        assert (len(other.rounds), len(other.tables)) == (3, 9)
        assert plans.versions(session, other.id) == []


def test_in_the_night_in_which_the_clocks_are_changed_no_round_moves_by_an_hour_unsaid(
    make: Any, browser: Any, sqlite: Database
) -> None:
    forward, back = date(2099, 3, 29), date(2099, 10, 25)
    event = make.event(held_on=forward, erase_on=date(2099, 12, 1), zone="Europe/London")
    late = make.registration(event)
    organiser = browser(make.organiser(event))
    page = organiser.post(
        f"/organise/{event.public_id}/rounds",
        {"first": "1.15am", "count": "1", "minutes": "20", "gap": "0"},
        status=422,
    )
    words = (
        "There is no 1.15am on 29 March 2099, as the clocks go forward and skip it. "
        "Enter a time before 1am, or 2am or later"
    )
    assert words in page.text
    page = organiser.post(
        f"/organise/{event.public_id}/day/{late.public_id}/late", {"until": "1.15am"}, status=422
    )
    assert words in page.text
    night = make.event(held_on=back, erase_on=date(2099, 12, 1), zone="Europe/London")
    second = datetime(2099, 10, 25, 1, 15, tzinfo=UTC)
    make.add(Round(event_id=night.id, number=1, starts_at=second, minutes=20))
    at_night = browser(make.organiser(night))
    where = f"/organise/{night.public_id}/rounds/1"
    at_night.follow(where, {"starts": "1.15am", "minutes": "15", "is_for": "both"})
    with sqlite.reading() as session:
        (one,) = session.get_one(Event, night.id).rounds
        assert (one.starts_at, one.minutes) == (second, 15), "only its minutes were changed"
    at_night.follow(where, {"starts": "1.10am", "minutes": "15", "is_for": "both"})
    with sqlite.reading() as session:
        (one,) = session.get_one(Event, night.id).rounds
        assert one.starts_at == datetime(2099, 10, 25, 0, 10, tzinfo=UTC), "of two alike the first is meant"
