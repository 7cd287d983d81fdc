"""Every route × role: what each gate lets through, and that what it refuses looks as if it did not exist.

The rule is the blueprint's. A new route is tested as soon as it exists; one with a new kind of object in its
address fails until ``World` says what such an object is.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.store import schema
from matchmaker.store.session import Database

ROLES = ("visitor", "stranger", "attendee", "organiser", "attendee elsewhere", "organiser elsewhere")

ALLOWED = {
    "public": set(ROLES),
    "people": set(ROLES) - {"visitor"},
    "attendees": {"attendee"},
    "organisers": {"organiser"},
}
"""Blueprint → roles that may open its pages for the first event."""


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


@pytest.mark.parametrize("role", ROLES)
def test_a_gate_lets_in_whom_it_should_and_hides_the_rest(
    role: str, world: Any, browser: Callable[..., Any], sqlite: Database
) -> None:
    one = browser(world.people[role])
    before = everything(sqlite)
    for rule, blueprint in world.routes("GET"):
        where = world.address(rule)
        answer = one.client.get(where)
        if role in ALLOWED[blueprint]:
            assert answer.status_code in {200, 302, 303, 404, 410}, f"{role} {where}: {answer.status_code}"
            assert "/sign-in?next" not in answer.headers.get("Location", ""), f"{role} {where}"
            if blueprint in {"attendees", "organisers"}:
                assert answer.status_code != 404, f"{role} {where} should be there"
        elif role == "visitor":
            assert "/sign-in" in answer.headers.get("Location", ""), f"{role} {where}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{role} {where}: {answer.status_code}"
    assert everything(sqlite) == before, "opening a page changed something"


@pytest.mark.parametrize("role", ROLES)
def test_a_refused_form_changes_nothing(
    role: str, world: Any, browser: Callable[..., Any], sqlite: Database
) -> None:
    one = browser(world.people[role])
    token, before = one.token(), everything(sqlite)
    for rule, blueprint in world.routes("POST"):
        if role in ALLOWED[blueprint]:
            continue
        where = world.address(rule)
        answer = one.client.post(where, data={"csrf_token": token})
        if role == "visitor":
            assert "/sign-in" in answer.headers.get("Location", ""), f"{role} {where}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{role} {where}: {answer.status_code}"
    assert everything(sqlite) == before


@pytest.mark.parametrize("role", ["visitor", "attendee", "organiser"])
def test_a_form_without_its_token_is_refused_and_changes_nothing(
    role: str, world: Any, browser: Callable[..., Any], sqlite: Database
) -> None:
    one = browser(world.people[role])
    before = everything(sqlite)
    for rule, _blueprint in world.routes("POST"):
        where = world.address(rule)
        assert one.client.post(where).status_code in {302, 303, 400, 404}, where
    assert everything(sqlite) == before


def test_an_event_that_does_not_exist_looks_like_one_that_is_not_yours(
    world: Any, browser: Callable[..., Any]
) -> None:
    one = browser(world.people["stranger"])
    refused = one.client.get(f"/events/{world.event.public_id}/suggestions").get_data(as_text=True)
    unknown = one.client.get("/events/no-such-event/suggestions").get_data(as_text=True)
    without_nonces = [page.split("<main")[1] for page in (refused, unknown)]
    assert without_nonces[0] == without_nonces[1]
