"""My day without a network: the reader's own page as it was, and nothing of anybody's after signing out."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect


@pytest.fixture
def hall(empty_site: Any, maker: Any) -> Any:
    """Ada and Ben are at one event."""
    make = maker(empty_site.database)
    event = make.event("Data Together", rounds=2, held_on=date(2028, 3, 11), erase_on=date(2028, 6, 1))
    people = [make.registration(event, make.person(name)).person for name in ("Ada Quill", "Ben Reed")]
    return empty_site, event, *people


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose network may fail, which a browser tells on its console."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def comes_true(page: Page, condition: str) -> bool:
    """Wait, frame by frame, for what a page says only in a promise; say whether it came."""
    said: bool = page.evaluate(
        f"""async () => {{
          for (const end = performance.now() + 15_000; performance.now() < end; ) {{
            if ({condition}) return true;
            await new Promise(requestAnimationFrame);
          }}
          return false;
        }}"""
    )
    return said


def wait_until_kept(page: Page) -> None:
    """Wait until the page is kept; where its worker could not ask for it, the next look keeps it."""
    kept = "navigator.serviceWorker.controller && await caches.match(location.pathname)"
    if not comes_true(page, kept):
        page.reload()
        assert comes_true(page, kept)


def wait_until_forgotten(page: Page) -> None:
    assert comes_true(page, "(await caches.keys()).length === 0")


def test_the_day_is_readable_without_a_network_until_one_signs_out(hall: Any, page: Page) -> None:
    site, event, ada, _ben = hall
    day = f"{site.url}/events/{event.public_id}/day"
    site.sign_in(page, ada)
    page.goto(day)
    expect(page.locator("#offline")).to_be_hidden()
    wait_until_kept(page)
    page.context.set_offline(True)
    page.goto(day)
    expect(page.locator("h1")).to_have_text("My day")
    expect(page.locator("#offline")).to_contain_text("There is no network. This is your day as it was at")
    expect(page.locator(".mm-header__account")).to_contain_text("Ada Quill")
    with pytest.raises(Error):
        page.goto(f"{site.url}/events/{event.public_id}/suggestions")
    page.context.set_offline(False)
    page.goto(day)
    expect(page.locator("#offline")).to_be_hidden()
    page.get_by_role("button", name="Sign out").click()
    wait_until_forgotten(page)
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(day)


def test_nobody_reads_the_day_of_whoever_used_the_browser_before(hall: Any, page: Page) -> None:
    site, event, ada, ben = hall
    day = f"{site.url}/events/{event.public_id}/day"
    site.sign_in(page, ada)
    page.goto(day)
    wait_until_kept(page)
    page.context.clear_cookies()
    page.goto(day)
    expect(page.locator("h1")).to_contain_text("Sign in")
    wait_until_forgotten(page)
    site.sign_in(page, ben)
    page.goto(day)
    wait_until_kept(page)
    page.context.set_offline(True)
    page.goto(day)
    expect(page.locator(".mm-header__account")).to_contain_text("Ben Reed")
    expect(page.locator("body")).not_to_contain_text("Ada Quill")
