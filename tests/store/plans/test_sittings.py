"""One round of a plan, asked of the database in parts, is what reading the whole plan says of it."""

from typing import Any

import pytest

from matchmaker.store.people.comers import named
from matchmaker.store.plans import sittings
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.session import Database


@pytest.fixture
def plan(database: Database, maker: Any) -> Any:
    """Make two rounds of a draft: a meeting of three, a locked one, and one that has lost its people."""
    make = maker(database)
    event = make.event("The event", rounds=2, tables=12)
    people = [make.registration(event).person_id for _ in range(12)]
    made = Plan(
        event_id=event.id, version=1, state=PlanState.DRAFT, problem={}, certificate={}, rounds=[1, 2]
    )
    make.add(made)
    for number, table, who, locked in (
        (1, 2, people[11:8:-1], False), (1, 11, people[:2], True), (1, 4, [], False), (2, 2, people[2:4], False),
    ):  # fmt: skip
        seats = [Seat(person_id=one, plan_id=made.id, round_number=number) for one in who]
        make.add(
            Meeting(plan_id=made.id, round_number=number, table_number=table, seats=seats, locked=locked)
        )
    return made


def test_a_round_in_parts_is_the_round_as_a_whole(database: Database, plan: Any) -> None:
    with database.reading() as session:
        for number in (1, 2, 3):
            whole = sittings.sittings(session, plan.id, number)
            for out in ([], [one.id for one in whole[:1]]):
                here = [one for one in whole if one.id not in out]
                assert sittings.at_tables(session, plan.id, number, range(99), out) == here
                assert sittings.at_tables(session, plan.id, number, [11, 2], out) == [
                    one for one in here if one.table_number in (2, 11)
                ]
                assert sittings.tables_taken(session, plan.id, number, out) == [
                    one.table_number for one in here
                ]
                at = {person: one.table_number for one in here for person in one.people}
                assert sittings.tables_of(session, plan.id, number, range(99), out) == at
                assert sittings.tables_of(session, plan.id, number, [*at][:1], out) == dict([*at.items()][:1])


def test_who_sits_at_some_tables_is_named_but_in_meetings_that_are_left_out(
    database: Database, plan: Any
) -> None:
    with database.reading() as session:
        whole = sittings.sittings(session, plan.id)
        known = named(session, [person for one in whole for person in one.people], plan.event_id)
        for out in (set(), {whole[0].id}):
            assert sittings.names_at(session, plan, [2, 4], out) == {
                (2, one.round_number): [known[person].name for person in one.people]
                for one in whole
                if one.table_number == 2 and one.id not in out
            }
