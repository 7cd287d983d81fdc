"""An attendee's way from the letter that invites them to leaving, on a phone without scripts and at a desk with them.

What lies between is walked by `test_profile.py`, `test_keyboard.py` (My day) and `test_after.py` (what was met).
"""

import io
import re
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from matchmaker.services.people import stop_letters
from matchmaker.services.suggestions import refresh_lists
from matchmaker.store.base import now
from matchmaker.store.event import events
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.schema import metadata
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion
from tests.browser.hand import Hand

LINK = re.compile(r"https?://[^\s<>]+")
WHERE_THINGS_ARE_SAID = (
    "address", "answer", "contribution", "encounter", "endorsement", "introduction_note", "person", "registration",
    "sign_in", "basis_record",
)  # fmt: skip


def letters(site: Any, to: str) -> list[Mail]:
    """Return the letters to an address, the newest first."""
    with site.database.reading() as session:
        return list(session.scalars(select(Mail).where(Mail.to == to).order_by(Mail.id.desc())))


def link(site: Any, to: str, part: str) -> str:
    """Return the newest link with such a part in a letter to somebody."""
    return next(found for letter in letters(site, to) for found in LINK.findall(letter.body) if part in found)


def invited(site: Any, page: Page, number: int) -> tuple[Person, str]:
    """Invite whoever has not answered, as organisers do; return one of them and the address of the event."""
    with site.database.reading() as session:
        event = events.all_events(session)[0]
        rows = registrations.at_event(session, event.id, (RegistrationState.INVITED,))
        person, name = rows[number].person, event.public_id
    page.goto(site.url)
    page.locator("form[action$='/organiser'] button").first.click()
    page.goto(f"{site.url}/organise/{name}/invitations/confirm?who=no-answer&way=mail")
    page.get_by_role("button", name="Send them now").click()
    page.wait_for_load_state()
    return person, f"{site.url}/events/{name}"


def kept(site: Any) -> dict[str, list[Any]]:
    """Return all rows of the tables in which something is said."""
    with site.database.reading() as session:
        return {
            name: sorted(map(repr, session.execute(select(metadata.tables[name])).all()))
            for name in WHERE_THINGS_ARE_SAID
        }


def robot_opens(addresses: set[str]) -> None:
    """Open every address ten times, as a scanner of mail does."""
    for address in sorted(addresses):
        for _ in range(10):
            with urllib.request.urlopen(address) as answer:
                answer.read()


