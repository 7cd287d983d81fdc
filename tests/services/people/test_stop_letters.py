"""Stopping letters: those that can be done without are not written, all others are; an address is its own proof."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.documents.mail import Letter
from matchmaker.services.outbox import NEEDED, post
from matchmaker.services.people import stop_letters
from matchmaker.settings import from_environment
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

SETTINGS = from_environment({"MATCHMAKER_PUBLIC_URL": "https://matchmaker.example.org"})
OTHERS = ("introduction", "note", "keep in touch", "is it solved", "thanks")


@pytest.mark.parametrize("kind", [*sorted(NEEDED), *OTHERS])
def test_only_letters_that_nobody_can_do_without_are_written_to_who_stopped_the_rest(
    kind: str, sqlite: Database, make: Any
) -> None:
    quiet, other = make.person(few_letters=True), make.person()
    with sqlite.writing() as session:
        for one in (quiet, other):
            post(session, Letter("Hello", "Hello\n"), session.get_one(Person, one.id), kind)
    with sqlite.reading() as session:
        told = {one.person_id for one in session.scalars(select(Mail))}
    assert told == ({quiet.id, other.id} if kind in NEEDED else {other.id})


def test_the_address_of_a_letter_is_its_readers_and_no_other_is(sqlite: Database, make: Any) -> None:
    ada, ben = make.person("Ada"), make.person("Ben")
    for one in (ada, ben):
        make.add(Mail(person_id=one.id, kind="note", to=one.email, subject="Hello", body="Hello\n"))
    make.add(Mail(kind="claim", to="una@far.example", subject="Hello", body="Hello\n"))
    with sqlite.reading() as session:
        hers, his, nobodys = (one.public_id for one in session.scalars(select(Mail).order_by(Mail.id)))
        address = stop_letters.address(SETTINGS, hers)
        start, _, proof = address.rpartition("/")
        assert start == f"https://matchmaker.example.org/letters/{hers}"

        def reader(mail_id: str, secret: str = SETTINGS.secret_key) -> str:
            found = stop_letters.reader_of(session, secret, mail_id, proof)
            return found.name if found else ""

        assert [reader(hers), reader(his), reader(nobodys), reader("none")] == ["Ada", "", "", ""]
        assert reader(hers, "another secret") == ""
        other = stop_letters.address(SETTINGS, nobodys).rpartition("/")[2]
        assert stop_letters.reader_of(session, SETTINGS.secret_key, nobodys, other) is None
