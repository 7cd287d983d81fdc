"""Words typed in a real browser: unsaved ones warn and come back, and a clash shows both versions."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import sign_ins
from matchmaker.store.people.people import Person


class Desk:
    """An attendee who can sign in to a site with one event."""

    def __init__(self, site: Any, maker: Any) -> None:
        self.site, make = site, maker(site.database)
        event = make.event("A day of data", rounds=2, tables=3)
        self.amara, self.ben, self.olga = (make.person(name) for name in ("Amara", "Ben", "Olga"))
        make.organiser(event, self.olga)
        credit = {"role": "built", "name": "Una", "code_hash": "x"}
        make.add(UnclaimedCredit(event_id=event.id, dataset_id=make.dataset("Peat depth").id, **credit))
        make.registration(event, self.amara, bio="Peat in the uplands", team="Soils")
        make.registration(event, self.ben, bio="Noise")
        self.profile = f"{site.url}/events/{event.public_id}/profile/about"
        self.home = f"{site.url}/events/{event.public_id}/"
        self.unclaimed = f"{site.url}/organise/{event.public_id}/unclaimed"

    def sign_in(self, page: Page, person: Person) -> None:
        self.site.sign_in(page, person)


@pytest.fixture
def desk(empty_site: Any, maker: Any) -> Desk:
    return Desk(empty_site, maker)


def drafts(page: Page) -> int:
    found: int = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('matchmaker-draft:')).length"
    )
    return found


def asked_when_leaving(page: Page) -> list[str]:
    """Leave whenever the page asks whether to; return the questions, to which each is added as it comes."""
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    return asked


def at_the_profile(desk: Desk, opened: Callable[..., Page]) -> Page:
    """Return Amara's window at her profile, which may be left whatever was typed."""
    page = opened(390)
    page.on("dialog", lambda dialog: dialog.accept())
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    return page


