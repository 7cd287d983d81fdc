"""Letters are rows of the transaction that tells of them: to whom, about whom, and never to nobody."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from matchmaker.documents.mail import Letter
from matchmaker.services.outbox import morning_of, post, post_to, take
from matchmaker.store.mail import SUBJECT_LONGEST, Mail
from matchmaker.store.people.people import Address, Person
from matchmaker.store.session import Database

LETTER = Letter("Hello", "Read this.")


def kept(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [
            (one.to, one.person_id, one.about_id, one.event_id, one.reply_to, one.kind, one.subject, one.body)
            for one in session.scalars(select(Mail).order_by(Mail.id))
        ]


def test_a_letter_goes_to_the_first_address_and_names_whom_it_is_about(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, ben = make.event(), make.person("Ben")
    ada = Person(name="Ada", addresses=[])
    ada.addresses = [
        Address(email="old@inside.example", position=1),
        Address(email="new@inside.example", position=0),
    ]
    make.add(ada)
    with database.writing() as session:
        session.expire_all()
        mine, other = session.get_one(Person, ada.id), session.get_one(Person, ben.id)
        post(session, LETTER, mine, "plan", event_id=event.id, reply_to="kit@inside.example", about=other)
        post(session, LETTER, mine, "sign-in code")
    assert kept(database) == [
        ("new@inside.example", ada.id, ben.id, event.id, "kit@inside.example", "plan", "Hello", "Read this."),
        ("new@inside.example", ada.id, None, None, "", "sign-in code", "Hello", "Read this."),
    ]


def test_nothing_is_written_to_somebody_without_an_address(sqlite: Database, make: Any) -> None:
    nobody = make.person("On paper", email="")
    with sqlite.writing() as session:
        assert post(session, LETTER, session.get_one(Person, nobody.id), "plan") is None
    assert kept(sqlite) == []


def test_a_letter_to_a_stranger_is_the_events_and_goes_with_whom_it_names(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, ada = make.event(contact_email="kit@inside.example"), make.person("Ada")
    with database.writing() as session:
        for about in (ada, None):
            post_to(session, LETTER, "cy@outside.example", "unclaimed credit", event=event, about=about)
    (named, silent) = kept(database)
    assert named == (
        "cy@outside.example", None, ada.id, event.id, "kit@inside.example", "unclaimed credit", "Hello", "Read this.",
    )  # fmt: skip
    assert silent[2] is None
    with database.writing() as session:
        session.delete(session.get_one(Person, ada.id))
    assert kept(database) == [silent]


def test_a_long_subject_is_cut_and_the_letter_is_whole(sqlite: Database, make: Any) -> None:
    event, ada = make.event(), make.person("Ada")
    long = Letter("s" * 400, "b" * 4000)
    with sqlite.writing() as session:
        post(session, long, session.get_one(Person, ada.id), "plan")
        post_to(session, long, "cy@outside.example", "letter", event=event, about=None)
    assert [(len(one[-2]), len(one[-1])) for one in kept(sqlite)] == [(SUBJECT_LONGEST, 4000)] * 2


NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def hall(make: Any) -> Any:
    """Ada and Ben at an event on 11 March, and Ada at another."""

    class Hall:
        event = make.event("Data Together", held_on=date(2027, 3, 11))
        other = make.event("Another", held_on=date(2027, 3, 11))
        ada, ben = make.person("Ada"), make.person("Ben")

        @staticmethod
        def write(person: Person, event: Any, kind: str = "introduction", **columns: Any) -> int:
            at = {"written_at": NOW, "due_at": NOW, **columns}
            row = Mail(
                event_id=event.id if event else None, person_id=person.id, kind=kind, to=person.email,
                subject=kind, body="Words", **at,
            )  # fmt: skip
            make.add(row)
            number: int = row.id
            return number

    for event, person in ((Hall.event, Hall.ada), (Hall.event, Hall.ben), (Hall.other, Hall.ada)):
        make.registration(event, person)
    return Hall


def taken(database: Database, number: int, at: datetime = NOW, *, send: bool = True) -> list[int]:
    """Take a letter, and send what was taken."""
    with database.writing() as session:
        found = take(session, number, at)
        for one in found:
            one.sent_at = at if send else None
        return [one.id for one in found]


def due(database: Database, number: int) -> datetime:
    with database.reading() as session:
        return session.get_one(Mail, number).due_at


def test_letters_that_are_due_at_the_same_time_go_in_one(hall: Any, sqlite: Database) -> None:
    first, second = hall.write(hall.ada, hall.event), hall.write(hall.ada, hall.event, "plan")
    hall.write(hall.ada, hall.event, due_at=NOW + DAY)
    hall.write(hall.ben, hall.event)
    hall.write(hall.ada, hall.other)
    assert taken(sqlite, second) == [second, first]
    assert taken(sqlite, first) == []


def test_a_second_letter_about_an_event_waits_a_day_after_the_first(hall: Any, sqlite: Database) -> None:
    taken(sqlite, hall.write(hall.ada, hall.event))
    second, third = hall.write(hall.ada, hall.event), hall.write(hall.ada, hall.event)
    assert taken(sqlite, second, NOW + DAY / 2) == []
    assert (due(sqlite, second), due(sqlite, third)) == (NOW + DAY, NOW + DAY)
    assert taken(sqlite, second, NOW + DAY) == [second, third]


def test_nobody_waits_for_another_person_or_another_event(hall: Any, sqlite: Database) -> None:
    taken(sqlite, hall.write(hall.ada, hall.event))
    for person, event in ((hall.ben, hall.event), (hall.ada, hall.other)):
        number = hall.write(person, event)
        assert taken(sqlite, number) == [number]


def test_a_code_waits_for_nothing_and_keeps_nothing_back(hall: Any, sqlite: Database) -> None:
    for _ in range(2):
        code = hall.write(hall.ada, None, "sign-in code")
        assert taken(sqlite, code) == [code]
    number = hall.write(hall.ada, hall.event)
    assert taken(sqlite, number) == [number]


def test_an_offer_of_a_place_which_lapses_does_not_wait(hall: Any, sqlite: Database) -> None:
    taken(sqlite, hall.write(hall.ada, hall.event))
    offer = hall.write(hall.ada, hall.event, "place")
    assert taken(sqlite, offer) == [offer]


def test_from_the_morning_of_the_day_nothing_waits(hall: Any, sqlite: Database) -> None:
    morning = datetime(2027, 3, 11, 6, tzinfo=ZoneInfo("Europe/London"))
    assert morning_of(hall.event) == morning
    evening = morning - DAY / 2
    taken(sqlite, hall.write(hall.ada, hall.event), evening)
    late = hall.write(hall.ada, hall.event)
    assert taken(sqlite, late, evening) == []
    assert due(sqlite, late) == morning, "and no later"
    assert taken(sqlite, late, morning) == [late]
    again = hall.write(hall.ada, hall.event)
    assert taken(sqlite, again, morning) == [again]


def test_a_letter_under_way_counts_and_one_whose_worker_died_does_not(hall: Any, sqlite: Database) -> None:
    first, second = hall.write(hall.ada, hall.event), hall.write(hall.ada, hall.event, due_at=NOW + DAY / 24)
    assert taken(sqlite, first, send=False) == [first]
    assert taken(sqlite, second, NOW + timedelta(minutes=1)) == []
    assert taken(sqlite, first, NOW + timedelta(minutes=6)) == [first]


def test_of_two_workers_with_a_letter_each_to_one_reader_one_sends_both(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event("Data Together", held_on=date(2027, 3, 11))
    person = make.registration(event).person
    rows = [
        Mail(
            event_id=event.id,
            person_id=person.id,
            kind="plan",
            to=person.email,
            subject="x",
            body="x",
            due_at=NOW,
        )
        for _ in range(2)
    ]
    make.add(*rows)
    ready, got = threading.Barrier(2), []

    def work(number: int) -> None:
        ready.wait()
        with database.writing() as session:
            got.append(sorted(one.id for one in take(session, number, NOW)))

    threads = [threading.Thread(target=work, args=(one.id,)) for one in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [[], [one.id for one in rows]]
