"""Every page of the demo event, at three widths: accessible, quiet, never scrolling sideways, however long a word.

With MATCHMAKER_SHOTS set to a folder (`make shots`) a picture of each is kept there, with words of usual length.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, Response

from matchmaker.store.event import events
from matchmaker.store.session import Database
from matchmaker.web.organisers.jobs import KINDS
from tests.browser.conftest import serve
from tests.browser.long_words import lengthen

PERSONAS = {"public": "", "people": "endorser", "attendees": "attendee", "organisers": "organiser"}
PHONE, TABLET, DESKTOP, HEIGHT = 320, 700, 1280, 900
"""The widths, in CSS pixels. On a tablet, tables have columns and least room for them."""
SHOTS = os.environ.get("MATCHMAKER_SHOTS", "")
NO_PAGE = {"public.look_around"}
"""Endpoints that answer GET with something other than a page."""
OF_ONES_OWN = {
    "people.note", "attendees.introduction", "attendees.report_note", "attendees.met_person",
    "attendees.met_card", "people.new_event",
}  # fmt: skip
"""Endpoints that show people a page of their own if there is something to say, or to those who may, and no others."""


def names_in_addresses(database: Database) -> dict[str, str]:
    """Return one public id for each kind of object an address of the demo can name."""
    tables = {
        "person": "SELECT public_id FROM person WHERE name = 'Tom Hesketh'",
        "registration": "SELECT public_id FROM registration ORDER BY id LIMIT 1",
        "dataset": "SELECT d.public_id FROM dataset d JOIN endorsement e ON e.dataset_id = d.id"
        " WHERE e.state = 'accepted' GROUP BY d.id ORDER BY count(*) DESC, d.id LIMIT 1",
        "contribution": "SELECT c.public_id FROM contribution c JOIN person p ON p.id = c.person_id"
        " WHERE c.state = 'accepted' AND p.name <> 'Inês Carvalho' ORDER BY c.id LIMIT 1",
        "endorsement": "SELECT e.public_id FROM endorsement e JOIN person p ON p.id = e.giver_id"
        " WHERE p.name = 'Inês Carvalho' ORDER BY e.id LIMIT 1",
        "plan": "SELECT public_id FROM plan ORDER BY id LIMIT 1",
        "job": f"SELECT public_id FROM job WHERE kind IN {tuple(KINDS)} ORDER BY id DESC LIMIT 1",
        "exclusion": "SELECT public_id FROM exclusion ORDER BY id LIMIT 1",
        "wall": "SELECT wall_key FROM event ORDER BY id LIMIT 1",
    }
    with database.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(query).scalar() for name, query in tables.items()}
    with database.reading() as session:
        found["event"] = events.all_events(session)[0].public_id
    found |= {"round": "1", "table": "1"}
    return {name: value for name, value in found.items() if value}


def pages(app: Flask, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return (name for a picture, address, persona) of every page whose objects the demo has."""
    adapter = app.url_map.bind("127.0.0.1")
    listed = []
    for rule in app.url_map.iter_rules():
        skip = (
            rule.endpoint == "static"
            or rule.endpoint in NO_PAGE | OF_ONES_OWN
            or "GET" not in (rule.methods or ())
        )
        if skip or not rule.arguments <= names.keys():
            continue
        address = adapter.build(rule.endpoint, {name: names[name] for name in rule.arguments})
        persona = PERSONAS[rule.endpoint.partition(".")[0]]
        listed.append((re.sub(r"\W+", "-", rule.endpoint), address, persona))
    return sorted(listed, key=lambda one: (one[2], one[0]))


def look_around_as(page: Page, url: str, persona: str) -> None:
    page.goto(url)
    if persona:
        page.locator(f"form[action$='/{persona}'] button").first.click()


@pytest.fixture(scope="module")
def site(
    demo_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Serve the demo event with a long word in each field, and say what its addresses name."""
    for served in serve(tmp_path_factory.mktemp("every"), demo_database):
        names = names_in_addresses(served.database)
        if not SHOTS:
            lengthen(served.database)
        yield served, names


@pytest.mark.parametrize("persona", list(PERSONAS.values()))
def test_every_page_is_accessible_quiet_and_fits(
    persona: str, site: Any, opened: Callable[..., Page], axe: Callable[..., None]
) -> None:
    served, names = site
    page = opened(PHONE)
    look_around_as(page, served.url, persona)
    mine = [one for one in pages(served.app, names) if one[2] == persona]
    assert mine, f"no page for {persona or 'visitors'}"
    wide = []
    for name, address, _persona in mine:
        answer = page_at(page, served.url + address)
        if answer is None:
            continue
        assert answer.status == 200, f"{address}: {answer.status}"
        for width in (PHONE, TABLET, DESKTOP):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (over := over_the_edge(page)) > 0:
                wide.append(f"{address} by {over} px at {width} px")
            if width == TABLET:
                continue
            axe(page)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    assert not wide, "These pages scroll sideways:\n" + "\n".join(wide)


def over_the_edge(page: Page) -> int:
    """Return by how many pixels a page scrolls sideways; a sheet of paper is as wide as it will be printed."""
    over: int = page.evaluate(
        """document.querySelector("link[href*='/print.css']") ? 0
        : document.documentElement.scrollWidth - window.innerWidth"""
    )
    return over


def page_at(page: Page, url: str) -> Response | None:
    """Open an address; return nothing if it gives a file, to keep or for the browser to show, rather than a page."""
    if re.search(r"\.[a-z]+$", url):
        return None
    try:
        return page.goto(url)
    except Error as problem:
        if "Download is starting" not in problem.message:
            raise
        return None
