"""Your events: each under what it is to the reader, with its day and when it begins."""

from collections.abc import Callable
from datetime import date
from typing import Any

from matchmaker.store.people.registrations import RegistrationState

S = RegistrationState
LAST_YEAR = {"held_on": date(2025, 3, 11), "erase_on": date(2030, 3, 11)}


def said(page: Any) -> str:
    """Return what a page says, with no space between a link and a comma."""
    return str(page.text.replace(" ,", ","))


def test_each_event_stands_under_what_it_is_to_the_reader(make: Any, browser: Callable[[Any], Any]) -> None:
    amara = make.person("Amara")
    for state, name in (
        (S.CONFIRMED, "Coming"), (S.INVITED, "Invited"), (S.WAITING, "Waiting"), (S.OFFERED, "Offered"),
        (S.DECLINED, "Declined"), (S.CANCELLED, "Left"),
    ):  # fmt: skip
        make.registration(make.event(name, rounds=2 if state is S.CONFIRMED else 0), amara, state=state)
    make.registration(make.event("Last year", **LAST_YEAR), amara)
    make.organiser(make.event("Mine", rounds=1), amara)
    make.registration(make.event("Somebody else’s"))
    page = browser(amara).get("/")
    day = "Thursday 11 March 2027"
    assert (
        said(page)
        .partition("Make an event")[0]
        .endswith(
            f"Your events You are coming to Coming, {day}, from 10am You are invited to Invited, {day} "
            f"You want a place at Offered, {day} Waiting, {day} "
            f"You are not coming to Left, {day} Declined, {day} "
            f"You organise or help with Mine, {day}, from 10am They are over Last year, Tuesday 11 March 2025 "
        )
    )


def test_your_data_says_when_each_event_begins(make: Any, browser: Callable[[Any], Any]) -> None:
    amara = make.person("Amara")
    make.registration(make.event("Data day", rounds=2), amara, state=S.INVITED)
    make.organiser(make.event("Mine", rounds=1), amara)
    page = browser(amara).get("/mine")
    no_answer = "You have not said yet whether you come"
    assert f"Data day Thursday 11 March 2027, from 10am. {no_answer}" in said(page)
    assert "Mine, Thursday 11 March 2027, from 10am" in said(page)
