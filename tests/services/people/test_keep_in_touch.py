"""Keeping in touch: nothing is given before both gave something, and then exactly what each chose."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import keep_in_touch, remember_meetings
from matchmaker.services.people.keep_in_touch import Contact
from matchmaker.services.people.remember_meetings import EncounterAnswers, Met
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session

LINKS = ("https://m.example/ben", "https://m.example/amara")


def card(session: Session, hall: Any, reader: Person, other: Person) -> Met:
    event = events.by_id(session, hall.event.id)
    assert event is not None
    found = remember_meetings.find(session, event, reader, other.public_id, hall.afterwards)
    assert found is not None
    return found


def give(database: Database, hall: Any, giver: Person, other: Person, *ways: str) -> None:
    with database.writing() as session:
        said = EncounterAnswers(True, None, None, "", frozenset(ways))
        remember_meetings.keep(session, hall.event, giver, other, said, hall.afterwards)


def test_each_gets_what_the_other_chose_once_both_chose_something(sqlite: Database, met: Any) -> None:
    with sqlite.writing() as session:
        ben = session.get_one(Person, met.ben.id)
        keep_in_touch.put_details(session, ben, " 020  7946 0000 ", "example.org/ben", {"phone"})
    give(sqlite, met, met.ben, met.amara, "phone", "link")
    with sqlite.reading() as session:
        assert keep_in_touch.given(card(session, met, met.amara, met.ben)) == Contact()
    give(sqlite, met, met.amara, met.ben, "email")
    with sqlite.reading() as session:
        hers, his = card(session, met, met.amara, met.ben), card(session, met, met.ben, met.amara)
        assert keep_in_touch.given(hers) == Contact(phone="020 7946 0000", link="https://example.org/ben")
        assert keep_in_touch.given(his) == Contact(email=met.amara.email)
        assert keep_in_touch.acquaintance(hers, "here").phone == "020 7946 0000"
    give(sqlite, met, met.ben, met.amara)
    with sqlite.reading() as session:
        assert keep_in_touch.given(card(session, met, met.amara, met.ben)) == Contact()
        assert keep_in_touch.given(card(session, met, met.ben, met.amara)) == Contact()


def test_both_are_written_to_once_ever_and_the_letter_holds_no_address(sqlite: Database, met: Any) -> None:
    give(sqlite, met, met.amara, met.ben, "email")
    with sqlite.writing() as session:
        assert not keep_in_touch.tell_both(
            session, met.event, met.amara, card(session, met, met.amara, met.ben), LINKS
        )
    give(sqlite, met, met.ben, met.amara, "email")
    for _ in range(2):
        with sqlite.writing() as session:
            assert keep_in_touch.tell_both(
                session, met.event, met.amara, card(session, met, met.amara, met.ben), LINKS
            )
    with sqlite.reading() as session:
        letters = {one.to: one for one in session.scalars(select(Mail))}
        assert len(list(session.scalars(select(Mail)))) == 2
    assert letters.keys() == {met.amara.email, met.ben.email}
    hers = letters[met.amara.email]
    assert (hers.subject, hers.about_id) == ("You and Ben Reed keep in touch", met.ben.id)
    assert LINKS[0] in hers.body
    assert met.ben.email not in hers.body
    assert LINKS[1] in letters[met.ben.email].body


@pytest.mark.parametrize(
    ("phone", "link", "shares", "problems"),
    [
        ("12345", "", (), [("phone", "Enter a telephone number, for example 020 7946 0000")]),
        ("call me 020 7946 0000", "", (), [("phone", "Enter a telephone number, for example 020 7946 0000")]),
        ("", "javascript:alert(1)", (), [("link", "Enter a web address, for example https://example.org/me")]),
        ("", "", ("phone", "link"), [
            ("phone", "Enter your telephone number, or do not select it"),
            ("link", "Enter your link, or do not select it"),
        ]),
    ],
)  # fmt: skip
def test_what_cannot_be_one_is_refused_at_its_field(
    phone: str, link: str, shares: tuple[str, ...], problems: Any, sqlite: Database, met: Any
) -> None:
    with sqlite.writing() as session:
        ben = session.get_one(Person, met.ben.id)
        with pytest.raises(Refused) as refused:
            keep_in_touch.put_details(session, ben, phone, link, shares)
        assert [(one.field, one.message) for one in refused.value.problems] == problems
        assert (ben.phone, ben.link) == ("", "")
