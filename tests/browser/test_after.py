"""After a meeting, on a phone without scripts and at a desk with them: the card, keeping in touch, people I met."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Round
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat

SHOTS = os.environ.get("MATCHMAKER_SHOTS", "")


@pytest.fixture
def day(empty_site: Any, maker: Any) -> Any:
    """The second of three rounds has begun; Ben, of the first, already gave Amara his address."""
    make, now = maker(empty_site.database), datetime.now(UTC)
    event = make.event("Data Together", held_on=now.date(), erase_on=now.date() + timedelta(days=90))
    for number, minutes in ((1, -40), (2, -10), (3, 20)):
        starts = now + timedelta(minutes=minutes)
        make.add(Round(event_id=event.id, number=number, starts_at=starts, minutes=20))
    names = ("Amara Okafor", "Ben Reed", "Cat Moss", "Dan Cole")
    amara, ben, cat, dan = (make.person(name, job_title="Data officer") for name in names)
    for one in (amara, ben, cat, dan):
        make.registration(event, one)
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, published_at=now
    )
    make.add(plan)
    reason = {
        "reader": amara.id, "kind": "dataset", "what": "Peat Depth", "share": 0.5, "people": 2, "asker": "",
        "mine": "is stuck on it", "theirs": "maintains it",
    }  # fmt: skip
    for number, other in enumerate((ben, cat, dan), start=1):
        seats = [Seat(person_id=one.id, plan_id=plan.id, round_number=number) for one in (amara, other)]
        why = [{**reason, "other": other.id}]
        make.add(Meeting(plan_id=plan.id, round_number=number, table_number=number, why=why, seats=seats))
    make.add(Encounter(event_id=event.id, person_id=ben.id, other_id=amara.id, share_email=True))
    peat = make.dataset("Peat Depth", "Natural England")
    make.contribution(ben, peat, "maintained")
    make.add(Use(person_id=amara.id, dataset_id=peat.id, kind=UseKind.STUCK))
    return SimpleNamespace(
        site=empty_site, make=make, event=event, amara=amara, ben=ben, path=f"/events/{event.public_id}"
    )


@pytest.mark.parametrize(("width", "javascript"), [(390, False), (1280, True)])
def test_after_a_meeting(
    width: int, javascript: bool, day: Any, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(width, javascript=javascript)
    day.site.sign_in(page, day.amara)

    def look(name: str) -> None:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide} px"
        if javascript:
            axe(page)
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/after-{name}-{width}.png", full_page=True)

    page.goto(f"{day.site.url}{day.path}/day")
    look("day")
    page.get_by_role("link", name="Late, leaving early, or need a break?").click()
    look("changes")
    page.goto(f"{day.site.url}{day.path}/day")
    page.get_by_role("button", name="Yes : you met Ben Reed").click()
    expect(page.locator("h1")).to_have_text("How was it?")
    page.get_by_label("What next?").fill("Send Ben the bog map.")
    page.get_by_label("Very").check()
    page.get_by_label("My telephone number").check()
    page.get_by_label("Your telephone number").fill("020 7946 0000")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#in-touch")).to_have_text("You keep in touch")
    look("card")
    page.goto(f"{day.site.url}{day.path}/met")
    expect(page.locator("main")).to_contain_text(day.ben.email)
    look("met")
    page.goto(f"{day.site.url}{day.path}/solved")
    look("solved")
    page.get_by_label("Who helped? (optional)").select_option("Ben Reed")
    page.get_by_role("button", name="Yes, it is solved").click()
    expect(page.locator("main")).to_contain_text("with the help of Ben Reed")
    look("solved-yes")
