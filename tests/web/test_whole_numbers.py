"""Numbers in addresses and forms: what neither Python nor a database takes for one is none, and meets a page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matchmaker import web
from matchmaker.store.event.events import Event
from matchmaker.store.session import Database
from matchmaker.web.whole_numbers import all_whole, whole
from tests.web.conftest import World

ODD = ("²", "-1", "1.5", "٣", "1e3", "2147483648", "9" * 20, "9" * 5000, "", " 1")
"""Of these Python's `isdigit` or `int` takes some, SQLite's or PostgreSQL's columns do not."""


def test_a_number_has_at_most_nine_digits_and_nothing_else() -> None:
    assert [whole(text) for text in ("0", "007", "999999999")] == [0, 7, 999999999]
    assert all_whole(["3", *ODD, "2"]) == [3, 2]
    for text in ODD:
        with pytest.raises(ValueError, match="no whole number"):
            whole(text)


def test_no_page_reads_a_number_in_another_way() -> None:
    pages = Path(web.__file__).parent.rglob("*.py")
    assert [
        page.name for page in pages if re.search(r"type=int\b|\.isdigit\(|\.isdecimal\(", page.read_text())
    ] == []


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_number_in_an_address_or_a_form_meets_a_page_that_says_what_to_do(
    odd: str, world: World, browser: Callable[..., Any], sqlite: Database
) -> None:
    here = world.event.public_id
    with sqlite.writing() as session:
        session.get_one(Event, world.event.id).held_on = datetime.now(UTC).date() + timedelta(days=30)
    olga, amara = browser(world.people["organiser"]), browser(world.people["attendee"])
    plans = f"/organise/{here}/plans"
    draft = olga.get(olga.post(plans).location, status=302).location
    amara.get(f"/events/{here}/directory?topic={odd}")
    amara.get(f"/events/{here}/directory?page={odd}")
    amara.get(f"/datasets/without-a-name?page={odd}")
    amara.get(f"/wall/hall-screen?at={odd}")
    olga.get(f"{draft}/edit?round={odd}")
    added = olga.follow(f"{draft}/rounds/1/add", {"people": [odd, odd], "table": odd, "revision": "1"})
    assert "The meeting is added" not in added.text
    lines = f"/organise/{here}/imports/{world.names['upload']}/lines"
    olga.post(lines, {f"right-{odd}-name": "Zoe", "keep": odd, "gone": odd})
    for address, sent in (
        (f"/organise/{here}/places/offer", {"count": odd}),
        (f"/organise/{here}/datasets/publishers", {"keep": odd, "gone": odd}),
    ):
        olga.post(address, sent, status=400)
