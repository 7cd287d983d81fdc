"""The page of organisations written in several ways."""

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
