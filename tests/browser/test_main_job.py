"""The main job, end to end, in a browser: import, sign in, answer, thank, plan, publish, print.

The organiser's browser runs no scripts, those of attendees do; `test_from_nothing.py` has an organiser's that does.
The attendee list has the form of an Eventbrite export and the usual dirt; the catalogue that of a CKAN answer.
"""

import csv
import io
import json
import re
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from matchmaker.scheduling.checker.check import check
from matchmaker.services.event import organisers
from matchmaker.services.plans.kept_solution import kept_problem, kept_solution
from matchmaker.store import jobs
from matchmaker.store.jobs import JobState
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.store.plans import plans
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.suggestions import suggestions
from tests.browser.hand import rest

HEADERS = [
    "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Ticket Type", "Attendee #",
    "Attendee Status", "Company", "Job Title", "Which team are you in?",
    "Which datasets do you make or look after?", "Which datasets are you stuck on?", "Topics you work on",
    "What can you help others with?", "What do you need help with?",
]  # fmt: skip
FIRST = ["Ada", "Bríd", "Cai", "Dilys", "Ewan", "Farah", "Gwen", "Hamza"]
LAST = ["Ŵyn", "O’Shea", "Nowak", "Quill", "Rees", "Sørby", "Tan", "Underhill-Featherstonehaugh"]
OFFICES = [
    "Environment Agency",
    "Natural England",
    "Cefas",
    "Forestry Commission",
    "Rivers Trust",
    "Met Office",
]
TITLES = ["River Levels", "Soil Moisture", "Ancient Woodland", "Bathing Water Quality", "Landings of Fish"]
TOPICS = ["rivers", "soils", "woodland", "bathing water", "fisheries"]


def attendee_list() -> tuple[bytes, list[str]]:
    """Return an export in Windows-1252 with dirt in it, and the names of those who should come through.

    64 good people, six in ten of whom say nothing of their work, then: a cancelled ticket, a bad address, a
    repeated address in capitals, a row with nothing but spaces.
    """
    rows, names = [], []
    for number in range(64):
        first, last = FIRST[number % 8], LAST[number // 8]
        first = first.replace("Ŵ", "W")
        last = last.replace("Ŵ", "W").replace("’", "'")
        names.append(f"{first} {last}")
        domain = "defra.example" if number % 3 else "outside.example"
        says = number % 5 < 2
        pick = number % 5
        rows.append(
            [
                f"10{number}", "2027-01-0" + str(1 + number % 9), f" {first} ", last,
                f"{first}.{number}@{domain}".encode("ascii", "ignore").decode(), "1", "General", str(number),
                "Attending", OFFICES[number % 6] if number % 7 else "", "Analyst" if says else "",
                f"Team {number // 2}",
                TITLES[pick] if says else "", TITLES[(pick + 1) % 5] if says else "",
                f"{TOPICS[pick]}; data standards" if says else "",
                f"reading {TOPICS[pick]} data, line by line" if says else "",
                f"somebody who knows {TOPICS[(pick + 1) % 5]}" if says else "",
            ]
        )  # fmt: skip
    blank = [""] * (len(HEADERS) - 4)
    rows.append(["2001", "2027-01-02", "Gone", "Home", "gone@defra.example", "1", "General", "900", "Not Attending"]
                + [""] * (len(HEADERS) - 9))  # fmt: skip
    rows.append(["2002", "2027-01-02", "Bad", "Address", "bad.address.example", *blank[1:]])
    rows.append(["2003", "2027-01-02", "Ada", "Again", rows[0][4].upper(), *blank[1:]])
    rows.append(["  "] * len(HEADERS))
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADERS, *rows])
    return text.getvalue().encode("cp1252"), names


def ckan_answer() -> bytes:
    """Return a CKAN answer to package_search: five usable records, one without a title, one of many pages."""
    results: list[dict[str, Any]] = [
        {
            "id": f"00000000-0000-4000-8000-00000000000{number}",
            "name": title.lower().replace(" ", "-"),
            "title": title,
            "notes": f"<p>All about <b>{title}</b> &amp; more.</p>",
            "state": "active",
            "type": "dataset",
            "organization": {"title": OFFICES[number], "name": "x"},
            "tags": [{"name": TOPICS[number]}],
            "author": "A Person",
            "resources": [],
        }
        for number, title in enumerate(TITLES)
    ]
    results.append({"id": "broken", "state": "active", "notes": "No title here", "resources": []})
    return json.dumps({"success": True, "result": {"count": 40, "results": results}}).encode()


