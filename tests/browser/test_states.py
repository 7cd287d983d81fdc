"""Pages in the states that nobody plans for: nothing there yet, a form sent empty; at 400 % zoom, in forced colours.

320 px are what is left of 1280 at 400 %. Both are found from the application's own routes, so that none is forgotten.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import look_around_as, names_in_addresses, over_the_edge, page_at, pages

ZOOMED = 320
PERSONAS = ["people", "attendees", "organisers"]
"""Parts of the site with pages of their own for who is signed in."""
EMPTIED = """() => {
  const forms = [...document.querySelectorAll("main form")].filter((form) =>
    form.method === "post" && form.querySelector("input[type=text], input[type=email], textarea, input[type=radio]"));
  return forms.map((form) => {
    for (const field of form.querySelectorAll("input, textarea, select")) {
      if (field.type === "hidden" || field.type === "submit") continue;
      if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    form.noValidate = true;
    return form.getAttribute("action");
  });
}"""
"""Empties every form of the page that asks for something; it returns where each is sent."""
SENT = """to => {
  const form = [...document.forms].find((form) => form.getAttribute("action") === to);
  form.requestSubmit(form.querySelector("button[type=submit]"));
}"""
"""Presses the first button of the form that is sent to an address."""
GROUPS = """() => [
  [...document.querySelectorAll(".mm-groups__item")].filter((one) =>
    parseFloat(getComputedStyle(one).borderBottomWidth) > 0).length,
  document.querySelectorAll(".mm-groups [aria-current]").length,
]"""
"""How many groups of a page have a line, and how many are shown."""
NOT_SENT = re.compile(r"/(mine/delete|choices/leave|sign-out|plans)$")
"""Forms that do without any answer what they say: sent empty they would end the walk, or make a plan."""
ASKS = re.compile(r"""<textarea|type=["']?(text|email|radio)\b""")
"""What a form has that asks for something, as `EMPTIED` looks for it."""


def asks(page: Page, url: str) -> bool:
    """Say whether an address answers with a form that asks for something: most do not, and need not be drawn."""
    if re.search(r"\.[a-z]+$", url):
        return False
    main = page.context.request.get(url).body().partition(b"<main")[2].decode(errors="replace")
    return "<form" in main and ASKS.search(main) is not None


def look(page: Page, axe: Callable[..., None]) -> None:
    """See that the page is accessible, in a reader's own colours too, and does not scroll sideways."""
    axe(page)
    page.wait_for_load_state()
    assert (over := over_the_edge(page)) <= 0, f"{page.url} scrolls sideways by {over} px at {ZOOMED} px"
    page.emulate_media(forced_colors="active")
    axe(page, colours_alone=True)
    lined, shown = page.evaluate(GROUPS)
    assert lined == shown, "one group is shown, and has a line"
    page.emulate_media(forced_colors="none")


@pytest.mark.parametrize("part", PERSONAS)
def test_pages_of_an_event_with_nothing_in_it_are_accessible_and_fit(
    part: str, empty_site: Any, maker: Any, opened: Callable[..., Page], axe: Callable[..., None]
) -> None:
    make, day = maker(empty_site.database), datetime.now(UTC).date() + timedelta(days=30)
    event = make.event("Data Together", held_on=day, erase_on=day + timedelta(days=90))
    person = make.registration(event, make.person("Amara Okafor")).person
    if part == "organisers":
        person = make.organiser(event)
    page = opened(ZOOMED)
    empty_site.sign_in(page, person)
    listed = [one for one in pages(empty_site.app, {"event": event.public_id}) if f"{part}-" in one[0]]
    assert len(listed) > 5
    for _name, address, _persona in listed:
        if page_at(page, empty_site.url + address) is None:
            continue
        assert page.evaluate("document.querySelector('main').innerText.trim()"), f"{address} says nothing"
        look(page, axe)


@pytest.mark.parametrize("persona", ["endorser", "organiser"])
def test_every_form_that_is_sent_empty_says_what_to_do_accessibly(
    persona: str, demo_site: Any, opened: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = opened(ZOOMED)
    look_around_as(page, demo_site.url, persona)
    failing = 0
    for _name, address, _persona in pages(demo_site.app, names_in_addresses(demo_site.database)):
        asking = _persona == persona and asks(page, demo_site.url + address)
        answer = page_at(page, demo_site.url + address) if asking else None
        actions = page.evaluate(EMPTIED) if answer and answer.status == 200 else []
        for number, action in enumerate(one for one in actions if not NOT_SENT.search(one or address)):
            if number:
                page.goto(demo_site.url + address)
                page.evaluate(EMPTIED)
            with page.expect_navigation() as navigation:
                page.evaluate(SENT, action)
            if navigation.value is None or navigation.value.status != 422:
                continue
            failing += 1
            assert page.locator(".govuk-error-summary").count() == 1, f"{page.url} does not say what is wrong"
            assert page.title().startswith("Error:"), page.title()
            look(page, axe)
    assert failing > 1, "no form found"
