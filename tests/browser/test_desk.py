"""The desk in a real browser: one tap with scripts, and the same tap without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration


@pytest.fixture(autouse=True)
def nobody_is_here_yet(demo_site: Any) -> None:
    """Begin each test, in whatever order, with a hall in which nobody is checked in."""
    with demo_site.database.writing() as session:
        session.execute(update(Registration).values(presence=Presence.EXPECTED, presence_at=None))


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


def test_a_tap_that_failed_does_not_look_like_one_that_worked(demo_site: Any, browser: Browser) -> None:
    page = browser.new_page()
    at_the_desk(page, demo_site)
    page.get_by_label("Any part of a name").fill("okafor")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**q=okafor*")
    row = page.locator("li", has_text="Amara Okafor").first
    page.route("**/desk/*", lambda route: route.abort())
    row.get_by_role("button", name=re.compile("^Here")).click()
    expect(row.get_by_role("alert")).to_have_text(
        "That was not saved: there is no connection. Press again when there is"
    )
    page.unroute("**/desk/*")
    answers = iter((503, 500))
    page.route(
        "**/desk/*",
        lambda route: route.fulfill(
            status=next(answers), content_type="text/html", body="<h1>Said by the server</h1>"
        ),
    )
    row.get_by_role("button", name=re.compile("^Here")).click()
    expect(page.get_by_role("heading", name="Said by the server")).to_be_visible()
    page.close()


def at_the_desk(page: Page, site: Any) -> None:
    page.goto(site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    page.goto(page.url.rstrip("/") + "/desk")


def badge_of(site: Any, name: str) -> str:
    with site.database.reading() as session:
        query = select(Registration.badge_code).join(Registration.person).where(Person.name == name)
        return str(session.scalars(query).one())


@pytest.mark.parametrize("javascript", [True, False])
def test_where_the_browser_reads_no_codes_the_desk_is_as_it_was(
    javascript: bool, demo_site: Any, opened: Callable[..., Page]
) -> None:
    page = opened(390, javascript=javascript)
    if javascript:
        page.add_init_script("delete window.BarcodeDetector")
    at_the_desk(page, demo_site)
    page.get_by_label("Any part of a name").fill(badge_of(demo_site, "Tom Hesketh"))
    expect(page.get_by_role("button", name="Scan badges")).to_have_count(0)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Just now")).to_be_visible()
    page.locator("li", has_text="Tom Hesketh").first.get_by_role("button", name="Undo").click()


def test_a_badge_held_before_the_camera_is_checked_in_once(
    demo_site: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(390)
    # A browser without windows has no camera, and Chromium reads codes on phones alone: this is what they would give.
    code = badge_of(demo_site, "Tom Hesketh")
    page.add_init_script(
        "window.BarcodeDetector = class { static async getSupportedFormats() { return ['qr_code'] }"
        f" async detect() {{ return [{{ rawValue: '{code}' }}] }} }}"
    )
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => {"
        " const picture = document.createElement('canvas'), brush = picture.getContext('2d');"
        " setInterval(() => brush.fillRect(0, 0, 9, 9), 50);"
        " return picture.captureStream() }"
    )
    at_the_desk(page, demo_site)
    assert page.evaluate("document.featurePolicy.allowsFeature('camera')")
    axe(page)
    page.get_by_role("button", name="Scan badges with this camera").click()
    expect(page.get_by_text("Tom Hesketh is checked in")).to_be_visible()
    expect(page.get_by_role("button", name="Stop the camera")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Stop the camera").click()
    expect(page.get_by_role("button", name="Scan badges with this camera")).to_be_visible()
    expect(page.get_by_text("was checked in already")).to_have_count(0)
