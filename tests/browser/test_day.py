"""The day's page in a real browser: no-shows, a walk-in, somebody late, a shift, and the slips of each."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from matchmaker.store.people.registrations import COMING, Presence, Registration
from tests.browser.hand import Hand, unfold


@pytest.fixture(autouse=True)
def nobody_is_here_yet(demo_site: Any) -> None:
    """Begin each test, in whatever order, with a hall in which nobody is checked in."""
    with demo_site.database.writing() as session:
        session.execute(update(Registration).values(presence=Presence.EXPECTED, presence_at=None))


def on_the_day(page: Page, site: Any) -> str:
    """Open the day's page as the organiser; return its address."""
    page.goto(site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    day = page.url.rstrip("/") + "/day"
    page.goto(day)
    return day


def squeezed(name: str) -> str:
    """Return the letters alone: lines may break anywhere."""
    return "".join(sign for sign in name if sign.isalnum())


def test_what_may_happen_on_a_day_takes_few_presses_to_the_paper_it_changes(
    demo_site: Any,
    opened: Callable[..., Page],
    axe: Callable[[Page], None],
    legible: Callable[[bytes], str],
    tmp_path: Path,
) -> None:
    def words(pdf: Path) -> str:
        return squeezed(legible(pdf.read_bytes()))

    missing = all_but_eight_in_a_hundred_come(demo_site)
    page = opened(390)
    day = on_the_day(page, demo_site)

    not_here = Hand(page)
    unfold(page)
    not_here.picture("run-day", 1180)
    not_here.press("Everybody not checked in is not here")
    axe(page)
    not_here.press(f"Mark {len(missing)} people as not here")
    not_here.press("Plan again with as few changes as can be")
    not_here.press("Publish and print the changed slips")
    slips = words(not_here.download("Download the PDF", tmp_path / "slips.pdf"))
    assert not_here.presses <= 8, not_here.presses
    assert [name for name in missing if squeezed(name) in slips] == []

    page.goto(day)
    walk_in = Hand(page)
    walk_in.press("Walk-in")
    axe(page)
    walk_in.fill(
        name="Wil Dropin", organisation="Parish Council", works_on="River levels and flood warnings."
    )
    walk_in.press("Check in and give them meetings")
    walk_in.press("Publish and print the changed slips")
    slips = words(walk_in.download("Download the PDF", tmp_path / "walk-in.pdf"))
    assert walk_in.presses <= 4, walk_in.presses
    assert "WilDropin" in slips

    page.goto(day)
    is_late(page, "Amara Okafor", "2pm")
    late = Hand(page)
    late.press("Plan again with as few changes as can be")
    late.press("Publish and print the changed slips")
    assert "AmaraOkafor" in words(late.download("Download the PDF", tmp_path / "late.pdf"))

    page.goto(day)
    shift = Hand(page)
    unfold(page)
    shift.fill(minutes="10")
    shift.press("Shift the rest")
    expect(page.locator("h1")).to_have_text("This changes the published plan")
    axe(page)
    shift.press("Save, tell people and print the changed slips")
    shifted = words(shift.download("Download the PDF", tmp_path / "shift.pdf"))
    assert shift.presses <= 3, shift.presses
    assert [name in shifted for name in ("WilDropin", "AmaraOkafor")] == [True, True]


def all_but_eight_in_a_hundred_come(site: Any) -> list[str]:
    """Check in all but one in twelve of those whom no later time is known of; return their names."""
    with site.database.writing() as session:
        there = select(Registration).where(Registration.state.in_(COMING)).order_by(Registration.id)
        coming = list(session.scalars(there))
        for number, one in enumerate(coming):
            if number % 12 or one.arrives:
                one.presence, one.presence_at = Presence.HERE, datetime.now(UTC)
        return [one.person.name for one in coming if one.presence is not Presence.HERE]


def is_late(page: Page, name: str, until: str) -> None:
    """Say that somebody comes later."""
    unfold(page)
    page.get_by_label("Is somebody late?").fill(name.split()[-1].lower())
    page.get_by_role("button", name="Find").click()
    unfold(page)
    row = page.locator("li", has_text=name).first
    row.get_by_label("Late until").fill(until)
    row.get_by_role("button", name="Save").click()
    # A second one says it of meetings that they miss.
    expect(page.locator(".govuk-notification-banner").first).to_contain_text(
        f"{name} is expected from {until}"
    )


def test_without_scripts_the_day_is_run_from_the_same_page(
    demo_site: Any, opened: Callable[..., Page]
) -> None:
    page = opened(javascript=False)
    on_the_day(page, demo_site)
    is_late(page, "Amara Okafor", "11.15am")
    unfold(page)
    page.get_by_label("Minutes to shift the rest by").fill("10")
    page.get_by_role("button", name="Shift the rest").click()
    expect(page.locator("h1")).to_have_text("This changes the published plan")
    page.get_by_role("link", name="Go back without saving").click()
    unfold(page)
    page.get_by_text("Everybody not checked in is not here").click()
    page.get_by_role("button", name="Mark").click()
    unfold(page)
    page.get_by_role("button", name="Undo this for all of them").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("expected again")
