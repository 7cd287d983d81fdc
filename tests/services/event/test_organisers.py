"""Organisers: how somebody becomes one, what ends then, and whose ways to sign in they must not touch."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from matchmaker.services.event import organisers
from matchmaker.services.refused import Refused
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.sign_in_codes import PersonalCode
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def names(database: Database, event: Event) -> list[str]:
    with database.reading() as session:
        return [one.name for one in event_roles.organisers(session, event.id)]


def test_a_new_event_needs_a_day_and_a_known_one_does_not(database: Database) -> None:
    with database.writing() as session, pytest.raises(Refused, match="Add --date"):
        organisers.add_organiser(session, "kit@inside.example", "Kit", "Data Together")
    for name, email in (
        ("Kit", "Kit@Inside.example"),
        ("Another name", "kit@inside.example"),
        ("Lou", "l@a.uk"),
    ):
        with database.writing() as session:
            event = organisers.add_organiser(session, email, name, "Data Together", date(2027, 3, 11))
    assert names(database, event) == ["Kit", "Lou"]
    assert (event.erase_on, event.contact_name, event.contact_email) == (
        date(2027, 6, 11),
        "Kit",
        "kit@inside.example",
    )


def test_an_event_of_another_day_with_the_same_name_is_another_one(database: Database, maker: Any) -> None:
    make = maker(database)
    last, noise = make.event("Data day", held_on=date(2026, 3, 11)), make.event("Data night")
    kit = make.organiser(last)

    def add(name: str, day: date | None = None) -> Event:
        with database.writing() as session:
            return organisers.add_organiser(session, "zed@inside.example", " Zed\n", name, day)

    assert add("data  Day").id == last.id
    new = add(" Data\nday ", date(2027, 9, 9))
    assert (new.id != last.id, new.name, new.held_on) == (True, "Data day", date(2027, 9, 9))
    assert (names(database, last), names(database, new)) == ([kit.name, "Zed"], ["Zed"])
    assert add("Data day", date(2027, 9, 9)).id == new.id
    assert names(database, noise) == []
    with pytest.raises(
        Refused, match="There are 2 events called Data day. Add --date to say which: 2026-03-11, 2027-09-09"
    ):
        add("Data day")


@pytest.mark.parametrize(("name", "event"), [("", "Data day"), ("Zed", " "), ("Z" * 201, "Data day")])
def test_a_person_and_an_event_have_names(sqlite: Database, name: str, event: str) -> None:
    with sqlite.writing() as session, pytest.raises(Refused, match="Give the person and the event a name"):
        organisers.add_organiser(session, "zed@inside.example", name, event, date(2027, 9, 9))


def test_a_bad_address_is_nobody(sqlite: Database) -> None:
    with sqlite.writing() as session, pytest.raises(Refused, match="^kit is not an email address"):
        organisers.find_or_add_person(session, "kit", "Kit")


def test_codes_of_before_end_when_somebody_becomes_an_organiser_and_only_then(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    ada, ben = (
        make.registration(event, make.person(name, f"{name}@inside.example")) for name in ("ada", "ben")
    )
    make.organiser(event, ben.person)
    for row in (ada, ben):
        make.add(PersonalCode(registration_id=row.id, code_hash=str(row.id), made_at=NOW, expires_at=NOW))
    for row, news in ((ada, True), (ada, False), (ben, False)):
        with database.writing() as session:
            there = session.get_one(Event, event.id)
            person, told = organisers.add_to(
                session, there, row.person.email, "Somebody", EventRole.ORGANISER
            )
            assert (person.id, told) == (row.person_id, news)
    with database.reading() as session:
        assert [one.registration_id for one in session.query(PersonalCode)] == [ben.id]


def test_the_last_organiser_of_an_event_stays(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    kit, lou = make.organiser(event, make.person("Kit")), make.organiser(event, make.person("Lou"))
    for one in (kit, lou):
        make.organiser(other, one)
    with database.writing() as session:
        organisers.dismiss(session, session.get_one(Event, event.id), session.get_one(Person, lou.id))
    with database.writing() as session, pytest.raises(Refused, match="Add somebody else first"):
        organisers.dismiss(session, session.get_one(Event, event.id), session.get_one(Person, kit.id))
    assert (names(database, event), names(database, other)) == (["Kit"], ["Kit", "Lou"])


def test_every_event_with_its_organisers(database: Database, maker: Any) -> None:
    make = maker(database)
    early = make.event("Early", held_on=date(2027, 1, 1))
    late = make.event("Late", held_on=date(2027, 5, 1))
    make.organiser(early, make.person("Kit"))
    with database.reading() as session:
        assert [
            (event.name, [one.name for one in who]) for event, who in organisers.all_organisers(session)
        ] == [
            ("Late", []),
            ("Early", ["Kit"]),
        ]
    assert late.id != early.id


def test_an_organiser_touches_nobody_who_may_do_more_or_belongs_elsewhere(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    own, also_own, foreign = make.event(), make.event(), make.event()
    kit = make.organiser(own)
    make.organiser(also_own, kit)
    people = {
        name: make.registration(own, make.person(name)).person for name in ("plain", "both own", "attends")
    }
    make.registration(also_own, people["both own"])
    make.registration(foreign, people["attends"])
    make.registration(foreign, kit)
    people["organises own"] = make.organiser(also_own)
    people["organises"] = make.organiser(foreign)
    people["owner"] = make.person(is_owner=True)
    people["kit"] = kit
    ids = {one.id: name for name, one in people.items()}
    with database.reading() as session:
        beyond = organisers.beyond(session, ids, session.get_one(Person, kit.id))
        assert {ids[one] for one in beyond} == {"attends", "organises", "owner"}
        assert organisers.beyond(session, [people["plain"].id], session.get_one(Person, kit.id)) == set()
        assert organisers.beyond(session, ids, session.get_one(Person, people["owner"].id)) == set()


def test_whom_to_write_to() -> None:
    said = [organisers.contact(Event(contact_name=name, contact_email=email)) for name, email in
            (("Kit", "kit@a.uk"), ("Kit", ""), ("", "kit@a.uk"), ("", ""))]  # fmt: skip
    assert said == ["Kit (kit@a.uk)", "Kit", "the organisers (kit@a.uk)", "the organisers"]


def test_a_date_of_the_command_line() -> None:
    assert organisers.as_date(datetime(2027, 3, 11, 5)) == date(2027, 3, 11)
    assert organisers.as_date(None) is None


def test_a_role_given_twice_is_no_news_and_another_takes_its_place(sqlite: Database, make: Any) -> None:
    event, kit = make.event(), make.person()
    make.organiser(event)
    make.organiser(make.event(), kit, role=EventRole.READER)
    asked = (EventRole.HELPER, EventRole.HELPER, EventRole.ORGANISER, EventRole.READER)
    with sqlite.writing() as session:
        there, person = session.get_one(Event, event.id), session.get_one(Person, kit.id)
        assert [organisers.give_role(session, there, person, role) for role in asked] == [
            True,
            False,
            True,
            True,
        ]
        assert event_roles.roles_of(session, kit.id)[-1:] == [(there, EventRole.READER)]
        assert session.query(Organiser).count() == 3


def test_the_last_organiser_does_not_become_a_helper(sqlite: Database, make: Any) -> None:
    event, kit = make.event(), make.person()
    make.organiser(event, kit)
    make.organiser(event, role=EventRole.HELPER)
    with sqlite.writing() as session, pytest.raises(Refused, match="Add somebody else first"):
        organisers.give_role(
            session, session.get_one(Event, event.id), session.get_one(Person, kit.id), EventRole.HELPER
        )


def test_a_helper_touches_whoever_is_only_registered_here(sqlite: Database, make: Any) -> None:
    own, foreign = make.event(), make.event()
    hela = make.organiser(own, role=EventRole.HELPER)
    guest, guest_elsewhere = make.registration(own).person, make.registration(own).person
    make.registration(foreign, guest_elsewhere)
    others = [make.organiser(own, role=role) for role in EventRole]
    for one in others:
        make.registration(own, one)
    ids = [one.id for one in (guest, guest_elsewhere, *others)]
    with sqlite.reading() as session:
        beyond = organisers.beyond(session, ids, session.get_one(Person, hela.id))
    assert beyond == {one.id for one in (guest_elsewhere, *others)}


def test_a_helper_and_a_reader_organise_nothing(sqlite: Database, make: Any) -> None:
    event = make.event()
    for role in (EventRole.HELPER, EventRole.READER):
        person = make.organiser(event, role=role)
        with sqlite.reading() as session:
            assert event_roles.organised_by(session, person.id) == []
            assert event_roles.organised_alone(session, person.id) == []
            assert [has for _, has in event_roles.roles_of(session, person.id)] == [role]
