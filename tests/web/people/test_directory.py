"""The directory: those who agreed, found by what they said, and silent about everybody else."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from matchmaker.services.people import list_in_directory
from matchmaker.store.base import now
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people import basis
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import AnswerKind


@pytest.fixture
def hall(make: Any, sqlite: Database) -> Any:
    """Give an event where Amara looks for others: Ben and Zoë agreed to be found, Cat did not, Dan left again."""
    event, other = make.event("The event"), make.event("Another")
    people = {
        "Amara Okafor": {},
        "Ben Reed": {"offers": "reading consents", "organisation": "Environment Agency"},
        "Zoë Naïve": {"bio": "I count eels", "organisation": "Natural England"},
        "Cat Moss": {"offers": "reading consents"},
        "Dan Left": {"offers": "reading consents", "state": RegistrationState.CANCELLED},
        "Eve Elsewhere": {"offers": "reading consents"},
    }
    rows = {}
    for name, columns in people.items():
        person = make.person(name, organisation=columns.pop("organisation", "Defra"))
        rows[name] = make.registration(other if name == "Eve Elsewhere" else event, person, **columns)
    topic, rivers = Topic(name="Fish", key="fish"), make.dataset("River Obstacles")
    make.add(topic, Use(person_id=rows["Ben Reed"].person_id, dataset_id=rivers.id, kind=UseKind.STUCK))
    with sqlite.writing() as session:
        for name in ("Ben Reed", "Zoë Naïve", "Dan Left", "Eve Elsewhere"):
            row = session.get_one(Registration, rows[name].id)
            if name == "Zoë Naïve":
                row.topics = [session.merge(topic)]
            list_in_directory.choose(session, row, True, now())
    return SimpleNamespace(event=event, rows=rows, path=f"/events/{event.public_id}/directory", topic=topic)


def found(page: Any) -> list[str]:
    """Return the names that a page of the directory lists, in order."""
    names = ("Amara Okafor", "Ben Reed", "Zoë Naïve", "Cat Moss", "Dan Left", "Eve Elsewhere")
    listed = page.html.partition("<main")[2]
    return [name for name in names if name in listed]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ben Reed", "Zoë Naïve"]),
        ("?words=consents", ["Ben Reed"]),
        ("?words=obstacles+river", ["Ben Reed"]),
        ("?words=NAIVE+eels", ["Zoë Naïve"]),
        ("?words=fish", ["Zoë Naïve"]),
        ("?organisation=Environment+Agency", ["Ben Reed"]),
        ("?organisation=Environment+Agency&words=eels", []),
        ("?words=%25", []),
    ],
)
def test_those_who_agreed_are_found_by_what_they_said(
    browser: Callable[..., Any], hall: Any, query: str, expected: list[str]
) -> None:
    assert found(browser(hall.rows["Amara Okafor"].person).get(hall.path + query)) == expected


def test_a_topic_and_an_organisation_lead_to_whom_they_name(browser: Callable[..., Any], hall: Any) -> None:
    amara = browser(hall.rows["Amara Okafor"].person)
    assert f'href="{hall.path}/ways">By organisation or topic</a>' in amara.get(hall.path).html
    page = amara.get(f"{hall.path}/ways")
    assert f'href="{hall.path}?topic={hall.topic.id}">Fish</a> <span class="mm-quiet">(1)</span>' in page.html
    assert "Environment Agency (1) Natural England (1)" in page.text
    assert f'href="{hall.path}?organisation=Natural+England"' in page.html
    assert "1 person about Fish." in amara.get(f"{hall.path}?topic={hall.topic.id}").text
    # A topic of nobody who is found is not named.
    none = amara.get(f"{hall.path}?topic={hall.topic.id}&words=nobody").text
    assert "0 people with “nobody”. See everybody" in none


def test_datasets_are_listed_with_whoever_shows_their_name_beside_them(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara = browser(hall.rows["Amara Okafor"].person)
    assert "River Obstacles" in amara.get(hall.path).text
    with sqlite.writing() as session:
        session.get_one(Registration, hall.rows["Ben Reed"].id).person.show_name = False
    page = amara.get(hall.path)
    assert "Ben Reed" in found(page)
    assert "River Obstacles" not in page.text


@pytest.mark.parametrize("blocker", ["Amara Okafor", "Ben Reed"])
def test_a_block_of_either_hides_both_from_each_other_and_nobody_else(
    browser: Callable[..., Any], hall: Any, make: Any, blocker: str
) -> None:
    amara, ben = hall.rows["Amara Okafor"].person, hall.rows["Ben Reed"].person
    blocked = ben if blocker == "Amara Okafor" else amara
    make.answer(hall.event, hall.rows[blocker].person, blocked, AnswerKind.BLOCK)
    page = browser(amara).get(hall.path)
    assert found(page) == ["Zoë Naïve"]
    assert "1 person." in page.text
    assert "Environment Agency" not in browser(amara).get(f"{hall.path}/ways").html.partition("<main")[2]
    assert "Environment Agency" not in page.html.partition("<main")[2]
    assert found(browser(hall.rows["Zoë Naïve"].person).get(hall.path)) == ["Ben Reed"]


def test_i_would_like_to_meet_works_as_on_a_card_and_stays_in_the_directory(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    amara, ben = hall.rows["Amara Okafor"].person, hall.rows["Ben Reed"].person
    one = browser(amara)
    address = f"/events/{hall.event.public_id}/suggestions/{ben.public_id}"
    assert '<input type="hidden" name="words" value="reed">' in one.get(f"{hall.path}?words=reed").html
    page = one.follow(address, {"answer": "meet", "back": "directory", "words": "reed", "page": "1"})
    assert "1 person with “reed”" in page.text
    assert "You said you would like to meet" in page.text
    with sqlite.reading() as session:
        said = answers.one(session, hall.event.id, amara.id, ben.id)
        assert said is not None
        assert said.kind is AnswerKind.MEET
    cat = hall.rows["Cat Moss"].person
    one.post(f"/events/{hall.event.public_id}/suggestions/{cat.public_id}", {"answer": "meet"}, status=404)


def test_being_in_it_is_a_choice_that_is_recorded_and_taken_back(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    cat = hall.rows["Cat Moss"]
    one = browser(cat.person)
    page = one.follow(hall.path, {"agrees": "yes"})
    assert "Others who come can find you" in page.text
    assert "Now: in the directory." in page.text
    assert "Cat Moss" in found(browser(hall.rows["Amara Okafor"].person).get(f"{hall.path}?words=consents"))
    one.post(hall.path, {"agrees": "no"})
    one.post(hall.path, {"agrees": "perhaps"}, status=400)
    assert found(browser(hall.rows["Amara Okafor"].person).get(hall.path)) == ["Ben Reed", "Zoë Naïve"]
    with sqlite.reading() as session:
        assert [record.wording for record in basis.records(session, cat.id)] == [
            list_in_directory.LISTED, list_in_directory.NOT_LISTED,
        ]  # fmt: skip
        assert session.get_one(Registration, cat.id).directory_key == ""


def test_a_saved_profile_is_found_by_its_new_words_at_once(browser: Callable[..., Any], hall: Any) -> None:
    zoe = hall.rows["Zoë Naïve"].person
    browser(zoe).post(f"/events/{hall.event.public_id}/profile/about", {"bio": "I count newts", "do": "save"})
    one = browser(hall.rows["Amara Okafor"].person)
    assert found(one.get(f"{hall.path}?words=newts")) == ["Zoë Naïve"]
    assert found(one.get(f"{hall.path}?words=eels")) == []
