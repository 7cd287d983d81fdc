"""Changing a plan by hand: what each change makes of it, what is refused and why, and what follows."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from matchmaker.services.plans import change_meetings, edit_by_hand, plan_versions
from matchmaker.services.plans.change_meetings import Act
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.review_plan import review
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.store.suggestions.answers import AnswerKind

MORNING = datetime(2027, 3, 11, 8, tzinfo=UTC)
ROUND_2 = datetime(2027, 3, 11, 10, 35, tzinfo=UTC)
Seats = set[tuple[int, int, frozenset[int]]]
Day = Any
"""The day of conftest: an event where plans are made and published."""


@pytest.fixture
def day(make: Any, sqlite: Any, new_day: Any) -> Day:
    return new_day(make, sqlite, people=9)


def draft(day: Day, plan: Plan) -> tuple[Plan, list[str]]:
    with day.database.writing() as session:
        event, kept = (
            events.by_id(session, day.event.id),
            plans.by_public_id(session, day.event.id, plan.public_id),
        )
        assert event is not None
        assert kept is not None
        return edit_by_hand.copy(session, event, kept, None, MORNING)


def edit(day: Day, plan: Plan, act: Act, revision: str = "", at: Any = MORNING) -> list[str]:
    """Make one change, and check as a page does that what is kept passes the checker."""
    with day.database.writing() as session:
        event, kept = (
            events.by_id(session, day.event.id),
            plans.by_public_id(session, day.event.id, plan.public_id),
        )
        assert event is not None
        assert kept is not None
        told = edit_by_hand.edit(session, event, kept, revision or str(kept.revision), act, at)
    with day.database.reading() as session:
        event, kept = (
            events.by_id(session, day.event.id),
            plans.by_public_id(session, day.event.id, plan.public_id),
        )
        assert event is not None
        assert kept is not None
        assert review(session, event, kept).faults == ()
    return told


def free(day: Day, seats: Seats, number: int) -> int:
    busy = {person for one in seats if one[0] == number for person in one[2]}
    return next(one.person_id for one in day.people if one.person_id not in busy)


def at(seats: Seats, number: int) -> list[tuple[int, int, frozenset[int]]]:
    return sorted((one for one in seats if one[0] == number), key=lambda one: one[:2])


def name(day: Day, person: int) -> str:
    return next(one.person.name for one in day.people if one.person_id == person)


def test_a_published_plan_is_copied_and_never_changed(database: Any, maker: Any, new_day: Any) -> None:
    day = new_day(maker(database), database)
    first = day.publish(day.plan())
    before = day.seats(first)
    copied, left_out = draft(day, first)
    edit(day, copied, change_meetings.remove(at(before, 1)[0][:2]))
    assert (copied.state, copied.version, left_out) == (PlanState.DRAFT, 2, [])
    assert day.seats(first) == before
    assert before - day.seats(copied) == {at(before, 1)[0]}


def test_removing_adding_and_moving_say_who_has_no_meeting_then(day: Day) -> None:
    plan = day.plan()
    seats = day.seats(plan)
    number, table, (a, b) = at(seats, 1)[0]
    assert edit(day, plan, change_meetings.remove((number, table))) == [
        f"{name(day, one)} then has no meeting in round 1." for one in sorted((a, b))
    ]
    assert edit(day, plan, change_meetings.add((1, 5), (a, b))) == []
    other = at(seats, 1)[1]
    assert edit(day, plan, change_meetings.move((1, 5), other[:2])) == []
    now = day.seats(plan)
    assert {(1, other[1], frozenset((a, b))), (1, 5, other[2])} <= now


def test_two_people_change_places_and_somebody_free_takes_a_seat(day: Day) -> None:
    plan = day.plan()
    seats = day.seats(plan)
    idle = free(day, seats, 2)
    met = {person for one in seats if idle in one[2] for person in one[2]}
    one = next(x for x in at(seats, 2) if not x[2] <= met and any(p not in met for p in x[2]))
    stays = next(p for p in one[2] if p not in met)
    leaves = next(p for p in one[2] if p != stays)
    told = edit(day, plan, change_meetings.swap(one[:2], leaves, idle))
    assert told == [f"{name(day, leaves)} then has no meeting in round 2."]
    assert (2, one[1], frozenset((stays, idle))) in day.seats(plan)


def test_a_broken_rule_is_refused_with_the_reason_and_nothing_is_kept(day: Day, make: Any) -> None:
    plan = day.plan()
    seats = day.seats(plan)
    first, second = at(seats, 1)[:2]
    a, b = sorted(first[2])
    idle = free(day, seats, 3)
    blocked = next(p for x in at(seats, 3) for p in x[2])
    persons = {one.person_id: one.person for one in day.people}
    make.answer(day.event, persons[idle], persons[blocked], AnswerKind.BLOCK)
    idle_first = free(day, seats, 1)
    refused: list[tuple[Act, str]] = [
        (change_meetings.move(first[:2], (1, 9)), "There is no table 9 in the hall."),
        (change_meetings.move(first[:2], (2, second[1])), "is taken in round 2. Choose another table."),
        (
            change_meetings.add((1, 5), (a, free(day, seats, 1))),
            f"{name(day, a)} already sits at table {first[1]} in round 1.",
        ),
        (change_meetings.add((3, 5), (idle, blocked)), "already sits at table"),
        (change_meetings.add((1, 5), (idle_first,)), "A meeting needs two people"),
        (change_meetings.remove((1, 5)), "no longer there"),
    ]
    for act, words in refused:
        with pytest.raises(Refused, match=words.replace(".", r"\.")):
            edit(day, plan, act)
    edit(day, plan, change_meetings.remove(next(x for x in at(seats, 3) if blocked in x[2])[:2]))
    with pytest.raises(Refused) as masked:
        edit(day, plan, change_meetings.add((3, 5), (idle, blocked)))
    a, b = sorted((idle, blocked))
    assert str(masked.value) == f"{name(day, a)} and {name(day, b)} cannot meet. Nothing was changed."


def test_a_locked_meeting_can_only_be_unlocked_and_outlives_later_runs(day: Day) -> None:
    plan = day.plan()
    seats = at(day.seats(plan), 1)
    edit(day, plan, change_meetings.lock(seats[0][:2], locked=True))
    for act in (change_meetings.remove(seats[0][:2]), change_meetings.move(seats[1][:2], seats[0][:2])):
        with pytest.raises(Refused, match="is locked. Unlock it first"):
            edit(day, plan, act)
    day.publish(plan)
    assert seats[0] in day.seats(day.plan(PlanningWay.AFRESH))
    copied, _ = draft(day, plan)
    edit(day, copied, change_meetings.lock(seats[0][:2], locked=False))
    edit(day, copied, change_meetings.remove(seats[0][:2]))
    assert seats[0] not in day.seats(copied)


def test_what_no_longer_holds_is_left_out_of_the_copy_and_told(day: Day) -> None:
    first = day.publish(day.plan())
    day.change(day.people[0], presence=Presence.ABSENT)
    lost = {one for one in day.seats(first) if day.people[0].person_id in one[2]}
    copied, told = draft(day, first)
    assert day.seats(first) - day.seats(copied) == lost
    assert len(told) == len(lost)


def test_a_round_that_has_begun_stays_as_it_is(day: Day) -> None:
    first = day.publish(day.plan())
    copied, _ = draft(day, first)
    seats = day.seats(copied)
    with pytest.raises(Refused, match="Round 2 has begun"):
        edit(day, copied, change_meetings.remove(at(seats, 2)[0][:2]), at=ROUND_2)
    edit(day, copied, change_meetings.remove(at(seats, 3)[0][:2]), at=ROUND_2)


def test_a_wish_that_ends_is_told_and_listed(day: Day, make: Any) -> None:
    persons = [one.person for one in day.people]
    make.answer(day.event, persons[0], persons[1])
    make.answer(day.event, persons[1], persons[0])
    plan = day.plan()
    one = next(x for x in day.seats(plan) if x[2] == {persons[0].id, persons[1].id})
    told = edit(day, plan, change_meetings.remove(one[:2]))
    assert told[-1] == f"{persons[0].name} and {persons[1].name} both asked to meet, and then do not."
    with day.database.reading() as session:
        event, kept = (
            events.by_id(session, day.event.id),
            plans.by_public_id(session, day.event.id, plan.public_id),
        )
        assert event is not None
        assert kept is not None
        # Both are free in that round now, so only their own two places would change.
        assert [(wish.names, wish.places) for wish in review(session, event, kept).unmet] == [
            ((persons[0].name, persons[1].name), 2)
        ]


def test_of_two_organisers_the_second_is_told_and_the_first_change_stands(
    database: Any, maker: Any, new_day: Any
) -> None:
    day = new_day(maker(database), database)
    plan = day.plan()
    seats = at(day.seats(plan), 1)
    acts: list[Callable[[], Act]] = [
        lambda: change_meetings.remove(seats[0][:2]),
        lambda: change_meetings.remove(seats[1][:2]),
    ]
    edit(day, plan, acts[0](), revision="1")
    with pytest.raises(plan_versions.EditedMeanwhile):
        edit(day, plan, acts[1](), revision="1")
    assert at(day.seats(plan), 1) == seats[1:]
    day.publish(plan)
    with pytest.raises(plan_versions.EditedMeanwhile):
        edit(day, plan, acts[1](), revision="2")


def test_a_pair_the_planner_did_not_look_at_gets_a_score_and_reasons_as_it_is_made(day: Day) -> None:
    for one in day.people:
        day.change(one, bio="Bats in church roofs" if one.person_id % 2 else "Peat and moorland")
    plan, _ = draft(day, day.plan())
    meet = {seats[2] for seats in day.seats(plan)}
    two = next(two for two in combinations(day.people, 2) if {one.person_id for one in two} not in meet)
    for one in two:
        day.change(one, bio="Tide gauges and storm surges", offers="Sea level forecasts")
    pair = frozenset(one.person_id for one in two)
    with day.database.writing() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        kept.problem = {
            **kept.problem,
            "pairs": [one for one in kept.problem["pairs"] if {int(one[0]), int(one[1])} != pair],
        }
    for seats in day.seats(plan):
        if seats[0] == 1:
            edit(day, plan, change_meetings.remove(seats[:2]))
    edit(day, plan, change_meetings.add((1, 1), pair))
    with day.database.reading() as session:
        kept = plans.by_public_id(session, day.event.id, plan.public_id)
        assert kept is not None
        made = kept.meetings[0]
        assert {seat.person_id for seat in made.seats} == pair
        assert 0.1 < made.score <= 1
        assert "Tide gauges and storm surges" in str(made.why)
        assert {(one["reader"], one["other"]) for one in made.why} == {(min(pair), max(pair))}


def test_organisers_who_keep_two_apart_cannot_seat_them_by_mistake(day: Day, make: Any) -> None:
    plan = day.plan()
    seats = day.seats(plan)
    a, b = sorted((free(day, seats, 1), free(day, seats, 2)))
    make.add(Exclusion(event_id=day.event.id, a_id=a, b_id=b))
    for one in [x for x in seats if x[0] == 1 and x[2] & {a, b}] + [x for x in seats if x[2] == {a, b}]:
        if one in day.seats(plan):
            edit(day, plan, change_meetings.remove(one[:2]))
    with pytest.raises(Refused, match="must not be paired"):
        edit(day, plan, change_meetings.add((1, 5), (a, b)))
