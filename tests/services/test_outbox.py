"""Letters are rows of the transaction that tells of them: to whom, about whom, and never to nobody."""

from typing import Any

from sqlalchemy import select

from matchmaker.documents.mail import Letter
from matchmaker.services.outbox import post, post_to
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
