"""Pages for anyone: what this is, what is kept, how suggestions are made; and what only the demo has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from matchmaker.jobs.queue import Queue
from matchmaker.settings import Settings
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database
from matchmaker.web.app import create_app

PERSONAS = [
    {"key": "attendee", "name": "Ada", "email": "ada@inside.example", "text": "See whom to meet."},
    {"key": "organiser", "name": "Olga", "email": "olga@inside.example", "text": "Plan the rounds."},
    {"key": "ghost", "name": "Nobody", "email": "nobody@inside.example", "text": "Is not there."},
]


@pytest.fixture
def demo(settings: Settings, sqlite: Database) -> Flask:
    """Return the application as the demo runs it."""
    settings = replace(settings, demo=True)
    app = create_app(settings, sqlite, Queue(settings, sqlite, immediate=True))
    app.testing = True
    app.config["DEMO_PERSONAS"] = PERSONAS
    return app


@pytest.fixture
def visitor(demo: Flask, browser: Callable[..., Any]) -> Any:
    """Return a browser at the demo in which nobody is signed in."""
    return type(browser())(demo.test_client())


# Privacy, accessibility, suggestions


def test_an_events_notice_names_contact_purpose_basis_erase_date_and_rights(
    browser: Callable[..., Any], make: Any
) -> None:
    make.event("Another", contact_email="wrong@inside.example", purpose="to do something else")
    event = make.event("Data Together", purpose="We plan who meets whom.")
    page = browser().get(f"/events/{event.public_id}/privacy")
    for words in (
        "Data Together Privacy notice",
        "Department of Examples",
        "Kit Organiser: contact@inside.example",
        "We plan who meets whom.",
        "Thursday 11 March 2027",
        "erased after 11 June 2027",
        "UK GDPR, article 6(1)(e) and (f)",
        "object to being suggested",
        "leave the event",
        "delete yourself",
        "Information Commissioner’s Office",
    ):
        assert words in page.text
    assert f'href="/events/{event.public_id}/choices"' in page.html
    for other in ("wrong@inside.example", "something else"):
        assert other not in page.text


def test_an_event_without_contact_or_purpose_still_has_a_notice(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event(contact_name="", contact_email="", purpose="", host="", place="")
    page = browser().get(f"/events/{event.public_id}/privacy")
    assert "Whom to ask the organisers" in page.text
    assert "To suggest whom you could meet" in page.text


def test_the_notice_of_an_erased_event_says_so(browser: Callable[..., Any], make: Any) -> None:
    event = make.event(erased_at=datetime(2027, 6, 12, 3, tzinfo=UTC))
    page = browser().get(f"/events/{event.public_id}/privacy")
    assert "was erased on 12 June 2027" in page.text
    assert "There is nothing left here to change or erase." in page.text


def test_the_notice_of_no_event_is_not_there(browser: Callable[..., Any]) -> None:
    browser().get("/events/never-given-out/privacy", status=404)


def test_the_general_notice_leads_to_those_of_ones_own_events(browser: Callable[..., Any], make: Any) -> None:
    mine, organised, left, other = (make.event(name) for name in ("Mine", "Ours", "Left", "Theirs"))
    me = make.registration(mine).person
    make.registration(left, me, state=RegistrationState.CANCELLED)
    make.organiser(organised, me)
    make.registration(other)
    page = browser(me).get("/privacy")
    for event, there in ((mine, True), (organised, True), (left, True), (other, False)):
        assert (f"/events/{event.public_id}/privacy" in page.html) is there
    assert "The notices of your events" not in browser().get("/privacy").text


@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/how-suggestions-are-made"])
def test_what_an_officer_asks_for_is_open_to_anybody(
    browser: Callable[..., Any], make: Any, path: str
) -> None:
    for reader in (None, make.person()):
        assert len(browser(reader).get(path).text.split()) > 300


def test_the_page_on_suggestions_says_whether_meanings_are_compared(browser: Callable[..., Any]) -> None:
    assert "does not know when two words mean the same" in browser().get("/how-suggestions-are-made").text


@pytest.mark.usefixtures("sentence_model")
def test_the_page_on_suggestions_says_so_where_a_language_model_is_used(browser: Callable[..., Any]) -> None:
    assert "a small language model also compares" in browser().get("/how-suggestions-are-made").text


# The first page


def test_a_visitor_of_a_real_installation_learns_nothing_about_events(
    browser: Callable[..., Any], make: Any
) -> None:
    make.registration(make.event("Secret gathering"))
    page = browser().get("/")
    assert page.heading == "Meet the people behind the data"
    assert "Sign in with a personal code" in page.text
    for word in ("Secret gathering", "Look around", "invented"):
        assert word not in page.text


def test_the_demo_offers_to_look_around_and_shows_the_event(visitor: Any, make: Any) -> None:
    make.event("Older", held_on=datetime(2026, 1, 1, tzinfo=UTC).date())
    event = make.event("Data Together")
    ada, ben = (make.registration(event).person for _ in range(2))
    make.registration(event, state=RegistrationState.CANCELLED)
    make.endorsement(event, ada, make.contribution(ben, make.dataset()))
    make.dataset()
    page = visitor.get("/")
    assert "An attendee Ada See whom to meet. Look around as Ada" in page.text
    assert "Data Together: Thursday 11 March 2027" in page.text
    assert "2 people are coming 1 of 2 datasets have a name on the label 1 thanks" in page.text
    assert "Older" not in page.text


def test_one_click_signs_in_as_somebody_of_the_demo(visitor: Any, make: Any) -> None:
    ada = make.registration(make.event("Data Together"), make.person("Ada", "ada@inside.example")).person
    assert visitor.post("/demo/look-around/attendee").location == "/"
    assert ada.name in visitor.get("/datasets").html


def test_looking_around_needs_a_known_key_and_a_person_who_is_there(visitor: Any, make: Any) -> None:
    for key in ("attendee", "ghost", "unknown"):
        visitor.post(f"/demo/look-around/{key}", status=404)
    visitor.get("/datasets", status=302)


def test_in_the_demo_every_page_leads_to_somebody_else_to_look_around_as(
    visitor: Any, app: Flask, browser: Callable[..., Any], make: Any
) -> None:
    ada = make.person("Ada", "ada@inside.example")
    visitor.post("/demo/look-around/attendee")
    assert 'action="/demo/look-around/organiser"' in visitor.get("/datasets").html
    app.config["DEMO_PERSONAS"] = PERSONAS
    assert "look-around" not in browser(ada).get("/datasets").html


def test_looking_around_by_a_link_is_not_possible(visitor: Any, make: Any) -> None:
    make.person("Ada", "ada@inside.example")
    visitor.get("/demo/look-around/attendee", status=405)


def test_a_real_installation_signs_nobody_in_without_a_code(
    app: Flask, browser: Callable[..., Any], make: Any
) -> None:
    app.config["DEMO_PERSONAS"] = PERSONAS
    make.person("Ada", "ada@inside.example")
    one = browser()
    one.post("/demo/look-around/attendee", status=404)
    one.get("/datasets", status=302)


# All emails of the demo


def test_sent_mail_is_on_a_page_of_the_demo(visitor: Any, make: Any) -> None:
    letters = [
        Mail(kind="test", to="ada@inside.example", subject=f"Letter {n}", body=body)
        for n, body in enumerate(
            ("First.\n", "Hello <b>Ada</b>,\n\nOpen this:\n\nhttps://matchmaker.example/x?y=1\n\nBye\n")
        )
    ]
    make.add(*letters)
    page = visitor.get("/demo/mail")
    assert page.text.index("Letter 1") < page.text.index("Letter 0")
    letter = visitor.get(f"/demo/mail/{letters[1].public_id}")
    assert letter.heading == "Letter 1"
    assert "Hello &lt;b&gt;Ada&lt;/b&gt;," in letter.html
    assert 'href="https://matchmaker.example/x?y=1"' in letter.html
    visitor.get("/demo/mail/unknown", status=404)


def test_the_demo_tells_letters_that_were_sent_from_those_that_wait(visitor: Any, make: Any) -> None:
    sent, tomorrow = datetime(2026, 5, 1, 9, tzinfo=UTC), datetime(2099, 5, 2, 8, tzinfo=UTC)
    letters = [
        Mail(kind="test", to="a@inside.example", subject="One", body="1", sent_at=sent),
        Mail(kind="test", to="b@inside.example", subject="Two", body="2", due_at=tomorrow),
        Mail(kind="test", to="c@inside.example", subject="Three", body="3", due_at=sent),
    ]
    make.add(*letters)
    page = visitor.get("/demo/mail").text
    lines = (
        "To a@inside.example, sent 1 May 2026 at 10am",
        "To b@inside.example, waits until 2 May 2099 at 9am",
        "To c@inside.example, about to be sent",
    )
    for letter, line in zip(letters, lines, strict=True):
        assert line in page
        assert line in visitor.get(f"/demo/mail/{letter.public_id}").text


def test_the_demo_without_mail_says_what_will_be_there(visitor: Any) -> None:
    assert "Letters will be here" in visitor.get("/demo/mail").text


def test_a_real_installation_shows_its_mail_to_nobody(browser: Callable[..., Any], make: Any) -> None:
    letter = Mail(kind="test", to="ada@inside.example", subject="Hello", body="Hello")
    make.add(letter)
    organiser = make.organiser(make.event())
    for reader in (None, organiser):
        for path in ("/demo/mail", f"/demo/mail/{letter.public_id}"):
            browser(reader).get(path, status=404)
