"""Typing in paper forms: find, type, next; by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.services.attendee_lists.enter_answers import FIELDS
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database


@pytest.fixture
def event(make: Any) -> Event:
    event: Event = make.event()
    make.registration(make.event(), make.person("Noise Nora"))
    return event


@pytest.fixture
def organiser(event: Event, make: Any, browser: Any) -> Any:
    return browser(make.organiser(event))


def test_a_name_leads_to_the_form_and_the_form_back_to_the_next(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one = make.registration(event, make.person("Amara Okafor"))
    make.registration(event, make.person("Ben Carr"))
    at = f"/organise/{event.public_id}/people"
    assert "Nobody on the list is called that" in organiser.get(f"{at}/paper?q=nora").text
    form = organiser.get(f"{at}/paper?q=okafor", status=302).location
    assert form == f"{at}/{one.public_id}/paper"
    assert organiser.get(form).heading == "Paper form of Amara Okafor"
    said = {"bio": "Maps peat.", "datasets": "Moon maps", "quiet": "y", "arrives": "soonish"}
    page = organiser.follow(form, said)
    assert page.heading == "Paper forms"
    assert "Amara Okafor: " in page.text
    assert "soonish" in page.text
    with sqlite.reading() as session:
        row = session.get_one(Registration, one.id)
        assert (row.bio, row.quiet, row.step_free) == ("Maps peat.", True, False)


def test_several_of_a_name_are_listed_to_choose_from(organiser: Any, event: Event, make: Any) -> None:
    for name in ("Amara Okafor", "Ben Okafor"):
        make.registration(event, make.person(name))
    page = organiser.get(f"/organise/{event.public_id}/people/paper?q=okafor")
    assert [name in page.text for name in ("Amara Okafor", "Ben Okafor", "Noise Nora")] == [True, True, False]


def test_the_form_to_print_is_offered_where_it_is_typed_in_and_where_paper_is_made(
    organiser: Any, event: Event, make: Any, legible: Callable[[bytes], str]
) -> None:
    at = f"/organise/{event.public_id}"
    for page in (f"{at}/print", f"{at}/people/paper"):
        assert f'href="{at}/people/paper/form.pdf"' in organiser.get(page).html
    answer = organiser.client.get(f"{at}/people/paper/form.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert legible(answer.data).startswith(f"Form for {event.name}")
    one = make.registration(event, make.person("Amara Okafor"))
    typed = organiser.get(f"{at}/people/{one.public_id}/paper").html
    assert (
        tuple(name for name in re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', typed) if name in FIELDS)
        == FIELDS
    )
