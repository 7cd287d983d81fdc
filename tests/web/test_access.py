"""Every route × role: what each gate lets through, and that what it refuses looks as if it did not exist.

The rule is the blueprint's. A new route is tested as soon as it exists; one with a new kind of object in its
address fails until ``World` says what such an object is.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from matchmaker.store import schema
from matchmaker.store.session import Database

ROLES = (
    "visitor", "stranger", "attendee", "organiser", "helper", "reader", "attendee elsewhere", "organiser elsewhere",
)  # fmt: skip

ALLOWED = {
    "public": set(ROLES),
    "people": set(ROLES) - {"visitor"},
    "attendees": {"attendee"},
    "organisers": {"organiser"},
}
"""Blueprint → roles that may open its pages for the first event, besides those of `ALSO`."""
ALSO = {
    "helper": {
        "organisers.day", "organisers.walk_in", "organisers.come_late", "organisers.check_in_on_the_day",
        "organisers.desk", "organisers.find_at_desk", "organisers.check_in", "organisers.make_code",
        "organisers.show_code",
    },
    "reader": {
        "organisers.programme",
        "organisers.home", "organisers.plans", "organisers.plan", "organisers.progress", "organisers.report",
        "organisers.report_pdf",
        "organisers.report_table",
    },
}  # fmt: skip
"""Role → all it may open of the organisers' pages."""


def may(role: str, rule: Rule, blueprint: str) -> bool:
    return role in ALLOWED[blueprint] or rule.endpoint in ALSO.get(role, ())


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
        if may(role, rule, blueprint):
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
        if may(role, rule, blueprint):
            continue
        where = world.address(rule)
        answer = one.client.post(where, data={"csrf_token": token})
        if role == "visitor":
            assert "/sign-in" in answer.headers.get("Location", ""), f"{role} {where}: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{role} {where}: {answer.status_code}"
    assert everything(sqlite) == before


def test_a_reader_may_send_nothing(world: Any) -> None:
    assert not {rule.endpoint for rule, _ in world.routes("POST")} & ALSO["reader"]


@pytest.mark.parametrize("role", sorted(ALSO))
def test_pages_lead_nobody_to_what_they_may_not_open(
    role: str, world: Any, app: Flask, browser: Callable[..., Any]
) -> None:
    organiser, plans = browser(world.people["organiser"]), f"/organise/{world.event.public_id}/plans"
    made = organiser.get(organiser.post(plans).location, status=302).location.rpartition("/")[2]
    world.names["plan"] = made
    organiser.post(f"{plans}/{made}/publish", {"instead_of": "", "revision": "1"})
    one, led = browser(world.people[role]), set()
    for rule, _ in world.routes("GET"):
        if rule.endpoint in ALSO[role]:
            html = one.client.get(world.address(rule)).get_data().decode("latin-1")
            led |= {("GET", way) for way in re.findall(r'<a [^>]*href="(/organise/[^"#?]*)', html)}
            led |= {
                ("POST", way)
                for way in re.findall(r'<form[^>]*method="post"[^>]*action="(/organise/[^"]*)', html)
            }
    known = app.url_map.bind("localhost")
    found = {known.match(way, method=method)[0] for method, way in led}
    assert found <= ALSO[role], found - ALSO[role]
    assert len(found) > 1


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
