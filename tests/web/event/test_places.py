"""Places: the organiser's page and offers, and what somebody who wants a place reads of themselves."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Database

S = RegistrationState
Open = Callable[..., Any]
EARLIER = datetime.now(UTC) - timedelta(days=9)


@pytest.fixture
def event(make: Any) -> Event:
    day = datetime.now(UTC).date() + timedelta(days=30)
    made: Event = make.event(
        "Data Together", held_on=day, erase_on=day + timedelta(days=30), places=2, places_outside=1
    )
    make.registration(make.event("Another"), make.person("Noise Nora"), state=S.WAITING)
    return made


@pytest.fixture
def organiser(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event, make.person("Olga")))


def at(event: Event, *parts: str) -> str:
    return "/".join([f"/organise/{event.public_id}/places", *parts])


def row(sqlite: Database, one: Registration) -> Registration:
    with sqlite.reading() as session:
        return session.get_one(Registration, one.id)


def waiting(make: Any, event: Event, name: str, days: int, pool: Pool = Pool.OUTSIDE) -> Registration:
    found: Registration = make.registration(
        event, make.person(name), state=S.WAITING, pool=pool, asked_at=EARLIER + timedelta(days=days)
    )
    return found


def test_the_numbers_are_set_and_the_page_counts_each_side(organiser: Any, event: Event, make: Any) -> None:
    page = organiser.follow(
        at(event, "numbers"), {"places": "40", "places_inside": "", "places_outside": "10", "offer_days": "5"}
    )
    make.registration(event, pool=Pool.OUTSIDE)
    waiting(make, event, "Amara", 1)
    page = organiser.get(at(event))
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', page.html, re.S)
    assert [(head, re.findall(r">([^<\s][^<]*)<", cells)) for head, cells in rows] == [
        ("Inside the department", ["No limit", "0", "0", "No limit", "0", "0"]),
        ("Outside", ["10", "1", "0", "9", "1", "0"]),
        ("In total", ["40", "1", "0", "39", "1", "0"]),
    ]
    assert "Noise Nora" not in page.text
    organiser.post(at(event, "numbers"), {"places": "-1", "offer_days": "5"}, status=422)
    organiser.post(at(event, "numbers"), {"places": "1", "offer_days": ""}, status=422)


def test_a_lower_number_takes_nobodys_place_away(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    there = [make.registration(event, pool=Pool.OUTSIDE) for _ in range(2)]
    organiser.follow(at(event, "numbers"), {"places": "1", "places_outside": "0", "offer_days": "5"})
    page = organiser.get(at(event))
    assert (
        "More people have a place than there are: 2 more than there are places for people from outside "
        "and 1 more than there are places in total."
    ) in page.text
    assert [row(sqlite, one).state for one in there] == [S.CONFIRMED, S.CONFIRMED]


def test_free_places_are_offered_after_a_page_has_said_to_whom(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    late, early = waiting(make, event, "Late Lou", 2), waiting(make, event, "Early Eve", 1)
    assert "Offer 1 free place" in organiser.get(at(event)).text
    assert "1 place is free for people who wait" in organiser.get(f"/organise/{event.public_id}/").text
    page = organiser.get(at(event, "offer"))
    assert page.heading == "Offer 1 place?"
    assert "Early Eve" in page.text
    assert "Late Lou" not in page.text
    page = organiser.follow(at(event, "offer"), {"count": "1"})
    assert "1 place is offered" in page.html
    assert [row(sqlite, one).state for one in (early, late)] == [S.OFFERED, S.WAITING]
    organiser.post(at(event, "offer"), {"count": "1"}, status=422)
    with sqlite.reading() as session:
        assert [one.to for one in session.query(Mail)] == [early.person.email]


def test_the_page_before_offers_asks_no_more_questions_of_many_than_of_one(
    make: Any, browser: Open, statements: list[str]
) -> None:
    day = datetime.now(UTC).date() + timedelta(days=30)
    event = make.event("Room enough", held_on=day, erase_on=day + timedelta(days=30))
    organiser, asked = browser(make.organiser(event, make.person("Olga"))), []
    for people in (1, 9):
        for number in range(people):
            waiting(make, event, f"Guest {people} {number}", number)
        statements.clear()
        page = organiser.get(at(event, "offer"))
        asked.append(len(statements))
    assert "Offer 10 places?" in page.text
    assert asked[0] == asked[1]


def test_an_offer_is_told_by_the_organiser_where_no_letter_leaves(
    organiser: Any, event: Event, make: Any, no_mail_server: None
) -> None:
    waiting(make, event, "Early Eve", 1)
    asked = organiser.get(at(event, "offer"))
    assert "They can answer until the end of" in asked.text
    assert "get an email" not in asked.text
    page = organiser.follow(at(event, "offer"), {"count": "1"})
    assert (
        "1 place is offered. No email leaves this computer, as no mail server is set: tell them yourself"
    ) in page.text


def test_somebody_who_waits_reads_why_and_nothing_of_anybody(event: Event, make: Any, browser: Open) -> None:
    make.registration(event, make.person("Taken Tom"), pool=Pool.OUTSIDE)
    waiting(make, event, "Before Bea", 1)
    mine = waiting(make, event, "Amara", 2)
    one, home = browser(mine.person), f"/events/{event.public_id}/"
    assert one.get("/", status=302).location == home
    page = one.get(home)
    assert page.heading == "You are on the waiting list for Data Together"
    assert "The 1 place for people from outside is taken; 1 person asked before you." in page.text
    for name in ("Taken Tom", "Before Bea"):
        assert name not in page.html
    for shut in ("suggestions", "directory", "day", "profile"):
        assert one.get(f"{home}{shut}", status=302).location == home
    one.get(f"{home}choices")


def test_an_offer_is_answered_from_the_page_with_the_notice(
    event: Event, make: Any, browser: Open, sqlite: Database
) -> None:
    until = datetime.now(UTC) + timedelta(days=3)
    yes, no = (
        make.registration(event, state=S.OFFERED, pool=Pool.OUTSIDE, offered_until=until) for _ in range(2)
    )
    home = f"/events/{event.public_id}/"
    page = browser(yes.person).get(home)
    assert page.heading == "There is a place for you at Data Together"
    assert "What we hold about you, and why" in page.text
    assert "Answer by the end of" in page.text
    browser(yes.person).follow(f"{home}coming", {"coming": "yes"})
    browser(no.person).post(f"{home}coming", {"coming": "no"})
    assert [row(sqlite, one).state for one in (yes, no)] == [S.CONFIRMED, S.DECLINED]


def test_who_waits_can_give_up_and_not_take_a_place(
    event: Event, make: Any, browser: Open, sqlite: Database
) -> None:
    mine = waiting(make, event, "Amara", 1)
    home = f"/events/{event.public_id}/"
    browser(mine.person).post(f"{home}coming", {"coming": "yes"}, status=400)
    assert row(sqlite, mine).state is S.WAITING
    browser(mine.person).post(f"{home}coming", {"coming": "no"})
    assert row(sqlite, mine).state is S.DECLINED


def test_an_invited_person_who_says_yes_when_all_is_taken_is_told_that_they_wait(
    event: Event, make: Any, browser: Open
) -> None:
    make.registration(event, pool=Pool.OUTSIDE)
    mine = make.registration(event, state=S.INVITED, pool=Pool.OUTSIDE)
    page = browser(mine.person).follow(f"/events/{event.public_id}/coming", {"coming": "yes"})
    assert page.heading == "You are on the waiting list for Data Together"
    assert "nobody asked before you" in page.text


def test_who_asks_is_listed_and_decided_about_once(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    yes, no = (
        make.registration(event, make.person(name), state=S.PENDING, asked_at=EARLIER)
        for name in ("Yes", "No")
    )
    assert "2 people ask for a place" in organiser.get(f"/organise/{event.public_id}/").text
    assert "Yes is on the waiting list" in organiser.follow(at(event, yes.public_id), {"place": "yes"}).html
    assert "No has no place" in organiser.follow(at(event, no.public_id), {"place": "no"}).html
    again = organiser.follow(at(event, no.public_id), {"place": "yes"})
    assert "Somebody has decided about No already" in again.html
    organiser.post(at(event, yes.public_id), {"place": "maybe"}, status=400)
    assert [row(sqlite, one).state for one in (yes, no)] == [S.WAITING, S.CANCELLED]
