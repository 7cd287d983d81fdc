"""Joining organisations: several spellings become one, for whom an organiser may change."""

from typing import Any

from matchmaker.services.people import join_organisations
from matchmaker.store.event.events import Event
from matchmaker.store.people import apart_organisations, guest_list
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database, Session
from tests.services.two_at_once import two_at_once


def test_spellings_that_may_be_one_organisation_become_one_but_not_for_people_of_another_event(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for office in ("Environment Agency", "the Environment agency", "EA", "Defra"):
        make.registration(event, make.person(f"Of {office}", organisation=office))
    elsewhere = make.person("Here and there", organisation="EA")
    make.registration(event, elsewhere)
    make.registration(other, elsewhere)
    make.registration(other, make.person("Only there", organisation="EA"))
    organiser = make.organiser(event)

    with database.writing() as session:
        at, me = session.get_one(Event, event.id), session.get_one(Person, organiser.id)
        (group,) = join_organisations.doubles(session, at)
        assert [(one.name, one.people) for one in group] == [
            ("Environment Agency", 1), ("the Environment agency", 1), ("EA", 2),
        ]  # fmt: skip
        changed, left = join_organisations.join(session, at, [one.name for one in group], group[0].name, me)
        assert (len(changed), left) == (2, 1)
        held = guest_list.organisations(session, event.id)
        assert (held["Environment Agency"], held["Defra"], held["EA"]) == (3, 1, 1)
        assert guest_list.organisations(session, other.id)["EA"] == 2


def test_two_that_are_apart_stay_so_whoever_writes_them_and_a_third_may_still_be_one(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for office in ("Peat Office", "Peat Ofice", "Peat Offices", "the Peat Office", "Defra"):
        make.registration(event, make.person(f"Of {office}", organisation=office))
        make.registration(other, make.person(f"At {office}", organisation=office))
    with database.writing() as session:
        at = session.get_one(Event, event.id)
        said = ["Peat Office", "the Peat Office", "Peat Ofice", "Nobody Writes This"]
        assert join_organisations.keep_apart(session, at, said) == 1
        assert join_organisations.keep_apart(session, at, said) == 0
        groups = [{one.name for one in group} for group in join_organisations.doubles(session, at)]
        assert {"Peat Office", "Peat Ofice"} not in [
            group & {"Peat Office", "Peat Ofice"} for group in groups
        ]
        assert any({"Peat Office", "the Peat Office"} <= group for group in groups)
        assert any("Peat Offices" in group for group in groups)
        there = session.get_one(Event, other.id)
        (group,) = join_organisations.doubles(session, there)
        assert len(group) == 4
        (pair,) = apart_organisations.at_event(session, event.id)
        assert join_organisations.may_be_one_again(session, there, pair.public_id) is None
        assert join_organisations.may_be_one_again(session, at, pair.public_id) is pair
        assert join_organisations.may_be_one_again(session, at, pair.public_id) is None


def test_that_two_are_apart_is_taken_back_once_by_two_presses_at_the_same_moment(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event = make.event()
    for office in ("Peat Office", "Peat Ofice"):
        make.registration(event, make.person(organisation=office))
    with database.writing() as session:
        at = session.get_one(Event, event.id)
        join_organisations.keep_apart(session, at, ["Peat Office", "Peat Ofice"])
        (pair,) = apart_organisations.at_event(session, event.id)

    def press(session: Session) -> bool:
        at = session.get_one(Event, event.id)
        return join_organisations.may_be_one_again(session, at, pair.public_id) is not None

    assert two_at_once(database, press) == (True, False)
