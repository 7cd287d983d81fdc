"""Once two people have met, pages offer the card and keeping in touch; once the event is over, they say so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import update

from matchmaker.services.people import list_in_directory
from matchmaker.store.base import now
from matchmaker.store.event.events import Event, Round
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

MEET, CARD = "I’d like to meet", "Say how it was, or keep in touch"


@pytest.fixture
def day(make: Any, sqlite: Database) -> Any:
    """Amara met Ben in round 1 and meets Cat in round 2; Dan is in no meeting; all are in the directory."""
    at = datetime.now(UTC)
    event = make.event("The event", held_on=at.date(), erase_on=at.date() + timedelta(days=90))
    for number, starts in ((1, at - timedelta(minutes=50)), (2, at + timedelta(minutes=5))):
        make.add(Round(event_id=event.id, number=number, starts_at=starts, minutes=20))
    people = {
        name.split()[0].lower(): make.person(name)
        for name in ("Amara Okafor", "Ben Reed", "Cat Moss", "Dan Fen")
    }
    rows = [
        make.registration(event, one, needs="peat depth maps", offers="peat", bio="Peat.")
        for one in people.values()
    ]
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=at
    )
    make.add(plan)
    for number, other in ((1, "ben"), (2, "cat")):
        seats = [
            Seat(person_id=people[one].id, plan_id=plan.id, round_number=number) for one in ("amara", other)
        ]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=3, why=[], seats=seats))
    for place, other in enumerate(("ben", "cat", "dan"), start=1):
        make.add(
            Suggestion(
                event_id=event.id,
                person_id=people["amara"].id,
                other_id=people[other].id,
                position=place,
                score=0.5,
            )
        )
    with sqlite.writing() as session:
        for row in rows:
            list_in_directory.choose(session, session.get_one(Registration, row.id), True, now())
    return SimpleNamespace(event=event, path=f"/events/{event.public_id}", **people)


def end(database: Database, event: Event) -> None:
    """Let the event have been two days ago."""
    then = datetime.now(UTC) - timedelta(days=2)
    with database.writing() as session:
        session.execute(update(Event).where(Event.id == event.id).values(held_on=then.date()))
        session.execute(update(Round).where(Round.event_id == event.id).values(starts_at=then))


def pages(browser: Callable[..., Any], day: Any, person: Any) -> dict[str, str]:
    """Return what Amara's card of somebody, their page, and the directory say of them."""
    amara = browser(day.amara)
    directory = amara.get(f"{day.path}/directory").html
    row = directory.partition(f'id="person-{person.public_id}"')[2].partition("</li>")[0]
    return {
        "card": amara.get(f"{day.path}/suggestions?person={person.public_id}").html,
        "page": amara.get(f"/people/{person.public_id}").html,
        "directory": row,
    }


@pytest.mark.parametrize(("over", "name"), [(False, "ben"), (True, "ben"), (True, "cat")])
def test_whom_one_has_met_one_can_keep_in_touch_with_and_is_not_asked_to_want_to_meet(
    browser: Callable[..., Any], day: Any, sqlite: Database, over: bool, name: str
) -> None:
    if over:
        end(sqlite, day.event)
    person = getattr(day, name)
    for place, html in pages(browser, day, person).items():
        assert f'href="{day.path}/met/{person.public_id}"' in html, place
        assert CARD in html, place
        assert MEET not in html, place
        assert 'value="not-for-me"' not in html, place
    assert 'value="block"' in pages(browser, day, person)["card"]


def test_whom_one_meets_later_or_never_can_be_said_to_be_wanted(
    browser: Callable[..., Any], day: Any
) -> None:
    for person in (day.cat, day.dan):
        for place, html in pages(browser, day, person).items():
            assert (MEET in html, CARD in html) == (True, False), place


def test_whom_one_said_one_did_not_meet_can_still_be_wanted(
    browser: Callable[..., Any], day: Any, make: Any, sqlite: Database
) -> None:
    make.add(Encounter(event_id=day.event.id, person_id=day.amara.id, other_id=day.ben.id, took_place=False))
    # What the other says of it is nobody else's matter.
    make.add(Encounter(event_id=day.event.id, person_id=day.cat.id, other_id=day.amara.id, took_place=False))
    end(sqlite, day.event)
    for html in pages(browser, day, day.ben).values():
        assert (MEET in html, CARD in html) == (True, False)
    for html in pages(browser, day, day.cat).values():
        assert (MEET in html, CARD in html) == (False, True)


