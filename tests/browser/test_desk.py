"""The desk in a real browser: one tap with scripts, and the same tap without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("javascript", [True, False])
def test_a_tap_checks_in_and_undo_takes_it_back(
    javascript: bool, demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(390, javascript=javascript)
    page.goto(demo_site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    page.goto(page.url.rstrip("/") + "/desk")
    page.get_by_label("Any part of a name").fill("okafor")
    page.get_by_role("button", name="Find").click()
    row = page.locator("li", has_text="Amara Okafor").first
    row.get_by_role("button", name=re.compile("^Here")).click()
    expect(row).to_contain_text("Here since")
    expect(page.locator("#here-count")).to_contain_text("1 of")
    expect(page.get_by_label("Any part of a name")).to_have_value("okafor")
    if javascript:
        assert page.evaluate("document.activeElement.textContent") == "Amara Okafor", (
            "the keyboard is at the row"
        )
        axe(page)
    row.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("button", name=re.compile("^Not here"))).to_be_visible()
    expect(page.locator("#here-count")).to_contain_text("0 of")
