"""Open registration: a stranger asks for a place, confirms the address, and reads where they stand."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.services.people import coming
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Address
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

Open = Callable[..., Any]
NEW = {"name": "Nell New", "organisation": "River Trust", "email": "nell@far.example"}


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event("Data Together", open_registration=True)
    return made


def code_in(sqlite: Database) -> str:
    with sqlite.reading() as session:
        newest = session.query(Mail).order_by(Mail.id.desc()).first()
        assert newest is not None
        found = re.search(r"^\d{6}$", newest.body, re.M)
        assert found
        return found.group()


def addresses(sqlite: Database) -> set[str]:
    with sqlite.reading() as session:
        return {one.email for one in session.query(Address)}


def test_a_stranger_asks_for_a_place_and_then_waits_for_an_organiser(
    event: Event, browser: Open, make: Any, sqlite: Database
) -> None:
    visitor, where = browser(), f"/events/{event.public_id}/ask"
    page = visitor.follow(where, NEW)
    assert "nell@far.example" in page.text
    assert "or asked for a place there" in page.text
    assert "nell@far.example" not in addresses(sqlite), "nothing is kept before the address is confirmed"
    page = visitor.follow(f"{where}/code", {"code": code_in(sqlite)})
    assert page.heading == "You have asked for a place at Data Together"
    for shut in ("suggestions", "directory", "day", "topics"):
        there = visitor.client.get(f"/events/{event.public_id}/{shut}")
        assert there.status_code == 302, shut
    with sqlite.reading() as session:
        (row,) = session.query(Registration)
        assert (row.person.name, row.state) == ("Nell New", RegistrationState.PENDING)
    olga = browser(make.organiser(event))
    assert "Nell New" in olga.get(f"/organise/{event.public_id}/places").text


def test_an_offered_place_is_answered_on_five_lines_with_the_whole_notice_one_press_away(
    event: Event, browser: Open, make: Any
) -> None:
    make.registration(event)
    offered = make.registration(event, state=RegistrationState.OFFERED).person
    page = browser(offered).get(f"/events/{event.public_id}/")
    lines, whole = page.html.split("<details", 1)
    assert re.findall(r"<li>(.*?)</li>", lines.split("Are you coming?")[1], re.DOTALL) == list(
        coming.short_notice(event)
    )
    assert "I am coming" in lines
    assert "They do not see what you need at the venue" in whole
    assert "They do not see what you need at the venue" not in lines


def test_where_no_mail_leaves_no_code_is_said_to_be_sent(
    event: Event, browser: Open, no_mail_server: None
) -> None:
    page = browser().get(f"/events/{event.public_id}/ask")
    assert "You confirm it with a code." in page.text
    assert "No email leaves this computer: come back here" in page.text
    assert "send you" not in page.text


def test_a_wrong_code_keeps_nobody(event: Event, browser: Open, sqlite: Database) -> None:
    visitor, where = browser(), f"/events/{event.public_id}/ask"
    visitor.post(where, NEW)
    wrong = f"{(int(code_in(sqlite)) + 1) % 1_000_000:06d}"
    page = visitor.post(f"{where}/code", {"code": wrong}, status=422)
    assert "That code is not right, or no longer valid" in page.text
    assert addresses(sqlite) == set()
    assert visitor.client.get("/datasets").status_code == 302


def test_known_and_unknown_addresses_get_the_same_answer(
    event: Event, browser: Open, make: Any, sqlite: Database
) -> None:
    make.registration(event, make.person("Ada", "ada@far.example"))
    pages = []
    for email in ("ada@far.example", "nell@far.example"):
        visitor = browser()
        page = visitor.follow(f"/events/{event.public_id}/ask", {**NEW, "email": email})
        pages.append(page.text.replace(email, "the address"))
    assert pages[0] == pages[1]
    with sqlite.reading() as session:
        assert [one.to for one in session.query(Mail).order_by(Mail.id)] == [
            "ada@far.example",
            "nell@far.example",
        ]


def test_the_code_of_one_browser_is_of_no_use_in_another(
    event: Event, browser: Open, sqlite: Database
) -> None:
    where = f"/events/{event.public_id}/ask"
    browser().post(where, NEW)
    other = browser()
    assert other.post(f"{where}/code", {"code": code_in(sqlite)}).location == where
    other.post(where, {**NEW, "email": "mallory@far.example"})
    browser().post(where, NEW)
    other.post(f"{where}/code", {"code": code_in(sqlite)}, status=422)


def test_there_is_no_such_page_where_registration_is_not_open(browser: Open, make: Any) -> None:
    shut = make.event()
    for parts in ("ask", "ask/code"):
        browser().get(f"/events/{shut.public_id}/{parts}", status=404)
        browser().post(f"/events/{shut.public_id}/{parts}", NEW, status=404)


def test_an_organiser_opens_registration_and_is_given_the_address(browser: Open, make: Any) -> None:
    shut = make.event()
    one, where = browser(make.organiser(shut)), f"/organise/{shut.public_id}/places"
    assert "/ask" not in one.get(where).text
    page = one.follow(f"{where}/numbers", {"offer_days": "7", "open_registration": "y"})
    assert f"/events/{shut.public_id}/ask until the day of the event" in page.text
    browser().get(f"/events/{shut.public_id}/ask")
