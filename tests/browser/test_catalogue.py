"""The demo's catalogue in a real browser: found while one types or with the button; its series and other names."""

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
    page.get_by_label("Steps of your profile").get_by_role("button", name="Save and go to Datasets").click()
    listed = page.locator("select[name^=links-]")
    expect(listed.first).to_be_visible()
    before = listed.count()
    changed = listed.first.get_attribute("id") or ""
    title = page.locator(f"label[for={changed}]").inner_text()
    listed.first.select_option("wants")
    if javascript:
        page.get_by_label("Find a dataset").press_sequentially("water", delay=5)
    else:
        page.get_by_label("Find a dataset").fill("water")
        page.get_by_role("button", name="Search for a dataset").click()
    first = page.locator("#found li:has(button)").first
    expect(first).to_contain_text("ater")
    new = first.get_by_role("button").get_attribute("value") or ""
    expect(page.locator("#count")).to_contain_text("Add what fits")
    if javascript:
        axe(page)
    first.get_by_role("button").click()
    expect(listed).to_have_count(before + 1)
    expect(page.get_by_label(title)).to_have_value("wants")
    # The keyboard goes on where one says what one has to do with it.
    expect(page.locator(f"li:has([value='{new.partition(':')[2]}']) select")).to_be_focused()


def test_the_demo_shows_a_series_another_name_and_proposals(
    demo_site: Any, opened: Callable[..., Page]
) -> None:
    page = opened(390, javascript=False)
    page.goto(demo_site.url)
    page.get_by_role("button", name="Joan Pettifer").first.click()
    desk = page.url
    page.goto(f"{demo_site.url}/datasets?q=ea+lidar")
    expect(page.locator("#found li").first).to_contain_text("LIDAR Composite DSM 2017 - 2m")
    page.goto(f"{demo_site.url}/datasets?q=agricultural+land+classification+detailed+post+1988+surveys")
    series = page.locator("#found li").first
    expect(series).to_contain_text("A series of 15 datasets")
    expect(series).to_contain_text("1 person named")
    series.get_by_role("link").first.click()
    page.get_by_role("link", name="Agricultural Land Classification detailed Post").first.click()
    expect(page.locator("main")).to_contain_text("For the whole series")
    page.goto(desk.rstrip("/") + "/datasets")
    expect(page.locator("main")).to_contain_text("3 datasets more for a series you made")
    expect(page.locator("main")).to_contain_text("CCO ortho-rectified")
