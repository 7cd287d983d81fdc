"""The page of organisations written in several ways."""

from collections.abc import Callable
from typing import Any


def test_one_press_makes_spellings_one_and_only_to_one_of_them(
    browser: Callable[..., Any], make: Any
) -> None:
    event = make.event()
    for office in ("Peat Office", "Peat Ofice", "Defra"):
        make.registration(event, make.person(f"Of {office}", organisation=office))
    one = browser(make.organiser(event))
    address = f"/organise/{event.public_id}/people/organisations"
    assert "Peat Office (1 person), Peat Ofice (1 person)" in one.get(address).text
    one.post(address, {"spelling": ["Peat Office", "Peat Ofice"], "keep": "Defra"})
    assert "Peat Ofice" in one.get(address).text
    one.post(address, {"spelling": ["Peat Office", "Peat Ofice"], "keep": "Peat Office"})
    page = one.get(address).text
    assert "1 person is of Peat Office now" in page
    assert "Each organisation is written in one way" in page
