"""Codes: whose they are, until when they open, and that a new one ends the old."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.mail import Sender
from matchmaker.services import sign_in_by_code
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.sign_in_by_code import CODE_MINUTES, GUESSES, SignInContext
from matchmaker.store.event.events import Event
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DESK = SignInContext(
    "k" * 32, "https://matchmaker.example/sign-in", Sender("the organisers", ""), "192.0.2.7"
)
SECOND = timedelta(seconds=1)
CODE_LASTS = timedelta(minutes=CODE_MINUTES)


@pytest.fixture
def ada(database: Database, maker: Any) -> Person:
    """Ada, of two addresses; Ben, of another."""
    make = maker(database)
    made: Person = make.person("Ada", "ada@inside.example")
    make.add(Address(person_id=made.id, email="ada@home.example", position=1))
    make.person("Ben", "ben@inside.example")
    return made


def ask(database: Database, email: str, at: datetime = NOW) -> str:
    """Ask for a code; return the one in the newest letter."""
    with database.writing() as session:
        sign_in_by_code.mail_code(session, DESK, email, at)
    with database.reading() as session:
        letter = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
        found = re.search(r"\b(\d{6})\b", letter.body) if letter else None
        return found.group(1) if found else ""


def type_in(database: Database, email: str, code: str, at: datetime = NOW) -> str | None:
    with database.writing() as session:
        person = sign_in_by_code.by_mailed_code(session, DESK, email, code, at)
        return person.name if person else None


def test_a_code_opens_once_however_it_is_spaced(database: Database, ada: Person) -> None:
    code = ask(database, " Ada@Inside.example ")
    assert type_in(database, "ADA@inside.example", f" {code[:3]} {code[3:]} ") == "Ada"
    assert type_in(database, "ada@inside.example", code) is None


def test_a_code_is_mailed_where_it_was_asked_for_and_opens_for_that_address(
    database: Database, ada: Person
) -> None:
    code = ask(database, "ada@home.example")
    with database.reading() as session:
        assert list(session.scalars(select(Mail.to))) == ["ada@home.example"]
    assert type_in(database, "ada@inside.example", code) is None
    assert type_in(database, "ben@inside.example", code) is None
    assert type_in(database, "ada@home.example", code) == "Ada"


def test_a_code_opens_for_ten_minutes_and_not_a_second_more(database: Database, ada: Person) -> None:
    code = ask(database, "ada@inside.example")
    assert type_in(database, "ada@inside.example", code, NOW + CODE_LASTS + SECOND) is None
    assert type_in(database, "ada@inside.example", code, NOW + CODE_LASTS) == "Ada"


def test_a_new_code_ends_the_old_and_its_guesses_begin_anew(database: Database, ada: Person) -> None:
    old = ask(database, "ada@inside.example")
    wrong = f"{(int(old) + 1) % 1_000_000:06d}"
    assert [type_in(database, "ada@inside.example", wrong) for _ in range(GUESSES)] == [None] * GUESSES
    assert type_in(database, "ada@inside.example", old) is None
    new = ask(database, "ada@inside.example")
    assert new == old or type_in(database, "ada@inside.example", old) is None
    assert type_in(database, "ada@inside.example", new) == "Ada"


def test_nothing_is_written_to_an_unknown_address_but_the_ledger(database: Database, ada: Person) -> None:
    assert ask(database, "nobody@inside.example") == ""
    for _ in range(4):
        ask(database, "nobody@inside.example")
    with pytest.raises(TooMany):
        ask(database, "nobody@inside.example")
    assert ask(database, "ben@inside.example") != ""


@pytest.mark.parametrize(
    ("zone", "made", "ends"),
    [
        ("Europe/London", NOW, datetime(2027, 3, 13, tzinfo=UTC)),
        ("America/New_York", NOW, datetime(2027, 3, 13, 5, tzinfo=UTC)),
        ("Europe/London", datetime(2027, 3, 12, 18, tzinfo=UTC), datetime(2027, 3, 13, 18, tzinfo=UTC)),
    ],
)
def test_a_personal_code_opens_until_the_day_after_the_event_has_ended_there(
    zone: str, made: datetime, ends: datetime
) -> None:
    event = Event(name="Data Together", held_on=date(2027, 3, 11), zone=zone)
    assert sign_in_by_code.personal_code_ends(event, made) == ends


def test_a_personal_code_is_for_one_registration_and_ends(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    row, other = make.registration(event), make.registration(event)
    make.registration(make.event(), row.person)
    with database.writing() as session:
        codes = [
            sign_in_by_code.make_personal_code(
                session, DESK, session.get_one(Event, event.id), session.get_one(Registration, one.id), NOW
            )
            for one in (row, other)
        ]
    ends = datetime(2027, 3, 13, tzinfo=UTC)
    with database.writing() as session:
        typed = codes[0].lower().replace("-", " ")
        found = sign_in_by_code.by_personal_code(session, DESK, typed, ends)
        assert found is not None
        assert found.id == row.id
        assert sign_in_by_code.by_personal_code(session, DESK, codes[0], ends + SECOND) is None
        assert sign_in_by_code.by_personal_code(session, DESK, codes[0][:-1], ends) is None
    with database.reading() as session:
        told = session.execute(select(Mail.person_id, Mail.event_id, Mail.kind)).all()
        assert list(map(tuple, told)) == [(row.person_id, event.id, "personal code used")]
