"""Printing a plan: PDFs, files for spreadsheets, and the mails that go out when it is published."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from matchmaker.documents import clock
from matchmaker.store.files import File
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web import file_names
from tests.made_once import MadeOnce
from tests.whole_plans import with_meetings

NAMES = ["Amara Okafor", "Ben Price", "=Carys", "Dev Shah", "Elin Wyn", "Farah Aziz"]


class Hall:
    """An event with a plan and an organiser at a browser."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any, legible: Any) -> None:
        self.database = database
        self.legible = legible
        self.event = make.event(rounds=3, tables=4)
        self.people = {name: make.registration(self.event, make.person(name)) for name in NAMES}
        make.registration(make.event(rounds=1, tables=1), make.person("Nobody here"))
        self.organiser = make.organiser(self.event)
        self.one = browser(self.organiser)
        self.address = f"/organise/{self.event.public_id}"
        self.plan = self.make_plan()

    def make_plan(self) -> Plan:
        self.one.get(self.one.post(f"{self.address}/plans").location, status=302)
        with self.database.reading() as session:
            found = plans.latest(session, self.event.id)
            assert found is not None
            return with_meetings(found)

    def table(self, ending: str) -> bytes:
        """Ask for the plan as a table and download it."""
        job = self.one.post(f"{self.address}/plans/{self.plan.public_id}/table/{ending}")
        there = self.one.get(job.location, status=302).location
        return bytes(self.one.client.get(there).data)

    def csv(self) -> str:
        """Return what the plan is as CSV."""
        return self.table("csv").decode("utf-8-sig")

    def printed(self, sheet: str) -> str:
        """Ask for a PDF, download it, and return its words."""
        return str(self.legible(self.pdf(sheet)))

    def pdf(self, sheet: str) -> bytes:
        job = self.one.post(f"{self.address}/plans/{self.plan.public_id}/print/{sheet}")
        page = self.one.get(self.one.get(job.location, status=302).location)
        (file,) = (one for one in self.rows(File) if one.name.startswith(f"{sheet}-plan-"))
        assert file.public_id in page.html
        return bytes(self.one.client.get(f"{self.address}/files/{file.public_id}").data)

    def publish(self, plan: Plan, instead_of: str = "") -> Any:
        return self.one.follow(
            f"{self.address}/plans/{plan.public_id}/publish", {"instead_of": instead_of, "revision": "1"}
        )

    def rows(self, kind: type[Any]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.query(kind).order_by(kind.id).all())

    def leave(self, name: str) -> None:
        with self.database.writing() as session:
            row = self.people[name]
            session.get_one(type(row), row.id).state = RegistrationState.CANCELLED


PLANNED = MadeOnce[Hall]()


@pytest.fixture
def hall(make: Any, browser: Any, sqlite: Any, legible: Any) -> Hall:
    mine = PLANNED.give(make, lambda: Hall(make, browser, sqlite, legible))
    mine.database, mine.people, mine.one = sqlite, dict(mine.people), browser(mine.organiser)
    return mine


@pytest.mark.parametrize(
    "sheet", ["slips", "large-slips", "cards", "list", "badges", "roll-call", "blank-slips", "slip-backs"]
)
def test_every_sheet_is_printed_with_its_stamp(hall: Hall, sheet: str) -> None:
    for page in PdfReader(io.BytesIO(hall.pdf(sheet))).pages:
        text = page.extract_text()
        assert "plan 1, " in text
        assert "Nobody here" not in text
    assert ("Amara" in hall.printed(sheet)) is (sheet not in ("blank-slips", "slip-backs"))


def test_everything_is_printed_at_once_and_its_pages_are_told_before_and_after(hall: Hall) -> None:
    page = hall.one.get(f"{hall.address}/print").text
    assert "as one PDF: about 14 pages of A4" in page
    job = hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print-everything")
    page = hall.one.get(hall.one.get(job.location, status=302).location).text
    assert "Download one PDF (14 pages)" in page
    assert "Download the zip" in page
    bound = next(one for one in hall.rows(File) if one.name.startswith("everything-plan-"))
    content = hall.one.client.get(f"{hall.address}/files/{bound.public_id}").data
    assert len(PdfReader(io.BytesIO(content)).pages) == bound.pages


