"""The profile in a real browser: three steps by keyboard, on a phone and a desktop, with JavaScript and without."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("width", "javascript"), [(390, False), (390, True), (1280, True)])
def test_the_profile_is_filled_in_by_the_keyboard_and_the_place_is_kept(
    width: int, javascript: bool, demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(width, javascript=javascript)

    def look() -> None:
        if javascript:
            axe(page)
        wide = page.locator("html").bounding_box()
        assert wide is not None
        assert wide["width"] <= width

    page.goto(demo_site.url)
    page.get_by_role("button", name="Amara Okafor").first.click()
    page.goto(page.url.rstrip("/") + "/profile")
    look()
    before = page.locator(".mm-chips li").count()
    small = page.get_by_label("Add a topic")
    small.fill(f"Tidal bores {width} {javascript}")
    small.press("Enter")
    expect(page.locator(".mm-chips li")).to_have_count(before + 1)
    page.get_by_label("I need help with").fill("Tidal bores of the Severn")
    page.get_by_role("button", name="Save and continue").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Datasets I make, look after, use or am stuck on"
    )
    expect(page.get_by_label("Steps of your profile").get_by_text("(done)").first).to_be_attached()
    look()
    words = page.get_by_label("Find a dataset")
    words.fill("water")
    words.press("Enter")
    expect(page.locator("#count")).to_contain_text("Add what fits")
    # Without scripts, too, what was found is there to see, and not a screen further down.
    expect(page.locator("#count")).to_be_in_viewport()
    new = page.locator("#found button").first.get_attribute("value")
    page.locator("#found button").first.press("Enter")
    expect(page.locator(f"li:has([value='{(new or '').partition(':')[2]}']) select")).to_be_focused()
    look()
    # What one has to do with a dataset may be left out.
    page.get_by_role("button", name="Save and continue").press("Enter")
    expect(page.get_by_label("What I work on")).to_be_visible()
    look()
    page.get_by_role("button", name="Save and finish").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How others see you")
    expect(page.locator("main")).to_contain_text("Tidal bores of the Severn")
    look()
