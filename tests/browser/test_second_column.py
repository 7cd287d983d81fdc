"""A second column where it helps: beside the first on a wide screen, below it on a phone, read after it on both."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

PLACES = {"attendee": "suggestions?show=day", "endorser": "/datasets"}
"""Who looks, and at which page that has a second column."""


def box(one: Locator) -> dict[str, float]:
    expect(one).to_be_visible()
    found = one.bounding_box()
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("persona", PLACES)
def test_the_second_column_is_beside_the_first_on_a_desktop_and_below_it_on_a_phone(
    demo_site: Any, opened: Callable[..., Page], persona: str
) -> None:
    for width in (1280, 390):
        page = opened(width)
        page.goto(demo_site.url)
        page.locator(f"form[action$='/{persona}'] button").first.click()
        page.wait_for_load_state()
        where = PLACES[persona]
        page.goto(f"{demo_site.url}{where}" if where.startswith("/") else f"{page.url.rstrip('/')}/{where}")
        main, second = (page.locator(f".govuk-grid-column-{part}") for part in ("two-thirds", "one-third"))
        first, other = box(main.last), box(second)
        if width == 1280:
            assert other["x"] >= first["x"] + first["width"] - 1
            assert abs(other["y"] - first["y"]) < 1
        else:
            assert other["y"] >= first["y"] + first["height"] - 1
            assert other["x"] == first["x"]
            assert other["x"] + other["width"] <= width
        # What a keyboard or a screen reader comes to first is what stands first, wherever it stands.
        follows = "(one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING"
        assert main.last.evaluate(follows, second.element_handle()) == 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width
