"""Datasets are found on the profile while one types; without scripts, with the button beside the field."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("javascript", [True, False])
def test_a_dataset_is_found_and_added_and_nothing_typed_is_lost(
    javascript: bool, demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(390, javascript=javascript)
    page.goto(demo_site.url)
    page.get_by_role("button", name="Amara Okafor").first.click()
    page.get_by_role("link", name="Profile").first.click()
    page.get_by_label("What you work on").fill("Half a sentence")
    if javascript:
        page.get_by_label("Find a dataset").press_sequentially("water", delay=5)
    else:
        page.get_by_label("Find a dataset").fill("water")
        page.get_by_role("button", name="Search for a dataset").click()
    first = page.locator("#found li").first
    expect(first).to_contain_text("ater")
    expect(page.locator("#count")).to_contain_text("Add what fits")
    if javascript:
        axe(page)
    listed = page.locator("select[name^=links-]")
    before = listed.count()
    first.get_by_role("button").click()
    expect(listed).to_have_count(before + 1)
    expect(page.get_by_label("What you work on")).to_have_value("Half a sentence")
