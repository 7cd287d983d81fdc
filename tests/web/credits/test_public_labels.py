"""Labels that leave: files for signed-in readers, public pages and files, and who is named in them."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.recognition.states import ContributionState, EndorsementState, UnclaimedState
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.session import Database
from matchmaker.web.label_files import KINDS
from tests.whole_words import says

AGREED = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def hall(make: Any) -> Any:
    """A public event: Ada agreed to be named, Ben did not; Cy is of an event whose labels stay inside."""

    class Hall:
        event = make.event("Data Together", labels_public=True)
        ada = make.registration(
            event, make.person("Ada", organisation="Water Office", public_since=AGREED)
        ).person
        ben = make.registration(event, make.person("Ben", organisation="Soil Office")).person
        cy = make.registration(make.event("Inside"), make.person("Cy", organisation="Deep Office")).person
        dataset = make.dataset("River levels", "Water Office", url="https://data.example/rivers")
        checked = make.contribution(ada, dataset, "checked")

    make.contribution(Hall.ben, Hall.dataset, "curated")
    make.contribution(Hall.cy, Hall.dataset, "built")
    make.contribution(make.person("Waits"), Hall.dataset, "built", state=ContributionState.AWAITING)
    make.contribution(Hall.cy, make.dataset("Caves", "Deep Office"))
    return Hall


def change(database: Database, row: Any, **values: Any) -> None:
    with database.writing() as session:
        found = session.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)


def test_every_file_is_offered_on_the_page_and_can_be_taken(browser: Callable[..., Any], hall: Any) -> None:
    reader = browser(hall.cy)
    page = reader.get(f"/datasets/{hall.dataset.public_id}")
    for kind in KINDS.values():
        address = f"/datasets/{hall.dataset.public_id}/label/{kind.name}"
        assert address in page.html
        answer = reader.client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, kind.media_type)
        assert answer.headers["Cache-Control"] == "no-store"
        if kind.name != "badge.svg":
            assert "Ada" in answer.get_data(as_text=True)
            assert "Waits" not in answer.get_data(as_text=True)
    reader.get(f"/datasets/{hall.dataset.public_id}/label/secrets.txt", status=404)


def test_a_dataset_without_a_name_has_no_files(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    bare = make.dataset("Nobody's")
    assert "Take this label" not in browser(hall.ada).get(f"/datasets/{bare.public_id}").text
    browser(hall.ada).get(f"/datasets/{bare.public_id}/label/credits.txt", status=404)


def test_the_public_reads_the_names_of_those_who_agreed_and_of_nobody_else(
    browser: Callable[..., Any], hall: Any
) -> None:
    page = browser(None).get(f"/labels/{hall.dataset.public_id}")
    assert "Ada" in page.text
    assert "someone at Soil Office" in page.text
    for hidden in ("Ben", "Cy", "Deep Office", "Waits"):
        assert not says(page.html, hidden)
    listed = browser(None).get("/labels").text
    assert "River levels From 2 people at 2 organisations" in listed
    assert "Caves" not in listed


def test_a_public_label_may_be_found_and_kept_for_a_while(browser: Callable[..., Any], hall: Any) -> None:
    page = browser(None).get(f"/labels/{hall.dataset.public_id}")
    assert page.response.headers["Cache-Control"] == "public, max-age=300"
    assert "X-Robots-Tag" not in page.response.headers
    markup = json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', page.html, re.S).group(1))  # type: ignore[union-attr]
    assert markup["url"] == f"http://127.0.0.1:5000/labels/{hall.dataset.public_id}"
    assert [one["contributor"]["name"] for one in markup["contributor"]] == ["Soil Office", "Ada"]
    signed_in = browser(hall.ada).get(f"/labels/{hall.dataset.public_id}")
    assert signed_in.response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_file_holds_what_the_public_page_does(
    browser: Callable[..., Any], hall: Any, kind: str
) -> None:
    answer = browser(None).client.get(f"/labels/{hall.dataset.public_id}/{kind}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not [one for one in ("Ben", "Cy", "Deep", "Waits") if says(answer.get_data(as_text=True), one)]


def test_without_the_organisers_word_there_is_no_public_label(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    change(sqlite, hall.event, labels_public=False)
    for address in (
        "/labels",
        f"/labels/{hall.dataset.public_id}",
        f"/labels/{hall.dataset.public_id}/badge.svg",
    ):
        page = browser(None).client.get(address)
        assert page.status_code == 404
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert page.headers["Cache-Control"] == "no-store"


def test_a_label_on_which_nobody_may_be_told_of_looks_like_none(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    inside = make.dataset("Deep caves")
    make.contribution(hall.cy, inside)
    refused = browser(None).get(f"/labels/{inside.public_id}", status=404).text
    assert refused == browser(None).get("/labels/no-such-dataset", status=404).text


def test_whoever_leaves_or_takes_their_word_back_is_gone_from_the_public_label(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    change(sqlite, hall.ada, public_since=None)
    page = browser(None).get(f"/labels/{hall.dataset.public_id}").text
    assert not says(page, "Ada")
    assert "someone at Water Office" in page
    with sqlite.writing() as session:
        for person in (hall.ada, hall.ben):
            found = registrations.of_person(session, hall.event.id, person.id)
            assert found is not None
            found.state = RegistrationState.CANCELLED
    browser(None).get(f"/labels/{hall.dataset.public_id}", status=404)


def test_words_are_public_only_if_both_people_agreed(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    make.endorsement(hall.event, hall.ben, hall.checked, sentence="Ada found what we had all missed.")
    hidden = make.endorsement(
        hall.event, hall.cy, hall.checked, sentence="Ada, this stays hidden.", state=EndorsementState.HIDDEN
    )
    address = f"/labels/{hall.dataset.public_id}"
    assert "had all missed" not in browser(None).get(address).text
    change(sqlite, hall.ben, public_since=AGREED)
    change(sqlite, hall.cy, public_since=AGREED)
    page = browser(None).get(address).text
    assert "Ada found what we had all missed. Ben, Soil Office, to Ada" in page
    assert hidden.sentence not in page


def test_a_name_that_is_not_shown_inside_is_not_shown_in_public(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    change(sqlite, hall.ada, show_name=False)
    assert not says(browser(None).get(f"/labels/{hall.dataset.public_id}").html, "Ada")


def test_a_person_says_so_themselves_and_takes_it_back_on_their_own_page(
    browser: Callable[..., Any], hall: Any
) -> None:
    ben, choices = browser(hall.ben), f"/events/{hall.event.public_id}/choices"
    assert "Public labels do not name you" in ben.get(choices).text
    assert "Take my name off" not in ben.get(f"/people/{hall.ben.public_id}").text
    ben.post(f"{choices}/public", {"agrees": "perhaps"}, status=400)
    assert "Public labels may name you" in ben.follow(f"{choices}/public", {"agrees": "yes"}).html
    assert "Ben" in browser(None).get(f"/labels/{hall.dataset.public_id}").text
    assert "Take my name off" not in browser(hall.ada).get(f"/people/{hall.ben.public_id}").text
    page = ben.follow("/public-labels/take-back")
    assert "Your name is off public labels" in page.html
    assert not says(browser(None).get(f"/labels/{hall.dataset.public_id}").text, "Ben")


def test_a_name_without_an_account_is_public_only_if_its_own_event_makes_labels_public(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    alone = make.dataset("Tide gauges")
    for event, name, dataset in (
        (make.event("Inside"), "Una Unlisted", hall.dataset),
        (make.event("Inside, too"), "Una Unlisted", alone),
        (hall.event, "Field Team North", hall.dataset),
    ):
        make.add(
            UnclaimedCredit(
                event_id=event.id, dataset_id=dataset.id, role="collected", name=name, name_key=name,
                code_hash=f"{event.id}", state=UnclaimedState.SHOWN, agreed_at=AGREED,
            )
        )  # fmt: skip
    addresses = [f"/labels/{hall.dataset.public_id}", "/labels"]
    addresses += [f"{addresses[0]}/{kind}" for kind in KINDS]
    for address in addresses:
        assert "Una Unlisted" not in browser(None).client.get(address).get_data(as_text=True), address
    assert "Field Team North" in browser(None).get(addresses[0]).text
    browser(None).get(f"/labels/{alone.public_id}", status=404)
    change(sqlite, hall.event, labels_public=False)
    for address in addresses:
        assert browser(None).client.get(address).status_code == 404, address


def test_an_organiser_makes_labels_public_and_takes_them_back(
    browser: Callable[..., Any], hall: Any, make: Any, sqlite: Database
) -> None:
    change(sqlite, hall.event, labels_public=False)
    one, address = browser(make.organiser(hall.event)), f"/organise/{hall.event.public_id}/labels"
    page = one.get(address).text
    assert "1 dataset of this event has somebody named on the label" in page
    assert "At all events of this site together it is 2 of 2 datasets." in page
    assert "1 person here agreed to be named in public" in page
    assert "1 label of this event is public now" in one.follow(f"{address}/public", {"public": "yes"}).html
    browser(None).get("/labels")
    one.post(f"{address}/public", {"public": "no"})
    browser(None).get("/labels", status=404)


def test_the_whole_event_is_one_table(browser: Callable[..., Any], hall: Any, make: Any) -> None:
    one = browser(make.organiser(hall.event))
    job = one.post(f"/organise/{hall.event.public_id}/labels/table")
    answer = one.client.get(one.get(job.location, status=302).location)
    lines = answer.get_data(as_text=True).splitlines()
    assert [line.split(",")[3] for line in lines[1:]] == ["Ben", "Ada", "Cy"]
