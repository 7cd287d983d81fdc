"""A name that is typed with the family name and a comma first is kept as it is said, on every form that takes one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

Open = Callable[..., Any]
TYPED, SAID = "Ó Súilleabháin,  Caoimhín", "Caoimhín Ó Súilleabháin"
HIM = {"name": TYPED, "email": "caoimhin@far.example"}
WORKED = {"organisation": "Water Office", "role": "built"}


def people(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Person.name)))


@pytest.mark.parametrize(
    ("where", "sent"),
    [("people/add", HIM), ("day/walk-in", HIM), ("organisers", {**HIM, "role": "helper"})],
)
def test_an_organiser_types_a_name_as_their_list_has_it(
    browser: Open, make: Any, sqlite: Database, where: str, sent: dict[str, str]
) -> None:
    event, noise = make.event(rounds=1, tables=2), make.person("Byrne, Noise")
    make.registration(event, noise)
    page = browser(make.organiser(event)).follow(f"/organise/{event.public_id}/{where}", sent)
    assert SAID in page.text
    assert {SAID, "Byrne, Noise"} <= people(sqlite)


def test_who_is_typed_the_other_way_round_is_found_on_the_list(browser: Open, make: Any) -> None:
    event = make.event()
    make.registration(event, make.person("Di Fox", organisation="ONS"))
    one = browser(make.organiser(event))
    page = one.post(
        f"/organise/{event.public_id}/people/add", {"name": "Fox, Di", "organisation": "ONS"}, status=422
    )
    assert "Di Fox of ONS is on the list already" in page.text


def test_a_name_that_is_kept_with_its_comma_stays_until_another_is_typed(
    browser: Open, make: Any, sqlite: Database
) -> None:
    event = make.event()
    row = make.registration(event, make.person("Kew, Sample"))
    one, where = browser(make.organiser(event)), f"/organise/{event.public_id}/people/{row.public_id}"
    shown = one.get(where).html
    assert 'value="Kew, Sample"' in shown
    one.follow(where, {"name": "Kew, Sample", "job_title": "Analyst"})
    assert "Kew, Sample" in people(sqlite)
    one.follow(where, {"name": TYPED, "job_title": "Analyst"})
    assert SAID in people(sqlite)


def test_who_asks_for_a_place_is_greeted_by_the_name_as_it_is_said(browser: Open, make: Any) -> None:
    event: Event = make.event(open_registration=True)
    visitor = browser()
    visitor.follow(f"/events/{event.public_id}/ask", HIM)
    with visitor.client.session_transaction() as cookie:
        assert SAID in cookie["asking_for_place"]


@pytest.mark.parametrize(
    ("kind", "name", "kept"), [("person", TYPED, SAID), ("team", "Air, Water", "Air, Water")]
)
def test_the_name_of_a_person_is_put_in_order_and_that_of_a_team_is_not(
    browser: Open, make: Any, sqlite: Database, kind: str, name: str, kept: str
) -> None:
    event, dataset = make.event(), make.dataset("River levels", "Water Office")
    ada = make.registration(event).person
    browser(ada).post(f"/datasets/{dataset.public_id}/name/new", {**WORKED, "kind": kind, "name": name})
    with sqlite.reading() as session:
        assert session.scalars(select(UnclaimedCredit.name)).all() == [kept]
