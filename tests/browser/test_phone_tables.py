"""Lists of people and of numbers on a phone: each row stands as a block, and nothing has to be moved sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hand import Hand

WIDER = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"
PHONES = (320, 390)
LIST = b"""Name,Email,Organisation
Bartholomew Featherstonehaugh-Cholmondeley,bartholomew.featherstonehaugh@water-resources.example,Water Resources East
"""


def nothing_is_beside_the_screen(page: Page) -> None:
    """See that no table has to be moved sideways, on either width of phone."""
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".mm-table").evaluate_all(WIDER) == [], f"{page.url} at {width} px"


def test_lists_are_read_downwards_and_each_cell_says_what_it_is(
    demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(PHONES[-1])
    page.goto(demo_site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    home = page.url.rstrip("/")

    def reads_downwards(label: str, head: str) -> None:
        table = page.get_by_role("region", name=label)
        expect(table).to_be_visible()
        nothing_is_beside_the_screen(page)
        said = "one => getComputedStyle(one, '::before').content"
        assert table.locator(f"[data-head='{head}']").first.evaluate(said) == f'"{head}: "'
        axe(page)

    page.goto(f"{home}/people?show=all")
    reads_downwards("People on the list", "Registration")
    page.goto(f"{home}/places")
    reads_downwards("Places in numbers", "Waiting")
    page.goto(f"{home}/plans")
    page.get_by_role("link", name="Version 1").click()
    reads_downwards("Who meets whom", "Round 1, 10am")
    page.get_by_role("link", name="By person").click()
    reads_downwards("Who meets whom", "Round 1, 10am")
    page.goto(f"{home}/progress")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    nothing_is_beside_the_screen(page)
    for settings in ("rounds", "tables"):
        page.goto(f"{home}/{settings}")
        nothing_is_beside_the_screen(page)
    page.goto(f"{home}/imports/attendees")
    hand = Hand(page)
    hand.upload("list.csv", LIST)
    hand.press("Upload and check")
    reads_downwards("What happens to each row", "Counts as")


def go_to_plan(page: Page, url: str, by: str) -> None:
    """Open the demo's plan as its organiser."""
    page.goto(url)
    page.locator("form[action$='/organiser'] button").first.click()
    page.goto(f"{page.url.rstrip('/')}/plans")
    page.get_by_role("link", name="Version 1").click()
    page.goto(f"{page.url}?by={by}")


@pytest.mark.parametrize("by", ["round", "person"])
def test_all_six_rounds_of_a_plan_are_in_sight_on_a_tablet_and_on_a_desktop(
    demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None], by: str
) -> None:
    page = opened(700)
    go_to_plan(page, demo_site.url, by)
    grid = page.get_by_role("region", name="Who meets whom")
    expect(grid).to_be_visible()
    assert page.locator(".mm-table").evaluate_all(WIDER) == []
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(grid.get_by_role("columnheader")).to_have_count(7)
    assert grid.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_twelve_rounds_of_a_plan_take_what_the_screen_has_beside_the_page(
    demo_site: Any, opened: Callable[..., Page]
) -> None:
    page = opened(1280)
    go_to_plan(page, demo_site.url, "round")
    grid = page.get_by_role("region", name="Who meets whom")
    again = "[...row.children].slice(1).forEach(cell => row.append(cell.cloneNode(true)))"
    grid.evaluate(f"one => one.querySelectorAll('tr').forEach(row => {again})")
    expect(grid.get_by_role("columnheader")).to_have_count(13)
    assert grid.evaluate("one => one.scrollWidth <= one.clientWidth")
    left, right = grid.evaluate(
        "one => [one.getBoundingClientRect().left, one.getBoundingClientRect().right]"
    )
    assert 0 < left < 160
    assert left == pytest.approx(1280 - right, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