def test_what_people_need_is_offered_once_somebody_needs_something(hall: Hall) -> None:
    assert "What people need" not in hall.one.get(f"{hall.address}/print").text
    with hall.database.writing() as session:
        row = hall.people["Dev Shah"]
        session.get_one(type(row), row.id).step_free = True
    assert "What people need" in hall.one.get(f"{hall.address}/print").text
    assert "Dev Shah step-free table" in hall.printed("access")


def test_who_asked_for_large_print_gets_it_among_the_ordinary_slips(hall: Hall) -> None:
    assert "Meetings of" not in hall.printed("slips")
    with hall.database.writing() as session:
        row = hall.people["Dev Shah"]
        session.get_one(type(row), row.id).large_print = True
    assert re.findall("Meetings of ([A-Z][a-z]+ [A-Z][a-z]+)", hall.printed("slips")) == ["Dev Shah"]


def test_a_slip_says_the_day_the_place_and_the_breaks(hall: Hall) -> None:
    with hall.database.writing() as session:
        event = session.get_one(type(hall.event), hall.event.id)
        event.place = "Victoria Hall, Leeds"
        first, *_ = event.rounds
        first.starts_at -= timedelta(minutes=20)
        begins = clock.clock(first.ends_at, event.tz)
        day = clock.in_words(event.held_on)
    said = hall.printed("slips")
    assert said.count(f"{day}, Victoria Hall, Leeds") == len(NAMES)
    assert said.count(f"Break, {begins} to ") == len(NAMES)


def test_names_with_signs_that_no_font_has_are_listed_before_printing(hall: Hall) -> None:
    assert "no font here can print" not in hall.one.get(f"{hall.address}/print").text
    with hall.database.writing() as session:
        row = hall.people["Ben Price"]
        person = session.get_one(type(row), row.id).person
        person.name = "Ben \U00013000 Price"
    page = hall.one.get(f"{hall.address}/print").text
    assert "1 person has signs in their name, organisation or job title that no font here can print" in page
    assert "Ben \U00013000 Price : \U00013000" in page
    assert "Ben □ Price" in hall.printed("slips")


def test_people_whom_nothing_tells_apart_are_listed_before_printing_with_what_to_do(hall: Hall) -> None:
    words = "Nothing tells these people apart, so a number stands after their name"
    with hall.database.writing() as session:
        for name in ("Ben Price", "Dev Shah"):
            person = session.get_one(Registration, hall.people[name].id).person
            person.name, person.organisation = "Ben Price", "Kew"
    page = hall.one.get(f"{hall.address}/print").text
    assert words in page
    assert "Ben Price : 2 people" in page
    listed = hall.one.get(f"{hall.address}/people", query_string={"q": "Ben Price"}).text
    assert ("Ben Price (1)" in listed, "Ben Price (2)" in listed) == (True, True)
    with hall.database.writing() as session:
        session.get_one(Registration, hall.people["Dev Shah"].id).person.job_title = "Diver"
    assert words not in hall.one.get(f"{hall.address}/print").text


def test_a_pdf_is_made_once_and_holds_every_name(hall: Hall) -> None:
    offered = hall.one.get(f"{hall.address}/print")
    assert "Make a PDF" in offered.text
    for _ in range(2):
        job = hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print/slips")
        ready = hall.one.get(hall.one.get(job.location, status=302).location)
    assert "Download the PDF : Personal slips 2 pages, made" in ready.text
    made = hall.rows(File)
    assert [file.media_type for file in made] == ["application/pdf"]
    download = hall.one.client.get(f"{hall.address}/files/{made[0].public_id}")
    named = file_names.named(hall.event, "slips-plan-1.pdf")
    assert download.headers["Content-Disposition"] == f"attachment; filename={named}"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(download.data)).pages)
    for name in NAMES:
        assert name.split()[0] in text


