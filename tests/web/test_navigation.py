"""The menu: one for what a person is here for, with the entry of the page marked, on its sub-pages too."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from matchmaker.web import navigation

Open = Callable[..., Any]


def menu(html: str) -> list[str]:
    items = re.findall(r'<a class="govuk-service-navigation__link"[^>]*>(.*?)</a>', html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def marked(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'aria-current="(\w+)"[^>]*>(.*?)</a>', html, re.S)
    return [(how, " ".join(re.sub(r"<[^>]+>", " ", item).split())) for how, item in found]


def test_each_sees_the_menu_of_what_they_are_here_for(browser: Open, make: Any) -> None:
    event = make.event()
    attendee, organiser = make.registration(event).person, make.organiser(event)
    assert menu(browser().get("/").html) == []
    assert menu(browser(attendee).get("/datasets").html) == [
        "Home", "Suggestions", "My day", "Who comes", "Datasets", "Thanks",
    ]  # fmt: skip
    assert menu(browser(organiser).get("/datasets").html)[:3] == ["Overview", "People", "Set-up"]


def test_who_has_a_role_at_several_events_finds_the_others_in_the_menu(browser: Open, make: Any) -> None:
    first, second = make.event("First"), make.event("Second")
    make.organiser(second)
    olga = make.organiser(first)
    overview = f"/organise/{first.public_id}/"
    assert menu(browser(olga).get(overview).html)[-2:] == ["Labels", "Datasets"]
    make.organiser(second, olga)
    assert menu(browser(olga).get(overview).html)[-2:] == ["Datasets", "Another event"]
    home = browser(olga).get("/")
    assert marked(home.html) == [("page", "Another event")]
    assert ("First" in home.text, "Second" in home.text) == (True, True)


def test_an_organiser_who_is_no_guest_reads_the_notice_of_the_event_under_their_own_menu(
    browser: Open, make: Any
) -> None:
    event = make.event()
    organiser = make.organiser(event)
    notice = browser(organiser).get(f"/events/{event.public_id}/privacy").html
    assert menu(notice)[:3] == ["Overview", "People", "Set-up"]


@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("people", ("page", "People")),
        ("people/add", ("true", "People")),
        ("rounds", ("true", "Set-up")),
        ("attendance", ("true", "Plan")),
    ],
)
def test_the_entry_a_page_stands_under_is_marked(
    browser: Open, make: Any, page: str, mark: tuple[str, str]
) -> None:
    event = make.event()
    html = browser(make.organiser(event)).get(f"/organise/{event.public_id}/{page}").html
    assert marked(html) == [mark]


def test_every_entry_leads_somewhere_and_every_section_is_an_entry(app: Flask) -> None:
    entries = {endpoint for endpoint, _ in navigation.ATTENDEE_MENU + navigation.ORGANISER_MENU}
    assert entries <= set(app.view_functions)
    assert set(navigation.SECTION.values()) <= entries
    files = {view.__module__.removeprefix("matchmaker.web.") for view in app.view_functions.values()}
    assert set(navigation.SECTION) <= files
