"""The screen in the hall: who is on it, who may open it, and the sheets of tags."""

import io
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from matchmaker.recognition.states import EndorsementState
from matchmaker.store.event.events import Event
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada, Ben and Cy agreed to be on the screen, Dan did not; and noise: thanks among them at another event."""

    event = make.event("Data Together", wall_key="hall-key")
    rows = {
        name: make.registration(event, make.person(name), on_screen=name != "Dan")
        for name in ("Ada", "Ben", "Cy", "Dan")
    }
    dataset = make.dataset("River levels", "Water Office")
    hall = SimpleNamespace(
        event=event,
        rows=rows,
        checked=make.contribution(rows["Ada"].person, dataset, "checked"),
        built=make.contribution(rows["Dan"].person, dataset, "built"),
    )
    other = make.event("Elsewhere", wall_key="other-key")
    for row in rows.values():
        make.registration(other, row.person)
    make.endorsement(other, rows["Ben"].person, hall.checked, sentence="Said at the other event only.")
    thank(make, hall, "Ben", "Ada found every error there was.")
    return hall


def thank(make: Any, hall: Any, giver: str, sentence: str, **more: Any) -> Any:
    contribution = more.pop("contribution", hall.checked)
    return make.endorsement(hall.event, hall.rows[giver].person, contribution, sentence=sentence, **more)


def change(database: Database, row: Any, **values: Any) -> None:
    with database.writing() as session:
        found = session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)


def test_the_screen_shows_thanks_whose_two_people_agreed_and_no_others(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    thank(make, hall, "Dan", "Dan did not agree to the screen.")
    thank(make, hall, "Ben", "To Dan, who did not agree.", contribution=hall.built)
    thank(make, hall, "Cy", "This one waits for its yes.", state=EndorsementState.AWAITING)
    page = browser(None).get("/wall/hall-key")
    assert "River levels Ada found every error there was. Ben" in page.text
    assert "1 of 1" in page.text
    for hidden in ("did not agree", "waits for its yes", "other event"):
        assert hidden not in page.html
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["sealed", "moderated"])
def test_what_is_sealed_or_moderated_is_not_on_the_screen(
    browser: Callable[..., Any], hall: Any, make: Any, name: str
) -> None:
    thank(make, hall, "Cy", "Nobody may read this one now.", **{name: True})
    assert "Nobody may read" not in browser(None).get("/wall/hall-key").html


@pytest.mark.parametrize("name", ["Ada", "Ben"])
@pytest.mark.parametrize("values", [{"on_screen": False}, {"state": RegistrationState.CANCELLED}])
def test_either_person_takes_a_thanks_off_the_screen(
    browser: Callable[..., Any], hall: Any, sqlite: Database, name: str, values: dict[str, Any]
) -> None:
    change(sqlite, hall.rows[name], **values)
    page = browser(None).get("/wall/hall-key")
    assert "found every error" not in page.html
    assert "Thanks for work on datasets will hang here" in page.text


def test_long_words_beside_the_large_ones_end_with_one_sign_for_what_is_left_out(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    thank(make, hall, "Cy", f"Ada answered {'again and ' * 20}again.")
    page = browser(None).get("/wall/hall-key?at=1").text
    assert re.search(r"Ada answered (again and )+again…|Ada answered (again and )+…", page)
    assert "..." not in page


def test_the_links_lead_round_and_round_without_scripts(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    thank(make, hall, "Cy", "Ada answered within the hour.")
    visitor = browser(None)
    first = visitor.get("/wall/hall-key")
    assert "Ada answered within the hour. Cy" in first.text, "the newest comes first"
    assert "data-wall-pause hidden" in first.html
    assert 'href="/wall/hall-key?at=1" data-wall-after' in first.html
    assert "found every error there was. Ben" in visitor.get("/wall/hall-key?at=1").text
    for odd in ("at=7", "at=-1", "at=x", "at="):
        visitor.get(f"/wall/hall-key?{odd}")


def test_a_person_chooses_the_screen_themselves(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    change(sqlite, hall.rows["Ben"], on_screen=False)
    ben, choices = browser(hall.rows["Ben"].person), f"/events/{hall.event.public_id}/choices"
    assert "You are not on the screen" in ben.get(choices).text
    ben.follow(f"{choices}/screen", {"agrees": "yes"})
    assert "found every error" in browser(None).get("/wall/hall-key").text
    ben.follow(f"{choices}/screen", {"agrees": "no"})
    assert "found every error" not in browser(None).get("/wall/hall-key").text
    ben.post(f"{choices}/screen", {}, status=400)


def test_an_organiser_gives_the_screen_another_address_or_none(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    one, address = browser(make.organiser(hall.event)), f"/organise/{hall.event.public_id}/labels/wall"
    assert "1 of 1 accepted thanks can be shown" in one.get(address).text
    one.follow(address, {"wall": "open"})
    browser(None).get("/wall/hall-key", status=404)
    with sqlite.reading() as session:
        key = session.get_one(Event, hall.event.id).wall_key
    browser(None).get(f"/wall/{key}")
    one.follow(address, {"wall": "close"})
    browser(None).get(f"/wall/{key}", status=404)
    browser(None).get("/wall/None", status=404)
    one.post(address, {"wall": "paint"}, status=400)


def tags(one: Any, address: str) -> bytes:
    """Have the tags laid out, and return the PDF that the page then offers."""
    job = one.post(f"{address}/print/tags").location
    page = one.get(one.get(job, status=302).location)
    (file,) = [
        part.split('"')[0] for part in page.html.split('href="')[1:] if "/files/" in part.split('"')[0]
    ]
    content: bytes = one.client.get(file).data
    return content


def test_tags_are_printed_and_made_again_only_when_they_changed(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    one, address = browser(make.organiser(hall.event)), f"/organise/{hall.event.public_id}/labels"
    one.post(f"{address}/print/banners", status=404)
    pdf = tags(one, address)
    assert "River levels" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Download the PDF" in one.get(address).text
    change(sqlite, hall.event, labels_public=True)
    assert "Download the PDF" not in one.get(address).text, "tags have a code now"
    assert len(tags(one, address)) > len(pdf), "the code to the public label"
