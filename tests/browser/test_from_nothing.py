"""A new organiser, an empty installation and two files: every page to the printed pack, with the presses counted."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from matchmaker.services.event import organisers
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import COMING
from tests.browser.hand import Hand

MOST_PRESSES = 40
FIRST = [
    "Ada", "Bola", "Callum", "Deepa", "Elin", "Farah", "Gareth", "Hamish", "Ifeoma", "Jo", "Kirsty", "Lloyd",
    "Mairi", "Ngozi", "Owen", "Priya", "Rhian", "Siobhán", "Tomasz", "Zofia",
]  # fmt: skip
LAST = [
    "Adeyemi",
    "Byrne",
    "D’Souza",
    "Fraser",
    "MacLeod",
    "Nguyễn",
    "Novák",
    "Rees",
    "van der Berg",
    "Zając",
]
OFFICES = ["Environment Agency", "Natural England", "Met Office", "Cefas", "Forestry Commission", "ARUP"]
SUBJECTS = ["Soil moisture", "River levels", "Bathing water", "Peat depth", "Bird counts", "Crop yields"]
TOWNS = ["Leeds", "Hull", "Truro", "Ely", "Bath"]
TITLES = [
    f"{subject} in {town}, {year}" for subject in SUBJECTS for town in TOWNS for year in range(2011, 2021)
]


def catalogue() -> bytes:
    """Return 300 datasets as a spreadsheet writes them: a mark before the first, one twice, an empty line."""
    rows = [[f"d-{n}", title, OFFICES[n % 6]] for n, title in enumerate(TITLES)]
    return written([["id", "title", "publisher"], *rows, [], rows[5]]).encode("utf-8-sig")


def attendee_list() -> bytes:
    """Return 200 people as a ticket service exports them, with what 200 people type.

    One row in 19 shouts, three have no address, one begins with the family name, three booked twice, one of them
    cancelled, and a line of totals stands below.
    """
    rows = []
    for n in range(200):
        first, last = FIRST[n % 20], LAST[n // 20]
        email = f" person{n}@{'defra' if n % 2 else 'outside'}.example "
        if n % 19 == 0:
            first, last, email = first.upper(), last.upper(), email.upper()
        if n == 33:
            first, last = "", f"{last}, {first}"
        datasets = "; ".join(TITLES[(n * 7 + k * 11) % 300] for k in range(n % 4))
        needs = {5: "Step-free access please", 6: "hearing loop", 7: "n/a", 8: "Vegan"}.get(n % 40, "")
        rows.append([
            f"9{n}", "2027-01-05", first, last, "" if n in (40, 90, 150) else email, "In person", "Attending",
            OFFICES[n % 6], "Analyst", datasets, SUBJECTS[n % 6].lower(), needs, "£0.00",
        ])  # fmt: skip
    rows[20:20] = [["1", *rows[n][1:]] for n in (3, 44, 101)]
    rows.insert(50, ["2", "2027-01-06", "Gone", "Home", "gone@outside.example", "In person", "Not Attending"])
    heads = [
        "Order #", "Order Date", "First Name", "Last Name", "Email", "Ticket Type", "Attendee Status", "Company",
        "Job Title", "Which datasets do you use?", "Topics you work on", "Access needs", "Total Paid",
    ]  # fmt: skip
    return written([heads, *rows, [], ["Total", "", "", "", "", "204"]]).encode("utf-8-sig")


def written(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def sign_in(hand: Hand, url: str) -> None:
    """Sign in with the code of the mail, which the demo shows on a page."""
    page = hand.page
    page.goto(url)
    hand.press("Sign in")
    hand.fill(email="kit@defra.example")
    hand.press("Get a code")
    answering = page.url
    page.goto(url + "/demo/mail")
    page.locator("main a").first.click()
    code = re.search(r"code is (\d{3} \d{3})", page.locator("main").inner_text())
    assert code
    page.goto(answering)
    hand.fill(code=code.group(1))
    hand.press("Sign in")


def test_from_an_empty_installation_and_two_files_to_the_printed_pack(
    empty_site: Any,
    opened: Callable[..., Page],
    axe: Callable[[Page], None],
    legible: Callable[[bytes], str],
    tmp_path: Path,
) -> None:
    with empty_site.database.writing() as session:
        event = organisers.add_organiser(session, "kit@defra.example", "Kit", "Data day", date(2027, 3, 11))
    page = opened()
    hand = Hand(page)
    sign_in(hand, empty_site.url)
    prepare(hand)
    invite_and_count_as_coming(hand)
    hand.menu("Plan")
    hand.press("Make the plan")
    axe(page)
    hand.picture("run-plan", 860)
    hand.press("Publish this plan")
    hand.press("Publish this plan")
    hand.press("Print this plan")
    hand.press("Print everything")
    axe(page)
    hand.picture("run-print", 800)
    path = hand.download("Download the zip", tmp_path / "all.zip")

    assert hand.presses <= MOST_PRESSES, hand.presses
    with empty_site.database.reading() as session:
        names = [row.person.name for row in registrations.at_event(session, event.id, COMING)]
    assert len(names) == 200
    assert {"Ada Adeyemi", "Hamish MacLeod", "Rhian Byrne"} <= set(names)
    with zipfile.ZipFile(path) as pack:
        kinds = {one.partition("-")[2].partition(".")[0] for one in pack.namelist()}
        told = squeezed(legible(pack.read("01-slips.pdf")))
    assert kinds >= {"everything", "slips", "cards", "list", "badges", "roll-call", "run-sheet", "caterer"}
    assert [name for name in names if squeezed(name) not in told] == []


def prepare(hand: Hand) -> None:
    """Follow the overview: set-up, datasets, people, rounds, tables."""
    hand.picture("run-overview", 960)
    hand.press("Complete it")
    hand.fill(host="Defra", place="Temple Meads", purpose="To run the day.", inside_domains="defra.example")
    hand.press("Save")
    hand.menu("Overview")
    hand.press("Import datasets")
    hand.fill(source="data.gov.uk")
    hand.upload("datasets.csv", catalogue())
    hand.press("Upload and check")
    hand.press("Import 300 datasets")
    hand.press("import the people")
    hand.upload("report.csv", attendee_list())
    hand.press("Upload and check")
    hand.press("Continue")
    hand.picture("run-list", 860)
    hand.press("Import 200 people")
    hand.menu("Overview")
    hand.press("Add rounds")
    hand.fill(first="10am")
    hand.press("Add rounds")
    hand.menu("Overview")
    hand.press("Add tables")
    hand.fill(last="94")
    hand.press("Add tables")
    hand.fill(last="100")
    hand.tick("These tables are step-free")
    hand.tick("These tables are quiet")
    hand.press("Add tables")


def invite_and_count_as_coming(hand: Hand) -> None:
    """Write to everybody, then take the tickets' word for who comes."""
    hand.menu("Overview")
    hand.press("Invite them")
    hand.press("Continue")
    hand.press("Send them now")
    expect(hand.page.get_by_text("197 invitations are on the way")).to_be_visible()
    hand.menu("People")
    hand.choose("With those who are ticked", "Mark as coming")
    hand.tick("All 200 people, ticked or not")
    hand.press("See what it does")
    hand.fill(word="“Attending” in the export of our tickets")
    hand.press("Mark as coming: 200 people")


def squeezed(text: str) -> str:
    """Return the letters alone: lines may break anywhere."""
    return "".join(sign for sign in text if sign.isalnum())
