"""Making an event, or one like another: the set-up is carried over, and nothing that is about people."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from matchmaker.services.event import make_event
from matchmaker.services.event.make_event import CARRIED, may_make
from matchmaker.services.refused import Refused
from matchmaker.store.event import event_roles
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event, RoundFor, SameOrganisation, TopicsFrom
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.store.session import Database

TODAY = date(2027, 6, 1)


def test_an_owner_or_an_organiser_may_make_one(database: Database, maker: Any) -> None:
    rows = maker(database)
    event = rows.event()
    attendee, organiser = rows.registration(event).person, rows.organiser(event)
    owner = rows.person(is_owner=True)
    with database.reading() as session:
        may = [may_make(session, session.get_one(Person, one.id)) for one in (attendee, organiser, owner)]
    assert may == [False, True, True]


def test_a_new_event_is_bare_and_organised_by_whoever_made_it(database: Database, maker: Any) -> None:
    kit = maker(database).person("Kit", "kit@inside.example")
    with database.writing() as session:
        event = make_event.make(session, session.get_one(Person, kit.id), "Data Together", TODAY, TODAY)
        assert (event.name, event.held_on, event.erase_on) == ("Data Together", TODAY, date(2027, 9, 1))
        assert (event.contact_name, event.contact_email) == ("Kit", "kit@inside.example")
        assert (event.rounds, event.tables, event.inside_domains) == ([], [], [])
        assert event_roles.role_at(session, kit.id, event.id) is EventRole.ORGANISER


def test_one_like_another_has_its_set_up_at_the_same_times_of_day(database: Database, maker: Any) -> None:
    rows = maker(database)
    carried = {
        "about": "A day", "zone": "Europe/Paris", "same_organisation": SameOrganisation.RARELY, "mixing_least": 2,
        "thanks_each": 3, "suggestions_each": 4, "count_acquaintances": False, "sealed": True, "places": 9,
        "places_inside": 5, "places_outside": 6, "offer_days": 3, "topics_from": TopicsFrom.EVERYBODY,
        "purpose": "to meet", "contact_name": "The team", "contact_email": "team@inside.example",
    }  # fmt: skip
    before = rows.event(
        "Spring", rounds=2, tables=2, labels_public=True, wall_key="hall", opened_at=datetime(2027, 3, 2, tzinfo=UTC),
        open_registration=True, missed_at=datetime(2027, 3, 2, tzinfo=UTC), **carried,
    )  # fmt: skip
    rows.registration(before)
    rows.organiser(before)
    with database.writing() as session:
        row = session.get_one(Event, before.id)
        row.tables[1].quiet = row.tables[1].for_topics = True
        row.rounds[1].is_for = RoundFor.TOPICS
    kit = rows.person("Kit")
    with database.writing() as session:
        like = session.get_one(Event, before.id)
        event = make_event.make(
            session, session.get_one(Person, kit.id), "Summer", date(2027, 7, 1), TODAY, like
        )
        session.flush()
        assert {name: getattr(event, name) for name in CARRIED} == {
            name: getattr(like, name) for name in CARRIED
        }
        # 11:00 in Paris, which is an hour earlier by the clock of the world in summer.
        assert [(one.number, one.starts_at, one.minutes, one.is_for) for one in event.rounds] == [
            (1, datetime(2027, 7, 1, 9, tzinfo=UTC), 20, RoundFor.BOTH),
            (2, datetime(2027, 7, 1, 9, 30, tzinfo=UTC), 20, RoundFor.TOPICS),
        ]
        assert [
            (one.number, one.seats, one.step_free, one.quiet, one.for_topics) for one in event.tables
        ] == [
            (1, 2, False, False, False),
            (2, 2, False, True, True),
        ]
        assert (event.open_registration, event.missed_at) == (False, None)
        assert (event.labels_public, event.wall_key, event.opened_at) == (False, None, None)
        assert [one.id for one in event_roles.organisers(session, event.id)] == [kit.id]
        assert registrations.at_event(session, event.id) == []
        assert (len(like.rounds), len(like.tables)) == (2, 2)


def test_every_column_of_an_event_is_carried_or_is_its_own() -> None:
    own = {
        "id", "public_id", "name", "held_on", "erase_on", "erased_at", "counts", "opened_at", "labels_public",
        "wall_key", "missed_at", "asked_if_solved_at", "open_registration", "in_hall_since", "created_at",
    }  # fmt: skip
    assert {column.key for column in Event.__table__.columns} == own | set(CARRIED)


@pytest.mark.parametrize("with_roles", [True, False])
def test_those_who_have_a_part_are_taken_over_if_that_is_wished_and_guests_never_are(
    database: Database, maker: Any, with_roles: bool
) -> None:
    rows = maker(database)
    before, other = rows.event("Spring"), rows.event("Another")
    kit, ann = rows.organiser(before), rows.organiser(before)
    helper, reader = (rows.organiser(before, role=role) for role in (EventRole.HELPER, EventRole.READER))
    rows.organiser(other)
    rows.registration(before, helper)
    with database.writing() as session:
        event = make_event.make(
            session, session.get_one(Person, kit.id), "Summer", TODAY, TODAY, session.get_one(Event, before.id),
            with_roles=with_roles,
        )  # fmt: skip
        found = {person.id: role for person, role in event_roles.with_roles(session, event.id)}
        assert registrations.at_event(session, event.id) == []
    others = {ann.id: EventRole.ORGANISER, helper.id: EventRole.HELPER, reader.id: EventRole.READER}
    assert found == {kit.id: EventRole.ORGANISER} | (others if with_roles else {})


def test_a_day_that_has_passed_is_refused(sqlite: Database, make: Any) -> None:
    kit = make.person()
    with sqlite.writing() as session, pytest.raises(Refused, match="^The date must be today or later$"):
        make_event.make(session, session.get_one(Person, kit.id), "Late", date(2027, 5, 31), TODAY)


def test_an_event_of_the_same_name_and_day_that_one_organises_is_not_made_again(
    database: Database, maker: Any
) -> None:
    rows = maker(database)
    kit, ann = rows.person("Kit"), rows.person("Ann")
    with database.writing() as session:
        for one in (kit, ann):
            make_event.make(session, session.get_one(Person, one.id), "Data day", TODAY, TODAY)
        make_event.make(session, session.get_one(Person, kit.id), "Data day two", TODAY, TODAY)
        with pytest.raises(Refused, match="^You organise “Data day” on that day already"):
            make_event.make(session, session.get_one(Person, kit.id), "Data day", TODAY, TODAY)
