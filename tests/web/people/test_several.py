"""Several people of the list at once: the preview, the act, the page after it, and undo."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

S = RegistrationState
Open = Callable[..., Any]


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event("Data Together")
    make.registration(make.event("Another"), make.person("Noise Nora"), state=S.INVITED)
    return made


@pytest.fixture
def organiser(event: Event, make: Any, browser: Open) -> Any:
    return browser(make.organiser(event, make.person("Olga")))


def at(event: Event, *parts: str) -> str:
    return "/".join([f"/organise/{event.public_id}/people", *parts])


def invited(make: Any, event: Event, *names: str) -> list[Registration]:
    return [make.registration(event, make.person(name), state=S.INVITED) for name in names]


def states(sqlite: Database) -> dict[str, RegistrationState]:
    with sqlite.reading() as session:
        return {one.person.name: one.state for one in session.query(Registration)}


def fields(html: str) -> dict[str, Any]:
    """Return what the form of the preview sends, as a browser would."""
    form = re.search(r'<form[^>]*method="post"[^>]*several".*?</form>', html, re.S)
    assert form
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.group()):
        found.setdefault(name, []).append(value)
    return found


def test_those_who_are_ticked_are_marked_and_put_back_again(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    amara, ben, _cleo = invited(make, event, "Amara", "Ben", "Cleo")
    page = organiser.get(at(event))
    assert f'name="who" value="{amara.public_id}"' in page.html
    page = organiser.get(
        at(event, "several"), query_string={"act": "coming", "who": [amara.public_id, ben.public_id]}
    )
    assert page.heading == "Mark 2 people as coming?"
    assert "Amara, Ben" in page.text
    assert "Cleo" not in page.text
    sent = fields(page.html)
    refused = organiser.post(at(event, "several"), {**sent, "word": ""}, status=422)
    assert "Say how you know that they come" in refused.text
    done = organiser.follow(at(event, "several"), {**sent, "word": "They wrote so"})
    assert done.heading == "2 people are marked as coming"
    assert states(sqlite) == {
        "Amara": S.CONFIRMED, "Ben": S.CONFIRMED, "Cleo": S.INVITED, "Noise Nora": S.INVITED,
    }  # fmt: skip
    undo = re.search(r'action="([^"]*/undo)"', done.html)
    assert undo
    assert "2 people are back where they stood" in organiser.follow(undo.group(1)).html
    assert set(states(sqlite).values()) == {S.INVITED}
    assert "0 people are back" in organiser.follow(undo.group(1)).html
    assert "This was undone for 2 people" in organiser.get(undo.group(1).removesuffix("/undo")).text


def test_where_no_letter_leaves_several_are_only_noted_as_invited(
    organiser: Any, event: Event, make: Any, no_mail_server: None
) -> None:
    invited(make, event, "Amara Reed", "Ben Reed")
    assert "Note as invited" in organiser.get(f"/organise/{event.public_id}/people").text
    asked = {"act": "invite", "all": "y", "show": "coming", "q": "Reed"}
    page = organiser.get(at(event, "several"), query_string=asked)
    assert page.heading == "Note 2 people as invited?"
    assert "letter of invitation" not in page.text
    done = organiser.follow(at(event, "several"), fields(page.html))
    assert done.heading == (
        "No email leaves this computer, as no mail server is set: make personal codes and hand them out instead"
    )


def test_all_that_the_list_shows_are_invited_and_who_is_left_out_is_named(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    invited(make, event, "Amara Reed", "Ben Reed", "Cleo Hart")
    make.registration(event, make.person("No Address Reed", email=""), state=S.INVITED)
    make.registration(event, make.person("Said Yes Reed"))
    page = organiser.get(
        at(event, "several"), query_string={"act": "invite", "all": "y", "show": "coming", "q": "Reed"}
    )
    assert page.heading == "Invite 2 people by email?"
    assert "Each gets the letter of invitation" in page.text
    assert "They have no email address: No Address Reed" in page.text
    assert "They have answered, or wait for a place: Said Yes Reed" in page.text
    done = organiser.follow(at(event, "several"), fields(page.html))
    assert done.heading == "2 invitations are on the way"
    assert "This cannot be undone." in done.text
    with sqlite.reading() as session:
        assert session.query(Mail).count() == 2


def test_a_list_that_has_changed_since_is_looked_at_again(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    amara, ben = invited(make, event, "Amara", "Ben")
    page = organiser.get(
        at(event, "several"), query_string={"act": "not-coming", "who": [amara.public_id, ben.public_id]}
    )
    organiser.follow(at(event, ben.public_id, "state"), {"state": "declined"})
    again = organiser.post(at(event, "several"), fields(page.html), status=422)
    assert "The list has changed since you opened the page" in again.html
    assert again.heading == "Mark 1 person as not coming?"
    assert states(sqlite)["Amara"] is S.INVITED


def test_nobody_ticked_leads_back_with_what_to_do(organiser: Any, event: Event, make: Any) -> None:
    invited(make, event, "Amara")
    page = organiser.get(organiser.get(at(event, "several?act=coming"), status=302).location)
    assert "Tick at least one person" in page.html
    organiser.get(at(event, "several?act=dance"), status=400)


def test_somebody_of_another_event_is_not_reached_by_their_id(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    (other,) = invited(make, make.event(), "Somebody else")
    (amara,) = invited(make, event, "Amara")
    organiser.follow(
        at(event, "several"), {"act": "not-coming", "count": "1", "who": [amara.public_id, other.public_id]}
    )
    assert states(sqlite)["Somebody else"] is S.INVITED
    assert states(sqlite)["Amara"] is S.DECLINED


def test_who_is_removed_is_gone_from_the_list(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    (amara,) = invited(make, event, "Amara")
    page = organiser.get(at(event, "several"), query_string={"act": "remove", "who": amara.public_id})
    assert "This cannot be undone." in page.text
    organiser.follow(at(event, "several"), fields(page.html))
    assert states(sqlite) == {"Noise Nora": S.INVITED}


def test_what_people_wrote_and_their_addresses_are_not_read_to_say_whom_something_reaches(
    organiser: Any, event: Event, make: Any, statements: list[str]
) -> None:
    invited(make, event, "Amara", "Ben")
    pages = [
        (
            at(event, "several"),
            {"act": "not-coming", "show": "all", "all": "y"},
            "Mark 2 people as not coming?",
        ),
        (f"/organise/{event.public_id}/invitations/confirm", {"who": "everybody", "how": "print"}, "Print 2"),
    ]
    for address, asked, heading in pages:
        statements.clear()
        assert organiser.get(address, query_string=asked).heading.startswith(heading)
        assert [one for one in statements if "registration.bio" in one or "address.email" in one] == []
