"""Whatever is typed into a search, of whatever length, a page answers: also where a text was pasted by mistake."""

import re
from typing import Any

import pytest

from matchmaker.recognition.name_order import MOST_TYPED

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
