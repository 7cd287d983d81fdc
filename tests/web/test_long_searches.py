"""Whatever is typed into a search, of whatever length, a page answers: also where a text was pasted by mistake."""

import re
from pathlib import Path
from typing import Any

import pytest

from matchmaker.recognition.name_order import MOST_TYPED
from matchmaker.web.finding import LONGEST

TYPED = ", ".join(f"word{n} a" for n in range(3000))
NAMES = ("q", "find", "words")
"""What the fields of searches are called."""


@pytest.mark.parametrize("role", ["attendee", "organiser"])
def test_every_page_answers_a_search_of_thousands_of_words(role: str, world: Any, browser: Any) -> None:
    one, searched = browser(world.people[role]), 0
    for rule, _ in world.routes("GET"):
        answer = one.client.get(world.address(rule), query_string=dict.fromkeys(NAMES, TYPED))
        assert answer.status_code in (200, 302, 303, 403, 404, 405), rule
        html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        searched += bool(re.search(rf'name="(?:{"|".join(NAMES)})"[^>]*value="word0', html))
    assert len(TYPED) > MOST_TYPED
    assert searched > 3, "no search was found"


TEMPLATES = Path(__file__).parents[2] / "templates"
LINE = 4000
"""Bytes of an address that every server in front takes, where most take twice as many."""
SEARCH = re.compile(r'<input[^>]*type="search"[^>]*>')


def test_no_field_of_a_search_takes_more_than_goes_into_an_address() -> None:
    fields = [one for path in TEMPLATES.rglob("*.html") for one in SEARCH.findall(path.read_text("utf-8"))]
    longest = [int(found[1]) if (found := re.search(r'maxlength="(\d+)"', one)) else 0 for one in fields]
    assert [one for one, most in zip(fields, longest, strict=True) if not 0 < most <= LONGEST] == []
    assert len(fields) > 10


def test_a_long_text_that_is_pasted_at_the_desk_leads_to_an_address_that_can_be_asked_for(
    world: Any, browser: Any
) -> None:
    helper = browser(world.people["organiser"])
    where = f"/organise/{world.event.public_id}/desk"
    for typed, most in (("x" * 100_000, LINE), ("\u0416" * 100_000, LINE), ("Adá", 100)):
        page = helper.post(where, {"q": typed})
        assert len(page.location) < most
        assert helper.get(page.location).heading == "Desk"
