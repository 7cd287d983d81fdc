"""The page of organisations written in several ways."""

import re
from collections.abc import Callable
from typing import Any


def test_one_press_makes_spellings_one_and_only_as_somebody_writes_it(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event()
    for office in ("Peat Office", "Peat Ofice", "Defra"):
        make.registration(event, make.person(f"Of {office}", organisation=office))
    one = browser(make.organiser(event))
    address = f"/organise/{event.public_id}/people/organisations"
    assert "Peat Office (1 person), Peat Ofice (1 person)" in one.get(address).text
    one.post(address, {"spelling": ["Peat Ofice"], "keep": "x" * 5000})
    assert "Nobody was changed" in (page := one.get(address).text)
    assert "Peat Ofice" in page
    one.post(address, {"spelling": ["Peat Office", "Peat Ofice"], "keep": "Peat Office"})
    page = one.get(address).text
    assert "1 person is of Peat Office now" in page
    assert "Each organisation is written in one way" in page


def test_organisations_that_are_two_are_not_offered_again_until_that_is_taken_back(
    browser: Callable[..., Any], make: Any
) -> None:
    event, other = make.event(), make.event()
    for held in (event, other):
        for office in ("East Peat Office", "West Peat Office", "East Peat Ofice", "Defra"):
            make.registration(held, make.person(f"Of {office}", organisation=office))
    one = browser(make.organiser(event))
    address = f"/organise/{event.public_id}/people/organisations"
    assert "East Peat Office (1 person), East Peat Ofice (1 person)" in one.get(address).text
    pair = {"spelling": ["East Peat Office", "East Peat Ofice"], "apart": "yes"}
    page = one.follow(address, pair)
    assert "These stay as they are written, and are not offered as one again" in page.text
    assert "(1 person)" not in page.text
    assert "East Peat Office and East Peat Ofice" in page.text
    assert "Nothing was changed" in one.follow(address, pair).text
    assert (
        "(1 person)"
        in browser(make.organiser(other)).get(f"/organise/{other.public_id}/people/organisations").text
    )

    undo = next(iter(re.findall(r'action="([^"]+/undo)"', page.html)))
    assert "East Peat Office and East Peat Ofice may be one organisation again" in one.follow(undo, {}).text
    assert "East Peat Office (1 person), East Peat Ofice (1 person)" in one.get(address).text
    assert "That was taken back already" in one.follow(undo, {}).text