def test_leaving_unsaved_words_warns_and_they_come_back_for_their_writer_alone(
    desk: Desk, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(390)
    warned = asked_when_leaving(page)
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    page.get_by_label("What I work on").fill("Peat and people")
    page.goto(desk.home)
    assert warned == ["beforeunload"]
    desk.sign_in(page, desk.ben)
    page.goto(desk.profile)
    expect(page.get_by_text("that was not saved")).to_have_count(0)
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    expect(page.get_by_text("you typed something here that was not saved")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What I work on")).to_have_value("Peat and people")
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("Your profile is saved")).to_be_visible()
    assert (drafts(page), warned) == (0, ["beforeunload"])
    page.goto(desk.profile)
    page.get_by_label("What I work on").fill("More")
    assert drafts(page) == 1
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out")).to_be_visible()
    assert (drafts(page), warned) == (0, ["beforeunload"])


def test_what_is_typed_beside_an_offered_draft_and_the_draft_are_both_kept(
    desk: Desk, opened: Callable[..., Page]
) -> None:
    page = at_the_profile(desk, opened)
    page.get_by_label("What I work on").fill("Peat and people")
    page.goto(desk.profile)
    page.get_by_label("Team").fill("Mires")
    page.goto(desk.profile)
    page.get_by_label("Team").fill("Bogs")
    page.get_by_label("Team").fill("Soils")
    page.goto(desk.profile)
    expect(page.get_by_label("Team")).to_have_value("Soils")
    page.get_by_label("Job title").fill("Surveyor")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What I work on")).to_have_value("Peat and people")
    expect(page.get_by_label("Team")).to_have_value("Mires")
    expect(page.get_by_label("Job title")).to_have_value("Surveyor")
    page.goto(desk.profile)
    page.get_by_label("Team").fill("Fens")
    page.get_by_role("button", name="Throw it away").click()
    page.goto(desk.profile)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What I work on")).to_have_value("Peat in the uplands")
    expect(page.get_by_label("Team")).to_have_value("Fens")


def test_a_draft_of_a_form_that_is_folded_away_is_offered_in_sight(
    desk: Desk, opened: Callable[..., Page]
) -> None:
    page = opened(390)
    page.on("dialog", lambda dialog: dialog.accept())
    desk.sign_in(page, desk.olga)
    page.goto(desk.unclaimed)
    page.get_by_text("They agreed – Una").click()
    page.get_by_label("How did they agree?").fill("By telephone")
    page.goto(desk.unclaimed)
    expect(page.get_by_text("that was not saved")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("How did they agree?")).to_have_value("By telephone")


def test_back_brings_what_was_typed_without_an_offer_of_the_same_and_leaving_warns_again(
    desk: Desk, opened: Callable[..., Page]
) -> None:
    page = opened(390)
    warned = asked_when_leaving(page)
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    page.get_by_label("What I work on").fill("Peat and people")
    page.goto(desk.home)
    page.go_back()
    expect(page.get_by_label("What I work on")).to_have_value("Peat and people")
    expect(page.get_by_text("that was not saved")).to_have_count(0)
    page.goto(desk.home)
    assert warned == ["beforeunload"] * 2
    page.goto(desk.profile)
    expect(page.get_by_text("that was not saved")).to_be_visible()


def test_a_draft_holds_nothing_of_what_somebody_eats_and_goes_when_its_browser_is_signed_out_elsewhere(
    desk: Desk, opened: Callable[..., Page]
) -> None:
    page = at_the_profile(desk, opened)
    page.get_by_label("What I eat").fill("No nuts")
    assert drafts(page) == 0
    page.get_by_label("What I work on").fill("Peat and people")
    assert drafts(page) == 1
    assert "nuts" not in page.evaluate("JSON.stringify(localStorage)")
    with desk.site.database.writing() as session:
        sign_ins.end_all(session, [desk.amara.id])
    page.goto(desk.home)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.wait_for_load_state()
    assert drafts(page) == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_two_tabs_with_one_field_show_both_versions_and_keep_the_one_that_is_chosen(
    javascript: bool, desk: Desk, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    one = opened(390, javascript=javascript)
    desk.sign_in(one, desk.amara)
    other = one.context.new_page()
    for page in (one, other):
        page.goto(desk.profile)
    one.get_by_label("What I work on").fill("Peat and people")
    one.get_by_label("Team").fill("Mires")
    one.get_by_role("button", name="Save and finish").click()
    other.get_by_label("What I work on").fill("Peat and water")
    other.get_by_role("button", name="Save and finish").click()
    panel = other.locator(".mm-clashes")
    expect(panel).to_contain_text("Peat and people")
    expect(panel).to_contain_text("Peat and water")
    if javascript:
        axe(other)
    panel.get_by_label("What you typed").check()
    other.get_by_role("button", name="Save and finish").click()
    expect(other.get_by_text("Your profile is saved")).to_be_visible()
    other.goto(desk.profile)
    expect(other.get_by_label("What I work on")).to_have_value("Peat and water")
    expect(other.get_by_label("Team")).to_have_value("Mires")


@pytest.mark.parametrize("javascript", [True, False])
def test_signed_out_in_another_tab_the_words_are_put_back_after_signing_in(
    javascript: bool, desk: Desk, opened: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = opened(390, javascript=javascript)
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    page.get_by_label("What I work on").fill("Peat and people")
    other = page.context.new_page()
    other.goto(desk.home)
    other.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("You were signed out before this was saved")).to_be_visible()
    desk.sign_in(page, desk.amara)
    page.goto(desk.profile)
    expect(page.get_by_label("What I work on")).to_have_value("Peat and people")
    expect(page.get_by_text("What you typed is back in the page")).to_be_visible()
    if javascript:
        axe(page)
    page.get_by_role("button", name="Save and finish").click()
    expect(page.get_by_text("Your profile is saved")).to_be_visible()
    expect(page.get_by_text("What you typed is back in the page")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", name="Who I am, and what makes meetings work for me")).to_be_visible()
