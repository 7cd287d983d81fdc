"""A hidden name stands on no page in the words of somebody else, and stands there again once it is shown."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.web.label_files import KINDS
from tests.whole_words import says

AGREED = datetime(2027, 3, 1, tzinfo=UTC)
WORDS = "Ada and Tom found every error; ask Mr Price."
TOLD = "Ada and someone at Ofwat found every error; ask someone at Ofwat."


@pytest.fixture
def hall(make: Any) -> Any:
    """Ceri thanks Ada, and names Tom; Lea has nothing to do with the dataset, and is named in another thanks."""

    class Hall:
        event = make.event("Data Together", labels_public=True, wall_key="hall-key")
        ada = make.person("Ada Reed", organisation="Defra", public_since=AGREED)
        tom = make.person("Tom Price", organisation="Ofwat", public_since=AGREED)
        ceri = make.person("Ceri Lloyd", organisation="Coast Office", public_since=AGREED)
        lea = make.person("Lea Moss", organisation="Met Office", show_name=False)
        dataset = make.dataset("Mark Price Data")
        credit = make.contribution(ada, dataset, "checked")

    for one in (Hall.ada, Hall.tom, Hall.ceri, Hall.lea):
        make.registration(Hall.event, one, on_screen=True)
    make.contribution(Hall.tom, Hall.dataset, "collected")
    make.contribution(Hall.lea, make.dataset("Elsewhere"))
    make.endorsement(
        Hall.event, Hall.ceri, Hall.credit, sentence=WORDS, evidence_url="https://x.example/tom-price"
    )
    make.endorsement(Hall.event, Hall.tom, Hall.credit, sentence="Lea Moss says so, too: Ada is careful.")
    return Hall


def pages(browser: Callable[..., Any], hall: Any) -> dict[str, str]:
    reader, anybody = browser(hall.ceri), browser(None)
    dataset = hall.dataset.public_id
    inside = (f"/datasets/{dataset}", f"/people/{hall.ada.public_id}", f"/datasets/{dataset}/report")
    outside = (f"/labels/{dataset}", "/wall/hall-key", "/wall/hall-key?at=1")
    found = {one: reader.get(one).html for one in inside} | {one: anybody.get(one).html for one in outside}
    for kind in KINDS.values():
        for who, address in (
            (reader, f"/datasets/{dataset}/label/{kind.name}"),
            (anybody, f"/labels/{dataset}/{kind.name}"),
        ):
            found[address] = who.client.get(address).get_data(as_text=True)
    return found


def test_a_hidden_name_is_on_no_page_and_back_on_all_once_it_is_shown(
    browser: Callable[..., Any], hall: Any
) -> None:
    choices = f"/events/{hall.event.public_id}/choices/name"
    tom = browser(hall.tom)
    before = pages(browser, hall)
    assert [one for one in before if not says(before[one], "Tom") and not one.endswith("badge.svg")] == [
        "/wall/hall-key?at=1"  # of three names there are two on the screen: who says thanks, and to whom
    ]
    tom.post(choices, {"shown": "no"})
    for address, html in pages(browser, hall).items():
        assert not [one for one in ("Tom", "tom-price", "Lea") if says(html, one)], address
    assert TOLD in pages(browser, hall)[f"/datasets/{hall.dataset.public_id}"]
    tom.post(choices, {"shown": "yes"})
    again = pages(browser, hall)
    assert [one for one in again if says(again[one], "Tom")] == [
        one for one in before if says(before[one], "Tom")
    ]
    assert WORDS in again[f"/datasets/{hall.dataset.public_id}"]


def test_the_two_of_a_thanks_read_it_as_it_was_written_and_so_does_the_hidden_one_in_their_own_note(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    own = make.contribution(hall.lea, hall.dataset, "curated")
    make.endorsement(hall.event, hall.ceri, own, sentence="Lea, and Tom Price: thank you.")
    assert "Lea, and Tom Price: thank you." in browser(hall.ceri).get("/thanks").text
    assert "Lea, and Tom Price: thank you." in browser(hall.lea).get("/thanks").text
    note = browser(hall.lea).client.get(f"/people/{hall.lea.public_id}/note").get_data(as_text=True)
    assert "Lea, and Tom Price: thank you." in note


def test_in_public_nobody_is_named_in_words_who_did_not_agree_to_it(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    ben = make.person("Ben Okafor", organisation="Soil Office")
    make.contribution(ben, hall.dataset, "built")
    make.endorsement(hall.event, ben, hall.credit, sentence="From Ben with thanks to Ada.")
    make.endorsement(
        hall.event, make.registration(hall.event, make.person("Cy Hall", public_since=AGREED)).person, hall.credit,
        sentence="Ben would say so too, Ada.",
    )  # fmt: skip
    html = browser(None).get(f"/labels/{hall.dataset.public_id}").html
    assert "someone at Soil Office would say so too, Ada." in html
    assert not says(html, "Ben")
    assert "Ben would say so too, Ada." in browser(hall.ada).get(f"/datasets/{hall.dataset.public_id}").html


def test_who_thanked_somebody_who_hides_their_name_still_sees_whom_as_the_choice_says(
    browser: Callable[..., Any], hall: Any, make: Any
) -> None:
    credit = make.contribution(hall.tom, hall.dataset, "built")
    make.endorsement(hall.event, hall.ceri, credit)
    choices = f"/events/{hall.event.public_id}/choices"
    said = "who thanked you sees whom they thanked"
    assert said in browser(hall.tom).get(choices).text
    browser(hall.tom).post(f"{choices}/name", {"shown": "no"})
    assert said in browser(hall.tom).get(choices).text
    assert f"To {hall.tom.name}" in browser(hall.ceri).get("/thanks").text
