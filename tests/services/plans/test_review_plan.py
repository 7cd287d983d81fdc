"""A kept plan as it stands: checked again, laid out for who still comes, and silent about who does not."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.plans import change_meetings, edit_by_hand
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, RegistrationState
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import AnswerKind
from tests.services.conftest import MORNING
from tests.whole_plans import whole


@pytest.fixture
def day(sqlite: Database, make: Any, new_day: Any) -> Any:
    """Five people in two rounds, so that one sits out each round."""
    return new_day(make, sqlite, people=5, rounds=2, tables=2)


def seen(day: Any, plan: Plan) -> Review:
    with day.database.reading() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        return whole(review(session, session.get_one(Event, day.event.id), kept))


def test_a_plan_as_made_has_no_faults_and_its_figures_add_up(day: Any) -> None:
    now = seen(day, day.plan())
    assert now.faults == ()
    assert (now.size, now.sit_outs, now.fewest, now.most, now.wishes) == (5, 2, 1, 2, 0)
    assert len(now.meetings) == 4
    assert [share.possible for share in now.shares] == [2] * 5
    assert sorted(share.meetings for share in now.shares) == [share.meetings for share in now.shares]
    for person in now.people:
        assert [place.round_number for place in now.day(person)] == [1, 2]
        assert not any(place.off for place in now.day(person))


def test_everybody_reads_the_same_meetings_in_their_day(day: Any) -> None:
    plan = day.plan()
    now = seen(day, plan)
    for number, table, people in day.seats(plan):
        for one in people:
            place = now.day(one)[number - 1]
            assert (place.table, {other.id for other in place.partners}) == (table, people - {one})


@pytest.mark.parametrize("why", ["left", "absent", "block elsewhere"])
def test_a_meeting_that_cannot_be_is_a_free_round_for_everybody_in_it(day: Any, why: str) -> None:
    plan = day.plan()
    one, other = sorted(next(people for number, _, people in day.seats(plan) if number == 1))
    row = next(row for row in day.people if row.person_id == other)
    partner = next(row for row in day.people if row.person_id == one)
    if why == "left":
        day.change(row, state=RegistrationState.CANCELLED)
    elif why == "absent":
        day.change(row, presence=Presence.ABSENT)
    else:
        day.make.answer(day.make.event(), row.person, partner.person, AnswerKind.BLOCK)
    now = seen(day, plan)
    place = now.day(one)[0]
    assert (place.off, place.table, place.partners) == (True, None, ())
    assert (other in now.people) is (why != "left")
    assert now.faults == ()


def test_a_plan_that_was_tampered_with_is_not_to_be_shown(day: Any) -> None:
    plan = day.plan()
    with day.database.writing() as session:
        one = session.scalars(
            select(Meeting).where(Meeting.plan_id == plan.id, Meeting.round_number == 1)
        ).first()
        assert one is not None
        one.table_number = 9
    assert seen(day, plan).faults != ()


def test_a_plan_with_a_proof_that_cannot_be_read_is_not_to_be_shown(day: Any) -> None:
    plan = day.plan()
    with day.database.writing() as session:
        kept = session.get_one(Plan, plan.id)
        kept.certificate = {**kept.certificate, "total": "much"}
    (fault,) = seen(day, plan).faults
    assert fault.startswith("Its proof cannot be read: ")


def test_of_somebody_erased_nothing_is_left_and_the_rest_holds(day: Any) -> None:
    plan = day.plan()
    gone = next(iter(next(people for number, _, people in day.seats(plan) if number == 1)))
    with day.database.writing() as session:
        session.delete(session.get_one(Person, gone))
    now = seen(day, plan)
    assert now.faults == ()
    assert gone not in now.people
    assert now.known(gone) is None
    assert all(gone not in {one.id for one in people} for _, people in now.meetings)
    assert all(len(people) > 1 for _, people in now.meetings)


def test_the_rest_of_a_plan_is_shown_although_somebody_in_a_locked_meeting_was_erased(day: Any) -> None:
    plan = day.plan()
    was = day.seats(plan)
    number, table, people = min(was, key=lambda one: one[:2])
    with day.database.writing() as session:
        event, kept = session.get_one(Event, day.event.id), session.get_one(Plan, plan.id)
        lock = change_meetings.lock((number, table), locked=True)
        edit_by_hand.edit(session, event, kept, str(kept.revision), lock, MORNING)
        session.delete(session.get_one(Person, min(people)))
    now = seen(day, plan)
    assert now.faults == ()
    assert len(now.meetings) == sum(min(people) not in one for _, _, one in was)
    assert now.day(max(people))[number - 1].off


def test_a_free_person_stands_in_while_they_may(day: Any) -> None:
    plan = day.plan()
    now = seen(day, plan)
    (number, person), (first, *_) = next(iter(now.reserves.items()))
    row = next(row for row in day.people if row.person_id == first.id)
    mine = next(row for row in day.people if row.person_id == person)
    day.make.answer(day.event, row.person, mine.person, AnswerKind.NOT_FOR_ME)
    assert (number, person) not in seen(day, plan).reserves