def test_answers_that_one_gave_say_what_is_true_once_the_event_is_over(
    browser: Callable[..., Any], day: Any, make: Any, sqlite: Database
) -> None:
    for one, other in (
        (day.amara, day.ben),
        (day.ben, day.amara),
        (day.amara, day.dan),
        (day.dan, day.amara),
    ):
        make.answer(day.event, one, other, AnswerKind.MEET)
    amara = browser(day.amara)
    answered = f"{day.path}/suggestions?show=answered"
    assert (
        "You would both like to meet. The next plan brings you together if it can."
        in amara.get(answered).text
    )
    assert "You both want to meet : Dan Fen" in amara.get(f"{day.path}/directory").text
    end(sqlite, day.event)
    assert "You both wanted to meet. You can still write each other a note." in amara.get(answered).text
    assert "next plan" not in amara.get(answered).text
    ben = amara.get(f"{day.path}/suggestions?person={day.ben.public_id}")
    assert f"You both wanted to meet. {CARD} : Ben Reed" in ben.text
    assert "In your day (2)" in ben.text
    assert "Already in your day" not in ben.text
    assert "You both wanted to meet : Dan Fen" in amara.get(f"{day.path}/directory").text


def test_the_directory_is_not_called_who_comes_once_nobody_does(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    amara = browser(day.amara)
    page = amara.get(f"{day.path}/directory")
    assert (page.heading, "no more meetings" in page.text) == ("Who comes", False)
    assert "Who comes" in amara.get("/datasets").html
    end(sqlite, day.event)
    page = amara.get(f"{day.path}/directory")
    assert page.heading == "Directory"
    assert "Who comes" not in page.html
    assert "The event is over, so no more meetings are planned." in page.text
    assert "Who comes" not in amara.get("/datasets").html
    assert (
        "Who comes"
        not in amara.get(f"/people/{day.dan.public_id}?back=directory&at={day.event.public_id}").html
    )
    assert "The directory" in amara.get(f"{day.path}/choices").headings


def test_on_the_day_home_says_first_where_to_be_and_asks_of_nobody_who_still_sits_there(
    browser: Callable[..., Any], day: Any, make: Any, sqlite: Database
) -> None:
    for one, other in ((day.amara, day.dan), (day.dan, day.amara)):
        make.answer(day.event, one, other, AnswerKind.MEET)
    amara = browser(day.amara)
    page = amara.get(f"{day.path}/")
    assert page.text.index("Your day goes on") < page.text.index("How was it with 1 person?")
    assert "1 meeting still to come, the next at" in page.text
    assert "at table 3." in page.text
    with sqlite.writing() as session:
        started = update(Round).where(Round.event_id == day.event.id, Round.number == 2)
        session.execute(started.values(starts_at=datetime.now(UTC) - timedelta(minutes=5)))
    page = amara.get(f"{day.path}/")
    assert "is on now, at table 3." in page.text
    assert "How was it with 1 person?" in page.text
    assert f'href="{day.path}/met">People I met</a>' in page.html
    end(sqlite, day.event)
    page = amara.get(f"{day.path}/")
    assert page.text.index("How was it with 3 people?") < page.text.index("Your day is over")


@pytest.mark.parametrize("page", ["directory", "directory/ways"])
def test_an_empty_directory_sends_nobody_to_suggestions_once_the_event_is_over(
    browser: Callable[..., Any], day: Any, sqlite: Database, page: str
) -> None:
    with sqlite.writing() as session:
        session.execute(update(Registration).values(in_directory=False))
    amara = browser(day.amara)
    assert "Until then, see whom you could meet" in amara.get(f"{day.path}/{page}").text
    end(sqlite, day.event)
    assert "Until then" not in amara.get(f"{day.path}/{page}").text


def test_a_meeting_that_has_begun_cannot_be_ended_and_is_not_said_to_be(
    browser: Callable[..., Any], day: Any, sqlite: Database
) -> None:
    ends = "end this meeting"
    before = pages(browser, day, day.cat)["card"]
    assert (ends in before, 'value="not-for-me"' in before) == (True, True)
    with sqlite.writing() as session:
        on = update(Round).where(Round.event_id == day.event.id, Round.number == 2)
        session.execute(on.values(starts_at=datetime.now(UTC) - timedelta(minutes=5)))
    for place, html in pages(browser, day, day.cat).items():
        assert (ends in html, "This ends your meeting" in html) == (False, False), place
        assert ('value="not-for-me"' in html, CARD in html) == (False, True), place
    assert "You meet at" in pages(browser, day, day.cat)["card"], "it is still going on"