def test_whoever_left_is_on_no_sheet_and_an_old_pdf_is_not_offered(hall: Hall) -> None:
    hall.one.get(hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print/list").location, status=302)
    hall.leave("Amara Okafor")
    assert "Download the PDF" not in hall.one.get(f"{hall.address}/print").text
    for sheet in ("slips", "large-slips", "cards", "list"):
        assert "Amara" not in hall.printed(sheet)
    assert "This meeting cannot take place." in hall.printed("slips")
    assert "Amara" not in hall.csv()
    hall.printed("list")
    assert sorted(file.name.partition("-plan-")[0] for file in hall.rows(File)) == [
        "cards", "csv", "large-slips", "list", "slips",
    ]  # fmt: skip


def test_two_who_must_not_meet_any_more_are_not_sent_to_one_table(hall: Hall, make: Any) -> None:
    one, other = (seat.person for seat in hall.plan.meetings[0].seats)
    make.answer(hall.event, one, other, AnswerKind.BLOCK)
    rows = [line for line in hall.csv().splitlines() if one.name in line]
    assert not any(other.name in line for line in rows)


def test_the_plan_goes_to_a_spreadsheet_without_formulas(hall: Hall) -> None:
    text = hall.csv()
    assert text.splitlines()[0].startswith("Round,Starts,Ends,Table,Person 1")
    assert len(text.splitlines()) == 1 + len(hall.plan.meetings)
    assert "'=Carys" in text
    book = openpyxl.load_workbook(io.BytesIO(hall.table("xlsx")))
    assert book.sheetnames == ["By round", "By person"]
    assert book["By person"].max_row == 1 + len(NAMES)


def test_a_workbook_is_kept_and_written_again_only_for_another_plan(hall: Hall) -> None:
    first = hall.table("xlsx")
    assert hall.table("xlsx") == first
    assert "Amara" in text_of(first)
    hall.leave("Amara Okafor")
    assert "Amara" not in text_of(hall.table("xlsx"))
    (file,) = hall.rows(File)
    assert (file.name.startswith("xlsx-plan-1-"), file.name.endswith(".xlsx"), file.pages) == (
        True,
        True,
        None,
    )


def text_of(workbook: bytes) -> str:
    """Return every cell of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_plan_that_fails_its_check_is_neither_printed_nor_exported(hall: Hall) -> None:
    with hall.database.writing() as session:
        kept = plans.by_public_id(session, hall.event.id, hall.plan.public_id)
        assert kept is not None
        kept.meetings[0].table_number = 99
    job = hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/table/csv")
    assert "no longer passes its check" in hall.one.get(job.location).text
    job = hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print/slips")
    assert "no longer passes its check" in hall.one.get(job.location).text
    assert "no longer passes its check" in hall.one.get(f"{hall.address}/print").text
    assert hall.rows(File) == []


def test_without_a_plan_the_page_says_what_will_be_there(make: Any, browser: Any) -> None:
    event = make.event()
    one = browser(make.organiser(event))
    assert "There is no plan to print yet" in one.get(f"/organise/{event.public_id}/print").text


def test_sheets_and_files_of_another_event_do_not_exist(hall: Hall, make: Any, browser: Any) -> None:
    hall.one.get(hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print/list").location, status=302)
    made = hall.rows(File)[0]
    other = make.event()
    stranger = browser(make.organiser(other))
    there = f"/organise/{other.public_id}"
    stranger.post(f"{there}/plans/{hall.plan.public_id}/table/csv", status=404)
    stranger.post(f"{there}/plans/{hall.plan.public_id}/print/slips", status=404)
    stranger.get(f"{there}/files/{made.public_id}", status=404)
    stranger.get(f"{there}/print?plan={hall.plan.public_id}", status=404)
    hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/print/posters", status=404)
    hall.one.post(f"{hall.address}/plans/{hall.plan.public_id}/table/doc", status=404)


def test_publishing_promises_no_letter_where_none_leaves(hall: Hall, no_mail_server: None) -> None:
    asked = hall.one.get(f"{hall.address}/plans/{hall.plan.public_id}/publish").text
    assert "An email" not in asked
    assert "so no email leaves this computer. Print the slips and hand them out." in asked
    told = "no email leaves this computer, as no mail server is set: print the slips instead"
    assert told in hall.publish(hall.plan).text


def test_publishing_tells_everybody_once_and_later_only_whom_it_changes(hall: Hall) -> None:
    assert "and 6 emails are on the way" in hall.publish(hall.plan).text
    first = hall.rows(Mail)
    assert len(first) == 6
    assert {mail.subject for mail in first} == {f"Your meetings at {hall.event.name}"}
    assert f"/events/{hall.event.public_id}/day" in first[0].body
    same = hall.make_plan()
    hall.publish(same, hall.plan.public_id)
    assert len(hall.rows(Mail)) == 6
    with hall.database.writing() as session:
        kept = plans.by_public_id(session, hall.event.id, hall.make_plan().public_id)
        assert kept is not None
        used = {m.table_number for m in kept.meetings if m.round_number == 1}
        moved = kept.meetings[0]
        moved.table_number = min(set(range(1, 5)) - used)
        people = {seat.person.name for seat in moved.seats}
    hall.publish(kept, same.public_id)
    changed = hall.rows(Mail)[len(first) :]
    assert len(changed) == 2
    assert {mail.subject for mail in changed} == {f"Your meetings at {hall.event.name} have changed"}
    assert all(any(f"Hello {name}," in mail.body for mail in changed) for name in people)
    assert all("10.30am" not in mail.body for mail in changed)


def test_only_changed_slips_are_printed_and_they_say_what_they_replace(hall: Hall) -> None:
    hall.publish(hall.plan)
    assert "Only the changed slips" not in hall.one.get(f"{hall.address}/print").text
    before = hall.plan.public_id
    hall.leave("Ben Price")
    hall.one.get(hall.one.post(f"{hall.address}/plans", {"way": "least"}).location, status=302)
    with hall.database.reading() as session:
        second = plans.latest(session, hall.event.id)
    assert second is not None
    hall.publish(second, before)
    hall.plan = second
    page = hall.one.get(f"{hall.address}/print").text
    with hall.database.reading() as session:
        first = plans.by_public_id(session, hall.event.id, before)
        assert first is not None
        met = {
            seat.person.name
            for meeting in first.meetings
            if "Ben Price" in {seat.person.name for seat in meeting.seats}
            for seat in meeting.seats
        } - {"Ben Price"}
    assert f"Only the {len(met)} people whose slip changed since plan 1" in page
    slips = hall.printed("changed-slips")
    outline = PdfReader(io.BytesIO(hall.pdf("changed-slips"))).outline
    assert {one.title for one in outline} == met
    assert slips.count("replaces plan 1") == len(met)
    assert slips.count("Changed") >= len(met)
    every = hall.printed("slips")
    assert "replaces plan 1" in every
    assert every.count("Changed") == slips.count("Changed")


def test_a_slip_names_who_is_free_if_nobody_comes_and_only_while_they_are(hall: Hall, make: Any) -> None:
    hall.people["Gwil Rees"] = make.registration(hall.event, make.person("Gwil Rees"))
    hall.plan = hall.make_plan()
    slips = hall.printed("slips")
    named = re.findall(r"If they cannot come: (\S+ \S+)", slips)
    assert named
    hall.leave(named[0])
    slips = hall.printed("slips")
    assert named[0] not in re.findall(r"If they cannot come: (\S+ \S+)", slips)
    assert "Nobody there? Go to the desk" in slips
