"""Two entries of one person become one while a plan is published: who was told of a meeting still has it."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import merge_people
from matchmaker.services.plans import change_meetings, edit_by_hand, hand_over_seats, tell_partners
from matchmaker.services.plans.changed_since import ChangedSincePlan, changed_since
from matchmaker.services.plans.hand_over_seats import PlacesMoved
from matchmaker.services.plans.review_plan import review
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans import plans, talks
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database
from tests.services.conftest import MORNING, Day, Seats
from tests.services.plans.test_place_topics import TopicDay


@pytest.fixture
def day(make: Any, sqlite: Database) -> Day:
    """Six people at two tables in four rounds, so that everybody has rounds without a meeting."""
    return Day(make, sqlite, people=6, tables=2)


def merge(day: Day, keep: Registration, gone: Registration) -> PlacesMoved:
    """Merge the two; return what the preview said of it."""
    with day.database.reading() as session:
        said = hand_over_seats.preview(session, day.event.id, keep.person_id, gone.person_id)
    with day.database.writing() as session:
        merge_people.join(
            session, session.get_one(Person, keep.person_id), session.get_one(Person, gone.person_id)
        )
    return said


def faults(day: Day, plan: Plan) -> tuple[str, ...]:
    with day.database.reading() as session:
        event, kept = session.get_one(Event, day.event.id), session.get_one(Plan, plan.id)
        return review(session, event, kept).faults


def changed(day: Day, plan: Plan) -> ChangedSincePlan:
    with day.database.reading() as session:
        return changed_since(
            session, session.get_one(Event, day.event.id), session.get_one(Plan, plan.id), MORNING
        )


def renamed(seats: Seats, gone: int, keep: int) -> Seats:
    return {
        (number, table, frozenset(keep if one == gone else one for one in people))
        for number, table, people in seats
    }


def can_pass(seats: Seats, gone: int, keep: int) -> Seats:
    """Return the meetings of one that the other can have: free at that time, and with nobody whom they meet."""
    busy = {number for number, _, people in seats if keep in people}
    met = {one for _, _, people in seats if keep in people for one in people}
    return {one for one in seats if gone in one[2] and one[0] not in busy and not one[2] & met}


def test_an_entry_that_was_in_no_plan_takes_every_place_of_the_one_that_was(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    day, other = (Day(make, database, people=6, tables=2) for _ in range(2))
    plan = day.publish(day.plan())
    elsewhere = other.publish(other.plan())
    was, there = day.seats(plan), other.seats(elsewhere)
    keep, gone = day.make.registration(day.event), day.people[0]
    mine = sum(gone.person_id in people for _, _, people in was)
    assert merge(day, keep, gone) == PlacesMoved(mine, 0)
    assert day.seats(plan) == renamed(was, gone.person_id, keep.person_id)
    assert other.seats(elsewhere) == there
    assert faults(day, plan) == ()
    assert not changed(day, plan), "nothing is to be planned anew"


def test_of_two_entries_in_the_plan_one_takes_what_is_free_at_that_time_and_meets_nobody_twice(
    day: Day,
) -> None:
    plan = day.publish(day.plan())
    was = day.seats(plan)
    keep, gone = next(
        (a, b)
        for one, other in combinations(day.people, 2)
        for a, b in ((one, other), (other, one))
        if can_pass(was, b.person_id, a.person_id)
    )
    passes = can_pass(was, gone.person_id, keep.person_id)
    lost = {one for one in was if gone.person_id in one[2]} - passes
    assert lost, "one of them cannot pass"
    assert merge(day, keep, gone) == PlacesMoved(len(passes), len(lost))
    now = day.seats(plan)
    assert renamed(passes, gone.person_id, keep.person_id) <= now
    assert {one for one in was if gone.person_id not in one[2]} <= now
    assert {(number, table, people - {gone.person_id}) for number, table, people in lost} <= now
    assert faults(day, plan) == ()
    assert changed(day, plan) == ChangedSincePlan(left=1), "whoever lost a partner is to be planned anew"


def test_nobody_is_told_of_a_meeting_that_passed_and_who_lost_a_partner_is(day: Day) -> None:
    plan = day.publish(day.plan())
    number, _, people = min(day.seats(plan), key=lambda one: one[:2])
    one, other = (next(x for x in day.people if x.person_id == y) for y in sorted(people))
    new = day.make.registration(day.event)

    def told() -> int:
        with day.database.writing() as session:
            tell_partners.tell(session, day.event.id, lambda _: "", MORNING - timedelta(days=60))
            return tell_partners.tell(session, day.event.id, lambda _: "", MORNING - timedelta(days=59))

    merge(day, new, one)
    assert told() == 0
    merge(day, new, other)
    assert (number, frozenset({new.person_id})) in {(at, sat) for at, _, sat in day.seats(plan)}
    assert told() >= 1


def test_the_reasons_and_the_lock_of_a_meeting_pass_with_it(day: Day) -> None:
    plan = day.plan()
    gone, keep = day.people[0], day.make.registration(day.event)
    number, table, people = min(one for one in day.seats(plan) if gone.person_id in one[2])
    (partner,) = people - {gone.person_id}
    with day.database.writing() as session:
        event, kept = session.get_one(Event, day.event.id), session.get_one(Plan, plan.id)
        lock = change_meetings.lock((number, table), locked=True)
        edit_by_hand.edit(session, event, kept, str(kept.revision), lock, MORNING)
        meeting = session.scalars(
            select(Meeting).where(
                Meeting.plan_id == plan.id, Meeting.round_number == number, Meeting.table_number == table
            )
        ).one()
        meeting.why = [{"reader": gone.person_id, "other": partner, "mine": "Soil", "theirs": "Peat"}]
    plan.public_id = kept.public_id
    day.publish(plan)
    merge(day, keep, gone)
    with day.database.reading() as session:
        now = session.get_one(Meeting, meeting.id)
        assert (now.locked, {seat.person_id for seat in now.seats}) == (True, {keep.person_id, partner})
        assert now.why == [{"reader": keep.person_id, "other": partner, "mine": "Soil", "theirs": "Peat"}]
    assert faults(day, plan) == ()


def test_the_newest_draft_passes_too_and_a_replaced_version_loses_the_seats(day: Day) -> None:
    first, second = day.publish(day.plan()), day.publish(day.plan())
    draft = day.plan()
    keep, gone = day.make.registration(day.event), day.people[0]
    was = day.seats(draft)
    merge(day, keep, gone)
    assert day.seats(draft) == renamed(was, gone.person_id, keep.person_id)
    assert keep.person_id in {one for _, _, people in day.seats(second) for one in people}
    assert keep.person_id not in {one for _, _, people in day.seats(first) for one in people}
    assert [faults(day, one) for one in (first, second, draft)] == [(), (), ()]
    with day.database.reading() as session:
        assert session.get_one(Plan, draft.id).revision == draft.revision + 1


def test_a_meeting_of_the_two_entries_is_no_meeting_any_more(day: Day) -> None:
    plan = day.publish(day.plan())
    by_id = {one.person_id: one for one in day.people}
    number, table, people = min(day.seats(plan), key=lambda one: one[:2])
    keep, gone = sorted(people)
    merge(day, by_id[keep], by_id[gone])
    assert (number, table, frozenset({keep})) in day.seats(plan)
    assert faults(day, plan) == ()


@pytest.mark.parametrize("free", [True, False])
def test_a_host_who_is_elsewhere_at_that_time_hosts_nothing_and_its_guests_are_told(
    make: Any, sqlite: Database, free: bool
) -> None:
    day = TopicDay(make, sqlite)
    plan = day.publish(day.plan())
    number, table, people = day.talks(plan)["Soil at scale"]
    gone = day.people[4]
    keep = (
        make.registration(day.event)
        if free
        else next(
            one
            for one in day.people
            if one.person_id not in people
            and any(one.person_id in sat for at, _, sat in day.seats(plan) if at == number)
        )
    )
    merge(day, keep, gone)
    if free:
        guests = people - {gone.person_id} | {keep.person_id}
        assert day.talks(plan)["Soil at scale"] == (number, table, guests)
    else:
        assert "Soil at scale" not in day.talks(plan)
        with day.database.reading() as session:
            lost = {one for one, _, _ in talks.lost(session, plan.id)}
            assert lost == people - {gone.person_id}
    assert faults(day, plan) == ()


def test_a_plan_that_cannot_be_proven_loses_the_seats_and_stands_otherwise(day: Day) -> None:
    plan = day.publish(day.plan())
    with day.database.writing() as session:
        kept = session.get_one(Plan, plan.id)
        kept.certificate = {**kept.certificate, "total": "much"}
    keep, gone = day.make.registration(day.event), day.people[0]
    mine = sum(gone.person_id in people for _, _, people in day.seats(plan))
    assert merge(day, keep, gone) == PlacesMoved(0, mine)
    with day.database.reading() as session:
        assert keep.person_id not in session.scalars(select(Seat.person_id)).all()
        assert plans.published_id(session, day.event.id) == plan.id
