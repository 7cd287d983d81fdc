"""Paper and post about labels: letters to publishers, lost-label tables, figures, certificate and note."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store.credits.contributions import Use
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.session import Database


@pytest.fixture
def hall(make: Any) -> Any:
    """Three who know about peat, two who ask for a peat dataset nobody is named for, and noise."""
    event = make.event("Data Together")
    names = ("Ada", "Ben", "Cy", "Dan", "Eve")
    rows = {
        name: make.registration(
            event, make.person(name, organisation=f"{name}'s office", job_title="Surveyor")
        )
        for name in names
    }
    near = make.dataset("Peat depth of southern moors", "Moor Office")
    lost = make.dataset("Peat depth of northern moors", "Moor Office")
    make.dataset("Bus timetables", "Bus Office")
    credits = {
        name: make.contribution(rows[name].person, near, role)
        for name, role in (("Ada", "collected"), ("Ben", "curated"), ("Cy", "checked"))
    }
    for name in ("Dan", "Eve"):
        make.add(Use(person_id=rows[name].person_id, dataset_id=lost.id, kind="stuck"))
    return SimpleNamespace(
        event=event, rows=rows, near=near, lost=lost, credits=credits, organiser=make.organiser(event),
        home=f"/organise/{event.public_id}",
    )  # fmt: skip


def mails(database: Database) -> list[Mail]:
    with database.reading() as session:
        return list(session.query(Mail).order_by(Mail.id))


# Letters


def test_each_publisher_with_datasets_without_a_name_has_a_letter(
    browser: Callable[..., Any], hall: Any, sqlite: Database, legible: Callable[[bytes], str]
) -> None:
    one = browser(hall.organiser)
    page = one.get(f"{hall.home}/letters").text
    assert "Moor Office 1 of 2 datasets without a name" in page
    assert "Bus Office 1 of 1 dataset without a name" in page
    sheet = legible(one.client.get(f"{hall.home}/letters/{hall.near.publisher_id}/print").data)
    assert "Peat depth of northern moors" in sheet
    assert "2 people work with it" in sheet
    assert "southern" not in sheet
    one.get(one.post(f"{hall.home}/labels/print/letters").location, status=302)
    with sqlite.reading() as session:
        both = legible(session.query(File).one().content)
    assert both.count("Who are your datasets from?") == 2
    for name in hall.rows:
        assert name not in both.split(), "letters name no people"
    one.get(f"{hall.home}/letters/999999", status=404)


def test_a_letter_is_shown_before_it_goes_and_goes_once_confirmed(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    one, address = browser(hall.organiser), f"{hall.home}/letters/{hall.near.publisher_id}"
    assert "in the right form" in one.post(address, {"email": "moor office"}, status=422).text
    shown = one.post(address, {"email": "data@moor.example"}, status=200).text
    assert "This letter goes to data@moor.example . Nothing is sent yet" in shown
    assert mails(sqlite) == []
    one.follow(address, {"email": "data@moor.example", "confirmed": "yes"})
    (mail,) = mails(sqlite)
    assert (mail.to, mail.event_id, mail.person_id) == ("data@moor.example", hall.event.id, None)
    assert mail.reply_to == hall.event.contact_email
    assert "* Peat depth of northern moors (2 people work with it)" in mail.body
    assert all(len(line) <= 72 for line in mail.body.splitlines())


def test_a_named_dataset_leaves_the_letter(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    make.contribution(hall.rows["Ada"].person, hall.lost, "checked", state=ContributionState.CLAIMED)
    one = browser(hall.organiser)
    assert "Moor Office" in one.get(f"{hall.home}/letters").text, "one's own word is no name yet"
    make.contribution(hall.rows["Ada"].person, hall.lost, "collected")
    assert "Moor Office" not in one.get(f"{hall.home}/letters").text


# Lost-label tables


def propose(one: Any, hall: Any) -> Any:
    """Ask for the tables and open the page that shows them."""
    job = one.post(f"{hall.home}/lost-labels").location
    return one.get(one.get(job, status=302).location)


def test_three_who_may_know_are_proposed_for_what_others_ask_for(
    browser: Callable[..., Any], hall: Any
) -> None:
    page = propose(browser(hall.organiser), hall)
    assert "Peat depth of northern moors Moor Office. 2 people ask for it" in page.text
    for name in ("Ada", "Ben", "Cy"):
        assert (
            f"{name} , {name}'s office: worked with Peat depth of southern moors, which is like it"
            in page.text
        )
    assert "Dan" not in page.text
    assert f"/datasets/{hall.lost.public_id}/name" in page.html
    sheet = browser(hall.organiser).client.get(f"{hall.home}/lost-labels/print").get_data(as_text=True)
    assert "You three may know" in sheet
    assert f"/datasets/{hall.lost.public_id}/name" in sheet


def test_tables_are_proposed_when_asked_and_kept_until_asked_again(
    browser: Callable[..., Any], hall: Any, make: Any, statements: list[str]
) -> None:
    one, elsewhere = browser(hall.organiser), make.event()
    assert "Ada" not in one.get(f"{hall.home}/lost-labels").text, "opening the page works nothing out"
    assert "Ada" in propose(one, hall).text
    make.organiser(elsewhere, hall.organiser)
    assert "Ada" not in one.get(f"/organise/{elsewhere.public_id}/lost-labels").text
    other = make.dataset("Peat depth of eastern moors", "Moor Office")
    for _ in range(3):
        make.add(Use(person_id=make.person().id, dataset_id=other.id, kind="stuck"))
    assert "eastern" not in one.get(f"{hall.home}/lost-labels").text
    assert "eastern" in propose(one, hall).text


def test_whoever_erases_themselves_is_in_no_kept_proposal(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    propose(browser(hall.organiser), hall)
    browser(hall.rows["Ada"].person).post("/mine/delete", {"sure": "yes"})
    with sqlite.reading() as session:
        assert session.query(Job).filter_by(kind="lost-labels").all() == []


@pytest.mark.parametrize("column", ["suggestible", "show_name"])
def test_nobody_is_proposed_who_objected_or_does_not_show_their_name(
    browser: Callable[..., Any], hall: Any, sqlite: Database, column: str
) -> None:
    row = hall.rows["Ada"] if column == "suggestible" else hall.rows["Ada"].person
    with sqlite.writing() as session:
        setattr(session.get_one(type(row), row.id), column, False)
    page = propose(browser(hall.organiser), hall).text
    assert "Ada" not in page
    assert "No table to propose yet" in page
    browser(hall.organiser).get(f"{hall.home}/lost-labels/print", status=302)


# Figures


def test_figures_count_datasets_and_organisations_and_name_nobody(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.endorsement(hall.event, hall.rows["Dan"].person, hall.credits["Ada"])
    page = browser(hall.organiser).get(f"{hall.home}/labels/figures")
    assert "1 dataset has a name 1 dataset was thanked for" in page.text
    assert "All events of this site together 1 of 3 datasets have a name." in page.text
    assert "Moor Office 1 of 2" in page.text
    assert "Collected or measured it 1" in page.text
    for name in hall.rows:
        assert f"{name} " not in page.text.replace(f"{name}'s office", "")


def test_an_event_with_nobody_on_its_list_counts_no_label_of_another(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    make.endorsement(hall.event, hall.rows["Dan"].person, hall.credits["Ada"])
    later = make.event("Next year")
    one, home = browser(make.organiser(later)), f"/organise/{later.public_id}"
    figures = one.get(f"{home}/labels/figures").text
    assert "0 datasets have a name 0 datasets were thanked for 0 thanks accepted 0 organisations" in figures
    assert "All events of this site together 1 of 3 datasets have a name." in figures
    labels = one.get(f"{home}/labels").text
    assert "0 datasets of this event have somebody named on the label" in labels
    assert "At all events of this site together it is 1 of 3 datasets." in labels
    report = one.get(f"{home}/report").text
    table = one.client.get(f"{home}/report.csv").get_data(as_text=True)
    for words in (
        "Datasets that were thanked for",
        "Datasets of this event with somebody named on the label so far",
    ):
        assert f"{words} 0" in report
        assert f"{words},,,0" in table


# Certificate and note


def test_ones_own_certificate_holds_what_one_accepted_and_nothing_else(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    ada, dan, eve = (hall.rows[name].person for name in ("Ada", "Dan", "Eve"))
    make.contribution(ada, hall.lost, "built", state=ContributionState.CLAIMED)
    make.contribution(ada, make.dataset("Hidden caves"), "built", state=ContributionState.HIDDEN)
    make.endorsement(hall.event, dan, hall.credits["Ada"], sentence="Ada measured every bog by hand.")
    make.endorsement(
        hall.event, eve, hall.credits["Ada"], sentence="This one waits for an answer.",
        state=EndorsementState.AWAITING,
    )  # fmt: skip
    assert "Print your certificate" in browser(ada).get(f"/people/{ada.public_id}").text
    sheet = browser(ada).client.get(f"/people/{ada.public_id}/note").get_data(as_text=True)
    for part in ("Peat depth of southern moors", "Collected or measured it", "Ada measured every bog by hand.",
                 "thanked by 1 colleague from 1 organisation", "Surveyor, Ada&#39;s office"):  # fmt: skip
        assert part in sheet
    for part in ("northern", "Hidden caves", "waits for an answer"):
        assert part not in sheet
    browser(dan).get(f"/people/{ada.public_id}/note", status=404)
    browser(dan).get(f"/people/{dan.public_id}/note", status=404)
    assert "Print your certificate" not in browser(dan).get(f"/people/{dan.public_id}").text
