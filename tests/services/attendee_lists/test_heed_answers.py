"""What a list says of the coming of people who are here: whom it is asked of, and what a tick does."""

from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.intake.attendees import AttendeeFile, read_attendees
from matchmaker.services.attendee_lists.heed_answers import let_go, said_otherwise
from matchmaker.store.event.events import Event
from matchmaker.store.people import basis
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

AT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def event(make: Any) -> Event:
    event: Event = make.event()
    make.registration(make.event(), make.person("Ada Byrne", "ada@far.example"))
    return event


def listed(*lines: str) -> AttendeeFile:
    return read_attendees("\n".join(("Name,Email,RSVP", *lines)).encode(), "list.csv")


@pytest.mark.parametrize(
    ("state", "word", "stands"),
    [
        (RegistrationState.CONFIRMED, "No", "is down as coming here"),
        (RegistrationState.CONFIRMED, "Maybe", "is down as coming here"),
        (RegistrationState.INVITED, "No", "has not answered here"),
        (RegistrationState.INVITED, "Maybe", ""),
        (RegistrationState.WAITING, "No", "waits for a place here"),
        (RegistrationState.DECLINED, "No", ""),
        (RegistrationState.CANCELLED, "Maybe", ""),
        (RegistrationState.CONFIRMED, "Yes", ""),
    ],
)
def test_it_is_asked_only_where_the_list_and_we_differ(
    sqlite: Database, make: Any, event: Event, state: RegistrationState, word: str, stands: str
) -> None:
    make.registration(event, make.person("Ada Byrne", "ada@near.example"), state=state)
    file = listed(f"Ada Byrne,ada@near.example,{word}", f"Nobody Here,no@near.example,{word}")
    with sqlite.reading() as session:
        asked = said_otherwise(session, session.get_one(Event, event.id), file)
    assert [(one.line, one.word, one.stands) for one in asked] == ([(2, word, stands)] if stands else [])


def test_who_booked_again_is_not_asked_about_and_who_has_no_address_is_known_by_name(
    sqlite: Database, make: Any, event: Event
) -> None:
    make.registration(event, make.person("Ada Byrne", "ada@near.example"))
    make.registration(event, make.person("Ben Cole", "", organisation=""))
    file = listed("Ada Byrne,ada@near.example,No", "Ada Byrne,ada@near.example,Yes", "Ben Cole,,No")
    with sqlite.reading() as session:
        asked = said_otherwise(session, session.get_one(Event, event.id), file)
        assert [(one.line, one.registration.person.name) for one in asked] == [(4, "Ben Cole")]


def test_only_who_is_ticked_leaves_and_the_word_is_recorded(
    sqlite: Database, make: Any, event: Event
) -> None:
    ada = make.registration(event, make.person("Ada Byrne", "ada@near.example"))
    ben = make.registration(
        event, make.person("Ben Cole", "ben@near.example"), state=RegistrationState.WAITING
    )
    cy = make.registration(event, make.person("Cy Dale", "cy@near.example"))
    file = listed("Ada,ada@near.example,No", "Ben,ben@near.example,No", "Cy,cy@near.example,No")
    with sqlite.writing() as session:
        asked = said_otherwise(session, session.get_one(Event, event.id), file)
        assert let_go(session, asked, [2, 3], "list.csv", AT) == 2
        assert let_go(session, asked, [2, 3], "list.csv", AT) == 0
    with sqlite.reading() as session:
        states = [session.get_one(Registration, one.id).state.value for one in (ada, ben, cy)]
        assert states == ["cancelled", "declined", "confirmed"]
        said = [one.wording for one in basis.records(session, ben.id)]
        assert said == ["You said that you do not come: “No” in list.csv"]
