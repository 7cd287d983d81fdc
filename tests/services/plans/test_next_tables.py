"""The desk sends nobody to a table to which nobody else can come."""

from typing import Any

import pytest

from matchmaker.services.plans.next_tables import next_tables
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans, sittings
from matchmaker.store.session import Database
from tests.services.conftest import Day


@pytest.fixture
def day(make: Any, sqlite: Database) -> Day:
    made = Day(make, sqlite)
    made.publish(made.plan())
    return made


def tables(day: Day, rounds: set[int]) -> dict[int, tuple[int, int]]:
    """Return the round and table to which the desk sends each person of the day, by id."""
    with day.database.reading() as session:
        plan = plans.published(session, day.event.id)
        assert plan is not None
        found = next_tables(session, day.event.id, plan.id, [one.person_id for one in day.people], rounds)
        return {person: (one.round_number, one.table) for person, one in found.items()}


def planned(day: Day, without: set[int]) -> dict[int, tuple[int, int]]:
    """Return the first round and table of each person at which none of these others sits."""
    with day.database.reading() as session:
        plan = plans.published(session, day.event.id)
        assert plan is not None
        first: dict[int, tuple[int, int]] = {}
        for one in sorted(sittings.sittings(session, plan.id), key=lambda one: one.round_number):
            for person in one.people:
                if not without & (set(one.people) - {person}):
                    first.setdefault(person, (one.round_number, one.table_number))
        return first


def test_everybody_is_sent_to_the_first_of_their_meetings(day: Day) -> None:
    assert tables(day, {1, 2, 3}) == planned(day, set())
    assert {number for number, _ in tables(day, {2, 3}).values()} == {2}
    assert tables(day, set()) == {}


@pytest.mark.parametrize("away", [{"state": RegistrationState.CANCELLED}, {"presence": Presence.ABSENT}])
def test_whose_partner_does_not_come_is_sent_to_the_next_that_takes_place(
    day: Day, away: dict[str, Any]
) -> None:
    gone, before = day.people[0], tables(day, {1, 2, 3})
    day.change(gone, **away)
    after = tables(day, {1, 2, 3})
    assert after == planned(day, {gone.person_id})
    # Whoever comes after all is told where they sit.
    assert after[gone.person_id] == before[gone.person_id]
    assert after != before


def test_who_is_late_is_sent_to_the_first_that_they_are_there_for(day: Day) -> None:
    late = day.people[0]
    begins = {one.number: one.starts_at for one in day.event.rounds}
    day.change(late, arrives=begins[2].astimezone(day.event.tz).time())
    after = tables(day, {1, 2, 3})
    assert after[late.person_id][0] == 2
    others = {one for one, (number, _) in after.items() if number != 1} - {late.person_id}
    assert len(others) == 1, "whom they would have met in the first round"