@pytest.mark.parametrize(("width", "javascript", "number"), [(390, False, 0), (1280, True, 1)])
def test_from_the_letter_that_invites_to_leaving(
    width: int,
    javascript: bool,
    number: int,
    demo_site: Any,
    opened: Callable[..., Page],
    axe: Callable[..., None],
    tmp_path: Path,
) -> None:
    person, event = invited(demo_site, opened(javascript=False), number)
    page = opened(width, javascript=javascript)
    hand = Hand(page)

    def look() -> None:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"
        if javascript:
            axe(page)
            page.emulate_media(forced_colors="active")
            axe(page, colours_alone=True)
            page.emulate_media(forced_colors="none")

    # Arriving: the letter's link, the code's link, and three presses.
    page.goto(link(demo_site, person.email, "/sign-in?next="))
    expect(page.get_by_label("Email address")).to_have_value(person.email)
    look()
    hand.press("Get a code")
    look()
    page.goto(link(demo_site, person.email, "code="))
    hand.press("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are invited to Field Notes 2027")
    expect(page.get_by_role("button", name="I cannot come")).to_be_visible()
    expect(page.get_by_role("button", name="Not this day: ask me next time")).to_be_visible()
    assert page.locator("main ul li").count() <= 6
    look()
    hand.press("I am coming")
    assert hand.presses == 3
    expect(page.locator(".govuk-notification-banner")).to_contain_text("You are coming to Field Notes 2027")
    look()

    # The preview is what others read: the same words as on the person's page.
    page.goto(f"{event}/profile")
    hand.fill(needs="Old lidar of the Severn", offers="Reading river gauges")
    hand.press("Save and finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("How others see you")
    look()
    seen = page.locator("article.mm-card dl").inner_text()
    page.get_by_role("link", name="your page").click()
    expect(page.locator("main dl").first).to_have_text(re.compile("Old lidar of the Severn"))
    assert page.locator("main dl").first.inner_text() == seen

    # Suggestions, or what happens until they are there; the directory, and both want to meet.
    page.goto(f"{event}/suggestions")
    look()
    with demo_site.database.writing() as session:
        other = session.scalars(select(Person).where(Person.name == "Wendela Visser")).one()
        (here,) = registrations.events_of(session, person.id)
        session.add(
            Answer(event_id=here.event_id, person_id=other.id, about_id=person.id, kind=AnswerKind.MEET)
        )
    page.goto(f"{event}/directory/ways")
    look()
    hand.press("Environment Agency")
    look()
    hand.fill(words="visser")
    hand.press("Search")
    hand.press("I’d like to meet")
    expect(page.get_by_role("heading", level=1)).to_have_text("You and Wendela Visser both want to meet")
    look()
    page.get_by_label("Your note").fill("Hello.\nI need the old surveys.")
    hand.press("Send your note")
    expect(page.locator("main blockquote")).to_contain_text("I need the old surveys.")
    look()
    page.goto(f"{event}/directory?words=visser")
    expect(page.get_by_role("link", name="You both want to meet")).to_be_visible()

    # My day, and its calendar to take along.
    page.goto(f"{event}/day")
    calendar = hand.download("download the meetings as they are now", tmp_path / "day.ics").read_text()
    assert calendar.startswith("BEGIN:VCALENDAR")
    look()
    hand.press("Late, leaving early, or need a break?")
    look()

    # Thanking: the sentence first, and what for is filled in.
    page.goto(f"{demo_site.url}/datasets?q=lidar")
    hand.press("LIDAR Composite DSM 2017 - 2m")
    hand.press("Thank Wendela Visser")
    look()
    page.locator("main textarea").first.fill("The bridges were gone, so the water ran.")
    page.get_by_label("I use the data").check()
    hand.press("Preview your thanks")
    look()
    hand.press("Send your thanks")
    look()

    # Every link of every letter, opened ten times by a machine, changes nothing; one press stops what can be stopped.
    written = letters(demo_site, person.email)
    # The way to stop them is added to a letter as it leaves.
    stop = stop_letters.address(demo_site.settings, written[0].public_id)
    before = kept(demo_site)
    robot_opens({stop, *(found for letter in written for found in LINK.findall(letter.body))})
    assert kept(demo_site) == before
    page.goto(stop)
    look()
    hand.press("Stop these letters")
    expect(page.locator("main")).to_contain_text("You get only letters that you cannot do without")
    look()

    # What is mine: a copy, then leaving, then nothing.
    page.goto(f"{demo_site.url}/mine")
    look()
    copy = hand.download("Download your copy", tmp_path / "copy.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(copy)) as files:
        assert {Path(name).suffix for name in files.namelist()} >= {".html", ".json", ".vcf", ".ics"}
    page.goto(f"{event}/choices")
    expect(page.locator("main")).to_contain_text("Now: only letters you need.")
    look()
    page.goto(f"{event}/choices/leave")
    look()
    hand.press("Leave this event")
    expect(page.locator("main")).to_contain_text("You are not coming")
    look()
    page.goto(f"{demo_site.url}/mine/delete")
    look()
    hand.press("Delete me now")
    expect(page.locator(".govuk-error-summary")).to_contain_text("what should become of the thanks you gave")
    look()
    hand.tick("Keep them, without my name")
    hand.press("Delete me now")
    with demo_site.database.reading() as session:
        assert session.get(Person, person.id) is None


def test_a_page_that_waits_for_the_first_list_shows_it_by_itself(
    empty_site: Any, maker: Any, opened: Callable[..., Page], axe: Callable[..., None]
) -> None:
    make = maker(empty_site.database)
    event = make.event("Data Together")
    person = make.registration(event, offers="How to read nine hundred old cards of bird counts.").person
    other = make.registration(event, make.person("Ben Reed")).person
    make.add(Job(event_id=event.id, kind=refresh_lists.KIND, state=JobState.RUNNING, heartbeat_at=now()))
    page = opened(390)
    page.clock.install()
    empty_site.sign_in(page, person)
    page.goto(f"{empty_site.url}/events/{event.public_id}/suggestions")
    expect(page.locator("main h2")).to_have_text("We are working out whom you should meet")
    axe(page)
    with page.expect_response(re.compile("/suggestions$")) as nothing_new:
        page.clock.fast_forward(21_000)
    assert nothing_new.value.status == 204
    reason = {"kind": "topic", "what": "Peat", "share": 1.0, "mine": "Peat", "theirs": "Peat"}
    make.add(
        Suggestion(
            event_id=event.id, person_id=person.id, other_id=other.id, position=1, score=0.5, reasons=[reason]
        )
    )
    page.clock.fast_forward(21_000)
    expect(page.locator(".mm-card__who")).to_contain_text("Ben Reed")
    expect(page.get_by_role("link", name="New for you (1)")).to_be_visible()
    axe(page)