def sign_in(page: Page, site: Any, email: str) -> None:
    """Sign in as anybody would: ask, open the mail, follow its link, press the button."""
    page.goto(site.url + "/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_role("button", name="Get a code").click()
    expect(page.get_by_role("heading", name="Type your code")).to_be_visible()
    page.goto(site.url + "/demo/mail")
    page.locator("main a").first.click()
    found = re.search(r"http://\S+code=\d{6}\S*", page.locator("main").inner_text())
    assert found, page.locator("main").inner_text()
    page.goto(found.group(0))
    page.get_by_role("button", name="Sign in").click()


def upload(page: Page, kind: str, name: str, content: bytes) -> None:
    media = "text/csv" if name.endswith("csv") else "application/json"
    if kind == "catalogue":
        page.get_by_label("Where is this catalogue from?").fill("data.gov.uk")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": media, "buffer": content})
    page.get_by_role("button", name="Upload and check").click()
    rest(page)


def test_the_main_job(
    empty_site: Any,
    opened: Callable[..., Page],
    axe: Callable[[Page], None],
    legible: Callable[[bytes], str],
    tmp_path: Path,
) -> None:
    site = empty_site
    with site.database.writing() as session:
        event = organisers.add_organiser(session, "kit@defra.example", "Kit", "Data day", date(2027, 3, 11))
        event.inside_domains = ["defra.example"]
        event_id, base = event.id, f"{site.url}/organise/{event.public_id}"
        attending = f"{site.url}/events/{event.public_id}"
    content, names = attendee_list()
    kit = opened(javascript=False)
    sign_in(kit, site, "kit@defra.example")

    # The organiser sets up rounds and tables.
    kit.goto(base + "/rounds")
    for label, value in {
        "First round starts at": "10am", "How many rounds": "4",
        "Minutes in each round": "20", "Minutes between rounds": "10",
    }.items():  # fmt: skip
        kit.get_by_label(label, exact=True).fill(value)
    kit.get_by_role("button", name="Add rounds").click()
    kit.goto(base + "/tables")
    kit.get_by_label("First table number").fill("1")
    kit.get_by_label("Last table number").fill("32")
    kit.get_by_label("Seats at each table").fill("2")
    kit.get_by_role("button", name="Add tables").click()

    # The catalogue first, then the people; each with a preview that keeps nothing.
    kit.goto(base + "/imports/catalogue")
    upload(kit, "catalogue", "package_search.json", ckan_answer())
    expect(kit.locator("main")).to_contain_text("one page")
    kit.get_by_role("button", name="Import 5 datasets").click()
    rest(kit)
    kit.goto(base + "/imports/attendees")
    upload(kit, "attendees", "report.csv", content)
    if kit.get_by_role("heading", name="Which column is what?").is_visible():
        kit.get_by_role("button", name="Continue").click()
        rest(kit)
    with site.database.reading() as session:
        assert registrations.at_event(session, event_id) == []
    kit.get_by_role("button", name="Import 64 people").click()
    rest(kit)
    wait_for_suggestions(site, event_id)
    with site.database.reading() as session:
        kept = registrations.at_event(session, event_id, COMING)
        assert sorted(row.person.name for row in kept) == sorted(names)
        telling = {name for number, name in enumerate(names) if number % 5 < 2}
        assert {person_id for person_id, *_ in suggestions.standing(session, event_id)} == {
            row.person_id for row in kept if row.person.name in telling
        }
        emails = {row.person.name: row.person.email for row in kept}

    # Two attendees say that they are coming and would like to meet; only then do they see it.
    for one, other in (("Ada Wyn", 0), ("Bríd Wyn", 1)):
        page = opened(390)
        sign_in(page, site, emails[one])
        page.get_by_role("button", name="I am coming").click()
        page.goto(attending + "/suggestions")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.get_by_role("button", name=re.compile("like to meet")).count() > 0, f"{one} {other}"
        page.get_by_role("button", name=re.compile("like to meet")).first.click()
        expect(page.get_by_text(re.compile("would like to meet")).first).to_be_visible()

    thank_and_accept(site, opened, emails)

    # The plan: one button, then it is published.
    kit.goto(base + "/plans")
    kit.get_by_label("Plan them in as well").check()
    kit.get_by_role("button", name="Make the plan").click()
    rest(kit)
    kit.get_by_role("button", name="Publish this plan").wait_for()
    kit.get_by_role("button", name="Publish this plan").click()
    expect(kit.get_by_text("An email with their meetings goes to")).to_be_visible()
    kit.get_by_role("button", name="Publish this plan").click()
    with site.database.reading() as session:
        plan = plans.published(session, event_id)
        assert plan is not None
        assert check(kept_problem(plan), kept_solution(plan, sittings(session, plan.id), ())) == []
        met = [seat.person.name for meeting in plan.meetings for seat in meeting.seats]
    assert {name: met.count(name) for name in names} == dict.fromkeys(names, 4)

    # An attendee reads their day; the organiser prints, and every name is on paper.
    ada = opened(390)
    sign_in(ada, site, emails["Ada Wyn"])
    ada.goto(attending + "/day")
    expect(ada.get_by_text("Table").first).to_be_visible()
    assert ada.locator("main").inner_text().count("Table") == 4
    axe(ada)
    every_name_is_printed(kit, base, names, legible, tmp_path)


def wait_for_suggestions(site: Any, event_id: int) -> None:
    """Wait until the worker has made the suggestions that the import asked for."""
    for _ in range(300):
        with site.database.reading() as session:
            job = jobs.latest(session, event_id, "suggest")
        if job is not None and job.state is JobState.DONE:
            return
        threading.Event().wait(0.1)
    pytest.fail(f"no suggestions after 30 seconds: {job and (job.state, job.problem)}")


def thank_and_accept(site: Any, opened: Callable[..., Page], emails: dict[str, str]) -> None:
    """Have one person thank another for a dataset, who sees it first and accepts."""
    giver, reader = opened(), opened()
    sign_in(giver, site, emails["Cai Wyn"])
    giver.goto(site.url + "/datasets?page=1")
    giver.get_by_role("link", name="River Levels").first.click()
    dataset = giver.url
    giver.get_by_role("link", name=re.compile("^Thank ")).first.click()
    receiver = re.sub("^Thank ", "", giver.get_by_role("heading", level=1).inner_text())
    sentence = "Without your gauge notes we would have closed the wrong road twice."
    giver.locator("textarea").fill(sentence)
    giver.get_by_label("I use the data").check()
    giver.get_by_role("button", name="Preview your thanks").click()
    giver.get_by_role("button", name="Send your thanks").click()
    sign_in(reader, site, emails["Dilys Wyn"])
    reader.goto(dataset)
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    assert sentence not in reader.locator("main").inner_text()
    thanked = opened()
    sign_in(thanked, site, emails[receiver])
    thanked.goto(site.url + "/thanks")
    thanked.get_by_role("button", name=re.compile("^Accept")).first.click()
    reader.goto(dataset)
    expect(reader.get_by_text(sentence)).to_be_visible()


def every_name_is_printed(
    kit: Page, base: str, names: list[str], legible: Callable[[bytes], str], folder: Path
) -> None:
    """Make the slips and the cards, open them, and find every name."""
    for _ in range(2):
        kit.goto(base + "/print")
        kit.get_by_role("button", name=re.compile("^Make a PDF")).first.click()
        rest(kit)
        expect(kit.get_by_role("heading", name="Print", exact=True)).to_be_visible()
    for number in range(2):
        with kit.expect_download() as download:
            kit.get_by_role("link", name=re.compile("^Download the PDF")).nth(number).click()
        path = folder / f"{number}.pdf"
        download.value.save_as(path)
        text = squeezed(legible(path.read_bytes()))
        # Cards on the tables hold first names only.
        wanted = [name.split()[0] for name in names] if "card" in download.value.suggested_filename else names
        missing = [name for name in wanted if squeezed(name) not in text]
        assert missing == [], f"{download.value.suggested_filename}: {missing}"


def squeezed(text: str) -> str:
    """Return text without the spaces and hyphens at which a long name may be broken into lines."""
    return re.sub(r"[\s-]", "", text)
