"""The board in the hall: where the day stands, for whoever holds the screen's address."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.store.event.events import Event
from matchmaker.store.session import Database


def begin(database: Database, event: Event, minutes: float) -> None:
    """Let the first of two rounds of 20 minutes, half an hour apart, begin so many minutes from now."""
    start = datetime.now(UTC) + timedelta(minutes=minutes)
    with database.writing() as session:
        for one in session.get_one(Event, event.id).rounds:
            one.starts_at = start + timedelta(minutes=30 * (one.number - 1))


@pytest.fixture
def event(make: Any) -> Event:
    make.event("Another", rounds=5, wall_key="other")
    return make.event("Data Together", rounds=2, wall_key="hall")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (60, "Round 1 next at"),
        (-5, "Round 1 until"),
        (-25, "Round 2 next at"),
        (-35, "Round 2 until"),
        (-120, "The rounds are over Thank you for coming"),
    ],
)
def test_it_says_which_round_is_on_or_next(
    browser: Callable[..., Any], event: Event, sqlite: Database, minutes: float, said: str
) -> None:
    begin(sqlite, event, minutes)
    assert f"Data Together {said}" in browser(None).get("/wall/hall/rounds").text


def test_it_says_what_comes_then_and_that_a_round_is_the_last(
    browser: Callable[..., Any], event: Event, sqlite: Database
) -> None:
    begin(sqlite, event, -5)
    assert "Then round 2 at" in browser(None).get("/wall/hall/rounds").text
    begin(sqlite, event, -35)
    assert "The last round" in browser(None).get("/wall/hall/rounds").text


def test_without_rounds_it_says_what_will_be_here(browser: Callable[..., Any], make: Any) -> None:
    make.event("Empty", wall_key="empty")
    assert "The rounds will be here once they are set" in browser(None).get("/wall/empty/rounds").text


def test_an_address_that_was_never_given_shows_nothing(browser: Callable[..., Any], event: Event) -> None:
    assert browser(None).client.get("/wall/guess/rounds").status_code == 404


def test_its_address_does_not_travel_to_other_sites(browser: Callable[..., Any], event: Event) -> None:
    assert browser(None).client.get("/wall/hall/rounds").headers["Referrer-Policy"] == "no-referrer"
