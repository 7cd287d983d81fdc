"""Stopping letters by one press from a letter, by the mail program itself, and from one's choices."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from matchmaker.services.people import stop_letters
from matchmaker.settings import Settings
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database


@pytest.fixture
def letter(make: Any, settings: Settings) -> Any:
    """A note to Ada, and one to Ben."""
    people = [make.person(name) for name in ("Ada", "Ben")]
    rows = [
        Mail(person_id=one.id, kind="note", to=one.email, subject="A note", body="Hello\n") for one in people
    ]
    make.add(*rows)
    path = stop_letters.address(settings, rows[0].public_id).removeprefix(settings.public_url)
    return SimpleNamespace(ada=people[0], ben=people[1], path=path)


def few(database: Database, person: Person) -> bool:
    with database.reading() as session:
        return session.get_one(Person, person.id).few_letters


def test_one_press_stops_them_without_signing_in_and_another_takes_it_back(
    browser: Callable[..., Any], letter: Any, sqlite: Database
) -> None:
    visitor = browser()
    for _ in range(10):
        page = visitor.get(letter.path)
    assert not few(sqlite, letter.ada)
    assert "Stop these letters" in page.text
    page = visitor.follow(letter.path, {"letters": "few"})
    assert "You get only letters that you cannot do without" in page.text
    assert (few(sqlite, letter.ada), few(sqlite, letter.ben)) == (True, False)
    visitor.follow(letter.path, {"letters": "all"})
    assert not few(sqlite, letter.ada)


def test_a_mail_program_stops_them_with_one_request_that_has_no_token(
    app: Flask, letter: Any, sqlite: Database
) -> None:
    answer = app.test_client().post(letter.path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert (few(sqlite, letter.ada), few(sqlite, letter.ben)) == (True, False)


def test_an_address_that_was_never_given_out_is_no_page_and_changes_nothing(
    app: Flask, browser: Callable[..., Any], letter: Any, sqlite: Database
) -> None:
    wrong = f"{letter.path[:-1]}{'0' if letter.path[-1] != '0' else '1'}"
    browser().get(wrong, status=404)
    assert app.test_client().post(wrong, data={"List-Unsubscribe": "One-Click"}).status_code == 404
    assert not few(sqlite, letter.ada)


def test_ones_choices_have_it_too(
    browser: Callable[..., Any], make: Any, letter: Any, sqlite: Database
) -> None:
    event = make.event()
    make.registration(event, letter.ada)
    path = f"/events/{event.public_id}/choices"
    ada = browser(letter.ada)
    assert "Now: all letters. Only letters I cannot do without" in ada.get(path).text
    page = ada.follow(f"{path}/letters", {"few": "yes"})
    assert "Now: only letters you need. Send me all letters" in page.text
    assert few(sqlite, letter.ada)
    ada.post(f"{path}/letters", {"few": "perhaps"}, status=400)
    ada.follow(f"{path}/letters", {"few": "no"})
    assert not few(sqlite, letter.ada)
