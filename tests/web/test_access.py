"""Every route × role: what each gate lets through, and that what it refuses looks as if it did not exist.

The rule is the blueprint's. A new route is tested as soon as it exists; one with a new kind of object in its
address fails until ``World` says what such an object is.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from matchmaker.store import schema
from matchmaker.store.session import Database
from tests.web.test_no_mail import promises

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


class Opened(NamedTuple):
    """A page as somebody was answered: its address, how, where it led, its words, and the connections it kept."""

    rule: Rule
    blueprint: str
    where: str
    status: int
    location: str
    html: str
    kept: int


class Visit(NamedTuple):
    """What somebody who opened every page was answered, and whether anything is another for it."""

    pages: list[Opened]
    changed: bool


VISITS: dict[tuple[str, bool, bool], Visit] = {}
"""Role, whether they chose few letters, and whether any leaves → their answers, which several tests judge."""


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Callable[..., Visit]:
    """Return a function that lets a role open every page once for the run, with a mail server or without."""

    def open_all(role: str, few_letters: bool = False, mail: bool = True) -> Visit:
        key = (role, few_letters, mail)
        if key not in VISITS:
            needed = ["world", "browser", "sqlite", *([] if mail else ["no_mail_server"])]
            world, browser, sqlite, *_ = (request.getfixturevalue(name) for name in needed)
            person = world.people[role]
            if person is not None:
                with sqlite.writing() as session:
                    session.get_one(type(person), person.id).few_letters = few_letters
            VISITS[key] = every_page(world, browser(person), sqlite)
        return VISITS[key]

    return open_all


def every_page(world: Any, one: Any, database: Database) -> Visit:
    before, pages = everything(database), []
    for rule, blueprint in world.routes("GET"):
        where = world.address(rule)
        with one.client.get(where) as answer:
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        kept = database.engine.pool.checkedout()  # type: ignore[attr-defined]
        location = answer.headers.get("Location", "")
        pages.append(Opened(rule, blueprint, where, answer.status_code, location, html, kept))
    return Visit(pages, everything(database) != before)


WITHOUT_MAIL = [
    ("visitor", False), ("stranger", False), ("attendee", False), ("attendee", True), ("organiser", False),
    ("organiser", True), ("helper", True), ("reader", True),
]  # fmt: skip
"""Who opens all pages where no letter leaves, and whether they chose few: those whose pages say most of letters."""
VISITORS = [*((role, False, True) for role in ROLES), *((*one, False) for one in WITHOUT_MAIL)]


@pytest.mark.parametrize(("role", "few_letters", "mail"), VISITORS)
def test_a_gate_lets_in_whom_it_should_and_hides_the_rest(
    role: str, few_letters: bool, mail: bool, visit: Callable[..., Visit]
) -> None:
    found = visit(role, few_letters, mail)
    for one in found.pages:
        said = f"{role} {one.where}: {one.status}"
        if may(role, one.rule, one.blueprint):
            assert one.status in {200, 302, 303, 404, 410}, said
            assert "/sign-in?next" not in one.location, said
            if one.blueprint in {"attendees", "organisers"}:
                assert one.status != 404, f"{said}, should be there"
        elif role == "visitor":
            assert "/sign-in" in one.location, said
        else:
            assert one.status == 404, said
    assert not found.changed, "opening a page changed something"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_gives_back_its_connection(role: str, visit: Callable[..., Visit]) -> None:
    assert [one.where for one in visit(role).pages if one.kept] == []


@pytest.mark.parametrize(("role", "few_letters"), WITHOUT_MAIL)
def test_no_page_that_anybody_opens_promises_a_letter_where_none_leaves(
    role: str, few_letters: bool, visit: Callable[..., Visit]
) -> None:
    read = [one for one in visit(role, few_letters, mail=False).pages if one.status == 200 and one.html]
    assert len(read) > 5
    said = [f"{one.rule}: {sentence}" for one in read for sentence in promises(one.html)]
    assert "\n".join(said) == ""


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
