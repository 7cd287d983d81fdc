"""Asking for a place: when it is possible, who somebody is by their address, and what is kept."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from matchmaker.documents.mail import Sender
from matchmaker.services.people import ask_for_place, coming
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.sign_in_by_code import GUESSES, SignInContext, is_code_for
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people import basis
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Database

S = RegistrationState
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
DESK = SignInContext("secret", "https://m.example/sign-in/code", Sender("", "m@m.example"), "192.0.2.1")


@pytest.mark.parametrize(
    ("columns", "at", "found"),
    [
        ({"open_registration": True}, NOW, True),
        ({"open_registration": False}, NOW, False),
        ({"open_registration": True}, datetime(2027, 3, 11, 0, 30, tzinfo=UTC), False),
        ({"open_registration": True, "erased_at": NOW}, NOW, False),
        ({"open_registration": True, "in_hall_since": NOW}, NOW, False),
    ],
)
def test_a_place_can_be_asked_for_before_the_day_if_the_organisers_say_so(
    columns: dict[str, Any], at: datetime, found: bool
) -> None:
    event = Event(held_on=date(2027, 3, 11), zone="Europe/London", **columns)
    assert ask_for_place.is_open(event, at) is found


def asked(database: Database, event: Event, who: Newcomer) -> Registration:
    with database.writing() as session:
        there = session.get_one(Event, event.id)
        return ask_for_place.ask(session, there, who, NOW)


def test_somebody_new_is_kept_with_what_they_read(database: Database, maker: Any) -> None:
    event = maker(database).event(open_registration=True)
    made = asked(database, event, Newcomer("Amara", "Amara@Far.example", "River Trust"))
    with database.reading() as session:
        row = session.get_one(Registration, made.id)
        assert (row.state, row.pool, row.asked_at) == (S.PENDING, Pool.OUTSIDE, NOW)
        assert (row.person.name, row.person.organisation, row.person.email) == (
            "Amara", "River Trust", "amara@far.example",
        )  # fmt: skip
        (record,) = basis.records(session, row.id)
        assert record.wording == "\n\n".join(coming.notice(event))
        assert "or asked for a place there" in record.wording


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.INVITED, S.INVITED), (S.CONFIRMED, S.CONFIRMED), (S.WAITING, S.WAITING), (S.OFFERED, S.OFFERED),
        (S.DECLINED, S.PENDING), (S.CANCELLED, S.PENDING),
    ],
)  # fmt: skip
def test_whoever_is_on_the_list_stays_as_they_are_unless_they_had_no_place(
    sqlite: Database, make: Any, before: RegistrationState, after: RegistrationState
) -> None:
    event = make.event(open_registration=True)
    there = make.registration(event, make.person("Ada", "ada@inside.example"), state=before)
    row = asked(sqlite, event, Newcomer("Somebody else", "ada@inside.example", "Elsewhere"))
    assert (row.id, row.state) == (there.id, after)
    with sqlite.reading() as session:
        assert session.get_one(Person, there.person_id).name == "Ada"


def code_of(database: Database) -> str:
    with database.reading() as session:
        (letter,) = session.query(Mail)
        assert letter.to == "new@far.example"
        return next(line for line in letter.body.splitlines() if line.isdecimal())


def test_a_code_is_for_one_address_for_ten_minutes_and_once(sqlite: Database, make: Any) -> None:
    event = make.event(open_registration=True)
    with sqlite.writing() as session:
        seal = ask_for_place.mail_code(
            session, DESK, session.get_one(Event, event.id), "new@far.example", NOW
        )
    code, tried = code_of(sqlite), []
    assert code not in seal
    later = NOW.replace(minute=11)
    with sqlite.writing() as session:
        tried += [
            is_code_for(session, DESK, email, code, seal, at)
            for email, at in (
                ("other@far.example", NOW),
                ("new@far.example", later),
                ("New@far.example", NOW),
                ("new@far.example", NOW),
            )  # fmt: skip
        ]
    assert tried == [False, False, True, False]


def test_a_code_is_guessed_five_times_at_most(sqlite: Database, make: Any) -> None:
    event = make.event(open_registration=True)
    with sqlite.writing() as session:
        seal = ask_for_place.mail_code(
            session, DESK, session.get_one(Event, event.id), "new@far.example", NOW
        )
    code = code_of(sqlite)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    with sqlite.writing() as session:
        for _ in range(GUESSES):
            assert not is_code_for(session, DESK, "new@far.example", wrong, seal, NOW)
        assert not is_code_for(session, DESK, "new@far.example", code, seal, NOW)
