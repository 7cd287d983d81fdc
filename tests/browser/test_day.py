"""The day's page in a real browser: late people, missing people, and a shift of the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(("width", "javascript"), [(390, True), (1280, False)])
def test_the_day_is_run_from_one_page(
    width: int, javascript: bool, demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(width, javascript=javascript)

    def look() -> None:
        if javascript:
            axe(page)

    page.goto(demo_site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    page.goto(page.url.rstrip("/") + "/day")
    page.get_by_label("Is somebody late?").fill("okafor")
    page.get_by_role("button", name="Find").click()
    look()
    row = page.locator("li", has_text="Amara Okafor").first
    row.get_by_label("Late until").fill("11.15am")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text(
        "Amara Okafor is expected from 11.15am"
    )
    page.get_by_label("Minutes to shift the rest by").fill("10")
    page.get_by_role("button", name="Shift the rest").click()
    expect(page.locator("h1")).to_have_text("This changes the published plan")
    look()
    page.get_by_role("link", name="Go back without saving").click()
    page.get_by_text("Everybody not checked in is not here").click()
    look()
    page.get_by_role("button", name="Mark").click()
    page.get_by_role("button", name="Undo this for all of them").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("expected again")
