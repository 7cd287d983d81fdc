"""Organisations written in several ways: shown to the organiser, and made one with a press."""

from collections.abc import Callable
from typing import Any

from matchmaker.store.people import guest_list
from matchmaker.store.session import Database


def test_spellings_that_may_be_one_organisation_become_one_with_a_press(
    browser: Callable[..., Any], make: Any, sqlite: Database
) -> None:
    event, other = make.event(), make.event()
    for office in ("Environment Agency", "the Environment agency", "EA", "Defra"):
        make.registration(event, make.person(f"Of {office}", organisation=office))
    elsewhere = make.person("Here and there", organisation="EA")
    make.registration(event, elsewhere)
    make.registration(other, elsewhere)
    make.registration(other, make.person("Only there", organisation="EA"))
    one = browser(make.organiser(event))
    address = f"/organise/{event.public_id}/people/organisations"

    page = one.get(address)
    assert "Environment Agency (1 person), the Environment agency (1 person), EA (2 people)" in page.text
    assert "Defra" not in page.text
    said = {"spelling": ["Environment Agency", "the Environment agency", "EA"], "keep": "Environment Agency"}
    one.post(address, said)
    assert (
        "2 people are of Environment Agency now; 1 stays as they are, being at an event"
        in one.get(address).text
    )

    with sqlite.reading() as session:
        kept = {"Environment Agency": 3, "Defra": 1, "EA": 1}
        held = guest_list.organisations(session, event.id)
        assert {name: held[name] for name in kept} == kept
        assert guest_list.organisations(session, other.id)["EA"] == 2
    one.post(address, {"spelling": ["Defra"], "keep": "Nobody asked for this"})
    with sqlite.reading() as session:
        assert "Nobody asked for this" not in guest_list.organisations(session, event.id)
