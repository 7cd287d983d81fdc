"""Suggestions and My day by the keyboard alone, with JavaScript and without: no mouse, and the focus is seen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from matchmaker.store.people.registrations import PLANNED, Registration
from matchmaker.store.plans.plans import Seat
from matchmaker.store.suggestions.answers import Answer
from matchmaker.store.suggestions.suggestions import Suggestion

FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const shown = style.boxShadow !== "none" || style.outlineStyle !== "none";
  return { words: (one.labels?.[0] ?? one).innerText || "", seen: box.bottom > 0 && box.top < innerHeight && shown };
}"""
"""Says what has the focus, and whether one can see that it has."""
MOST_STEPS = 90


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has these words has the focus, which is to be seen at every step on the way."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if re.search(words, found["words"]):
            assert found["seen"], f"the focus on {found['words']!r} cannot be seen"
            return
    pytest.fail(f"nothing called {words!r} is reached with Tab on {page.url}")


@pytest.fixture(params=[(390, False), (1280, True)], ids=["phone", "desktop"])
def page(request: pytest.FixtureRequest, demo_site: Any, opened: Callable[..., Page]) -> Page:
    """Amara's home at the demo event, on a phone without scripts and on a desktop with them."""
    width, javascript = request.param
    page = opened(width, javascript=javascript)
    page.goto(demo_site.url)
    tab_to(page, "Amara Okafor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Field Notes 2027")
    return page


@pytest.fixture
def with_several_to_answer(page: Page, demo_site: Any) -> Page:
    """The same home, of somebody at the demo event who has answered nothing and is told of three people."""
    with demo_site.database.writing() as session:
        said, told = select(Answer.person_id), select(Suggestion.person_id)
        there = select(Registration).where(Registration.state.in_(PLANNED), Registration.suggestible)
        alone = there.where(Registration.person_id.not_in(said), Registration.person_id.not_in(told))
        row = session.scalars(alone.order_by(Registration.id)).first()
        assert row is not None
        sits = select(Seat.meeting_id).where(Seat.person_id == row.person_id)
        meets = select(Seat.person_id).where(Seat.meeting_id.in_(sits))
        # Whose lists are being refreshed after an answer would be taken off this one, which has no true reasons.
        others = there.where(
            Registration.person_id.not_in(meets), Registration.person_id.not_in(said),
            Registration.person_id.not_in(select(Answer.about_id)), Registration.event_id == row.event_id,
        )  # fmt: skip
        for place, one in enumerate(session.scalars(others.order_by(Registration.id).limit(3)), start=1):
            reason = {"kind": "topic", "what": "Peat", "share": 1.0, "mine": "Peat", "theirs": "Peat"}
            session.add(
                Suggestion(
                    event_id=row.event_id, person_id=row.person_id, other_id=one.person_id, position=place,
                    score=1 - place / 10, reasons=[reason],
                )
            )  # fmt: skip
        someone = row.person
    page.context.clear_cookies()
    demo_site.sign_in(page, someone)
    page.goto(page.url)
    return page


def test_suggestions_are_answered_by_the_keyboard(with_several_to_answer: Page) -> None:
    page = with_several_to_answer
    tab_to(page, "^See your suggestions")
    page.keyboard.press("Enter")
    first = page.locator(".mm-card__who").inner_text()
    tab_to(page, "^Next")
    page.keyboard.press("Enter")
    expect(page.locator(".mm-card__who")).not_to_have_text(first)
    second = page.locator(".mm-card__who").inner_text()
    tab_to(page, "^Not for me")
    page.keyboard.press("Enter")
    expect(page.locator("#answered")).to_contain_text("Not for you.")
    # The keyboard goes on where the answer is told, and the way to another is the next thing there.
    page.wait_for_function("document.activeElement.id === 'answered'")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"].startswith("Change your answer")
    page.keyboard.press("Enter")
    tab_to(page, "^We know each other")
    page.keyboard.press("Enter")
    expect(page.locator("#answered")).to_contain_text("You know each other already")
    tab_to(page, "^Answered")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(second)


def test_my_day_is_read_and_changed_by_the_keyboard(page: Page) -> None:
    tab_to(page, "^See your day")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My day")
    tab_to(page, "^If your calendar asks")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Whoever has this address can see your meetings.")).to_be_visible()
    page.goto(page.url)
    tab_to(page, "^Late, leaving early")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Late, leaving, or a break?")
    tab_to(page, "^I need a break")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "^Say so")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("You take a break at")
    tab_to(page, "^Late, leaving early")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Late, leaving, or a break?")
    tab_to(page, "^I will be there after all")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("You are expected again")
