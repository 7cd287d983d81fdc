"""Joining organisations: several spellings become one, for whom an organiser may change."""

from typing import Any

from matchmaker.services.people import join_organisations
from matchmaker.store.event.events import Event
from matchmaker.store.people import guest_list
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database


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
