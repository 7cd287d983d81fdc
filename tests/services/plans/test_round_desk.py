"""One round of a draft, asked of the database alone, is what laying out the whole plan says of it."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from matchmaker.services.plans import edit_by_hand, round_desk
from matchmaker.services.plans.change_meetings import Sitting
from matchmaker.services.plans.kept_reviews import AsItStood
from matchmaker.services.plans.plan_findings import PlanFindings
from matchmaker.services.plans.round_desk import Choices, RoundDesk
from matchmaker.store.event import events
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan
from matchmaker.store.plans.sittings import sittings
from matchmaker.store.session import Database, Session
from tests.services.conftest import MORNING, Day

FIRST_ROUND = datetime(2027, 3, 11, 10, 15, tzinfo=UTC)


@pytest.fixture
def day(make: Any, sqlite: Database) -> Day:
    made = Day(make, sqlite, people=12)
    made.plan()
    made.change(made.people[0], arrives=time(10, 20))
    made.change(made.people[1], leaves=time(10, 30))
    made.change(made.people[2], away_rounds=frozenset({2}))
    made.change(made.people[3], presence=Presence.ABSENT)
    made.change(made.people[4], state=RegistrationState.CANCELLED)
    for one, came in ((made.people[5], MORNING), (made.people[6], datetime(2027, 3, 11, 10, 31, tzinfo=UTC))):
        made.change(one, arrives=time(12), presence=Presence.HERE, presence_at=came)
    make.registration(made.event, state=RegistrationState.INVITED)
    make.registration(made.event, state=RegistrationState.INVITED, presence=Presence.HERE)
    return made


def desk(session: Session, day: Day, number: int, at: datetime = MORNING) -> tuple[RoundDesk, Any]:
    event = events.by_id(session, day.event.id)
    draft = plans.latest(session, day.event.id)
    assert event is not None
    assert isinstance(draft, Plan)
    whole = edit_by_hand.lay_out(session, event, draft, at)
    gone = {one.place for one in whole.left_out}
    left_out = tuple(
        one.id for one in sittings(session, draft.id) if (one.round_number, one.table_number) in gone
    )
    said = AsItStood(PlanFindings(left_out=left_out))
    return round_desk.read_round(session, event, draft, number, said, at), whole


def here(session: Session, found: RoundDesk) -> tuple[Sitting, ...]:
    return round_desk.at_tables(session, found, round_desk.taken(session, found))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_round_has_the_meetings_and_the_free_people_that_the_whole_plan_has(day: Day, number: int) -> None:
    with day.database.reading() as session:
        found, whole = desk(session, day, number)
        assert whole.left_out
        assert here(session, found) == tuple(one for one in whole.day if one.round == number)
        assert round_desk.at_tables(session, found, [99]) == ()
        assert (found.rounds, found.tables, found.begun) == (whole.hall.rounds, whole.hall.tables, False)
        there = {one for one, rounds in whole.hall.there.items() if number in rounds}
        busy = {one for meeting in here(session, found) for one in meeting.people}
        free = round_desk.free(session, found, "", 100)
        assert {one for one, _ in free.first} == there - busy
        assert free.count == len(there - busy)
        one = here(session, found)[0]
        many, others = round_desk.others(session, found, one, "", 100)
        assert (many, {person for person, _ in others}) == (False, there - {*one.people})
        assert [*others] == sorted(others, key=lambda other: (other[1], other[0]))


def test_a_round_that_has_begun_is_as_it_was_when_it_began(day: Day) -> None:
    published = day.publish(day.plan())
    with day.database.reading() as session:
        found, whole = desk(session, day, 1, FIRST_ROUND)
        assert found.begun
        assert found.plan.public_id == published.public_id
        there = {one for one, rounds in whole.hall.there.items() if 1 in rounds}
        busy = {one for meeting in here(session, found) for one in meeting.people}
        assert {one for one, _ in round_desk.free(session, found, "", 100).first} == there - busy
        _, others = round_desk.others(session, found, here(session, found)[0], "", 100)
        assert {person for person, _ in others} == there - {*here(session, found)[0].people}


def test_of_many_those_are_found_whose_names_are_asked_for(make: Any, sqlite: Database) -> None:
    day = Day(make, sqlite, people=12)
    day.plan()
    with sqlite.reading() as session:
        found, _ = desk(session, day, 1)
        one = here(session, found)[0]
        _, everybody = round_desk.others(session, found, one, "", 100)
        (first, *_, last) = everybody
        many, some = round_desk.others(
            session, found, one, f"{first[1].upper()}, {last[1]}, nobody at all", 3
        )
        assert (many, {first, last} <= {*some}) == (True, True)
        assert round_desk.others(session, found, one, "", 3) == (True, ())
        assert round_desk.others(session, found, one, "", len(everybody)) == (False, everybody)
        assert round_desk.others(session, found, one, "", len(everybody) - 1) == (True, ())
        free = round_desk.free(session, found, "", 100)
        some_free = round_desk.free(session, found, first[1], free.count - 1)
        assert (some_free.count, some_free.first) == (free.count, free.first[:-1])


def test_a_round_that_is_not_in_the_programme_has_nobody(day: Day) -> None:
    with day.database.reading() as session:
        found, _ = desk(session, day, 77)
        assert (here(session, found), round_desk.free(session, found, "", 100)) == ((), Choices(0, (), ()))
